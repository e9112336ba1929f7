// SPDX-License-Identifier: MIT
// Versions of extended keys and their serialization (BIP-32, SLIP-132).
#include "keys/extended_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "crypto/base58.hpp"
#include "crypto/wiped.hpp"

namespace coffer::keys {

namespace {

constexpr std::size_t text_size = 78;

constexpr std::array<KeyVersion, 14> versions = {{
    {0x0488b21e, 0x0488ade4, "xpub"},  // Bitcoin, P2PKH and P2TR
    {0x049d7cb2, 0x049d7878, "ypub"},  // P2SH-P2WPKH
    {0x04b24746, 0x04b2430c, "zpub"},  // P2WPKH
    {0x0295b43f, 0x0295b005, "Ypub"},  // P2SH-P2WSH, several keys
    {0x02aa7ed3, 0x02aa7a99, "Zpub"},  // P2WSH, several keys
    {0x043587cf, 0x04358394, "tpub"},  // the same five on test networks
    {0x044a5262, 0x044a4e28, "upub"},
    {0x045f1cf6, 0x045f18bc, "vpub"},
    {0x024289ef, 0x024285b5, "Upub"},
    {0x02575483, 0x02575048, "Vpub"},
    {0x019da462, 0x019d9cfe, "Ltub"},  // Litecoin
    {0x01b26ef6, 0x01b26792, "Mtub"},  // Litecoin, P2SH-P2WPKH
    {0x0436f6e1, 0x0436ef7d, "ttub"},  // Litecoin's test network
    {0x02facafd, 0x02fac398, "dgub"},  // Dogecoin
}};

Error refuse(std::string_view reason) {
  return {Code::extended_key, "extended key: " + std::string(reason)};
}

std::uint32_t read_number(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t number = 0;
  for (const std::uint8_t byte : bytes.first(4)) {
    number = number << 8 | byte;
  }
  return number;
}

void write_number(std::uint32_t number, std::uint8_t* out) noexcept {
  for (int shift = 24; shift >= 0; shift -= 8) {
    *out++ = static_cast<std::uint8_t>(number >> shift);
  }
}

Result<KeyVersion> find_version(std::uint32_t number, bool is_private) {
  for (const KeyVersion& version : versions) {
    if (number == (is_private ? version.private_key : version.public_key)) {
      return version;
    }
    if (number == (is_private ? version.public_key : version.private_key)) {
      return refuse(is_private ? "a public key was given where a private one is needed"
                               : "a private key was given where a public one is needed");
    }
  }
  return refuse("the version is not known");
}

// The bytes are wiped by the caller.
Result<ExtendedText> read_bytes(std::span<const std::uint8_t> bytes, bool is_private) {
  if (bytes.size() != text_size) {
    return refuse("the text does not hold 78 bytes");
  }
  ExtendedText result;
  COFFER_TRY_ASSIGN(result.version, find_version(read_number(bytes), is_private));
  result.origin.depth = bytes[4];
  result.origin.parent_fingerprint = read_number(bytes.subspan(5));
  result.origin.child_number = read_number(bytes.subspan(9));
  if (result.origin.depth == 0 && result.origin.parent_fingerprint != 0) {
    return refuse("a master key (depth 0) has a parent");
  }
  if (result.origin.depth == 0 && result.origin.child_number != 0) {
    return refuse("a master key (depth 0) has a child number");
  }
  const std::uint8_t first = bytes[45];
  if (is_private ? first != 0 : first != 2 && first != 3) {
    return refuse(is_private ? "the private key is not introduced by a zero byte"
                             : "the public key does not begin with 02 or 03");
  }
  result.chain_and_key = Secret::copy_of(bytes.subspan(13));
  return result;
}

}  // namespace

std::span<const KeyVersion> key_versions() noexcept { return versions; }

Result<KeyVersion> key_version_named(std::string_view public_name) {
  for (const KeyVersion& version : versions) {
    if (version.public_name == public_name) {
      return version;
    }
  }
  return Error{Code::not_found,
               "there is no version of extended keys named '" + std::string(public_name) + "'"};
}

Result<ExtendedText> read_extended_text(std::string_view text, bool is_private) {
  crypto::Base58Checked read = crypto::base58check_decode(text);
  switch (read.error) {
    case crypto::Base58Error::none: break;
    case crypto::Base58Error::syntax:
    case crypto::Base58Error::too_short: return refuse("the text is not Base58Check");
    case crypto::Base58Error::checksum: return refuse("the checksum is wrong");
  }
  auto result = read_bytes(read.bytes, is_private);
  wipe(read.bytes);
  return result;
}

Secret write_extended_text(std::uint32_t version, const KeyOrigin& origin,
                           std::span<const std::uint8_t, 32> chain_code,
                           std::span<const std::uint8_t, 33> key) {
  crypto::Wiped<text_size> bytes;
  write_number(version, bytes.data());
  bytes[4] = origin.depth;
  write_number(origin.parent_fingerprint, bytes.data() + 5);
  write_number(origin.child_number, bytes.data() + 9);
  std::copy(chain_code.begin(), chain_code.end(), bytes.data() + 13);
  std::copy(key.begin(), key.end(), bytes.data() + 45);
  std::string text = crypto::base58check_encode(bytes.span());
  Secret secret = Secret::copy_of(std::string_view(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return secret;
}

}  // namespace coffer::keys
