// SPDX-License-Identifier: MIT
// Recoverable signatures of accounts that are the hash of a key.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/chain/message.hpp>

namespace coffer::chain {

/// Signs a digest; v is 27 or 28.
[[nodiscard]] Result<AccountSignature> sign_account_digest(keys::Signer& signer,
                                                           const keys::KeyReference& key,
                                                           const MessageDigest& digest);
/// The address that signed. Fails with `signature_invalid`.
[[nodiscard]] Result<std::string> recover_account(const Network& network,
                                                  const MessageDigest& digest,
                                                  std::span<const std::uint8_t> signature);
/// Fails as `decode_address` does, then with `signature_invalid`.
[[nodiscard]] Status verify_account(const Network& network, std::string_view address,
                                    const MessageDigest& digest,
                                    std::span<const std::uint8_t> signature);

}  // namespace coffer::chain
