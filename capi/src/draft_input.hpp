// SPDX-License-Identifier: MIT
// The drafts of C as those of the ledger.
#pragma once

#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/ledger/hold.hpp>
#include <coffer/ledger/operation.hpp>
#include <coffer/transaction/draft.hpp>

#include "coffer_hold.h"
#include "coffer_posting.h"

namespace coffer::capi {

/// A draft, and the arrays that it views.
struct OwnedDraft {
  std::vector<Entry> entries;
  std::vector<Condition> conditions;
  Draft draft;
};

/// Each of these fails with `null_argument`, `invalid_argument` (struct_size, a constant),
/// `unsupported`, `key_too_long`, `text_too_long`; texts are still the caller's.
[[nodiscard]] Result<OwnedDraft> draft_of(const coffer_draft* in);
[[nodiscard]] Result<Transfer> transfer_of(const coffer_transfer& in);
[[nodiscard]] Result<Reversal> reversal_of(const coffer_reversal* in);
[[nodiscard]] Result<HoldDraft> hold_of(const coffer_hold_draft* in);
[[nodiscard]] Result<Capture> capture_of(const coffer_capture* in);
[[nodiscard]] Result<AccountDraft> account_of(const coffer_account_draft* in);
[[nodiscard]] Result<PolicyChange> policy_change_of(const coffer_policy_change* in);

}  // namespace coffer::capi
