// SPDX-License-Identifier: MIT
// MuSig2 (BIP-327): bytes to what libsecp256k1's module takes, and back.
#include "crypto/secp256k1_musig.hpp"

#include <secp256k1_musig.h>

#include <cstring>
#include <vector>

#include "crypto/secp256k1_context.hpp"
#include "crypto/secp256k1_key_pair.hpp"

namespace coffer::crypto::secp256k1 {

namespace {

static_assert(sizeof(secp256k1_musig_keyagg_cache) == sizeof(MusigContext));
static_assert(sizeof(secp256k1_musig_session) == sizeof(MusigState));
static_assert(sizeof(secp256k1_musig_secnonce) == musig_secret_nonce_size);
static_assert(alignof(secp256k1_musig_secnonce) == 1);

secp256k1_musig_keyagg_cache cache_of(const MusigContext& context) noexcept {
  secp256k1_musig_keyagg_cache cache;
  std::memcpy(&cache, context.data(), sizeof cache);
  return cache;
}

secp256k1_musig_session session_of(const MusigState& state) noexcept {
  secp256k1_musig_session session;
  std::memcpy(&session, state.data(), sizeof session);
  return session;
}

// The library's own object in the caller's memory. It consists of bytes, so any bytes are one.
secp256k1_musig_secnonce* object_at(MusigSecretNonce nonce) noexcept {
  return reinterpret_cast<secp256k1_musig_secnonce*>(nonce.data());
}

std::optional<MusigAggregate> aggregate_of(const secp256k1_musig_keyagg_cache& cache) noexcept {
  secp256k1_pubkey key;
  if (secp256k1_musig_pubkey_get(context(), &key, &cache) != 1) {
    return std::nullopt;
  }
  MusigAggregate out;
  std::memcpy(out.context.data(), &cache, sizeof cache);
  out.key = serialise(key);
  return out;
}

// The library takes arrays of pointers.
template <class Item>
std::vector<const Item*> pointers_to(const std::vector<Item>& items) {
  std::vector<const Item*> pointers;
  pointers.reserve(items.size());
  for (const Item& item : items) {
    pointers.push_back(&item);
  }
  return pointers;
}

}  // namespace

std::optional<MusigAggregate> musig_aggregate(std::span<const CompressedKey> keys) {
  std::vector<secp256k1_pubkey> parsed;
  parsed.reserve(keys.size());
  for (const CompressedKey& key : keys) {
    const auto one = parse(key);
    if (!one) {
      return std::nullopt;
    }
    parsed.push_back(*one);
  }
  const auto pointers = pointers_to(parsed);
  secp256k1_musig_keyagg_cache cache;
  if (pointers.empty() || secp256k1_musig_pubkey_agg(context(), nullptr, &cache, pointers.data(),
                                                     pointers.size()) != 1) {
    return std::nullopt;
  }
  return aggregate_of(cache);
}

std::optional<MusigAggregate> musig_tweak(const MusigContext& context_bytes, bool is_x_only,
                                          SecretView tweak) noexcept {
  secp256k1_musig_keyagg_cache cache = cache_of(context_bytes);
  const auto add =
      is_x_only ? secp256k1_musig_pubkey_xonly_tweak_add : secp256k1_musig_pubkey_ec_tweak_add;
  if (add(context(), nullptr, &cache, tweak.data()) != 1) {
    return std::nullopt;
  }
  return aggregate_of(cache);
}

bool is_valid_musig_nonce(const MusigPublicNonce& nonce) noexcept {
  secp256k1_musig_pubnonce parsed;
  return secp256k1_musig_pubnonce_parse(context(), &parsed, nonce.data()) == 1;
}

std::optional<MusigPublicNonce> musig_aggregate_nonces(std::span<const MusigPublicNonce> nonces) {
  std::vector<secp256k1_musig_pubnonce> parsed(nonces.size());
  for (std::size_t i = 0; i < nonces.size(); ++i) {
    if (secp256k1_musig_pubnonce_parse(context(), &parsed[i], nonces[i].data()) != 1) {
      return std::nullopt;
    }
  }
  const auto pointers = pointers_to(parsed);
  secp256k1_musig_aggnonce sum;
  MusigPublicNonce bytes;
  if (pointers.empty() ||
      secp256k1_musig_nonce_agg(context(), &sum, pointers.data(), pointers.size()) != 1 ||
      secp256k1_musig_aggnonce_serialize(context(), bytes.data(), &sum) != 1) {
    return std::nullopt;
  }
  return bytes;
}

std::optional<MusigPublicNonce> musig_make_nonce(MusigSecretNonce nonce,
                                                 std::span<std::uint8_t, 32> random,
                                                 SecretView secret, const MusigContext* known,
                                                 const std::uint8_t* message) noexcept {
  secp256k1_pubkey key;
  secp256k1_musig_pubnonce made;
  MusigPublicNonce bytes;
  secp256k1_musig_keyagg_cache cache;
  if (known != nullptr) {
    cache = cache_of(*known);
  }
  const bool is_made =
      secp256k1_ec_pubkey_create(context(), &key, secret.data()) == 1 &&
      secp256k1_musig_nonce_gen(context(), object_at(nonce), &made, random.data(), secret.data(),
                                &key, message, known == nullptr ? nullptr : &cache, nullptr) == 1 &&
      secp256k1_musig_pubnonce_serialize(context(), bytes.data(), &made) == 1;
  wipe(random);
  if (!is_made) {
    wipe(nonce);
    return std::nullopt;
  }
  return bytes;
}

std::optional<MusigState> musig_begin(const MusigContext& context_bytes,
                                      const MusigPublicNonce& aggregate_nonce,
                                      DigestView message) noexcept {
  const secp256k1_musig_keyagg_cache cache = cache_of(context_bytes);
  secp256k1_musig_aggnonce nonce;
  secp256k1_musig_session session;
  if (secp256k1_musig_aggnonce_parse(context(), &nonce, aggregate_nonce.data()) != 1 ||
      secp256k1_musig_nonce_process(context(), &session, &nonce, message.data(), &cache) != 1) {
    return std::nullopt;
  }
  MusigState state;
  std::memcpy(state.data(), &session, sizeof session);
  return state;
}

std::optional<MusigPartial> musig_sign(MusigSecretNonce nonce, SecretView secret,
                                       const MusigContext& context_bytes,
                                       const MusigState& state) noexcept {
  KeyPair pair(secret);
  const secp256k1_musig_keyagg_cache cache = cache_of(context_bytes);
  const secp256k1_musig_session session = session_of(state);
  secp256k1_musig_partial_sig made;
  MusigPartial partial;
  const bool is_made = pair.is_valid() &&
                       secp256k1_musig_partial_sign(context(), &made, object_at(nonce), pair.get(),
                                                    &cache, &session) == 1 &&
                       secp256k1_musig_partial_sig_serialize(context(), partial.data(), &made) == 1;
  // The library has done so too, unless it refused before it looked.
  wipe(nonce);
  if (!is_made) {
    return std::nullopt;
  }
  return partial;
}

bool is_valid_musig_partial(const MusigPartial& partial) noexcept {
  secp256k1_musig_partial_sig parsed;
  return secp256k1_musig_partial_sig_parse(context(), &parsed, partial.data()) == 1;
}

bool musig_verify(const MusigPartial& partial, const MusigPublicNonce& nonce,
                  const CompressedKey& key, const MusigContext& context_bytes,
                  const MusigState& state) noexcept {
  secp256k1_musig_partial_sig part;
  secp256k1_musig_pubnonce from;
  const auto parsed = parse(key);
  const secp256k1_musig_keyagg_cache cache = cache_of(context_bytes);
  const secp256k1_musig_session session = session_of(state);
  return parsed && secp256k1_musig_partial_sig_parse(context(), &part, partial.data()) == 1 &&
         secp256k1_musig_pubnonce_parse(context(), &from, nonce.data()) == 1 &&
         secp256k1_musig_partial_sig_verify(context(), &part, &from, &*parsed, &cache, &session) ==
             1;
}

std::optional<Signature> musig_aggregate_partials(const MusigState& state,
                                                  std::span<const MusigPartial> partials) {
  std::vector<secp256k1_musig_partial_sig> parsed(partials.size());
  for (std::size_t i = 0; i < partials.size(); ++i) {
    if (secp256k1_musig_partial_sig_parse(context(), &parsed[i], partials[i].data()) != 1) {
      return std::nullopt;
    }
  }
  const auto pointers = pointers_to(parsed);
  const secp256k1_musig_session session = session_of(state);
  Signature signature;
  if (pointers.empty() || secp256k1_musig_partial_sig_agg(context(), signature.data(), &session,
                                                          pointers.data(), pointers.size()) != 1) {
    return std::nullopt;
  }
  return signature;
}

}  // namespace coffer::crypto::secp256k1
