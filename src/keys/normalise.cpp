// SPDX-License-Identifier: MIT
// Normalisation by utf8proc into buffers of our own, because its convenience calls leave copies.
#include "keys/normalise.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>
#include <string>

#include <coffer/core/text.hpp>

namespace coffer::keys {

namespace {

constexpr std::size_t text_max = 65536;
// No character decomposes into more than 18 (U+FDFA).
constexpr std::size_t growth_max = 18;

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Result<Secret> normalised(std::string_view text, std::string_view what, int form) {
  if (text.size() > text_max) {
    return Error{Code::out_of_range, std::string(what) + " is longer than 65536 bytes"};
  }
  if (!is_valid_utf8(text)) {
    return Error{Code::invalid_utf8, std::string(what) + " is not well-formed UTF-8"};
  }
  if (text.empty()) {
    return Secret();
  }
  if (is_ascii(text)) {
    return Secret::copy_of(text);
  }
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | form);
  Secret points(text.size() * growth_max * sizeof(utf8proc_int32_t) + sizeof(utf8proc_int32_t));
  auto* const buffer = reinterpret_cast<utf8proc_int32_t*>(points.bytes().data());
  const auto capacity = static_cast<utf8proc_ssize_t>(points.size() / sizeof(utf8proc_int32_t) - 1);
  const utf8proc_ssize_t count =
      utf8proc_decompose(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), buffer, capacity, options);
  if (count < 0 || count > capacity) {
    return Error{Code::internal, std::string(what) + " could not be normalised"};
  }
  const utf8proc_ssize_t size = utf8proc_reencode(buffer, count, options);
  if (size < 0) {
    return Error{Code::internal, std::string(what) + " could not be normalised"};
  }
  return Secret::copy_of(points.bytes().first(static_cast<std::size_t>(size)));
}

}  // namespace

Result<Secret> nfkd(std::string_view text, std::string_view what) {
  return normalised(text, what, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
}

Result<Secret> nfc(std::string_view text, std::string_view what) {
  return normalised(text, what, UTF8PROC_COMPOSE);
}

}  // namespace coffer::keys
