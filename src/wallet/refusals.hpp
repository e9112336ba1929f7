// SPDX-License-Identifier: MIT
// Refusals: what the ledger's answer means for the wallet, in code and in the documents' words.
#pragma once

#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/ledger/operation.hpp>

#include "wallet/composer.hpp"

namespace coffer::wallet {

/// Replaces an account's refusal by its wallet's: `exceeds_balance` of a wallet becomes
/// `insufficient_balance`, `account_frozen` becomes `wallet_frozen`, and the subject is the wallet.
/// Other codes, and the clearing's account, stay as they are.
[[nodiscard]] Outcome in_terms_of_wallets(const Outcome& outcome, const Item& item);

/// The code of `in_terms_of_wallets` and a sentence for an outcome that the ledger refused.
[[nodiscard]] Error error_of(const Outcome& outcome, const Item& item, std::string_view reference,
                             const Ledger& ledger);

}  // namespace coffer::wallet
