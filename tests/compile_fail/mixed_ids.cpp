// SPDX-License-Identifier: MIT
// An id of one kind is not taken for one of another kind.
#include <coffer/core/id.hpp>

int open(coffer::AccountId account) { return account ? 0 : 1; }

int main() {
#ifdef COFFER_MISTAKE
  return open(coffer::TransactionId(1));
#else
  return open(coffer::AccountId(1));
#endif
}
