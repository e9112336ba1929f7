// SPDX-License-Identifier: MIT
// Structured messages: EIP-712 typed data from JSON, as eth_signTypedData_v4 takes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/chain/message.hpp>
#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::chain {

/// The most struct types that one message may define.
inline constexpr std::size_t typed_data_types_max = 256;

/// The hashes of a structured message.
struct TypedDataHashes {
  MessageDigest domain{};   ///< The domain separator.
  MessageDigest message{};  ///< hashStruct of the primary type.
  MessageDigest digest{};   ///< What is signed: 0x19, 0x01, both.
  friend bool operator==(const TypedDataHashes&, const TypedDataHashes&) = default;
};

/// Hashes typed data.
///
/// `json` is an object with `types`, `primaryType`, `domain` and `message`, at most 1 MiB and 32
/// deep. Nothing is guessed:
///   - `types` defines `EIP712Domain` and each struct that is used; no name is defined twice, no
///     member comes twice, every type is known; `uint` and `int` without a size are no types.
///   - A struct's value has the members of its type, all and no others: what a person sees is what
///     is signed. `null` stands for a struct and hashes as zeros, as wallets do; so that types that
///     contain themselves end.
///   - Integers are whole JSON numbers, taken exactly, or texts, decimal or after 0x; they must fit
///     their type. Booleans are `true` and `false`. Bytes are hexadecimal after 0x, `bytesN`
///     exactly N of them. Addresses in mixed case must have the checksum of EIP-55.
///   - Arrays of a fixed size have that size.
///   - When `primaryType` is `EIP712Domain`, `message` is not looked at and `digest` covers the
///     domain alone; `TypedDataHashes::message` is zeros.
///
/// Fails with `invalid_argument` or `out_of_range` (an integer, an array's size, the number of
/// types); the message begins with the place, e.g. "message.to.wallets[1]".
/// Standard: EIP-712. Threads: any. Cost: linear in the text, and the definitions once for each
/// struct type that is used.
[[nodiscard]] Result<TypedDataHashes> hash_typed_data(std::string_view json);

/// Signs typed data for a network of Ethereum's family.
///
/// A `chainId` in the domain must be the network's, as EIP-712 asks of wallets: the signature would
/// count elsewhere.
/// Fails with `unsupported` (a network of another family), as `hash_typed_data` does,
/// `invalid_argument` (`domain.chainId`), and as `keys::Signer::sign` does.
[[nodiscard]] Result<AccountSignature> sign_typed_data(keys::Signer& signer,
                                                       const keys::KeyReference& key,
                                                       const Network& network,
                                                       std::string_view json);

/// The address whose key signed; see `recover_account_message`. The chain id is not compared.
/// Fails with `unsupported`, as `hash_typed_data` does, `signature_invalid`.
[[nodiscard]] Result<std::string> recover_typed_data(const Network& network, std::string_view json,
                                                     std::span<const std::uint8_t> signature);

/// Whether the signature is that of `address` over the typed data. The chain id is not compared.
/// Fails with `unsupported`, as `decode_address` does, as `hash_typed_data` does,
/// `signature_invalid`.
[[nodiscard]] Status verify_typed_data(const Network& network, std::string_view address,
                                       std::string_view json,
                                       std::span<const std::uint8_t> signature);

}  // namespace coffer::chain
