// SPDX-License-Identifier: MIT
// The fields of items that a refusal can be about, and how an outcome carries one.
#pragma once

#include <cstdint>

namespace coffer::ledger {

enum class ItemField : std::uint8_t {
  key = 1,
  reference,
  description,
  metadata,
  owner,
  purpose,
  user,
  label,
  notes,
  kind,
  bucket,
  expires_at,
  destination,
  end_at,
  difference,
  asset,
  records,
  currency,
};

/// Negative, so that nobody takes a field for the id of an account.
[[nodiscard]] constexpr std::int64_t subject_of(ItemField field) noexcept {
  return -static_cast<std::int64_t>(field);
}

}  // namespace coffer::ledger
