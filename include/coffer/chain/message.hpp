// SPDX-License-Identifier: MIT
// Signed messages of networks whose accounts are keys: EIP-191, TRON's TIP-191, Solana's bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::chain {

// Messages for Bitcoin's family are in `bitcoin_message.hpp`, structured ones in `typed_data.hpp`.
// Signatures of BIP-340 and of ed25519 over bytes as they are, by key instead of address:
// `keys::Signer::sign` and `keys::verify_signature`.

/// 32 bytes that are signed.
using MessageDigest = std::array<std::uint8_t, 32>;

/// r and s, big-endian, and v: 27 or 28.
using AccountSignature = std::array<std::uint8_t, 65>;

/// What is signed for a personal message: Keccak-256 of the network's prefix, the size of `message`
/// in decimal digits, and `message` itself.
///
/// Fails with `unsupported` (a network that is neither of Ethereum's nor of TRON's family).
/// Standard: EIP-191, version 0x45 (personal_sign); TIP-191, second version.
[[nodiscard]] Result<MessageDigest> account_message_digest(const Network& network,
                                                           std::span<const std::uint8_t> message);

/// Signs a personal message.
///
/// Fails with `unsupported`, `invalid_argument` (a key on another curve than secp256k1), and as
/// `keys::Signer::sign` does.
[[nodiscard]] Result<AccountSignature> sign_account_message(keys::Signer& signer,
                                                            const keys::KeyReference& key,
                                                            const Network& network,
                                                            std::span<const std::uint8_t> message);

/// The address whose key signed the message: any signature of the right form has one, so compare
/// it with the address that you expect.
///
/// v may be 0 or 1 too, as some devices write it. A high s is refused: each signature would have a
/// twin (EIP-2).
/// Fails with `unsupported`, `signature_invalid` (the message says whether the size, v, s or the
/// point is wrong).
[[nodiscard]] Result<std::string> recover_account_message(const Network& network,
                                                          std::span<const std::uint8_t> message,
                                                          std::span<const std::uint8_t> signature);

/// Whether the signature is that of `address` over the message.
///
/// Accounts that are contracts sign by a call to the contract (ERC-1271): not answered here.
/// Fails with `unsupported`, as `decode_address` does, `signature_invalid`.
[[nodiscard]] Status verify_account_message(const Network& network, std::string_view address,
                                            std::span<const std::uint8_t> message,
                                            std::span<const std::uint8_t> signature);

/// Signs bytes as they are with an account of Solana, as its wallets' signMessage does.
///
/// There is no prefix, so what can be read as a chain tx is refused: its signature would spend.
/// Fails with `unsupported` (a network of another family), `signing_refused` (a chain tx), and as
/// `keys::Signer::sign` does. Standard: RFC 8032.
[[nodiscard]] Result<std::array<std::uint8_t, 64>> sign_solana_message(
    keys::Signer& signer, const keys::KeyReference& key, const Network& network,
    std::span<const std::uint8_t> message);

/// Whether the signature is that of `address` over the bytes.
/// Fails with `unsupported` (a network of another family), as `decode_address` does,
/// `signature_invalid`.
[[nodiscard]] Status verify_solana_message(const Network& network, std::string_view address,
                                           std::span<const std::uint8_t> message,
                                           std::span<const std::uint8_t> signature);

}  // namespace coffer::chain
