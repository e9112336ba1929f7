// SPDX-License-Identifier: MIT
// C: signers that hold keys, ask the host or a token, signing, and checking signatures.
#include "coffer_signer.h"

#include <algorithm>
#include <string>
#include <vector>

#include <coffer/keys/pkcs11_signer.hpp>
#include <coffer/keys/sign_many.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "output.hpp"
#include "signer_handle.hpp"

namespace coffer::capi {

namespace {

constexpr std::size_t name_length_max = 256;

Result<std::string_view> name_of_key(const char* name, std::size_t length) {
  COFFER_TRY_ASSIGN(const std::string_view text, utf8_of(name, length, "name"));
  if (text.empty()) {
    return Error{Code::invalid_argument, "name: it is empty"};
  }
  if (text.size() > name_length_max) {
    return Error{Code::text_too_long,
                 "name: " + std::to_string(text.size()) + " bytes, at most 256"};
  }
  return text;
}

/// A reference on its way to the host; the texts live as long as this.
struct OutgoingReference {
  explicit OutgoingReference(const keys::KeyReference& key)
      : path(key.path.depth() == 0 ? std::string() : key.path.to_text()) {
    out.struct_size = sizeof out;
    out.curve = static_cast<coffer_curve>(key.curve);
    out.name = key.name.data();
    out.name_length = key.name.size();
    out.path = path.data();
    out.path_length = path.size();
  }
  OutgoingReference(const OutgoingReference&) = delete;
  OutgoingReference& operator=(const OutgoingReference&) = delete;

  std::string path;
  coffer_key_reference out{};
};

Result<keys::PublicKey> ask_public_key(const coffer_signer_vtable& table,
                                       const keys::KeyReference& key) {
  const OutgoingReference reference(key);
  keys::PublicKey answer{};
  coffer_error err{};
  const coffer_status code = table.public_key(table.data, &reference.out, answer.data(), &err);
  COFFER_TRY(callback_status(code, err, Code::signing_refused, "signer: public_key"));
  return answer;
}

Result<keys::Signature> ask_signature(const coffer_signer_vtable& table,
                                      const keys::SignRequest& request) {
  const OutgoingReference reference(request.key);
  coffer_sign_request out{};
  out.struct_size = sizeof out;
  out.scheme = static_cast<coffer_signature_scheme>(request.scheme);
  out.key = &reference.out;
  out.message = request.message.data();
  out.message_length = request.message.size();
  if (request.taproot_tweak) {
    out.has_taproot_tweak = 1;
    std::copy(request.taproot_tweak->begin(), request.taproot_tweak->end(), out.taproot_tweak);
  }
  std::copy(request.auxiliary.begin(), request.auxiliary.end(), out.auxiliary);
  coffer_signature answer{};
  answer.recovery_id = -1;
  coffer_error err{};
  const coffer_status code = table.sign(table.data, &out, &answer, &err);
  COFFER_TRY(callback_status(code, err, Code::signing_refused, "signer: sign"));
  keys::Signature signature;
  std::copy(std::begin(answer.bytes), std::end(answer.bytes), signature.bytes.begin());
  signature.recovery_id = answer.recovery_id;
  return signature;
}

Result<keys::SoftwareSigner*> software_of(coffer_signer* signer) {
  COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
  if (known->held.software == nullptr) {
    return Error{Code::unsupported, "signer: it holds no keys itself"};
  }
  return known->held.software;
}

}  // namespace

HeldSigner::HeldSigner(HeldSigner&& other) noexcept
    : signer(std::move(other.signer)), software(other.software), table(other.table) {
  other.table = {};
}

HeldSigner::~HeldSigner() {
  signer.reset();
  if (table.destroy != nullptr) {
    table.destroy(table.data);
  }
}

Result<keys::KeyReference> reference_of(const coffer_key_reference* key) {
  COFFER_TRY_ASSIGN(const coffer_key_reference in, read_struct(key, "key"));
  keys::KeyReference out;
  COFFER_TRY_ASSIGN(out.curve, curve_of(in.curve));
  COFFER_TRY_ASSIGN(out.name, name_of_key(in.name, in.name_length));
  COFFER_TRY_ASSIGN(out.path, path_of(in.path, in.path_length));
  return out;
}

Result<keys::SignatureScheme> scheme_of(coffer_signature_scheme scheme) {
  if (scheme == 0) {
    return Error{Code::invalid_argument, "scheme: is not set"};
  }
  return constant_of(scheme, keys::SignatureScheme::ed25519, "scheme");
}

}  // namespace coffer::capi

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::keys::SignRequest;

namespace {

Result<SignRequest> request_of(const void* request) {
  coffer_sign_request in{};
  COFFER_TRY(copy_struct(request, &in, sizeof in, "request"));
  SignRequest out;
  COFFER_TRY_ASSIGN(out.key, reference_of(in.key));
  COFFER_TRY_ASSIGN(out.scheme, scheme_of(in.scheme));
  COFFER_TRY_ASSIGN(out.message,
                    bytes_of(in.message, in.message_length, COFFER_MESSAGE_SIZE_MAX, "message"));
  if (in.has_taproot_tweak != 0) {
    out.taproot_tweak.emplace();
    std::copy(std::begin(in.taproot_tweak), std::end(in.taproot_tweak), out.taproot_tweak->begin());
  }
  std::copy(std::begin(in.auxiliary), std::end(in.auxiliary), out.auxiliary.begin());
  return out;
}

coffer_signature to_struct(const coffer::keys::Signature& signature) {
  coffer_signature out{};
  std::copy(signature.bytes.begin(), signature.bytes.end(), out.bytes);
  out.recovery_id = signature.recovery_id;
  return out;
}

/// The requests of an array that can be understood, and their places; the status of the others.
struct ReadRequests {
  std::vector<SignRequest> asked;
  std::vector<std::size_t> places;
};

Result<ReadRequests> read_requests(const coffer_sign_request* requests, std::size_t count,
                                   coffer_status* statuses_out) {
  COFFER_TRY_ASSIGN(const std::size_t size,
                    struct_size_of(requests, sizeof(coffer_sign_request), "requests"));
  ReadRequests read;
  for (std::size_t i = 0; i < count; ++i) {
    const char* const at = reinterpret_cast<const char*>(requests) + i * size;
    const bool has_size = struct_size_of(at, size, "request").value_or(0U) == size;
    const Result<SignRequest> request =
        has_size ? request_of(at)
                 : Error{Code::invalid_argument, "request: struct_size is not that of the first"};
    if (request) {
      read.asked.push_back(*request);
      read.places.push_back(i);
    } else {
      statuses_out[i] = static_cast<coffer_status>(request.error().code);
    }
  }
  return read;
}

}  // namespace

coffer_status coffer_signer_create(coffer_signer** signer_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(signer_out, "signer_out"));
    HeldSigner held;
    auto software = std::make_unique<coffer::keys::SoftwareSigner>();
    held.software = software.get();
    held.signer = std::move(software);
    give(signer_out, std::move(held));
    return {};
  });
}

coffer_status coffer_signer_create_with_callbacks(const coffer_signer_vtable* table,
                                                  coffer_signer** signer_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_signer_vtable own, read_struct(table, "table"));
    if (own.public_key == nullptr || own.sign == nullptr) {
      return null_error(own.sign == nullptr ? "table: sign" : "table: public_key");
    }
    COFFER_TRY(require(signer_out, "signer_out"));
    auto asks = std::make_unique<coffer::keys::CallbackSigner>(
        [own](const auto& key) { return ask_public_key(own, key); },
        [own](const auto& request) { return ask_signature(own, request); });
    HeldSigner held;
    held.signer = std::move(asks);
    give(signer_out, std::move(held));
    // Last, because until then the caller's data stays the caller's.
    COFFER_TRY_ASSIGN(coffer_signer * made, handle_of(*signer_out, "signer_out"));
    made->held.table = own;
    return {};
  });
}

coffer_status coffer_signer_open_pkcs11(const char* module_path, size_t module_path_length,
                                        const char* token_label, size_t token_label_length,
                                        const char* pin, size_t pin_length,
                                        coffer_signer** signer_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto module, utf8_of(module_path, module_path_length, "module_path"));
    COFFER_TRY_ASSIGN(const auto label, utf8_of(token_label, token_label_length, "token_label"));
    COFFER_TRY_ASSIGN(const auto word, text_of(pin, pin_length, "pin"));
    COFFER_TRY(require(signer_out, "signer_out"));
    HeldSigner held;
    COFFER_TRY_ASSIGN(held.signer,
                      coffer::keys::Pkcs11Signer::open(std::string(module), label, word));
    give(signer_out, std::move(held));
    return {};
  });
}

void coffer_signer_destroy(coffer_signer* signer) { destroy_handle(signer); }

coffer_status coffer_signer_add(coffer_signer* signer, const char* name, size_t name_length,
                                const coffer_xprv* key, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto as, name_of_key(name, name_length));
    COFFER_TRY_ASSIGN(auto* software, software_of(signer));
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(key, "key"));
    return software->add(std::string(as), known->held.copy());
  });
}

coffer_status coffer_signer_add_single(coffer_signer* signer, const char* name, size_t name_length,
                                       coffer_curve curve, const coffer_secret* key,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto as, name_of_key(name, name_length));
    COFFER_TRY_ASSIGN(auto* software, software_of(signer));
    COFFER_TRY_ASSIGN(const auto known, curve_of(curve));
    COFFER_TRY_ASSIGN(const auto bytes, private_key_of(key, "key"));
    return software->add(std::string(as), known, bytes);
  });
}

coffer_status coffer_signer_remove(coffer_signer* signer, const char* name, size_t name_length,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto as, name_of_key(name, name_length));
    COFFER_TRY_ASSIGN(auto* software, software_of(signer));
    return software->remove(as);
  });
}

coffer_status coffer_signer_set_read_only(coffer_signer* signer, uint8_t is_read_only,
                                          coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    known->held.signer->set_read_only(is_read_only != 0);
    return {};
  });
}

coffer_status coffer_signer_is_read_only(const coffer_signer* signer, uint8_t* is_read_only_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_signer* known, handle_of(signer, "signer"));
    COFFER_TRY(require(is_read_only_out, "is_read_only_out"));
    *is_read_only_out = known->held.signer->is_read_only() ? 1 : 0;
    return {};
  });
}

coffer_status coffer_signer_public_key(coffer_signer* signer, const coffer_key_reference* key,
                                       uint8_t* public_key_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    COFFER_TRY(require(public_key_out, "public_key_out"));
    COFFER_TRY_ASSIGN(const auto reference, reference_of(key));
    COFFER_TRY_ASSIGN(const auto found, known->held.signer->public_key(reference));
    std::copy(found.begin(), found.end(), public_key_out);
    return {};
  });
}

coffer_status coffer_signer_sign(coffer_signer* signer, const coffer_sign_request* request,
                                 coffer_signature* signature_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    COFFER_TRY(require(signature_out, "signature_out"));
    COFFER_TRY_ASSIGN(const SignRequest asked, request_of(request));
    COFFER_TRY_ASSIGN(const auto signature, known->held.signer->sign(asked));
    *signature_out = to_struct(signature);
    return {};
  });
}

coffer_status coffer_signer_sign_many(coffer_signer* signer, const coffer_sign_request* requests,
                                      size_t count, const coffer_bulk_options* options,
                                      coffer_signature* signatures_out, coffer_status* statuses_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    COFFER_TRY(check_batch(requests, count, statuses_out));
    BulkRun run;
    COFFER_TRY(run.read(options));
    if (count == 0) {
      return {};
    }
    COFFER_TRY(require(signatures_out, "signatures_out"));
    COFFER_TRY_ASSIGN(const ReadRequests read, read_requests(requests, count, statuses_out));
    std::fill_n(signatures_out, count, coffer_signature{});
    const auto answers = coffer::keys::sign_many(*known->held.signer, read.asked, run.options());
    bool is_cancelled = false;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const Code code = answers[i] ? Code::ok : answers[i].error().code;
      statuses_out[read.places[i]] = static_cast<coffer_status>(code);
      if (answers[i]) {
        signatures_out[read.places[i]] = to_struct(*answers[i]);
      }
      is_cancelled = is_cancelled || (code == Code::cancelled && run.options().observer != nullptr);
    }
    return is_cancelled ? Error{Code::cancelled, "the progress stopped the signing"} : Status{};
  });
}

coffer_status coffer_signature_verify(coffer_curve curve, const uint8_t* public_key,
                                      coffer_signature_scheme scheme, const uint8_t* message,
                                      size_t message_length, const coffer_signature* signature,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto known, curve_of(curve));
    COFFER_TRY(require(public_key, "public_key"));
    COFFER_TRY_ASSIGN(const auto how, scheme_of(scheme));
    COFFER_TRY_ASSIGN(const auto text,
                      bytes_of(message, message_length, COFFER_MESSAGE_SIZE_MAX, "message"));
    COFFER_TRY(require(signature, "signature"));
    coffer::keys::PublicKey key;
    std::copy_n(public_key, key.size(), key.begin());
    coffer::keys::Signature given;
    std::copy(std::begin(signature->bytes), std::end(signature->bytes), given.bytes.begin());
    given.recovery_id = signature->recovery_id;
    return coffer::keys::verify_signature(known, key, how, text, given);
  });
}
