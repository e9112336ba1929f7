// SPDX-License-Identifier: MIT
// XRP: classic addresses and X-addresses.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::xrp {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::xrp
