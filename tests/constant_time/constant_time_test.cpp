// SPDX-License-Identifier: MIT
// Runs derivation and signing under memcheck with the secrets marked as undefined: a branch or an
// address that depends on one is then an error.
#include <valgrind/memcheck.h>

#include <array>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <utility>

#include <coffer/core/secret.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/signer.hpp>

#include "crypto/cipher.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hmac.hpp"
#include "crypto/kdf.hpp"
#include "crypto/keccak256.hpp"
#include "crypto/nist256p1.hpp"
#include "crypto/secp256k1.hpp"

namespace {

namespace crypto = coffer::crypto;
namespace keys = coffer::keys;
using Bytes32 = std::array<std::uint8_t, 32>;

constexpr int skipped = 77;
int failures = 0;

void hide(std::span<const std::uint8_t> secret) {
  static_cast<void>(VALGRIND_MAKE_MEM_UNDEFINED(secret.data(), secret.size()));
}

template <class Value>
void show(const Value& value) {
  static_cast<void>(VALGRIND_MAKE_MEM_DEFINED(&value, sizeof(value)));
}

// Counts what memcheck reports during the call. What the call gives is public from then on.
template <class Call>
void check(const char* name, Call call) {
  const unsigned before = VALGRIND_COUNT_ERRORS;
  call();
  const unsigned found = VALGRIND_COUNT_ERRORS - before;
  std::printf("%-45s %u\n", name, found);
  failures += found == 0 ? 0 : 1;
}

Bytes32 some_key() {
  Bytes32 key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::uint8_t>(7 * i + 1);
  }
  return key;
}

// What must be found, or the whole test says nothing.
__attribute__((noinline)) int leak(const Bytes32& key) {
  static volatile int table[2] = {3, 5};
  return key[0] % 3 == 0 ? 1 : table[key[1] & 1U];
}

void check_control() {
  Bytes32 key = some_key();
  hide(key);
  const unsigned before = VALGRIND_COUNT_ERRORS;
  volatile int sink = leak(key);
  static_cast<void>(sink);
  const bool is_found = VALGRIND_COUNT_ERRORS > before;
  std::printf("%-45s %s\n", "a leak made on purpose is found", is_found ? "yes" : "NO");
  failures += is_found ? 0 : 1;
}

void check_secp256k1() {
  namespace curve = crypto::secp256k1;
  const Bytes32 digest{1, 2, 3};
  const Bytes32 tweak{4, 5, 6};
  Bytes32 key = some_key();
  const auto point = *curve::public_key(key);
  hide(key);
  check("secp256k1: public key", [&] { show(curve::public_key(key)); });
  check("secp256k1: ECDSA", [&] { show(curve::sign(key, digest)); });
  check("secp256k1: ECDSA, recoverable", [&] { show(curve::sign_recoverable(key, digest)); });
  check("secp256k1: Schnorr", [&] { show(curve::sign_schnorr(key, digest, tweak)); });
  check("secp256k1: point times secret", [&] { show(curve::multiply_public(point, key)); });
  check("secp256k1: key plus tweak", [&] { show(curve::add_to_secret(key, tweak)); });
  check("secp256k1: key times tweak", [&] { show(curve::multiply_secret(key, tweak)); });
  check("secp256k1: taproot key", [&] { show(curve::add_to_x_only_secret(key, tweak)); });
}

void check_others() {
  const Bytes32 digest{1, 2, 3};
  Bytes32 key = some_key();
  hide(key);
  check("ed25519: public key", [&] { show(crypto::ed25519::public_key(key)); });
  check("ed25519: signature", [&] { show(crypto::ed25519::sign(key, digest)); });
  std::array<std::uint8_t, 64> out{};
  check("HMAC-SHA512", [&] { crypto::hmac_sha512(key, digest, out); });
  check("PBKDF2-HMAC-SHA512",
        [&] { crypto::pbkdf2_hmac_sha512(key, digest, 3, std::span(out).first(32)); });
  check("PBKDF2-HMAC-SHA256",
        [&] { crypto::pbkdf2_hmac_sha256(key, digest, 3, std::span(out).first(32)); });
  check("Keccak-256", [&] { show(crypto::keccak256(key)); });
  check("comparison", [&] { show(coffer::equal_constant_time(key, digest)); });
  const std::array<std::uint8_t, 12> nonce{9};
  std::array<std::uint8_t, 48> sealed{};
  for (const auto& [name, aead] :
       {std::pair("AES-256-GCM", crypto::Aead::aes_256_gcm),
        std::pair("ChaCha20-Poly1305", crypto::Aead::chacha20_poly1305)}) {
    check(name,
          [&, cipher = aead] { show(crypto::seal(cipher, key, nonce, digest, key, sealed)); });
  }
}

void check_derivation() {
  for (const keys::Curve curve : {keys::Curve::secp256k1, keys::Curve::ed25519}) {
    Bytes32 seed = some_key();
    hide(seed);
    const bool is_secp256k1 = curve == keys::Curve::secp256k1;
    std::printf("%s\n", is_secp256k1 ? "BIP-32" : "SLIP-10, ed25519");
    check("  master key",
          [&] { static_cast<void>(keys::ExtendedPrivateKey::from_seed(seed, curve)); });
    const auto root = keys::ExtendedPrivateKey::from_seed(seed, curve);
    check("  hardened child", [&] { static_cast<void>(root->derive(keys::hardened(44))); });
    if (is_secp256k1) {
      check("  child", [&] { static_cast<void>(root->derive(5)); });
    }
    keys::SoftwareSigner signer;
    static_cast<void>(signer.add("main", root->copy()));
    for (int scheme = is_secp256k1 ? 1 : 5; scheme <= (is_secp256k1 ? 4 : 5); ++scheme) {
      // Low r repeats by what the signature shows; the first try is that of plain ECDSA.
      if (keys::SignatureScheme{static_cast<std::uint8_t>(scheme)} ==
          keys::SignatureScheme::ecdsa_low_r) {
        continue;
      }
      const Bytes32 digest{1, 2, 3};
      keys::SignRequest request;
      request.key = {"main", keys::Path{keys::hardened(0)}, curve};
      request.scheme = keys::SignatureScheme{static_cast<std::uint8_t>(scheme)};
      request.message = digest;
      check("  signature through the port", [&] { static_cast<void>(signer.sign(request)); });
    }
  }
}

}  // namespace

int main() {
  if (RUNNING_ON_VALGRIND == 0) {
    std::puts("skipped: this program says something under valgrind only");
    return skipped;
  }
  check_control();
  check_secp256k1();
  check_others();
  check_derivation();
  std::printf("%d of the checks above failed\n", failures);
  return failures == 0 ? 0 : 1;
}
