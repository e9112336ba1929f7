// SPDX-License-Identifier: MIT
// A secret can't slip into a log.
// Expects: no match for .*operator<<|invalid operands to binary
#include <ostream>

#include <coffer/core/secret.hpp>

void log(std::ostream& stream, const coffer::Secret& secret) {
#ifdef MISTAKE
  stream << secret;
#else
  stream << secret.size();
#endif
}
