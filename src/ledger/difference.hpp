// SPDX-License-Identifier: MIT
// What differs when a key was used before with other content, in words.
#pragma once

#include <string_view>

#include <coffer/core/code.hpp>

namespace coffer::ledger {

/// E.g. "a different amount"; empty for codes that tell of no difference. Some codes stand for
/// several fields, and then all are named: a person who repeats a key knows which one it was.
[[nodiscard]] constexpr std::string_view difference_of(Code code) noexcept {
  switch (code) {
    case Code::exists_with_different_account: return "a different account";
    case Code::exists_with_different_amount: return "a different amount";
    case Code::exists_with_different_entries: return "different entries";
    case Code::exists_with_different_effective_at: return "a different effective_at";
    case Code::exists_with_different_reference:
      return "a different reference, description or metadata";
    case Code::exists_with_different_kind: return "a different kind, code or bucket";
    case Code::exists_with_different_expiry: return "a different expiry";
    case Code::exists_with_different_asset: return "a different asset";
    case Code::exists_with_different_owner: return "a different owner or purpose";
    case Code::exists_with_different_policy: return "different bounds or another normal side";
    default: return "";
  }
}

}  // namespace coffer::ledger
