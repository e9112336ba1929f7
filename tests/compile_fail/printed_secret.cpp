// SPDX-License-Identifier: MIT
// A secret can't slip into a log.
#include <ostream>

#include <coffer/core/secret.hpp>

void log(std::ostream& stream, const coffer::Secret& secret) {
#ifdef COFFER_MISTAKE
  stream << secret;
#else
  stream << secret.size();
#endif
}
