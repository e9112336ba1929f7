// SPDX-License-Identifier: MIT
// What comes from C: pointers, lengths, structs and constants, looked at before they are used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/asset.hpp>
#include <coffer/core/rate.hpp>
#include <coffer/core/result.hpp>

#include "coffer_amount.h"
#include "coffer_asset.h"

namespace coffer::capi {

/// Longer than any text that coffer takes; a greater length is a mistake or an attack, and its
/// bytes are not looked at.
inline constexpr std::size_t text_length_max = 65'536;
/// The most columns bytes of keys or references of one bulk call.
inline constexpr std::size_t column_bytes_max = 0xffff'ffff;
inline constexpr std::size_t batch_max = 1'000'000;
/// The most results of one page.
inline constexpr std::size_t page_max = 1'000;

[[nodiscard]] Error null_error(std::string_view name);

/// Fails with `null_argument`.
[[nodiscard]] inline Status require(const void* pointer, std::string_view name) {
  if (pointer == nullptr) {
    return null_error(name);
  }
  return {};
}

/// A text by pointer and length. Fails with `null_argument`, then `too_long` for a length beyond
/// `text_length_max`.
[[nodiscard]] Result<std::string_view> text_of(const char* text, std::size_t length,
                                               std::string_view name,
                                               Code too_long = Code::text_too_long);
[[nodiscard]] inline Result<std::string_view> key_of(const char* text, std::size_t length) {
  return text_of(text, length, "key", Code::key_too_long);
}

/// The same for texts that messages may quote. Fails also with `invalid_utf8`.
[[nodiscard]] Result<std::string_view> utf8_of(const char* text, std::size_t length,
                                               std::string_view name);

/// The text in a fixed array of a struct. Fails with `invalid_argument` when no NUL ends it.
template <std::size_t Size>
[[nodiscard]] Result<std::string_view> array_text(const char (&array)[Size],
                                                  std::string_view name) {
  const void* end = std::memchr(array, 0, Size);
  if (end == nullptr) {
    return Error{Code::invalid_argument, std::string(name) + ": the array is not ended by a NUL"};
  }
  return std::string_view(array, static_cast<std::size_t>(static_cast<const char*>(end) - array));
}

/// The size that the caller's struct says it has. Fails with `null_argument`, `invalid_argument`
/// (smaller than `known`, or senseless).
[[nodiscard]] Result<std::size_t> struct_size_of(const void* in, std::size_t known,
                                                 std::string_view name);
/// Copies a struct that begins with its size. Fails as `struct_size_of`, and with `unsupported`
/// when the part beyond `known` is not zero.
[[nodiscard]] Status copy_struct(const void* in, void* out, std::size_t known,
                                 std::string_view name);
template <class Struct>
[[nodiscard]] Result<Struct> read_struct(const Struct* in, std::string_view name) {
  Struct out{};
  COFFER_TRY(copy_struct(in, &out, sizeof(Struct), name));
  return out;
}

/// A constant of a C enumeration whose values are 0..`last`. Fails with `invalid_argument`.
[[nodiscard]] Status check_constant(std::uint32_t value, std::uint32_t last, std::string_view name);
template <class Enum>
[[nodiscard]] Result<Enum> constant_of(std::uint8_t value, Enum last, std::string_view name) {
  COFFER_TRY(check_constant(value, static_cast<std::uint32_t>(last), name));
  return static_cast<Enum>(value);
}

/// The number of items of a bulk call, with its arrays. Fails with `out_of_range`,
/// `null_argument`.
[[nodiscard]] Status check_batch(const void* items, std::size_t count, const void* outcomes);
/// The number of results that fit a page. Fails with `out_of_range` (0), `null_argument`.
[[nodiscard]] Result<std::uint32_t> page_limit(const void* results, std::size_t capacity,
                                               const void* count_out);

/// What a callback of the caller's answered. A status that is none of ours, as an unguarded
/// callback gives, becomes `unknown`; `who` begins the sentence when the callback wrote none.
[[nodiscard]] Status callback_status(coffer_status code, const coffer_error& err, Code unknown,
                                     std::string_view who);

/// Puts the item's name before a failure's message: "transfers[7]: key: is NULL ...".
[[nodiscard]] Error at_item(std::string_view array, std::size_t index, Error error);

[[nodiscard]] inline Amount amount_of(const coffer_amount& amount) noexcept {
  return Amount::from_limbs({amount.limbs[0], amount.limbs[1], amount.limbs[2], amount.limbs[3]});
}
[[nodiscard]] inline std::optional<Amount> amount_if(std::uint8_t has,
                                                     const coffer_amount& amount) {
  return has != 0 ? std::optional(amount_of(amount)) : std::nullopt;
}
/// Fails with `division_by_zero`, `out_of_range`.
[[nodiscard]] Result<Rate> rate_of(const coffer_rate& rate);
/// Fails with `invalid_argument` (an array without NUL; the kind).
[[nodiscard]] Result<Asset> asset_of(const coffer_asset& asset);

}  // namespace coffer::capi
