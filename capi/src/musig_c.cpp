// SPDX-License-Identifier: MIT
// C: several signers with one key (MuSig2).
#include "coffer_musig.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <coffer/keys/musig.hpp>
#include <coffer/keys/signer.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "signer_handle.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::keys::MusigKeys;
using coffer::keys::MusigMessage;
using coffer::keys::MusigNonce;
using coffer::keys::MusigNonceRequest;
using coffer::keys::MusigPartialSignature;
using coffer::keys::MusigPublicNonce;
using coffer::keys::MusigSession;
using coffer::keys::MusigTweak;
using coffer::keys::PublicKey;

struct coffer_musig_keys : Handle<MusigKeys, 0x636f666665723039> {
  using Handle::Handle;
};

struct coffer_musig_nonce : Handle<MusigNonce, 0x636f666665723130> {
  using Handle::Handle;
};

struct coffer_musig_session : Handle<MusigSession, 0x636f666665723131> {
  using Handle::Handle;
};

namespace {

static_assert(sizeof(MusigPublicNonce) == COFFER_MUSIG_NONCE_SIZE);
static_assert(sizeof(MusigPartialSignature) == COFFER_MUSIG_PARTIAL_SIZE);
static_assert(sizeof(MusigMessage) == COFFER_MUSIG_MESSAGE_SIZE);
static_assert(coffer::keys::musig_keys_max == COFFER_MUSIG_KEYS_MAX);

/// A value of a fixed number of bytes. Fails with `null_argument`.
template <class Bytes>
Result<Bytes> value_of(const std::uint8_t* bytes, std::string_view name) {
  COFFER_TRY(require(bytes, name));
  Bytes out;
  std::copy_n(bytes, out.size(), out.begin());
  return out;
}

/// As many of them, one behind the other. Fails with `out_of_range`, `null_argument`.
template <class Bytes>
Result<std::span<const Bytes>> values_of(const std::uint8_t* bytes, std::size_t count,
                                         std::string_view name) {
  static_assert(alignof(Bytes) == 1);
  if (count > COFFER_MUSIG_KEYS_MAX) {
    return Error{Code::out_of_range,
                 std::string(name) + ": " + std::to_string(count) + " of them, at most 1000"};
  }
  if (count > 0) {
    COFFER_TRY(require(bytes, name));
  }
  return std::span(reinterpret_cast<const Bytes*>(bytes), count);
}

Result<MusigTweak> tweak_of(coffer_musig_tweak kind) {
  if (kind == 0) {
    return Error{Code::invalid_argument, "kind: is not set"};
  }
  return constant_of(kind, MusigTweak::x_only, "kind");
}

/// Takes a nonce out of its handle. Of two threads, one gets it.
Result<std::unique_ptr<coffer_musig_nonce>> take(coffer_musig_nonce* nonce) {
  std::unique_ptr<coffer_musig_nonce> taken(static_cast<coffer_musig_nonce*>(
      HandleTable::instance().remove(nonce, coffer_musig_nonce::kind)));
  if (taken == nullptr) {
    return Error{Code::invalid_argument,
                 "nonce: it signed before, was destroyed, or never was one"};
  }
  return taken;
}

}  // namespace

coffer_status coffer_musig_sort_keys(uint8_t* keys, size_t count, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(values_of<PublicKey>(keys, count, "keys"));
    coffer::keys::sort_musig_keys(std::span(reinterpret_cast<PublicKey*>(keys), count));
    return {};
  });
}

coffer_status coffer_musig_keys_aggregate(const uint8_t* keys, size_t count,
                                          coffer_musig_keys** keys_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto given, values_of<PublicKey>(keys, count, "keys"));
    COFFER_TRY(require(keys_out, "keys_out"));
    COFFER_TRY_ASSIGN(MusigKeys made, MusigKeys::aggregate(given));
    give(keys_out, std::move(made));
    return {};
  });
}

coffer_status coffer_musig_keys_tweak(const coffer_musig_keys* keys, coffer_musig_tweak kind,
                                      const uint8_t* tweak, coffer_musig_keys** keys_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY_ASSIGN(const MusigTweak how, tweak_of(kind));
    COFFER_TRY(require(tweak, "tweak"));
    COFFER_TRY(require(keys_out, "keys_out"));
    COFFER_TRY_ASSIGN(MusigKeys made,
                      known->held.tweaked(how, std::span<const std::uint8_t, 32>(tweak, 32)));
    give(keys_out, std::move(made));
    return {};
  });
}

coffer_status coffer_musig_keys_taproot(const coffer_musig_keys* keys, const uint8_t* merkle_root,
                                        coffer_musig_keys** keys_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY(require(keys_out, "keys_out"));
    std::optional<std::array<std::uint8_t, 32>> root;
    if (merkle_root != nullptr) {
      std::copy_n(merkle_root, 32, root.emplace().begin());
    }
    COFFER_TRY_ASSIGN(MusigKeys made, known->held.taproot(root));
    give(keys_out, std::move(made));
    return {};
  });
}

coffer_status coffer_musig_keys_xpub(const coffer_musig_keys* keys, coffer_xpub* xpub_out,
                                     coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY(require(xpub_out, "xpub_out"));
    COFFER_TRY_ASSIGN(const auto xpub, known->held.xpub());
    *xpub_out = to_c(xpub);
    return {};
  });
}

coffer_status coffer_musig_keys_derive(const coffer_musig_keys* keys, const char* path,
                                       size_t path_length, coffer_musig_keys** keys_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY(require(keys_out, "keys_out"));
    COFFER_TRY_ASSIGN(const auto way, path_of(path, path_length));
    COFFER_TRY_ASSIGN(MusigKeys made, known->held.derive(way));
    give(keys_out, std::move(made));
    return {};
  });
}

coffer_status coffer_musig_keys_public_key(const coffer_musig_keys* keys, uint8_t* public_key_out,
                                           coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY(require(public_key_out, "public_key_out"));
    std::copy(known->held.public_key().begin(), known->held.public_key().end(), public_key_out);
    return {};
  });
}

void coffer_musig_keys_destroy(coffer_musig_keys* keys) { destroy_handle(keys); }

coffer_status coffer_musig_nonce_make(coffer_signer* signer, const coffer_key_reference* key,
                                      const coffer_musig_keys* keys, const uint8_t* message,
                                      coffer_musig_nonce** nonce_out, uint8_t* public_nonce_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_signer * known, handle_of(signer, "signer"));
    COFFER_TRY(require(nonce_out, "nonce_out"));
    COFFER_TRY(require(public_nonce_out, "public_nonce_out"));
    MusigNonceRequest request;
    COFFER_TRY_ASSIGN(request.key, reference_of(key));
    if (keys != nullptr) {
      COFFER_TRY_ASSIGN(const coffer_musig_keys* aggregate, handle_of(keys, "keys"));
      request.keys = &aggregate->held;
    }
    if (message != nullptr) {
      COFFER_TRY_ASSIGN(request.message, value_of<MusigMessage>(message, "message"));
    }
    COFFER_TRY_ASSIGN(MusigNonce nonce, known->held.signer->musig_nonce(request));
    const MusigPublicNonce public_nonce = nonce.public_nonce();
    give(nonce_out, std::move(nonce));
    std::copy(public_nonce.begin(), public_nonce.end(), public_nonce_out);
    return {};
  });
}

void coffer_musig_nonce_destroy(coffer_musig_nonce* nonce) { destroy_handle(nonce); }

coffer_status coffer_musig_nonces_aggregate(const uint8_t* public_nonces, size_t count,
                                            uint8_t* aggregate_nonce_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto given,
                      values_of<MusigPublicNonce>(public_nonces, count, "public_nonces"));
    COFFER_TRY(require(aggregate_nonce_out, "aggregate_nonce_out"));
    COFFER_TRY_ASSIGN(const MusigPublicNonce sum, coffer::keys::aggregate_musig_nonces(given));
    std::copy(sum.begin(), sum.end(), aggregate_nonce_out);
    return {};
  });
}

coffer_status coffer_musig_session_begin(const coffer_musig_keys* keys,
                                         const uint8_t* aggregate_nonce, const uint8_t* message,
                                         coffer_musig_session** session_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_keys* known, handle_of(keys, "keys"));
    COFFER_TRY_ASSIGN(const auto nonce,
                      value_of<MusigPublicNonce>(aggregate_nonce, "aggregate_nonce"));
    COFFER_TRY_ASSIGN(const auto digest, value_of<MusigMessage>(message, "message"));
    COFFER_TRY(require(session_out, "session_out"));
    COFFER_TRY_ASSIGN(MusigSession session, MusigSession::begin(known->held, nonce, digest));
    give(session_out, std::move(session));
    return {};
  });
}

void coffer_musig_session_destroy(coffer_musig_session* session) { destroy_handle(session); }

coffer_status coffer_musig_session_sign(const coffer_musig_session* session, coffer_signer* signer,
                                        const coffer_key_reference* key, coffer_musig_nonce* nonce,
                                        uint8_t* partial_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_session* known, handle_of(session, "session"));
    COFFER_TRY_ASSIGN(coffer_signer * asked, handle_of(signer, "signer"));
    COFFER_TRY(require(nonce, "nonce"));
    COFFER_TRY(require(partial_out, "partial_out"));
    COFFER_TRY_ASSIGN(const auto reference, reference_of(key));
    COFFER_TRY_ASSIGN(const auto taken, take(nonce));
    COFFER_TRY_ASSIGN(
        const MusigPartialSignature partial,
        asked->held.signer->musig_sign(reference, known->held, std::move(taken->held)));
    std::copy(partial.begin(), partial.end(), partial_out);
    return {};
  });
}

coffer_status coffer_musig_session_verify(const coffer_musig_session* session, size_t place,
                                          const uint8_t* public_nonce, const uint8_t* partial,
                                          coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_session* known, handle_of(session, "session"));
    COFFER_TRY_ASSIGN(const auto nonce, value_of<MusigPublicNonce>(public_nonce, "public_nonce"));
    COFFER_TRY_ASSIGN(const auto part, value_of<MusigPartialSignature>(partial, "partial"));
    return known->held.verify(place, nonce, part);
  });
}

coffer_status coffer_musig_session_aggregate(const coffer_musig_session* session,
                                             const uint8_t* partials, size_t count,
                                             const uint8_t* public_nonces, uint8_t* signature_out,
                                             coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_musig_session* known, handle_of(session, "session"));
    COFFER_TRY_ASSIGN(const auto parts,
                      values_of<MusigPartialSignature>(partials, count, "partials"));
    std::span<const MusigPublicNonce> nonces;
    if (public_nonces != nullptr) {
      COFFER_TRY_ASSIGN(nonces, values_of<MusigPublicNonce>(public_nonces, count, "public_nonces"));
    }
    COFFER_TRY(require(signature_out, "signature_out"));
    COFFER_TRY_ASSIGN(const auto signature, known->held.aggregate(parts, nonces));
    std::copy(signature.begin(), signature.end(), signature_out);
    return {};
  });
}
