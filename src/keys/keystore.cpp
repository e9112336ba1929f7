// SPDX-License-Identifier: MIT
// The keystore's bytes: a header that is authenticated, the sealed material, a public checksum.
#include <coffer/keys/keystore.hpp>

#include <algorithm>
#include <array>
#include <string>

#include "crypto/cipher.hpp"
#include "crypto/kdf.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wiped.hpp"
#include "keys/child_step.hpp"
#include "keys/normalise.hpp"

namespace coffer::keys {

namespace {

// Offset  size  what
//      0     8  "cofferKS"
//      8     1  version
//      9     1  cipher
//     10     1  kind
//     11     1  language of a mnemonic, curve of a private key, else 0
//     12     1  log2 of scrypt's N
//     13     2  r, big-endian
//     15     2  p, big-endian
//     17    32  salt
//     49    12  nonce
//     61     n  the material, encrypted
//   61+n    16  tag, over the first 61 bytes too
//   77+n     8  the first bytes of SHA-256 of all before
constexpr std::string_view magic = "cofferKS";
constexpr std::uint8_t version_now = 1;
constexpr std::size_t salt_at = 17;
constexpr std::size_t salt_size = 32;
constexpr std::size_t nonce_at = salt_at + salt_size;
constexpr std::size_t header_size = nonce_at + crypto::aead_nonce_size;
constexpr std::size_t checksum_size = 8;
constexpr std::size_t material_max = 64;
constexpr std::size_t file_min = header_size + crypto::aead_tag_size + checksum_size;

Error damaged(std::string_view reason) {
  return {Code::keystore_damaged, "keystore: " + std::string(reason)};
}

crypto::Aead aead_of(KeystoreCipher cipher) noexcept {
  return cipher == KeystoreCipher::aes_256_gcm ? crypto::Aead::aes_256_gcm
                                               : crypto::Aead::chacha20_poly1305;
}

bool is_cipher(std::uint8_t value) noexcept { return value == 1 || value == 2; }

crypto::ScryptCost scrypt_cost(const KeystoreCost& cost) noexcept {
  return {std::uint64_t{1} << cost.log2_cost, cost.block_size, cost.parallelism};
}

bool is_cost(const KeystoreCost& cost) noexcept {
  return cost.log2_cost >= 10 && cost.log2_cost <= 23 && crypto::is_acceptable(scrypt_cost(cost));
}

bool is_material_size(KeystoreKind kind, std::size_t size) noexcept {
  switch (kind) {
    case KeystoreKind::mnemonic: return size >= 16 && size <= 32 && size % 4 == 0;
    case KeystoreKind::seed: return size >= 16 && size <= material_max;
    case KeystoreKind::private_key: return size == 32;
  }
  return false;
}

bool is_detail(KeystoreKind kind, std::uint8_t detail) noexcept {
  switch (kind) {
    case KeystoreKind::mnemonic: return detail < language_count;
    case KeystoreKind::seed: return detail == 0;
    case KeystoreKind::private_key: return detail >= 1 && detail <= 3;
  }
  return false;
}

std::uint8_t detail_of(const KeystoreContent& content) noexcept {
  switch (content.kind) {
    case KeystoreKind::mnemonic: return static_cast<std::uint8_t>(content.language);
    case KeystoreKind::private_key: return static_cast<std::uint8_t>(content.curve);
    case KeystoreKind::seed: break;
  }
  return 0;
}

Status check_content(const KeystoreContent& content) {
  if (!is_detail(content.kind, detail_of(content))) {
    return Error{Code::invalid_argument, "content: no such kind, language or curve"};
  }
  if (!is_material_size(content.kind, content.material.size())) {
    return Error{Code::out_of_range, "content: material of " +
                                         std::to_string(content.material.size()) +
                                         " bytes is not possible for its kind"};
  }
  if (content.kind == KeystoreKind::private_key &&
      !is_private_key(content.curve, content.material.bytes().first<32>())) {
    return Error{Code::invalid_key,
                 "content: not a private key of " + std::string(name_of(content.curve))};
  }
  return {};
}

std::array<std::uint8_t, checksum_size> checksum_of(std::span<const std::uint8_t> bytes) noexcept {
  const crypto::Digest32 digest = crypto::sha256(bytes);
  std::array<std::uint8_t, checksum_size> sum;
  std::copy_n(digest.begin(), sum.size(), sum.begin());
  return sum;
}

Status derive_key(std::string_view password, std::span<const std::uint8_t> salt,
                  const KeystoreCost& cost, std::span<std::uint8_t> key) {
  COFFER_TRY_ASSIGN(const Secret normal, nfkd(password, "password"));
  if (!crypto::scrypt(normal.bytes(), salt, scrypt_cost(cost), key)) {
    return Error{Code::out_of_memory, "no memory for the keystore's scrypt cost"};
  }
  return {};
}

}  // namespace

Result<std::vector<std::uint8_t>> seal_keystore(const KeystoreContent& content,
                                                std::string_view password, const KeystoreCost& cost,
                                                KeystoreCipher cipher, RandomSource& random) {
  if (password.empty()) {
    return Error{Code::invalid_argument, "password: it is empty"};
  }
  if (!is_cipher(static_cast<std::uint8_t>(cipher))) {
    return Error{Code::invalid_argument, "cipher: no such value"};
  }
  COFFER_TRY(check_content(content));
  if (!is_cost(cost)) {
    return Error{Code::out_of_range, "cost: log2_cost, block_size or parallelism out of range"};
  }
  const std::size_t size = content.material.size();
  std::vector<std::uint8_t> file(file_min + size);
  std::copy(magic.begin(), magic.end(), file.begin());
  file[8] = version_now;
  file[9] = static_cast<std::uint8_t>(cipher);
  file[10] = static_cast<std::uint8_t>(content.kind);
  file[11] = detail_of(content);
  file[12] = cost.log2_cost;
  file[13] = static_cast<std::uint8_t>(cost.block_size >> 8);
  file[14] = static_cast<std::uint8_t>(cost.block_size);
  file[15] = static_cast<std::uint8_t>(cost.parallelism >> 8);
  file[16] = static_cast<std::uint8_t>(cost.parallelism);
  const std::span<std::uint8_t> bytes(file);
  COFFER_TRY(random.fill(bytes.subspan(salt_at, header_size - salt_at)));
  crypto::Wiped<crypto::aead_key_size> key;
  COFFER_TRY(derive_key(password, bytes.subspan(salt_at, salt_size), cost, key.span()));
  if (!crypto::seal(aead_of(cipher), key.span(), bytes.subspan<nonce_at, crypto::aead_nonce_size>(),
                    bytes.first(header_size), content.material.bytes(),
                    bytes.subspan(header_size, size + crypto::aead_tag_size))) {
    return Error{Code::unsupported, "cipher: this system's OpenSSL does not have it"};
  }
  const auto sum = checksum_of(bytes.first(file.size() - checksum_size));
  std::copy(sum.begin(), sum.end(), file.end() - checksum_size);
  return file;
}

Result<KeystoreInfo> inspect_keystore(std::span<const std::uint8_t> file) {
  if (file.size() < magic.size() || !std::equal(magic.begin(), magic.end(), file.begin())) {
    return damaged("these bytes are no keystore");
  }
  if (file.size() > magic.size() && file[8] != version_now) {
    return damaged("version " + std::to_string(file[8]) + " is not known to this coffer");
  }
  if (file.size() < file_min || file.size() > file_min + material_max) {
    return damaged("the file is cut short or too long");
  }
  const auto sum = checksum_of(file.first(file.size() - checksum_size));
  if (!std::equal(sum.begin(), sum.end(), file.end() - checksum_size)) {
    return damaged("the checksum is wrong: bytes were changed");
  }
  KeystoreInfo info;
  info.version = file[8];
  info.cipher = static_cast<KeystoreCipher>(file[9]);
  info.kind = static_cast<KeystoreKind>(file[10]);
  info.cost.log2_cost = file[12];
  info.cost.block_size = static_cast<std::uint16_t>(file[13] << 8 | file[14]);
  info.cost.parallelism = static_cast<std::uint16_t>(file[15] << 8 | file[16]);
  if (!is_cipher(file[9]) || !is_detail(info.kind, file[11]) || !is_cost(info.cost) ||
      !is_material_size(info.kind, file.size() - file_min)) {
    return damaged("the header contradicts itself");
  }
  return info;
}

Result<KeystoreContent> open_keystore(std::span<const std::uint8_t> file,
                                      std::string_view password) {
  COFFER_TRY_ASSIGN(const KeystoreInfo info, inspect_keystore(file));
  crypto::Wiped<crypto::aead_key_size> key;
  COFFER_TRY(derive_key(password, file.subspan(salt_at, salt_size), info.cost, key.span()));
  KeystoreContent content;
  content.kind = info.kind;
  content.material = Secret(file.size() - file_min);
  const auto sealed = file.subspan(header_size, content.material.size() + crypto::aead_tag_size);
  if (!crypto::open(aead_of(info.cipher), key.span(),
                    file.subspan<nonce_at, crypto::aead_nonce_size>(), file.first(header_size),
                    sealed, content.material.bytes())) {
    return Error{Code::wrong_password, "the password does not open this keystore"};
  }
  if (info.kind == KeystoreKind::mnemonic) {
    content.language = static_cast<Language>(file[11]);
  } else if (info.kind == KeystoreKind::private_key) {
    content.curve = static_cast<Curve>(file[11]);
  }
  return content;
}

Result<std::vector<std::uint8_t>> change_keystore_password(std::span<const std::uint8_t> file,
                                                           std::string_view old_password,
                                                           std::string_view new_password,
                                                           const KeystoreCost& cost,
                                                           RandomSource& random) {
  COFFER_TRY_ASSIGN(const KeystoreInfo info, inspect_keystore(file));
  COFFER_TRY_ASSIGN(const KeystoreContent content, open_keystore(file, old_password));
  return seal_keystore(content, new_password, cost, info.cipher, random);
}

}  // namespace coffer::keys
