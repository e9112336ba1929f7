// SPDX-License-Identifier: MIT
// An amount is not made of a floating-point number.
#include <coffer/core/amount.hpp>

int main() {
#ifdef COFFER_MISTAKE
  const coffer::Amount amount(1.5);
#else
  const coffer::Amount amount(1);
#endif
  return amount.is_zero() ? 1 : 0;
}
