// SPDX-License-Identifier: MIT
// The rows that come with coffer, and what a row must satisfy.
#pragma once

#include <span>

#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>

namespace coffer::chain {

/// The rows of coffer, in the order of `NetworkTable::rows`. They live for ever.
[[nodiscard]] std::span<const Network> built_in_networks();

/// Whether a row makes sense by itself. Fails with `invalid_argument`; the message names the row,
/// the field and the reason.
[[nodiscard]] Status check_row(const Network& row);

}  // namespace coffer::chain
