// SPDX-License-Identifier: MIT
// A secret has one owner: it can be moved, not copied.
#include <utility>

#include <coffer/core/secret.hpp>

int main() {
  coffer::Secret secret = coffer::Secret::copy_of("correct horse");
#ifdef COFFER_MISTAKE
  const coffer::Secret other = secret;
#else
  const coffer::Secret other = std::move(secret);
#endif
  return other.is_empty() ? 1 : 0;
}
