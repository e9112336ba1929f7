// SPDX-License-Identifier: MIT
// Networks, keys and signers for the tests of signed messages.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <coffer/chain/network.hpp>
#include <coffer/keys/signer.hpp>

#include "../crypto/crypto_text.hpp"
#include "crypto/base58.hpp"

namespace message_test {

using namespace coffer::chain;
using coffer::Code;
using coffer::keys::Curve;
using coffer::keys::KeyReference;
using coffer::keys::SoftwareSigner;
using crypto_test::bytes_of;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

inline const Network& network(std::string_view name) {
  static const NetworkTable table;
  const auto found = table.find(name);
  REQUIRE(found.has_value());
  return **found;
}

/// Keccak-256 of "cow": the key of the example in EIP-712.
inline constexpr std::string_view cow =
    "c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4";

inline KeyReference reference(std::string name, Curve curve = Curve::secp256k1) {
  return {std::move(name), {}, curve};
}

inline void add(SoftwareSigner& signer, std::string name, std::string_view key,
                Curve curve = Curve::secp256k1) {
  REQUIRE(signer.add(std::move(name), curve, fixed<32>(key)).has_value());
}

/// The hexadecimal key in a wallet import format for compressed keys.
inline std::string key_of_wif(std::string_view wif) {
  const auto decoded = coffer::crypto::base58check_decode(wif);
  REQUIRE(decoded.bytes.size() == 34);
  return hex_of(std::span(decoded.bytes).subspan(1, 32));
}

inline Code code_of(const coffer::Status& status) {
  return status ? Code::ok : status.error().code;
}

template <class T>
std::string message_of(const coffer::Result<T>& result) {
  return result ? "" : result.error().message;
}

}  // namespace message_test
