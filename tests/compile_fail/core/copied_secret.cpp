// SPDX-License-Identifier: MIT
// A secret is moved, never copied.
// Expects: deleted
#include <utility>

#include <coffer/core/secret.hpp>

coffer::Secret handed_on(coffer::Secret& secret) {
#ifdef MISTAKE
  return secret;
#else
  return std::move(secret);
#endif
}
