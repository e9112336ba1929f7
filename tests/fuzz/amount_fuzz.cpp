// SPDX-License-Identifier: MIT
// Any text given to the readers of core: what is accepted reads back, what is refused says why.
#include <coffer/core/amount.hpp>
#include <coffer/core/display.hpp>
#include <coffer/core/rate.hpp>
#include <coffer/core/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

void require_reason(const coffer::Error& error) {
  require(error.code != coffer::Code::ok && error.code != coffer::Code::internal);
  require(!error.message.empty() && coffer::is_valid_utf8(error.message));
}

void read_decimal(std::string_view text, int scale) {
  const auto amount = coffer::parse_decimal(text, scale);
  if (!amount) {
    require_reason(amount.error());
    return;
  }
  require(coffer::parse_decimal(format_decimal(*amount, scale), scale).value() == *amount);
  coffer::DisplayOptions options;
  options.places_max = scale / 2;
  options.significant_min = scale % 5;
  require(coffer::is_valid_utf8(display_amount(*amount, scale, options)));
}

void read_integer(std::string_view text) {
  const auto amount = coffer::parse_integer_text(text);
  if (!amount) {
    require_reason(amount.error());
    return;
  }
  require(coffer::parse_integer_text(to_integer_text(*amount)).value() == *amount);
}

void read_rate(std::string_view text) {
  const auto rate = coffer::Rate::parse(text);
  if (!rate) {
    require_reason(rate.error());
    return;
  }
  require(coffer::Rate::parse(rate->to_text()).value() == *rate);
  require(rate->inverse().inverse() == *rate);
}

void read_time(std::string_view text) {
  const auto time = coffer::parse_time(text);
  if (!time) {
    require_reason(time.error());
    return;
  }
  require(coffer::parse_time(format_time(*time)).value() == *time);
}

void read_hex(std::string_view text) {
  const auto bytes = coffer::parse_hex(text);
  if (!bytes) {
    require_reason(bytes.error());
    return;
  }
  require(coffer::parse_hex(coffer::to_hex(*bytes)).value() == *bytes);
}

}  // namespace

/// The first byte chooses the scale, a little beyond the allowed range too; the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const int scale = data[0] % 39 - 1;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  read_decimal(text, scale);
  read_integer(text);
  read_rate(text);
  read_time(text);
  read_hex(text);
  const std::size_t valid = coffer::valid_utf8_prefix(text);
  require(valid <= text.size() && coffer::is_valid_utf8(text.substr(0, valid)));
  return 0;
}
