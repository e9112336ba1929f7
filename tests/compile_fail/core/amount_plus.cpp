// SPDX-License-Identifier: MIT
// Amounts are not added by an operator, whose overflow nobody would look at.
// Expects: no match for .*operator\+|invalid operands to binary
#include <coffer/core/amount.hpp>

coffer::Amount total(const coffer::Amount& a, const coffer::Amount& b) {
#ifdef MISTAKE
  return a + b;
#else
  return coffer::add(a, b).value_or(a);
#endif
}
