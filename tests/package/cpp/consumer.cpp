// SPDX-License-Identifier: MIT
// The smallest C++ program that uses coffer.
#include <coffer/core/version.hpp>

#include <cstdio>

int main() {
  const auto version = coffer::version();
  std::printf("coffer %.*s\n", static_cast<int>(version.size()), version.data());
}
