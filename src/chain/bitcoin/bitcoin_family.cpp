// SPDX-License-Identifier: MIT
// Bitcoin's addresses by the row: version bytes, prefixes and what the chain has of segwit.
#include "chain/bitcoin/bitcoin_family.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "chain/base58_address.hpp"
#include "chain/bech32_address.hpp"
#include "chain/bitcoin/cash_address.hpp"
#include "chain/bitcoin/key_hash.hpp"
#include "chain/bitcoin/taproot.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain::bitcoin {

namespace {

using Bytes = std::span<const std::uint8_t>;

bool has_form(const Network& network, AddressForm form) noexcept {
  switch (form) {
    case AddressForm::p2pkh: return network.p2pkh_version.has_value();
    case AddressForm::p2sh: return network.p2sh_version.has_value();
    case AddressForm::p2sh_p2wpkh:
      return network.p2sh_version.has_value() && !network.prefix.empty();
    case AddressForm::p2wpkh:
    case AddressForm::p2wsh:
    case AddressForm::witness_unknown: return !network.prefix.empty();
    case AddressForm::p2tr: return !network.prefix.empty() && network.has_taproot;
    case AddressForm::cash_p2pkh:
    case AddressForm::cash_p2sh: return !network.cash_prefix.empty();
    default: return false;
  }
}

bool hashes_points(const Network& /*network*/) noexcept { return false; }

void write_base58(std::uint16_t version, Bytes hash, AddressText& text) noexcept {
  std::array<std::uint8_t, 22> bytes{};
  std::size_t size = 0;
  if (version > 0xff) {
    bytes[size++] = static_cast<std::uint8_t>(version >> 8);
  }
  bytes[size++] = static_cast<std::uint8_t>(version);
  std::copy_n(hash.begin(), 20, bytes.begin() + static_cast<std::ptrdiff_t>(size));
  text.grow(crypto::base58check_write(std::span(bytes).first(size + 20), text.room()));
}

void write_witness(const Network& network, std::uint8_t version, Bytes program,
                   AddressText& text) noexcept {
  const std::array<std::uint8_t, 1> head{version};
  const auto variant = version == 0 ? crypto::Bech32::bech32 : crypto::Bech32::bech32m;
  text.grow(crypto::bech32_write(variant, network.prefix, head, program, text.room()));
}

Code write_key(const Network& network, AddressForm form, Bytes key, AddressText& text) noexcept {
  const auto compressed_key = compressed(key);
  if (form == AddressForm::p2tr) {
    const auto output = output_key(compressed_key, {});
    if (!output) {
      return Code::invalid_key;
    }
    write_witness(network, 1, output->key, text);
    return Code::ok;
  }
  const crypto::Digest20 hash = crypto::hash160(compressed_key);
  switch (form) {
    case AddressForm::p2pkh: write_base58(*network.p2pkh_version, hash, text); return Code::ok;
    case AddressForm::p2sh_p2wpkh:
      write_base58(*network.p2sh_version, nested_hash(hash), text);
      return Code::ok;
    case AddressForm::p2wpkh: write_witness(network, 0, hash, text); return Code::ok;
    case AddressForm::cash_p2pkh:
      write_cash_address(network.cash_prefix, form, hash, text);
      return Code::ok;
    default: return Code::unsupported;
  }
}

Status write_program(const Network& network, const Address& address, std::uint8_t version,
                     AddressText& text) {
  if (address.witness_version != version) {
    return refused(Code::invalid_argument, "the witness version of " +
                                               std::string(name_of(address.form)) + " is " +
                                               std::to_string(version));
  }
  write_witness(network, version, address.payload, text);
  return {};
}

// Forms that have names of their own are not "unknown".
Status check_unknown(const Network& network, const Address& address) {
  const std::size_t size = address.payload.size();
  if (address.witness_version < 1 || address.witness_version > 16 || size < 2 || size > 40 ||
      (address.witness_version == 1 && size == 32 && network.has_taproot)) {
    return refused(Code::invalid_argument,
                   "an unknown witness program has version 1 to 16 and 2 to 40 bytes, and is no "
                   "taproot");
  }
  return {};
}

Status write(const Network& network, const Address& address, AddressText& text) {
  switch (address.form) {
    case AddressForm::p2pkh:
      COFFER_TRY(check_payload(address, 20));
      write_base58(*network.p2pkh_version, address.payload, text);
      return {};
    case AddressForm::p2sh:
      COFFER_TRY(check_payload(address, 20));
      write_base58(*network.p2sh_version, address.payload, text);
      return {};
    case AddressForm::p2wpkh:
      COFFER_TRY(check_payload(address, 20));
      return write_program(network, address, 0, text);
    case AddressForm::p2wsh:
      COFFER_TRY(check_payload(address, 32));
      return write_program(network, address, 0, text);
    case AddressForm::p2tr:
      COFFER_TRY(check_payload(address, 32));
      return write_program(network, address, 1, text);
    case AddressForm::witness_unknown:
      COFFER_TRY(check_unknown(network, address));
      return write_program(network, address, address.witness_version, text);
    case AddressForm::cash_p2sh:
      if (address.payload.size() != 32) {
        COFFER_TRY(check_payload(address, 20));
      }
      break;
    case AddressForm::cash_p2pkh: COFFER_TRY(check_payload(address, 20)); break;
    default:
      return refused(Code::unsupported, "p2sh_p2wpkh is written from a key; its hash is a p2sh");
  }
  write_cash_address(network.cash_prefix, address.form, address.payload, text);
  return {};
}

Result<Address> read_witness(const Network& network, std::string_view text) {
  COFFER_TRY_ASSIGN(const crypto::Bech32Text read, read_bech32(text, network.prefix));
  if (read.groups.empty() || read.groups.front() > 16) {
    return refused(Code::address_syntax, "there is no witness version from 0 to 16");
  }
  Address address;
  address.witness_version = read.groups.front();
  if ((address.witness_version == 0) != (read.variant == crypto::Bech32::bech32)) {
    return refused(Code::address_syntax,
                   address.witness_version == 0
                       ? "witness version 0 has the checksum of Bech32, this is that of Bech32m"
                       : "witness versions above 0 have the checksum of Bech32m, this is that of "
                         "Bech32");
  }
  const auto program = crypto::from_five_bits(std::span(read.groups).subspan(1));
  if (!program) {
    return refused(Code::address_syntax, "the bits that fill the last character are not zero");
  }
  address.payload = *program;
  const std::size_t size = address.payload.size();
  if (size < 2 || size > 40 || (address.witness_version == 0 && size != 20 && size != 32)) {
    return refused(Code::address_syntax, "a witness program of version " +
                                             std::to_string(address.witness_version) +
                                             " does not have " + std::to_string(size) + " bytes");
  }
  const bool is_taproot = address.witness_version == 1 && size == 32 && network.has_taproot;
  address.form = address.witness_version != 0
                     ? (is_taproot ? AddressForm::p2tr : AddressForm::witness_unknown)
                     : (size == 20 ? AddressForm::p2wpkh : AddressForm::p2wsh);
  return address;
}

std::string versions_of(const Network& network) {
  std::string names;
  for (const auto& version : {network.p2pkh_version, network.p2sh_version}) {
    if (version) {
      names += (names.empty() ? "" : " or ");
      names += *version > 0xff ? hex_byte(*version >> 8) + hex_byte(*version & 0xffU).substr(2)
                               : hex_byte(*version);
    }
  }
  return names;
}

Result<Address> read_base58_address(const Network& network, std::string_view text) {
  COFFER_TRY_ASSIGN(const auto bytes, read_base58check(text));
  for (const auto& [version, form] : {std::pair(network.p2pkh_version, AddressForm::p2pkh),
                                      std::pair(network.p2sh_version, AddressForm::p2sh)}) {
    if (!version) {
      continue;
    }
    const std::size_t size = *version > 0xff ? 2 : 1;
    const unsigned found =
        bytes.size() < 2 ? 0U : (size == 2 ? bytes[0] * 256U + bytes[1] : bytes[0]);
    if (bytes.size() == size + 20 && found == *version) {
      Address address;
      address.form = form;
      address.payload.assign(bytes.begin() + static_cast<std::ptrdiff_t>(size), bytes.end());
      return address;
    }
  }
  if (bytes.size() == 33 || bytes.size() == 34) {
    return refused(Code::address_syntax,
                   "the text has the size of a private key, not of an address; if it is one, treat "
                   "it as disclosed");
  }
  if (bytes.size() != 21 && bytes.size() != 22) {
    return refused(Code::address_syntax,
                   "the text holds " + std::to_string(bytes.size()) + " bytes, an address has 21");
  }
  return refused(Code::address_syntax,
                 "the version is " + hex_byte(bytes[0]) + ", not " + versions_of(network));
}

bool begins_with_prefix(std::string_view text, std::string_view prefix) noexcept {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return text.size() > prefix.size() && text[prefix.size()] == '1' &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [&](char a, char b) { return a == lower(b); });
}

Result<Address> read(const Network& network, std::string_view text) {
  if (!network.cash_prefix.empty() && looks_like_cash_address(network.cash_prefix, text)) {
    return read_cash_address(network.cash_prefix, text);
  }
  if (!network.prefix.empty() &&
      (begins_with_prefix(text, network.prefix) || looks_like_bech32(text))) {
    return read_witness(network, text);
  }
  return read_base58_address(network, text);
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::bitcoin
