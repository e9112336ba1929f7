// SPDX-License-Identifier: MIT
// Typed ids: positive 63-bit numbers in commit order within one book.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace coffer {

/// A positive 63-bit number that names one thing of one kind; 0 means "none".
///
/// Ids of different kinds do not convert into each other: mixing them does not compile.
template <class Tag>
class Id {
 public:
  constexpr Id() noexcept = default;
  constexpr explicit Id(std::int64_t value) noexcept : value_(value) {}
  [[nodiscard]] constexpr std::int64_t value() const noexcept { return value_; }
  constexpr explicit operator bool() const noexcept { return value_ > 0; }
  friend constexpr auto operator<=>(const Id&, const Id&) noexcept = default;

 private:
  std::int64_t value_ = 0;
};

using AssetId = Id<struct AssetIdTag>;
using AccountId = Id<struct AccountIdTag>;
using TransactionId = Id<struct TransactionIdTag>;
using HoldId = Id<struct HoldIdTag>;
using WalletId = Id<struct WalletIdTag>;
using ReconciliationId = Id<struct ReconciliationIdTag>;
using CommitId = Id<struct CommitIdTag>;

}  // namespace coffer

template <class Tag>
struct std::hash<coffer::Id<Tag>> {
  std::size_t operator()(coffer::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value());
  }
};
