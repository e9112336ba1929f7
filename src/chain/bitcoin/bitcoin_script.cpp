// SPDX-License-Identifier: MIT
// Output scripts and their addresses, sorted multisig, taproot with a script tree.
#include <coffer/chain/bitcoin_script.hpp>

#include <algorithm>
#include <utility>

#include "chain/bitcoin/taproot.hpp"
#include "chain/family.hpp"
#include "chain/refusal.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"
#include "crypto/sha256.hpp"

namespace coffer::chain {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint8_t op_0 = 0x00;
constexpr std::uint8_t op_1 = 0x51;
constexpr std::uint8_t op_dup = 0x76;
constexpr std::uint8_t op_equal = 0x87;
constexpr std::uint8_t op_equalverify = 0x88;
constexpr std::uint8_t op_hash160 = 0xa9;
constexpr std::uint8_t op_hash256 = 0xaa;
constexpr std::uint8_t op_checksig = 0xac;
constexpr std::uint8_t op_checkmultisig = 0xae;

constexpr std::size_t redeem_script_max = 520;
constexpr std::size_t witness_script_max = 10000;
constexpr std::size_t multisig_keys_max = 15;  // what fits a redeem script

Script joined(Bytes head, Bytes middle, Bytes tail = {}) {
  Script script;
  script.reserve(head.size() + middle.size() + tail.size());
  script.assign(head.begin(), head.end());
  script.insert(script.end(), middle.begin(), middle.end());
  script.insert(script.end(), tail.begin(), tail.end());
  return script;
}

Script key_hash_script(Bytes hash) {
  return joined(std::array{op_dup, op_hash160, std::uint8_t{20}}, hash,
                std::array{op_equalverify, op_checksig});
}

Script script_hash_script(Bytes hash) {
  const std::uint8_t op_hash = hash.size() == 32 ? op_hash256 : op_hash160;
  return joined(std::array{op_hash, static_cast<std::uint8_t>(hash.size())}, hash,
                std::array{op_equal});
}

Script witness_script(std::uint8_t version, Bytes program) {
  const auto op = static_cast<std::uint8_t>(version == 0 ? op_0 : op_1 + version - 1);
  return joined(std::array{op, static_cast<std::uint8_t>(program.size())}, program);
}

bool frames(Bytes script, Bytes head, std::size_t size, Bytes tail) noexcept {
  return script.size() == head.size() + size + tail.size() &&
         std::equal(head.begin(), head.end(), script.begin()) &&
         std::equal(tail.begin(), tail.end(), script.end() - std::ptrdiff_t(tail.size()));
}

Address address_with(AddressForm form, Bytes payload, std::uint8_t witness_version = 0) {
  Address address;
  address.form = form;
  address.payload.assign(payload.begin(), payload.end());
  address.witness_version = witness_version;
  return address;
}

// A witness program is one opcode for the version and one push of 2 to 40 bytes (BIP-141).
std::optional<Address> witness_address(const Network& network, Bytes script) {
  if (script.size() < 4 || script.size() > 42 || script[1] != script.size() - 2 ||
      (script[0] != op_0 && (script[0] < op_1 || script[0] > op_1 + 15))) {
    return std::nullopt;
  }
  const auto version = static_cast<std::uint8_t>(script[0] == op_0 ? 0 : script[0] - op_1 + 1);
  const Bytes program = script.subspan(2);
  if (version == 0) {
    const bool is_key = program.size() == 20;
    return is_key || program.size() == 32
               ? std::optional(
                     address_with(is_key ? AddressForm::p2wpkh : AddressForm::p2wsh, program))
               : std::nullopt;
  }
  const bool is_taproot = version == 1 && program.size() == 32 && network.has_taproot;
  return address_with(is_taproot ? AddressForm::p2tr : AddressForm::witness_unknown, program,
                      version);
}

std::optional<Address> standard_address(const Network& network, Bytes script) {
  const bool is_cash = !network.cash_prefix.empty();
  const AddressForm script_form = is_cash ? AddressForm::cash_p2sh : AddressForm::p2sh;
  if (frames(script, std::array{op_dup, op_hash160, std::uint8_t{20}}, 20,
             std::array{op_equalverify, op_checksig})) {
    return address_with(is_cash ? AddressForm::cash_p2pkh : AddressForm::p2pkh,
                        script.subspan(3, 20));
  }
  if (frames(script, std::array{op_hash160, std::uint8_t{20}}, 20, std::array{op_equal})) {
    return address_with(script_form, script.subspan(2, 20));
  }
  if (is_cash &&
      frames(script, std::array{op_hash256, std::uint8_t{32}}, 32, std::array{op_equal})) {
    return address_with(script_form, script.subspan(2, 32));
  }
  return witness_address(network, script);
}

Status check_family(const Network& network) {
  return network.family == Family::bitcoin
             ? Status()
             : refused(Code::unsupported, "network " + network.name + " has no scripts of Bitcoin");
}

Status check_script_size(Bytes script, std::size_t size_max, std::string_view name) {
  if (script.size() <= size_max) {
    return {};
  }
  return Error{Code::out_of_range, "script: it has " + std::to_string(script.size()) +
                                       " bytes, a " + std::string(name) + " at most " +
                                       std::to_string(size_max)};
}

}  // namespace

Result<Script> output_script(const Address& address) {
  switch (address.form) {
    case AddressForm::p2pkh:
    case AddressForm::cash_p2pkh:
      COFFER_TRY(check_payload(address, 20));
      return key_hash_script(address.payload);
    case AddressForm::cash_p2sh:
      if (address.payload.size() == 32) {
        return script_hash_script(address.payload);
      }
      [[fallthrough]];
    case AddressForm::p2sh:
      COFFER_TRY(check_payload(address, 20));
      return script_hash_script(address.payload);
    case AddressForm::p2wpkh:
      COFFER_TRY(check_payload(address, 20));
      return witness_script(0, address.payload);
    case AddressForm::p2wsh:
      COFFER_TRY(check_payload(address, 32));
      return witness_script(0, address.payload);
    case AddressForm::p2tr:
      COFFER_TRY(check_payload(address, 32));
      return witness_script(1, address.payload);
    case AddressForm::witness_unknown: {
      const std::size_t size = address.payload.size();
      if (size < 2 || size > 40 || address.witness_version < 1 || address.witness_version > 16) {
        return refused(Code::invalid_argument,
                       "a witness program has version 1 to 16 and 2 to 40 bytes");
      }
      return witness_script(address.witness_version, address.payload);
    }
    default:
      return refused(
          Code::unsupported,
          "an address of the form " + std::string(name_of(address.form)) + " has no output script");
  }
}

Result<Address> address_of_output_script(const Network& network, Bytes script) {
  COFFER_TRY(check_family(network));
  auto address = standard_address(network, script);
  if (!address) {
    return refused(Code::address_syntax, "this output script has no address");
  }
  if (!code_of(network.family).has_form(network, address->form)) {
    return refused(Code::address_syntax, "network " + network.name + " has no address for " +
                                             std::string(name_of(address->form)));
  }
  return std::move(*address);
}

Result<std::string> address_of_script(const Network& network, Bytes script, AddressForm form) {
  COFFER_TRY(check_family(network));
  form = form_of(network, form);
  if (form == AddressForm::p2wsh) {
    COFFER_TRY(check_script_size(script, witness_script_max, "witness script"));
    return encode_address(network, address_with(form, crypto::sha256(script)));
  }
  if (form == AddressForm::p2sh || form == AddressForm::cash_p2sh) {
    COFFER_TRY(check_script_size(script, redeem_script_max, "redeem script"));
    return encode_address(network, address_with(form, crypto::hash160(script)));
  }
  return refused(Code::unsupported, std::string(name_of(form)) + " is not the address of a script");
}

Result<Script> sorted_multisig_script(unsigned threshold, std::span<const keys::PublicKey> keys) {
  if (keys.empty() || keys.size() > multisig_keys_max) {
    return Error{Code::out_of_range,
                 "keys: 1 to 15 are possible, not " + std::to_string(keys.size())};
  }
  if (threshold == 0 || threshold > keys.size()) {
    return Error{Code::out_of_range, "threshold: 1 to " + std::to_string(keys.size()) +
                                         " is possible, not " + std::to_string(threshold)};
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!crypto::secp256k1::compress(keys[i])) {
      return Error{Code::invalid_key, "keys: number " + std::to_string(i + 1) +
                                          " is no compressed point of secp256k1"};
    }
  }
  std::vector<keys::PublicKey> sorted(keys.begin(), keys.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Error{Code::already_exists, "keys: one of them is there twice"};
  }
  Script script;
  script.reserve(3 + sorted.size() * 34);
  script.push_back(static_cast<std::uint8_t>(op_1 + threshold - 1));
  for (const keys::PublicKey& key : sorted) {
    script.push_back(static_cast<std::uint8_t>(key.size()));
    script.insert(script.end(), key.begin(), key.end());
  }
  script.push_back(static_cast<std::uint8_t>(op_1 + sorted.size() - 1));
  script.push_back(op_checkmultisig);
  return script;
}

Result<TaprootOutput> taproot_output(
    Bytes internal_key, const std::optional<std::array<std::uint8_t, 32>>& merkle_root) {
  const auto output =
      bitcoin::output_key(internal_key, merkle_root ? Bytes(*merkle_root) : Bytes());
  if (!output) {
    return Error{Code::invalid_key, "internal key: it is no point of secp256k1 in 32 or 33 bytes"};
  }
  return TaprootOutput{output->key, output->is_odd};
}

Result<std::string> taproot_address(const Network& network, Bytes internal_key,
                                    const std::array<std::uint8_t, 32>& merkle_root) {
  if (!has_form(network, AddressForm::p2tr)) {
    return no_such_form(network, AddressForm::p2tr);
  }
  COFFER_TRY_ASSIGN(const TaprootOutput output, taproot_output(internal_key, merkle_root));
  return encode_address(network, address_with(AddressForm::p2tr, output.key, 1));
}

}  // namespace coffer::chain
