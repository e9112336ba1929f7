// SPDX-License-Identifier: MIT
// Bitcoin's family: Base58Check, segwit and CashAddr addresses.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::bitcoin {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::bitcoin
