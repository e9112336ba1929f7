// SPDX-License-Identifier: MIT
// C: messages signed and verified by the rules of each network.
#include "coffer_message.h"

#include <algorithm>
#include <string>
#include <vector>

#include <coffer/chain/bitcoin_message.hpp>
#include <coffer/chain/message.hpp>
#include <coffer/chain/typed_data.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "network_handle.hpp"
#include "output.hpp"
#include "signer_handle.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::chain::Bip322Times;
using coffer::chain::LegacyMessageKind;
using coffer::chain::Network;
using coffer::keys::KeyReference;
using coffer::keys::Signer;

namespace {

constexpr std::size_t json_length_max = 1'048'576;
constexpr std::size_t script_size_max = 10'000;
constexpr std::size_t multisig_keys_max = 15;
constexpr std::size_t signature_length_max = coffer::chain::message_signature_size_max;

using Bytes = std::span<const std::uint8_t>;

/// A signer, its key and a network, as all functions that sign take them.
struct Signing {
  Signer* signer;
  KeyReference key;
  const Network* network;
};

Result<Signing> signing_of(coffer_signer* signer, const coffer_key_reference* key,
                           const coffer_network_table* table, const char* network,
                           std::size_t network_length) {
  Signing out;
  COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
  out.signer = known->held.signer.get();
  COFFER_TRY_ASSIGN(out.key, reference_of(key));
  COFFER_TRY_ASSIGN(out.network, network_of(table, network, network_length));
  return out;
}

/// The keys of a multisig script, by as many pointers.
Result<std::vector<KeyReference>> references_of(const coffer_key_reference* const* keys,
                                                std::size_t count) {
  if (count == 0 || count > multisig_keys_max) {
    return Error{Code::out_of_range, "count: " + std::to_string(count) + " is not 1 to 15"};
  }
  COFFER_TRY(require(keys, "keys"));
  std::vector<KeyReference> out;
  for (std::size_t i = 0; i < count; ++i) {
    Result<KeyReference> key = reference_of(keys[i]);
    if (!key) {
      return at_item("keys", i, key.error());
    }
    out.push_back(std::move(*key));
  }
  return out;
}

Bip322Times times_of(const coffer_bip322_times* times) noexcept {
  return times == nullptr ? Bip322Times()
                          : Bip322Times{times->version, times->lock_time, times->sequence};
}

Result<Bytes> message_of(const std::uint8_t* message, std::size_t length) {
  return bytes_of(message, length, COFFER_MESSAGE_SIZE_MAX, "message");
}

std::string_view as_text(Bytes bytes) noexcept {
  return bytes.empty()
             ? std::string_view("")
             : std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

/// A text that may be longer than `text_of` allows.
Result<std::string_view> long_text_of(const char* text, std::size_t length, std::size_t length_max,
                                      std::string_view name) {
  COFFER_TRY_ASSIGN(const Bytes bytes, bytes_of(reinterpret_cast<const std::uint8_t*>(text), length,
                                                length_max, name));
  return as_text(bytes);
}

template <std::size_t Size>
void put_array(const std::array<std::uint8_t, Size>& bytes, std::uint8_t* out) noexcept {
  std::copy(bytes.begin(), bytes.end(), out);
}

/// Checks what comes from C for a function that verifies, then asks `verify`.
template <class Verify>
Status verify_with(const coffer_network_table* table, const char* network,
                   std::size_t network_length, const char* address, std::size_t address_length,
                   Verify&& verify) {
  COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
  COFFER_TRY_ASSIGN(const auto text, utf8_of(address, address_length, "address"));
  return verify(*row, text);
}

Result<Bytes> signature_of(const std::uint8_t* signature, std::size_t size) {
  return bytes_of(signature, size, signature_length_max, "signature");
}

}  // namespace

coffer_status coffer_message_sign_account(coffer_signer* signer, const coffer_key_reference* key,
                                          const coffer_network_table* table, const char* network,
                                          size_t network_length, const uint8_t* message,
                                          size_t message_length, uint8_t* signature_out,
                                          coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(signature_out, "signature_out"));
    COFFER_TRY_ASSIGN(const Signing who, signing_of(signer, key, table, network, network_length));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const auto signature, coffer::chain::sign_account_message(
                                                *who.signer, who.key, *who.network, bytes));
    put_array(signature, signature_out);
    return {};
  });
}

coffer_status coffer_message_recover_account(const coffer_network_table* table, const char* network,
                                             size_t network_length, const uint8_t* message,
                                             size_t message_length, const uint8_t* signature,
                                             size_t signature_size, char* buffer, size_t size,
                                             size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const Bytes signed_by, signature_of(signature, signature_size));
    COFFER_TRY_ASSIGN(const std::string address,
                      coffer::chain::recover_account_message(*row, bytes, signed_by));
    return put_text(address, buffer, size, needed_out);
  });
}

coffer_status coffer_message_verify_account(const coffer_network_table* table, const char* network,
                                            size_t network_length, const char* address,
                                            size_t address_length, const uint8_t* message,
                                            size_t message_length, const uint8_t* signature,
                                            size_t signature_size, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const Bytes signed_by, signature_of(signature, signature_size));
    return verify_with(table, network, network_length, address, address_length,
                       [&](const Network& row, std::string_view text) {
                         return coffer::chain::verify_account_message(row, text, bytes, signed_by);
                       });
  });
}

coffer_status coffer_message_sign_solana(coffer_signer* signer, const coffer_key_reference* key,
                                         const coffer_network_table* table, const char* network,
                                         size_t network_length, const uint8_t* message,
                                         size_t message_length, uint8_t* signature_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(signature_out, "signature_out"));
    COFFER_TRY_ASSIGN(const Signing who, signing_of(signer, key, table, network, network_length));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const auto signature, coffer::chain::sign_solana_message(
                                                *who.signer, who.key, *who.network, bytes));
    put_array(signature, signature_out);
    return {};
  });
}

coffer_status coffer_message_verify_solana(const coffer_network_table* table, const char* network,
                                           size_t network_length, const char* address,
                                           size_t address_length, const uint8_t* message,
                                           size_t message_length, const uint8_t* signature,
                                           size_t signature_size, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const Bytes signed_by, signature_of(signature, signature_size));
    return verify_with(table, network, network_length, address, address_length,
                       [&](const Network& row, std::string_view text) {
                         return coffer::chain::verify_solana_message(row, text, bytes, signed_by);
                       });
  });
}

coffer_status coffer_typed_data_hash(const char* json, size_t json_length,
                                     coffer_typed_data_hashes* hashes_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(hashes_out, "hashes_out"));
    COFFER_TRY_ASSIGN(const auto text, long_text_of(json, json_length, json_length_max, "json"));
    COFFER_TRY_ASSIGN(const auto hashes, coffer::chain::hash_typed_data(text));
    put_array(hashes.domain, hashes_out->domain);
    put_array(hashes.message, hashes_out->message);
    put_array(hashes.digest, hashes_out->digest);
    return {};
  });
}

coffer_status coffer_typed_data_sign(coffer_signer* signer, const coffer_key_reference* key,
                                     const coffer_network_table* table, const char* network,
                                     size_t network_length, const char* json, size_t json_length,
                                     uint8_t* signature_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(signature_out, "signature_out"));
    COFFER_TRY_ASSIGN(const Signing who, signing_of(signer, key, table, network, network_length));
    COFFER_TRY_ASSIGN(const auto text, long_text_of(json, json_length, json_length_max, "json"));
    COFFER_TRY_ASSIGN(const auto signature,
                      coffer::chain::sign_typed_data(*who.signer, who.key, *who.network, text));
    put_array(signature, signature_out);
    return {};
  });
}

coffer_status coffer_typed_data_recover(const coffer_network_table* table, const char* network,
                                        size_t network_length, const char* json, size_t json_length,
                                        const uint8_t* signature, size_t signature_size,
                                        char* buffer, size_t size, size_t* needed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const auto text, long_text_of(json, json_length, json_length_max, "json"));
    COFFER_TRY_ASSIGN(const Bytes signed_by, signature_of(signature, signature_size));
    COFFER_TRY_ASSIGN(const std::string address,
                      coffer::chain::recover_typed_data(*row, text, signed_by));
    return put_text(address, buffer, size, needed_out);
  });
}

coffer_status coffer_typed_data_verify(const coffer_network_table* table, const char* network,
                                       size_t network_length, const char* address,
                                       size_t address_length, const char* json, size_t json_length,
                                       const uint8_t* signature, size_t signature_size,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto text, long_text_of(json, json_length, json_length_max, "json"));
    COFFER_TRY_ASSIGN(const Bytes signed_by, signature_of(signature, signature_size));
    return verify_with(table, network, network_length, address, address_length,
                       [&](const Network& row, std::string_view who) {
                         return coffer::chain::verify_typed_data(row, who, text, signed_by);
                       });
  });
}

coffer_status coffer_message_sign_legacy(coffer_signer* signer, const coffer_key_reference* key,
                                         const coffer_network_table* table, const char* network,
                                         size_t network_length, coffer_legacy_kind kind,
                                         const uint8_t* message, size_t message_length,
                                         char* buffer, size_t size, size_t* needed_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(check_buffer(buffer, size, COFFER_MESSAGE_SIGNATURE_TEXT_SIZE, needed_out));
    COFFER_TRY_ASSIGN(const Signing who, signing_of(signer, key, table, network, network_length));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(
        const std::string signature,
        coffer::chain::sign_legacy_message(*who.signer, who.key, *who.network,
                                           static_cast<LegacyMessageKind>(kind), as_text(bytes)));
    return put_text(signature, buffer, size, needed_out);
  });
}

coffer_status coffer_message_verify_legacy(const coffer_network_table* table, const char* network,
                                           size_t network_length, const char* address,
                                           size_t address_length, const uint8_t* message,
                                           size_t message_length, const char* signature,
                                           size_t signature_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const auto signed_by,
                      long_text_of(signature, signature_length, signature_length_max, "signature"));
    return verify_with(table, network, network_length, address, address_length,
                       [&](const Network& row, std::string_view text) {
                         return coffer::chain::verify_legacy_message(row, text, as_text(bytes),
                                                                     signed_by);
                       });
  });
}

coffer_status coffer_message_sign_bip322(coffer_signer* signer, const coffer_key_reference* key,
                                         const coffer_network_table* table, const char* network,
                                         size_t network_length, coffer_address_form form,
                                         const uint8_t* message, size_t message_length,
                                         const coffer_bip322_times* times, char* buffer,
                                         size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(check_buffer(buffer, size, COFFER_MESSAGE_SIGNATURE_TEXT_SIZE, needed_out));
    COFFER_TRY_ASSIGN(const Signing who, signing_of(signer, key, table, network, network_length));
    COFFER_TRY_ASSIGN(const auto known, form_of(form));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const std::string signature,
                      coffer::chain::sign_bip322(*who.signer, who.key, *who.network, known,
                                                 as_text(bytes), times_of(times)));
    return put_text(signature, buffer, size, needed_out);
  });
}

coffer_status coffer_message_sign_bip322_multisig(
    coffer_signer* signer, const coffer_key_reference* const* keys, size_t count,
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, const uint8_t* script, size_t script_size, const uint8_t* message,
    size_t message_length, const coffer_bip322_times* times, char* buffer, size_t size,
    size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(check_buffer(buffer, size, COFFER_MULTISIG_SIGNATURE_TEXT_SIZE, needed_out));
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    COFFER_TRY_ASSIGN(const auto who, references_of(keys, count));
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const auto how, form_of(form));
    COFFER_TRY_ASSIGN(const Bytes code, bytes_of(script, script_size, script_size_max, "script"));
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const std::string signature,
                      coffer::chain::sign_bip322_multisig(*known->held.signer, who, *row, how, code,
                                                          as_text(bytes), times_of(times)));
    return put_text(signature, buffer, size, needed_out);
  });
}

coffer_status coffer_message_verify_bip322(const coffer_network_table* table, const char* network,
                                           size_t network_length, const char* address,
                                           size_t address_length, const uint8_t* message,
                                           size_t message_length, const char* signature,
                                           size_t signature_length, coffer_bip322_times* times_out,
                                           coffer_proven_output* outputs_out, size_t capacity,
                                           size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Bytes bytes, message_of(message, message_length));
    COFFER_TRY_ASSIGN(const auto signed_by,
                      long_text_of(signature, signature_length, signature_length_max, "signature"));
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const auto text, utf8_of(address, address_length, "address"));
    COFFER_TRY_ASSIGN(const auto proof,
                      coffer::chain::verify_bip322(*row, text, as_text(bytes), signed_by));
    put_if(times_out,
           coffer_bip322_times{proof.times.version, proof.times.lock_time, proof.times.sequence});
    if (count_out == nullptr) {
      return {};
    }
    COFFER_TRY(put_count(proof.outputs.size(), outputs_out, capacity, count_out));
    std::transform(proof.outputs.begin(), proof.outputs.end(), outputs_out, [](const auto& output) {
      coffer_proven_output out{};
      put_text(out.chain_tx_id, output.chain_tx_id);
      out.index = output.index;
      out.value = output.value;
      return out;
    });
    return {};
  });
}
