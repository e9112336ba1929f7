// SPDX-License-Identifier: MIT
// A plain number is not taken for an id.
#include <coffer/core/id.hpp>

int open(coffer::AccountId account) { return account ? 0 : 1; }

int main() {
#ifdef COFFER_MISTAKE
  return open(1);
#else
  return open(coffer::AccountId(1));
#endif
}
