// SPDX-License-Identifier: MIT
// Everything that is checked about an argument before its bytes are read.
#include "input.hpp"

#include <algorithm>

#include <coffer/core/text.hpp>

namespace coffer::capi {

Error null_error(std::string_view name) {
  return {Code::null_argument, std::string(name) + ": is NULL"};
}

Result<std::string_view> text_of(const char* text, std::size_t length, std::string_view name,
                                 Code too_long) {
  if (length == 0) {
    return std::string_view("");  // never null inside, whatever the caller's pointer is
  }
  if (text == nullptr) {
    return Error{Code::null_argument,
                 std::string(name) + ": is NULL, but its length is " + std::to_string(length)};
  }
  if (length > text_length_max) {
    return Error{too_long, std::string(name) + ": " + std::to_string(length) +
                               " bytes are longer than any text allowed"};
  }
  return std::string_view(text, length);
}

Result<std::string_view> utf8_of(const char* text, std::size_t length, std::string_view name) {
  COFFER_TRY_ASSIGN(const std::string_view given, text_of(text, length, name));
  if (!is_valid_utf8(given)) {
    return Error{Code::invalid_utf8, std::string(name) + ": is not well-formed UTF-8"};
  }
  return given;
}

Result<std::size_t> struct_size_of(const void* in, std::size_t known, std::string_view name) {
  constexpr std::size_t size_max = 4'096;  // no struct of ours will ever be so large
  COFFER_TRY(require(in, name));
  std::uint32_t size = 0;
  std::memcpy(&size, in, sizeof size);
  if (size < known || size > size_max) {
    return Error{Code::invalid_argument, std::string(name) + ": struct_size is " +
                                             std::to_string(size) + ", it has " +
                                             std::to_string(known) + " bytes here"};
  }
  return std::size_t{size};
}

Status copy_struct(const void* in, void* out, std::size_t known, std::string_view name) {
  COFFER_TRY_ASSIGN(const std::size_t size, struct_size_of(in, known, name));
  const auto* bytes = static_cast<const unsigned char*>(in);
  if (std::any_of(bytes + known, bytes + size, [](unsigned char byte) { return byte != 0; })) {
    return Error{Code::unsupported,
                 std::string(name) + ": uses a field that this version of coffer does not know"};
  }
  std::memcpy(out, in, known);
  return {};
}

Status check_constant(std::uint32_t value, std::uint32_t last, std::string_view name) {
  if (value > last) {
    return Error{Code::invalid_argument,
                 std::string(name) + ": " + std::to_string(value) + " is none of its values"};
  }
  return {};
}

Status check_batch(const void* items, std::size_t count, const void* outcomes) {
  if (count > batch_max) {
    return Error{Code::out_of_range, "count: " + std::to_string(count) + ", at most " +
                                         std::to_string(batch_max) + " items in one call"};
  }
  if (count > 0) {
    COFFER_TRY(require(items, "items"));
    COFFER_TRY(require(outcomes, "outcomes_out"));
  }
  return {};
}

Result<std::uint32_t> page_limit(const void* results, std::size_t capacity, const void* count_out) {
  COFFER_TRY(require(count_out, "count_out"));
  if (capacity == 0) {
    return Error{Code::out_of_range, "capacity: is 0, a page needs room for one result"};
  }
  COFFER_TRY(require(results, "results"));
  return static_cast<std::uint32_t>(std::min(capacity, page_max));
}

Status callback_status(coffer_status code, const coffer_error& err, Code unknown,
                       std::string_view who) {
  if (code == COFFER_OK) {
    return {};
  }
  const void* end = std::memchr(err.message, 0, sizeof err.message);
  const auto length = end == nullptr
                          ? sizeof err.message
                          : static_cast<std::size_t>(static_cast<const char*>(end) - err.message);
  std::string message(err.message, length);
  if (!is_valid_utf8(message)) {
    message.clear();  // it would be stored, and read by those who trust it to be text
  }
  const bool is_known = name_of(static_cast<Code>(code)) != "unknown";
  if (message.empty() || !is_known) {
    message = std::string(who) + " answered " + std::to_string(code) +
              (message.empty() ? "" : ": ") + message;
  }
  return Error{is_known ? static_cast<Code>(code) : unknown, std::move(message)};
}

Error at_item(std::string_view array, std::size_t index, Error error) {
  return {error.code,
          std::string(array) + "[" + std::to_string(index) + "]: " + std::move(error.message)};
}

Result<Rate> rate_of(const coffer_rate& rate) {
  return Rate::of(amount_of(rate.numerator), amount_of(rate.denominator));
}

Result<Asset> asset_of(const coffer_asset& in) {
  Asset asset;
  COFFER_TRY_ASSIGN(asset.code, array_text(in.code, "code"));
  COFFER_TRY_ASSIGN(asset.network, array_text(in.network, "network"));
  COFFER_TRY_ASSIGN(asset.contract, array_text(in.contract, "contract"));
  COFFER_TRY_ASSIGN(asset.symbol, array_text(in.symbol, "symbol"));
  COFFER_TRY_ASSIGN(asset.kind, constant_of(in.kind, AssetKind::crypto, "kind"));
  asset.scale = in.scale;
  return asset;
}

}  // namespace coffer::capi
