// SPDX-License-Identifier: MIT
// Ids of different kinds are not compared.
#include <coffer/core/id.hpp>

bool same(coffer::HoldId hold, coffer::TransactionId transaction) {
#ifdef COFFER_MISTAKE
  return hold == transaction;
#else
  return hold.value() == transaction.value();
#endif
}
