// SPDX-License-Identifier: MIT
// Web3 keystores: a key derived from the password encrypts, its second half authenticates.
#include <coffer/keys/web3_keystore.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <coffer/core/text.hpp>

#include "crypto/cipher.hpp"
#include "crypto/kdf.hpp"
#include "crypto/keccak256.hpp"
#include "crypto/secp256k1.hpp"
#include "crypto/wiped.hpp"
#include "keys/json.hpp"

namespace coffer::keys {

namespace {

constexpr std::size_t derived_size = 32;
constexpr std::uint64_t rounds_max = 10'000'000;

Error damaged(std::string_view member) {
  return {Code::keystore_damaged,
          "web3 keystore: '" + std::string(member) + "' is missing or malformed"};
}

Error unsupported(std::string_view what) {
  return {Code::unsupported, "web3 keystore: " + std::string(what)};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Result<const JsonValue*> member_of(const JsonValue& value, std::string_view name,
                                   JsonValue::Kind kind) {
  const JsonValue* member = value.member(name);
  if (member == nullptr || member->kind != kind) {
    return damaged(name);
  }
  return member;
}

Result<std::string> text_of(const JsonValue& value, std::string_view name) {
  COFFER_TRY_ASSIGN(const JsonValue* member, member_of(value, name, JsonValue::Kind::string));
  return member->text;
}

Result<std::vector<std::uint8_t>> hex_of(const JsonValue& value, std::string_view name) {
  COFFER_TRY_ASSIGN(const std::string text, text_of(value, name));
  const std::string_view digits = text;
  auto bytes = parse_hex(digits.starts_with("0x") ? digits.substr(2) : digits);
  if (!bytes) {
    return damaged(name);
  }
  return bytes;
}

Result<std::uint64_t> number_of(const JsonValue& value, std::string_view name) {
  COFFER_TRY_ASSIGN(const JsonValue* member, member_of(value, name, JsonValue::Kind::number));
  std::uint64_t number = 0;
  for (const char c : member->text) {
    if (c < '0' || c > '9' || member->text.size() > 12) {
      return damaged(name);
    }
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

Status derive_scrypt(const JsonValue& parameters, std::string_view password,
                     std::span<const std::uint8_t> salt, std::span<std::uint8_t> key) {
  COFFER_TRY_ASSIGN(const std::uint64_t n, number_of(parameters, "n"));
  COFFER_TRY_ASSIGN(const std::uint64_t r, number_of(parameters, "r"));
  COFFER_TRY_ASSIGN(const std::uint64_t p, number_of(parameters, "p"));
  // Numbers that do not fit become zero, which is not acceptable either.
  const auto small = [](std::uint64_t number) {
    return number <= 1024 ? static_cast<std::uint32_t>(number) : 0U;
  };
  const crypto::ScryptCost cost{n, small(r), small(p)};
  if (!crypto::is_acceptable(cost)) {
    return unsupported("scrypt's n, r and p are malformed or need more than 1 GiB");
  }
  if (!crypto::scrypt(bytes_of(password), salt, cost, key)) {
    return Error{Code::out_of_memory, "no memory for the keystore's scrypt cost"};
  }
  return {};
}

Status derive(const JsonValue& crypto_part, std::string_view password,
              std::span<std::uint8_t> key) {
  COFFER_TRY_ASSIGN(const std::string kdf, text_of(crypto_part, "kdf"));
  COFFER_TRY_ASSIGN(const JsonValue* parameters,
                    member_of(crypto_part, "kdfparams", JsonValue::Kind::object));
  // A few programs leave an empty salt out.
  std::vector<std::uint8_t> salt;
  if (parameters->member("salt") != nullptr) {
    COFFER_TRY_ASSIGN(salt, hex_of(*parameters, "salt"));
  }
  COFFER_TRY_ASSIGN(const std::uint64_t size, number_of(*parameters, "dklen"));
  if (size != derived_size) {
    return unsupported("'dklen' is not 32");
  }
  if (kdf == "scrypt") {
    return derive_scrypt(*parameters, password, salt, key);
  }
  if (kdf != "pbkdf2") {
    return unsupported("'kdf' is neither scrypt nor pbkdf2");
  }
  // Where it is left out, the only one that the format has is meant.
  std::string prf = "hmac-sha256";
  if (parameters->member("prf") != nullptr) {
    COFFER_TRY_ASSIGN(prf, text_of(*parameters, "prf"));
  }
  COFFER_TRY_ASSIGN(const std::uint64_t rounds, number_of(*parameters, "c"));
  if (prf != "hmac-sha256" || rounds == 0 || rounds > rounds_max) {
    return unsupported("'prf' is not hmac-sha256, or 'c' is 0 or above 10 million");
  }
  crypto::pbkdf2_hmac_sha256(bytes_of(password), salt, static_cast<std::uint32_t>(rounds), key);
  return {};
}

// keccak256 over an end of the derived key and the ciphertext.
crypto::Digest32 mac_of(std::span<const std::uint8_t> key,
                        std::span<const std::uint8_t> ciphertext) {
  Secret both(key.size() + ciphertext.size());
  const auto behind = std::copy(key.begin(), key.end(), both.bytes().begin());
  std::copy(ciphertext.begin(), ciphertext.end(), behind);
  return crypto::keccak256(both.bytes());
}

// 0 for a cipher that is not AES.
std::size_t key_size_of(std::string_view cipher) {
  return cipher.starts_with("aes-128-")   ? 16
         : cipher.starts_with("aes-192-") ? 24
         : cipher.starts_with("aes-256-") ? 32
                                          : 0;
}

// The format's MAC takes the second half of the derived key. Wallets that write longer keys than it
// knows take as many bytes as the key has.
bool is_authentic(std::string_view cipher, std::span<const std::uint8_t, derived_size> derived,
                  std::span<const std::uint8_t> ciphertext, std::span<const std::uint8_t> mac) {
  const std::size_t key_size = key_size_of(cipher);
  return equal_constant_time(mac_of(derived.last<16>(), ciphertext), mac) ||
         (key_size > 16 && equal_constant_time(mac_of(derived.last(key_size), ciphertext), mac));
}

Status decrypt(std::string_view cipher, std::span<const std::uint8_t, derived_size> derived,
               std::span<const std::uint8_t> iv, std::span<const std::uint8_t> in,
               std::span<std::uint8_t> out) {
  // The longer keys take bytes that the MAC takes too; so the programs do that write such files.
  const std::size_t key_size = key_size_of(cipher);
  const bool is_counter = cipher.ends_with("-ctr");
  if (key_size == 0 || cipher.size() != 11 || (!is_counter && !cipher.ends_with("-cbc"))) {
    return unsupported("'cipher' is not AES in counter or CBC mode");
  }
  if (iv.size() != 16) {
    return damaged("iv");
  }
  const auto key = std::span<const std::uint8_t>(derived).first(key_size);
  const bool done = is_counter ? crypto::aes_ctr(key, iv.first<16>(), in, out)
                               : crypto::aes_cbc_decrypt(key, iv.first<16>(), in, out);
  return done ? Status() : Status(damaged("ciphertext"));
}

std::string uuid_of(std::array<std::uint8_t, 16> bytes) {
  // Version 4, variant 1 (RFC 9562).
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0fU) | 0x40U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3fU) | 0x80U);
  std::string text = to_hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    text.insert(at, 1, '-');
  }
  return text;
}

}  // namespace

Result<Secret> open_web3_keystore(std::string_view json, std::string_view password) {
  const auto root = parse_json(json);
  if (!root || root->kind != JsonValue::Kind::object) {
    return Error{Code::keystore_damaged, "web3 keystore: the text is not a JSON object"};
  }
  COFFER_TRY_ASSIGN(const std::uint64_t version, number_of(*root, "version"));
  if (version != 3) {
    return unsupported("'version' is not 3");
  }
  COFFER_TRY_ASSIGN(const JsonValue* part, member_of(*root, "crypto", JsonValue::Kind::object));
  COFFER_TRY_ASSIGN(const std::string cipher, text_of(*part, "cipher"));
  COFFER_TRY_ASSIGN(const JsonValue* parameters,
                    member_of(*part, "cipherparams", JsonValue::Kind::object));
  COFFER_TRY_ASSIGN(const std::vector<std::uint8_t> iv, hex_of(*parameters, "iv"));
  COFFER_TRY_ASSIGN(const std::vector<std::uint8_t> sealed, hex_of(*part, "ciphertext"));
  COFFER_TRY_ASSIGN(const std::vector<std::uint8_t> mac, hex_of(*part, "mac"));
  if (sealed.empty()) {
    return damaged("ciphertext");
  }
  crypto::Wiped<derived_size> derived;
  COFFER_TRY(derive(*part, password, derived.span()));
  if (!is_authentic(cipher, derived.span(), sealed, mac)) {
    return Error{Code::wrong_password, "the password does not open this keystore"};
  }
  Secret content(sealed.size());
  COFFER_TRY(decrypt(cipher, derived.span(), iv, sealed, content.bytes()));
  return content;
}

Result<std::string> seal_web3_keystore(std::span<const std::uint8_t, 32> private_key,
                                       std::string_view password, const KeystoreCost& cost,
                                       RandomSource& random) {
  if (password.empty()) {
    return Error{Code::invalid_argument, "password: it is empty"};
  }
  const crypto::ScryptCost scrypt_cost{std::uint64_t{1} << (cost.log2_cost & 63U), cost.block_size,
                                       cost.parallelism};
  if (cost.log2_cost < 10 || cost.log2_cost > 23 || !crypto::is_acceptable(scrypt_cost)) {
    return Error{Code::out_of_range, "cost: log2_cost, block_size or parallelism out of range"};
  }
  const auto public_key = crypto::secp256k1::public_key(private_key);
  if (!public_key) {
    return Error{Code::invalid_key, "private_key: not one of secp256k1"};
  }
  const auto full = *crypto::secp256k1::uncompress(*public_key);
  const crypto::Digest32 hash = crypto::keccak256(std::span(full).last<64>());
  std::array<std::uint8_t, 64> noise{};
  COFFER_TRY(random.fill(noise));
  const auto salt = std::span<const std::uint8_t>(noise).first<32>();
  const auto iv = std::span<const std::uint8_t>(noise).subspan<32, 16>();
  std::array<std::uint8_t, 16> id{};
  std::copy(noise.begin() + 48, noise.end(), id.begin());
  crypto::Wiped<derived_size> derived;
  if (!crypto::scrypt(bytes_of(password), salt, scrypt_cost, derived.span())) {
    return Error{Code::out_of_memory, "no memory for the keystore's scrypt cost"};
  }
  std::array<std::uint8_t, 32> sealed{};
  if (!crypto::aes_ctr(derived.part<0, 16>(), iv, private_key, sealed)) {
    return Error{Code::out_of_memory, "no memory for the cipher"};
  }
  return R"({"version":3,"id":")" + uuid_of(id) + R"(","address":")" +
         to_hex(std::span(hash).last<20>()) +
         R"(","crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":")" + to_hex(iv) +
         R"("},"ciphertext":")" + to_hex(sealed) +
         R"(","kdf":"scrypt","kdfparams":{"dklen":32,"n":)" + std::to_string(scrypt_cost.cost) +
         R"(,"r":)" + std::to_string(cost.block_size) + R"(,"p":)" +
         std::to_string(cost.parallelism) + R"(,"salt":")" + to_hex(salt) + R"("},"mac":")" +
         to_hex(mac_of(derived.part<16, 16>(), sealed)) + R"("}})";
}

}  // namespace coffer::keys
