// SPDX-License-Identifier: MIT
// Short words for the tables of columns and indexes that the schemas are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <coffer/storage/schema.hpp>

namespace coffer::storage {

enum class Presence : bool { always = false, optional = true };

constexpr Column integer(std::string_view name, std::size_t offset,
                         Presence presence = Presence::always) {
  return {name, CellType::integer, static_cast<std::uint16_t>(offset),
          presence == Presence::optional};
}
constexpr Column amount(std::string_view name, std::size_t offset) {
  return {name, CellType::amount, static_cast<std::uint16_t>(offset), false};
}
constexpr Column text(std::string_view name, std::size_t offset,
                      Presence presence = Presence::always) {
  return {name, CellType::text, static_cast<std::uint16_t>(offset), presence == Presence::optional};
}
constexpr Column blob(std::string_view name, std::size_t offset) {
  return {name, CellType::blob, static_cast<std::uint16_t>(offset), false};
}

/// For indexes: the position of the column `name`. A name that is not there does not compile.
template <std::size_t N>
consteval std::uint8_t position(const Column (&columns)[N], std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (columns[i].name == name) {
      return static_cast<std::uint8_t>(i);
    }
  }
  throw "no column of that name";
}

}  // namespace coffer::storage
