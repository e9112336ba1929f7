// SPDX-License-Identifier: MIT
// A Result that nobody looks at does not compile.
#include <coffer/core/result.hpp>

coffer::Status post();
coffer::Result<int> count();

int main() {
#ifdef COFFER_MISTAKE
  post();
  count();
#else
  return post() && count() ? 0 : 1;
#endif
}
