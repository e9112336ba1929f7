// SPDX-License-Identifier: MIT
// A number does not become an amount by itself, because nobody would have asked for its scale.
// Expects: could not convert|no viable conversion|conversion from
#include <coffer/core/amount.hpp>

coffer::Amount dollars() {
#ifdef MISTAKE
  return 100;
#else
  return coffer::Amount(100);
#endif
}
