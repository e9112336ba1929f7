// SPDX-License-Identifier: MIT
// An account's id is not a transaction's id.
// Expects: could not convert|no viable conversion|no known conversion|conversion from
#include <coffer/core/id.hpp>

std::int64_t number_of(coffer::AccountId account) { return account.value(); }

std::int64_t number() {
#ifdef MISTAKE
  return number_of(coffer::TransactionId(7));
#else
  return number_of(coffer::AccountId(7));
#endif
}
