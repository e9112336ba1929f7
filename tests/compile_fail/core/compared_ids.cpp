// SPDX-License-Identifier: MIT
// Ids of different kinds are not compared.
// Expects: no match for .*operator==|invalid operands to binary
#include <coffer/core/id.hpp>

bool same(coffer::HoldId hold, coffer::TransactionId transaction) {
#ifdef MISTAKE
  return hold == transaction;
#else
  return hold.value() == transaction.value();
#endif
}
