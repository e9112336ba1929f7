// SPDX-License-Identifier: MIT
// A number does not become an amount by itself, because nobody would have asked for its scale.
#include <coffer/core/amount.hpp>

coffer::Amount dollars() {
#ifdef COFFER_MISTAKE
  return 100;
#else
  return coffer::Amount(100);
#endif
}
