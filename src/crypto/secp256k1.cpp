// SPDX-License-Identifier: MIT
// Keys on secp256k1 and the shared context of libsecp256k1.
#include "crypto/secp256k1.hpp"

#include <secp256k1_ecdh.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "crypto/random.hpp"
#include "crypto/secp256k1_context.hpp"
#include "crypto/wiped.hpp"

namespace coffer::crypto::secp256k1 {

namespace {

// By default libsecp256k1 aborts on an argument it does not accept; after this it returns 0.
void ignore_illegal_argument(const char* /*message*/, void* /*data*/) {}

const secp256k1_context* make_context() {
  secp256k1_context* made =
      secp256k1_context_create(SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY);
  if (made == nullptr) {
    throw std::bad_alloc();
  }
  secp256k1_context_set_illegal_callback(made, &ignore_illegal_argument, nullptr);
  // Blinding guards against leaks through power or timing that constant-time code may have left;
  // without random bytes the arithmetic is the same, so a failure does not stop anyone.
  Wiped<32> seed;
  [[maybe_unused]] const bool is_blinded =
      random_bytes(seed.span()) && secp256k1_context_randomize(made, seed.data()) == 1;
  return made;
}

}  // namespace

const secp256k1_context* context() noexcept {
  static const secp256k1_context* const shared = make_context();
  return shared;
}

std::optional<secp256k1_pubkey> parse(std::span<const std::uint8_t> key) noexcept {
  secp256k1_pubkey parsed;
  if (key.empty()) {
    return std::nullopt;  // The library's pointer must not be null, whatever the length.
  }
  if (secp256k1_ec_pubkey_parse(context(), &parsed, key.data(), key.size()) != 1) {
    return std::nullopt;
  }
  return parsed;
}

CompressedKey serialise(const secp256k1_pubkey& key) noexcept {
  CompressedKey bytes;
  std::size_t size = bytes.size();
  secp256k1_ec_pubkey_serialize(context(), bytes.data(), &size, &key, SECP256K1_EC_COMPRESSED);
  return bytes;
}

UncompressedKey serialise_whole(const secp256k1_pubkey& key) noexcept {
  UncompressedKey bytes;
  std::size_t size = bytes.size();
  secp256k1_ec_pubkey_serialize(context(), bytes.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
  return bytes;
}

bool is_valid_secret(SecretView secret) noexcept {
  return secp256k1_ec_seckey_verify(context(), secret.data()) == 1;
}

std::optional<CompressedKey> public_key(SecretView secret) noexcept {
  secp256k1_pubkey key;
  if (secp256k1_ec_pubkey_create(context(), &key, secret.data()) != 1) {
    return std::nullopt;
  }
  return serialise(key);
}

std::optional<UncompressedKey> public_point(SecretView secret) noexcept {
  secp256k1_pubkey key;
  if (secp256k1_ec_pubkey_create(context(), &key, secret.data()) != 1) {
    return std::nullopt;
  }
  return serialise_whole(key);
}

CompressedKey compressed_of(const UncompressedKey& key) noexcept {
  CompressedKey bytes;
  std::copy_n(key.begin(), bytes.size(), bytes.begin());
  bytes[0] = static_cast<std::uint8_t>(2U + (key.back() & 1U));
  return bytes;
}

std::optional<CompressedKey> compress(std::span<const std::uint8_t> key) noexcept {
  const auto parsed = parse(key);
  if (!parsed) {
    return std::nullopt;
  }
  return serialise(*parsed);
}

std::optional<UncompressedKey> uncompress(std::span<const std::uint8_t> key) noexcept {
  const auto parsed = parse(key);
  if (!parsed) {
    return std::nullopt;
  }
  return serialise_whole(*parsed);
}

bool add_to_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept {
  const bool done = secp256k1_ec_seckey_tweak_add(context(), secret.data(), tweak.data()) == 1;
  if (!done) {
    wipe(secret);
  }
  return done;
}

bool multiply_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept {
  const bool done = secp256k1_ec_seckey_tweak_mul(context(), secret.data(), tweak.data()) == 1;
  if (!done) {
    wipe(secret);
  }
  return done;
}

std::optional<CompressedKey> add_to_public(std::span<const std::uint8_t> key,
                                           SecretView tweak) noexcept {
  auto parsed = parse(key);
  if (!parsed || secp256k1_ec_pubkey_tweak_add(context(), &*parsed, tweak.data()) != 1) {
    return std::nullopt;
  }
  return serialise(*parsed);
}

std::optional<CompressedKey> multiply_public(std::span<const std::uint8_t> key,
                                             SecretView tweak) noexcept {
  // secp256k1_ec_pubkey_tweak_mul takes a time that depends on the tweak; this one does not, and
  // hands the point to a function instead of hashing it.
  constexpr auto compress_point = [](unsigned char* out, const unsigned char* x,
                                     const unsigned char* y, void* /*data*/) {
    out[0] = static_cast<unsigned char>(2U | (y[31] & 1U));
    std::memcpy(out + 1, x, 32);
    return 1;
  };
  const auto parsed = parse(key);
  CompressedKey product;
  if (!parsed || secp256k1_ecdh(context(), product.data(), &*parsed, tweak.data(), compress_point,
                                nullptr) != 1) {
    return std::nullopt;
  }
  return product;
}

std::optional<CompressedKey> sum_of(std::span<const CompressedKey> keys) {
  std::vector<secp256k1_pubkey> parsed;
  std::vector<const secp256k1_pubkey*> pointers;
  parsed.reserve(keys.size());
  for (const CompressedKey& key : keys) {
    const auto one = parse(key);
    if (!one) {
      return std::nullopt;
    }
    pointers.push_back(&parsed.emplace_back(*one));
  }
  secp256k1_pubkey sum;
  if (pointers.empty() ||
      secp256k1_ec_pubkey_combine(context(), &sum, pointers.data(), pointers.size()) != 1) {
    return std::nullopt;
  }
  return serialise(sum);
}

}  // namespace coffer::crypto::secp256k1
