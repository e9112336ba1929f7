// SPDX-License-Identifier: MIT
// A Result that nobody looks at does not compile.
#include <coffer/core/result.hpp>

coffer::Result<int> count();

int main() {
#ifdef COFFER_MISTAKE
  count();
#else
  return count() ? 0 : 1;
#endif
}
