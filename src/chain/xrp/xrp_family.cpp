// SPDX-License-Identifier: MIT
// Classic addresses (a zero byte and HASH160 of the key) and X-addresses, which add a tag (XLS-5).
#include "chain/xrp/xrp_family.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "chain/base58_address.hpp"
#include "chain/refusal.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain::xrp {

namespace {

using Bytes = std::span<const std::uint8_t>;

// Two bytes of version, the account, a byte that says whether there is a tag, the tag in eight.
constexpr std::size_t extended_size = 31;
constexpr std::array<std::uint8_t, 2> main_version{0x05, 0x44};
constexpr std::array<std::uint8_t, 2> test_version{0x04, 0x93};

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::xrp || form == AddressForm::x_address;
}

bool hashes_points(const Network& /*network*/) noexcept { return false; }

const std::array<std::uint8_t, 2>& version_of(const Network& network) noexcept {
  return network.is_test ? test_version : main_version;
}

void write_classic(Bytes account, AddressText& text) noexcept {
  std::array<std::uint8_t, 21> bytes{};
  std::copy_n(account.begin(), 20, bytes.begin() + 1);
  text.grow(crypto::base58check_write(bytes, text.room(), crypto::base58_ripple));
}

void write_extended(const Network& network, Bytes account, const std::optional<std::uint32_t>& tag,
                    AddressText& text) noexcept {
  std::array<std::uint8_t, extended_size> bytes{};
  std::copy_n(version_of(network).begin(), 2, bytes.begin());
  std::copy_n(account.begin(), 20, bytes.begin() + 2);
  if (tag) {
    bytes[22] = 1;
    for (std::size_t i = 0; i < 4; ++i) {
      bytes[23 + i] = static_cast<std::uint8_t>(*tag >> (8 * i));
    }
  }
  text.grow(crypto::base58check_write(bytes, text.room(), crypto::base58_ripple));
}

Code write_key(const Network& network, AddressForm form, Bytes key, AddressText& text) noexcept {
  const auto compressed = key.size() == 33 ? std::nullopt : crypto::secp256k1::compress(key);
  if (key.size() != 33 && !compressed) {
    return Code::invalid_key;
  }
  const crypto::Digest20 account = crypto::hash160(compressed ? Bytes(*compressed) : key);
  if (form == AddressForm::xrp) {
    write_classic(account, text);
  } else {
    write_extended(network, account, std::nullopt, text);
  }
  return Code::ok;
}

Status write(const Network& network, const Address& address, AddressText& text) {
  COFFER_TRY(check_payload(address, 20));
  if (address.form == AddressForm::x_address) {
    write_extended(network, address.payload, address.destination_tag, text);
  } else {
    write_classic(address.payload, text);
  }
  return {};
}

Result<Address> read_extended(const Network& network, Bytes bytes) {
  if (!std::equal(bytes.begin(), bytes.begin() + 2, version_of(network).begin())) {
    return refused(Code::address_syntax, network.is_test
                                             ? "an X-address of a test network begins with T"
                                             : "an X-address of the main network begins with X");
  }
  if (bytes[22] > 1) {
    return refused(Code::address_syntax, "an X-address holds a tag of at most 32 bits");
  }
  std::uint32_t tag = 0;
  for (std::size_t i = 4; i-- > 0;) {
    tag = tag << 8 | bytes[23 + i];
  }
  const auto rest = bytes.subspan(bytes[22] == 0 ? 23 : 27);
  if (std::any_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte != 0; })) {
    return refused(Code::address_syntax, "bytes of the X-address that must be zero are not");
  }
  Address address;
  address.form = AddressForm::x_address;
  address.payload.assign(bytes.begin() + 2, bytes.begin() + 22);
  if (bytes[22] == 1) {
    address.destination_tag = tag;
  }
  return address;
}

Result<Address> read(const Network& network, std::string_view text) {
  COFFER_TRY_ASSIGN(const auto bytes, read_base58check(text, crypto::base58_ripple));
  if (bytes.size() == extended_size) {
    return read_extended(network, bytes);
  }
  if (bytes.size() == 21 && bytes[0] == 0) {
    Address address;
    address.form = AddressForm::xrp;
    address.payload.assign(bytes.begin() + 1, bytes.end());
    return address;
  }
  if (bytes.size() == 17 || bytes.size() == 19) {
    return refused(Code::address_syntax,
                   "the text has the size of a secret seed, not of an address; if it is one, treat "
                   "it as disclosed");
  }
  return refused(Code::address_syntax, "the text is neither a classic address nor an X-address");
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::xrp
