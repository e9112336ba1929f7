// SPDX-License-Identifier: MIT
// C: addresses of keys and scripts, one or many, read and checked.
#include "coffer_address.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <coffer/chain/address.hpp>
#include <coffer/chain/address_bulk.hpp>
#include <coffer/chain/bitcoin_script.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "network_handle.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::chain::Address;
using coffer::chain::AddressForm;
using coffer::chain::AddressRows;
using coffer::chain::Network;
using coffer::chain::NetworkTable;
using coffer::keys::Path;
using coffer::keys::PublicKey;

static_assert(coffer::chain::address_stride <= COFFER_ADDRESS_TEXT_SIZE);

namespace {

constexpr std::size_t script_size_max = 10'000;
constexpr std::size_t stride_max = 65'536;

coffer_address to_struct(const Address& address) {
  coffer_address out{};
  out.form = static_cast<coffer_address_form>(address.form);
  out.witness_version = address.witness_version;
  out.has_destination_tag = address.destination_tag ? 1 : 0;
  out.destination_tag = address.destination_tag.value_or(0);
  // No form carries more: a witness program ends at 40 bytes (BIP-141).
  const std::size_t size = std::min(address.payload.size(), sizeof out.payload);
  std::copy_n(address.payload.begin(), size, out.payload);
  out.payload_size = static_cast<uint8_t>(size);
  return out;
}

Result<Address> from_struct(const coffer_address* in) {
  COFFER_TRY(require(in, "address"));
  if (in->payload_size > sizeof in->payload) {
    return Error{Code::invalid_argument,
                 "payload_size: " + std::to_string(in->payload_size) + " is above 40"};
  }
  Address out;
  COFFER_TRY_ASSIGN(out.form, form_of(in->form));
  out.payload.assign(in->payload, in->payload + in->payload_size);
  out.witness_version = in->witness_version;
  if (in->has_destination_tag != 0) {
    out.destination_tag = in->destination_tag;
  }
  return out;
}

using MerkleRoot = std::array<std::uint8_t, 32>;

MerkleRoot merkle_root_of(const std::uint8_t* root) noexcept {
  MerkleRoot out;
  std::copy_n(root, out.size(), out.begin());
  return out;
}

/// Fails with `invalid_key` (a size that no internal key has), `null_argument`.
Result<std::span<const std::uint8_t>> internal_key_of(const std::uint8_t* key, std::size_t size) {
  if (size != 32 && size != 33) {
    return Error{Code::invalid_key,
                 "internal_key: has " + std::to_string(size) + " bytes, not 32 or 33"};
  }
  return bytes_of(key, size, size, "internal_key");
}

/// Where many addresses go.
struct Places {
  AddressRows rows;
  std::span<PublicKey> keys;
};

Result<Places> places_of(char* texts_out, std::size_t stride, std::uint8_t* keys_out,
                         std::size_t count) {
  // With or without keys, the number is looked at first.
  COFFER_TRY_ASSIGN(auto keys, public_keys_of(keys_out, keys_out == nullptr ? 0 : count, ""));
  if (count > children_max) {
    return Error{Code::out_of_range,
                 "count: " + std::to_string(count) + ", a key has 2147483648 children"};
  }
  if (stride > stride_max) {
    return Error{Code::out_of_range, "stride: " + std::to_string(stride) + " is above 65536"};
  }
  if (count > 0) {
    COFFER_TRY(require(texts_out, "texts_out"));
  }
  return Places{{std::span(texts_out, count * stride), stride}, keys};
}

}  // namespace

coffer_status coffer_address_of_key(const coffer_network_table* table, const char* network,
                                    size_t network_length, coffer_address_form form,
                                    const uint8_t* key, size_t key_size, char* buffer, size_t size,
                                    size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    constexpr std::size_t key_size_max = 65;
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    if (key_size > key_size_max) {
      return Error{Code::invalid_key, "key: " + std::to_string(key_size) + " bytes"};
    }
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(key, key_size, key_size_max, "key"));
    COFFER_TRY_ASSIGN(const std::string text, coffer::chain::address_of(*row, bytes, known));
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_address_parse(const coffer_network_table* table, const char* network,
                                   size_t network_length, const char* text, size_t text_length,
                                   coffer_address* address_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const NetworkTable* known, table_of(table));
    COFFER_TRY_ASSIGN(const auto name, utf8_of(network, network_length, "network"));
    COFFER_TRY_ASSIGN(const auto given, utf8_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const Address address, coffer::chain::decode_address(*known, name, given));
    put_if(address_out, to_struct(address));
    return {};
  });
}

coffer_status coffer_address_format(const coffer_network_table* table, const char* network,
                                    size_t network_length, const coffer_address* address,
                                    char* buffer, size_t size, size_t* needed_out,
                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const Address given, from_struct(address));
    COFFER_TRY_ASSIGN(const std::string text, coffer::chain::encode_address(*row, given));
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_address_match_networks(const coffer_network_table* table, const char* text,
                                            size_t text_length, coffer_address_match* matches_out,
                                            size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const NetworkTable* known, table_of(table));
    COFFER_TRY_ASSIGN(const auto given, text_of(text, text_length, "text"));
    const auto matches = coffer::chain::find_networks(*known, given);
    COFFER_TRY(put_count(matches.size(), matches_out, capacity, count_out));
    std::transform(matches.begin(), matches.end(), matches_out, [](const auto& match) {
      coffer_address_match out{};
      put_text(out.network, match.network->name);
      out.address = to_struct(match.address);
      return out;
    });
    return {};
  });
}

coffer_status coffer_address_derive_many(const coffer_network_table* table, const char* network,
                                         size_t network_length, coffer_address_form form,
                                         const coffer_xpub* xpub, uint32_t first, size_t count,
                                         const coffer_bulk_options* options, char* texts_out,
                                         size_t stride, uint8_t* keys_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const auto parent, xpub_of(xpub));
    COFFER_TRY_ASSIGN(const Places places, places_of(texts_out, stride, keys_out, count));
    BulkRun run;
    COFFER_TRY(run.read(options));
    if (count == 0) {
      return {};
    }
    return coffer::chain::derive_addresses(*row, known, parent, first, places.rows, places.keys,
                                           run.options());
  });
}

coffer_status coffer_address_derive_many_private(
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, const coffer_xprv* xprv, uint32_t first, size_t count,
    const char* tail, size_t tail_length, const coffer_bulk_options* options, char* texts_out,
    size_t stride, uint8_t* keys_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const coffer_xprv* parent, handle_of(xprv, "xprv"));
    COFFER_TRY_ASSIGN(const Path way, path_of(tail, tail_length, "tail"));
    COFFER_TRY_ASSIGN(const Places places, places_of(texts_out, stride, keys_out, count));
    BulkRun run;
    COFFER_TRY(run.read(options));
    if (count == 0) {
      return {};
    }
    return coffer::chain::derive_addresses(*row, known, parent->held, first, way, places.rows,
                                           places.keys, run.options());
  });
}

coffer_status coffer_script_of_address(const coffer_network_table* table, const char* network,
                                       size_t network_length, const char* text, size_t text_length,
                                       uint8_t* buffer, size_t size, size_t* needed_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const NetworkTable* known, table_of(table));
    COFFER_TRY_ASSIGN(const auto name, utf8_of(network, network_length, "network"));
    COFFER_TRY_ASSIGN(const auto given, utf8_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const Address address, coffer::chain::decode_address(*known, name, given));
    COFFER_TRY_ASSIGN(const auto script, coffer::chain::output_script(address));
    return put_bytes(script, buffer, size, needed_out);
  });
}

coffer_status coffer_script_of_multisig(uint32_t threshold, const uint8_t* keys, size_t count,
                                        uint8_t* buffer, size_t size, size_t* needed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    constexpr std::size_t count_max = 15;
    if (count == 0 || count > count_max) {
      return Error{Code::out_of_range, "count: " + std::to_string(count) + " is not 1 to 15"};
    }
    COFFER_TRY(require(keys, "keys"));
    std::vector<PublicKey> given(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::copy_n(keys + i * sizeof(PublicKey), sizeof(PublicKey), given[i].begin());
    }
    COFFER_TRY_ASSIGN(const auto script, coffer::chain::sorted_multisig_script(threshold, given));
    return put_bytes(script, buffer, size, needed_out);
  });
}

coffer_status coffer_address_of_script(const coffer_network_table* table, const char* network,
                                       size_t network_length, coffer_address_form form,
                                       const uint8_t* script, size_t script_size, char* buffer,
                                       size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(script, script_size, script_size_max, "script"));
    COFFER_TRY_ASSIGN(const std::string text, coffer::chain::address_of_script(*row, bytes, known));
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_address_of_output_script(const coffer_network_table* table,
                                              const char* network, size_t network_length,
                                              const uint8_t* script, size_t script_size,
                                              char* buffer, size_t size, size_t* needed_out,
                                              coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(script, script_size, script_size_max, "script"));
    COFFER_TRY_ASSIGN(const Address address, coffer::chain::address_of_output_script(*row, bytes));
    COFFER_TRY_ASSIGN(const std::string text, coffer::chain::encode_address(*row, address));
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_taproot_output_key(const uint8_t* internal_key, size_t internal_key_size,
                                        const uint8_t* merkle_root, uint8_t* key_out,
                                        uint8_t* is_odd_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto key, internal_key_of(internal_key, internal_key_size));
    COFFER_TRY(require(key_out, "key_out"));
    std::optional<MerkleRoot> root;
    if (merkle_root != nullptr) {
      root = merkle_root_of(merkle_root);
    }
    COFFER_TRY_ASSIGN(const auto output, coffer::chain::taproot_output(key, root));
    std::copy(output.key.begin(), output.key.end(), key_out);
    put_if(is_odd_out, std::uint8_t{output.is_odd});
    return {};
  });
}

coffer_status coffer_address_of_taproot(const coffer_network_table* table, const char* network,
                                        size_t network_length, const uint8_t* internal_key,
                                        size_t internal_key_size, const uint8_t* merkle_root,
                                        char* buffer, size_t size, size_t* needed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const auto key, internal_key_of(internal_key, internal_key_size));
    COFFER_TRY(require(merkle_root, "merkle_root"));
    COFFER_TRY_ASSIGN(const std::string text,
                      coffer::chain::taproot_address(*row, key, merkle_root_of(merkle_root)));
    return put_text(text, buffer, size, needed_out);
  });
}
