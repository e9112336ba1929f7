// SPDX-License-Identifier: MIT
// A failure without a value can't be overlooked either.
#include <coffer/core/asset.hpp>

coffer::Status register_asset();

void start() {
#ifdef COFFER_MISTAKE
  register_asset();
#else
  static_cast<void>(register_asset());
#endif
}
