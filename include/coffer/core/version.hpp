// SPDX-License-Identifier: MIT
// The version of coffer, as compiled against and as linked.
#pragma once

#include <string_view>

/// The version of these headers as three numbers, so that a host can ask for one with `#if`.
#define COFFER_VERSION_MAJOR 0
#define COFFER_VERSION_MINOR 1
#define COFFER_VERSION_PATCH 0

namespace coffer {

/// The version of the linked library, as "major.minor.patch".
///
/// It differs from the COFFER_VERSION numbers when a host was compiled against other headers than
/// it runs with; compare the two to notice that at start.
///
/// Lifetime: static.
/// Threads:  any.
std::string_view version() noexcept;

}  // namespace coffer
