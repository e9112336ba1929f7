// SPDX-License-Identifier: MIT
// Solana: public keys in Base58.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::solana {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::solana
