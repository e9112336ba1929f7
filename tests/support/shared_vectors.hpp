// SPDX-License-Identifier: MIT
// Reads published test vectors from the shared folder; a test that finds none says so and ends.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace shared_vectors {

inline std::string path_of(const std::string& name) {
  const char* folder = std::getenv("COFFER_SHARED");
  return std::string(folder != nullptr ? folder : COFFER_SHARED) + "/vectors/" + name;
}

/// The text of a file under vectors/, or none when it is not there.
inline std::optional<std::string> text(const std::string& name) {
  std::ifstream file(path_of(name), std::ios::binary);
  if (!file) {
    MESSAGE("skipped, no file " << name);
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// The same, parsed.
inline std::optional<nlohmann::json> json(const std::string& name) {
  const auto content = text(name);
  if (!content) {
    return std::nullopt;
  }
  return nlohmann::json::parse(*content);
}

}  // namespace shared_vectors
