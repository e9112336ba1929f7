// SPDX-License-Identifier: MIT
// A failure can't be overlooked by leaving the result where it fell.
// Expects: nodiscard
#include <coffer/core/amount.hpp>

void book(const coffer::Amount& a) {
#ifdef MISTAKE
  coffer::negate(a);
#else
  static_cast<void>(coffer::negate(a));
#endif
}
