// SPDX-License-Identifier: MIT
// BIP-38: scrypt makes a mask and an AES key; the hash of the key's address tells a wrong
// passphrase.
#include <coffer/keys/bip38.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "crypto/base58.hpp"
#include "crypto/cipher.hpp"
#include "crypto/hash160.hpp"
#include "crypto/kdf.hpp"
#include "crypto/secp256k1.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wiped.hpp"
#include "keys/normalise.hpp"

namespace coffer::keys {

namespace {

namespace secp256k1 = crypto::secp256k1;

constexpr std::size_t text_size = 39;
constexpr std::uint8_t flag_compressed = 0x20;
constexpr std::uint8_t flag_lot = 0x04;
constexpr std::uint8_t flag_plain = 0xc0;
constexpr crypto::ScryptCost cost_of_passphrase{16384, 8, 8};
constexpr crypto::ScryptCost cost_of_point{1024, 1, 1};

Error damaged() { return {Code::keystore_damaged, "the text is not a BIP-38 key"}; }
Error wrong() { return {Code::wrong_password, "the passphrase does not open this BIP-38 key"}; }
Error no_memory() { return {Code::out_of_memory, "no memory for scrypt"}; }

// The first four bytes of the hash of the key's Bitcoin address.
std::optional<std::array<std::uint8_t, 4>> address_hash(std::span<const std::uint8_t, 32> key,
                                                        bool is_compressed) {
  const auto public_key = secp256k1::public_key(key);
  if (!public_key) {
    return std::nullopt;
  }
  const auto full = secp256k1::uncompress(*public_key);
  const auto hash = is_compressed ? crypto::hash160(*public_key) : crypto::hash160(*full);
  std::array<std::uint8_t, 21> payload{};
  std::copy(hash.begin(), hash.end(), payload.begin() + 1);
  const std::string address = crypto::base58check_encode(payload);
  const crypto::Digest32 digest =
      crypto::sha256_twice({reinterpret_cast<const std::uint8_t*>(address.data()), address.size()});
  return std::array<std::uint8_t, 4>{digest[0], digest[1], digest[2], digest[3]};
}

template <std::size_t size>
void mask(std::span<std::uint8_t, size> bytes, const std::uint8_t* with) noexcept {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ with[i]);
  }
}

Status open_plain(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> passphrase,
                  crypto::Wiped<32>& key) {
  crypto::Wiped<64> derived;
  if (!crypto::scrypt(passphrase, bytes.subspan(3, 4), cost_of_passphrase, derived.span()) ||
      !crypto::aes_256_blocks(false, derived.part<32, 32>(), bytes.subspan(7, 32), key.span())) {
    return no_memory();
  }
  mask(key.span(), derived.data());
  return {};
}

// The secret that the passphrase's owner gave to the maker of the key as a point.
Status pass_factor(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> passphrase,
                   crypto::Wiped<32>& factor) {
  const bool has_lot = (bytes[2] & flag_lot) != 0;
  const auto salt = bytes.subspan(7, has_lot ? 4 : 8);
  if (!crypto::scrypt(passphrase, salt, cost_of_passphrase, factor.span())) {
    return no_memory();
  }
  if (has_lot) {
    crypto::Wiped<40> both;
    std::copy_n(factor.data(), 32, both.data());
    std::copy_n(bytes.begin() + 7, 8, both.data() + 32);
    crypto::Digest32 digest = crypto::sha256_twice(both.span());
    std::copy(digest.begin(), digest.end(), factor.data());
    wipe(digest);
  }
  return {};
}

Status open_multiplied(std::span<const std::uint8_t> bytes,
                       std::span<const std::uint8_t> passphrase, crypto::Wiped<32>& key) {
  COFFER_TRY(pass_factor(bytes, passphrase, key));
  const auto point = secp256k1::public_key(key.span());
  if (!point) {
    return wrong();
  }
  crypto::Wiped<64> derived;
  if (!crypto::scrypt(*point, bytes.subspan(3, 12), cost_of_point, derived.span())) {
    return no_memory();
  }
  // The second half holds the end of the encrypted first half and of the seed.
  crypto::Wiped<16> second;
  crypto::Wiped<16> first_sealed;
  crypto::Wiped<24> seed;
  if (!crypto::aes_256_blocks(false, derived.part<32, 32>(), bytes.subspan(23, 16),
                              second.span())) {
    return no_memory();
  }
  mask(second.span(), derived.data() + 16);
  std::copy_n(bytes.begin() + 15, 8, first_sealed.data());
  std::copy_n(second.data(), 8, first_sealed.data() + 8);
  if (!crypto::aes_256_blocks(false, derived.part<32, 32>(), first_sealed.span(),
                              seed.part<0, 16>())) {
    return no_memory();
  }
  mask(seed.part<0, 16>(), derived.data());
  std::copy_n(second.data() + 8, 8, seed.data() + 16);
  crypto::Digest32 factor = crypto::sha256_twice(seed.span());
  const bool done = secp256k1::multiply_secret(key.span(), factor);
  wipe(factor);
  return done ? Status() : Status(wrong());
}

}  // namespace

Result<std::string> bip38_encrypt(std::span<const std::uint8_t, 32> private_key, bool is_compressed,
                                  std::string_view passphrase) {
  const auto hash = address_hash(private_key, is_compressed);
  if (!hash) {
    return Error{Code::invalid_key, "private_key: not one of secp256k1"};
  }
  COFFER_TRY_ASSIGN(const Secret normal, nfc(passphrase, "passphrase"));
  crypto::Wiped<64> derived;
  crypto::Wiped<32> masked;
  std::copy(private_key.begin(), private_key.end(), masked.data());
  std::array<std::uint8_t, text_size> bytes{
      0x01, 0x42, static_cast<std::uint8_t>(flag_plain | (is_compressed ? flag_compressed : 0))};
  std::copy(hash->begin(), hash->end(), bytes.begin() + 3);
  if (!crypto::scrypt(normal.bytes(), *hash, cost_of_passphrase, derived.span())) {
    return no_memory();
  }
  mask(masked.span(), derived.data());
  if (!crypto::aes_256_blocks(true, derived.part<32, 32>(), masked.span(),
                              std::span(bytes).subspan(7))) {
    return no_memory();
  }
  return crypto::base58check_encode(bytes);
}

Result<Bip38Key> bip38_decrypt(std::string_view text, std::string_view passphrase) {
  const crypto::Base58Checked read = crypto::base58check_decode(text);
  const std::span<const std::uint8_t> bytes = read.bytes;
  if (read.error != crypto::Base58Error::none || bytes.size() != text_size || bytes[0] != 0x01) {
    return damaged();
  }
  const std::uint8_t flags = bytes[2];
  const bool is_plain = bytes[1] == 0x42 && (flags & ~flag_compressed) == flag_plain;
  const bool is_multiplied = bytes[1] == 0x43 && (flags & ~(flag_compressed | flag_lot)) == 0;
  if (!is_plain && !is_multiplied) {
    return damaged();
  }
  COFFER_TRY_ASSIGN(const Secret normal, nfc(passphrase, "passphrase"));
  crypto::Wiped<32> key;
  COFFER_TRY(is_plain ? open_plain(bytes, normal.bytes(), key)
                      : open_multiplied(bytes, normal.bytes(), key));
  Bip38Key result;
  result.is_compressed = (flags & flag_compressed) != 0;
  const auto hash = address_hash(key.span(), result.is_compressed);
  if (!hash || !std::equal(hash->begin(), hash->end(), bytes.begin() + 3)) {
    return wrong();
  }
  result.private_key = Secret::copy_of(key.span());
  return result;
}

}  // namespace coffer::keys
