// SPDX-License-Identifier: MIT
// Stellar: strkeys of accounts.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::stellar {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::stellar
