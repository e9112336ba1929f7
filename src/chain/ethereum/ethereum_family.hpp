// SPDX-License-Identifier: MIT
// Ethereum's family: addresses in hexadecimal with a checksum of letter cases.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::ethereum {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::ethereum
