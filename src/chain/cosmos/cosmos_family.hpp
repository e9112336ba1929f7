// SPDX-License-Identifier: MIT
// Cosmos: Bech32 accounts with a prefix for each chain.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::cosmos {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::cosmos
