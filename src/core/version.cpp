// SPDX-License-Identifier: MIT
// Puts the version numbers of the headers into the library as text.
#include <coffer/core/version.hpp>

#define COFFER_TEXT_OF(number) #number
#define COFFER_VERSION_TEXT(major, minor, patch) \
  COFFER_TEXT_OF(major) "." COFFER_TEXT_OF(minor) "." COFFER_TEXT_OF(patch)

namespace coffer {

std::string_view version() noexcept {
  return COFFER_VERSION_TEXT(COFFER_VERSION_MAJOR, COFFER_VERSION_MINOR, COFFER_VERSION_PATCH);
}

}  // namespace coffer
