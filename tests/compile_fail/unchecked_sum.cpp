// SPDX-License-Identifier: MIT
// Amounts have no operator +: a sum that does not fit must be looked at.
#include <coffer/core/amount.hpp>

int main() {
  const coffer::Amount one(1);
  coffer::Amount sum;
#ifdef COFFER_MISTAKE
  sum = one + one;
  return sum.is_zero() ? 1 : 0;
#else
  return coffer::add_checked(one, one, &sum) ? 0 : 1;
#endif
}
