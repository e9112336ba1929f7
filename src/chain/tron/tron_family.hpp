// SPDX-License-Identifier: MIT
// TRON: Base58Check and hexadecimal addresses.
#pragma once

#include "chain/family.hpp"

namespace coffer::chain::tron {

/// The functions of this family.
[[nodiscard]] const FamilyCode& family_code() noexcept;

}  // namespace coffer::chain::tron
