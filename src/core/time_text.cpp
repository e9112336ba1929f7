// SPDX-License-Identifier: MIT
// RFC 3339 times, written and read on the proleptic Gregorian calendar.
#include <chrono>
#include <utility>

#include <coffer/core/text.hpp>

namespace coffer {
namespace {

constexpr std::int64_t ns_per_second = 1'000'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

void put(std::string& text, std::int64_t value, int width) {
  const std::string digits = std::to_string(value);
  text.append(static_cast<std::size_t>(width) - digits.size(), '0');
  text += digits;
}

/// Reads a text from left to right; the first mismatch is kept and turns all later steps into
/// no-ops.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}

  /// `width` digits whose value is `min` to `max`.
  int number(std::size_t width, int min, int max) {
    const std::size_t begin = position_;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (!is_digit()) {
        fail(position_, "a digit");
        return min;
      }
      value = value * 10 + (text_[position_++] - '0');
    }
    if (value < min || value > max) {
      fail(begin, "a number from " + std::to_string(min) + " to " + std::to_string(max));
      return min;
    }
    return value;
  }

  /// One of the characters of `allowed`; the answer is the one that stood there.
  char one_of(std::string_view allowed, const char* expected) {
    if (failed_ || position_ >= text_.size() ||
        allowed.find(text_[position_]) == std::string_view::npos) {
      fail(position_, expected);
      return allowed.front();
    }
    return text_[position_++];
  }

  /// An optional "." with 1..9 digits, as nanoseconds.
  std::int64_t fraction() {
    if (failed_ || position_ >= text_.size() || text_[position_] != '.') {
      return 0;
    }
    ++position_;
    std::int64_t value = 0;
    std::int64_t unit = ns_per_second;
    if (!is_digit()) {
      fail(position_, "a digit");
    }
    while (is_digit()) {
      unit /= 10;
      if (unit == 0) {
        fail(position_, "at most nine digits of a second");
        return 0;
      }
      value += (text_[position_++] - '0') * unit;
    }
    return value;
  }

  void end() {
    if (position_ != text_.size()) {
      fail(position_, "the end");
    }
  }

  void fail(std::size_t position, std::string expected) {
    if (!failed_) {
      failed_ = true;
      failed_at_ = position;
      expected_ = std::move(expected);
    }
  }

  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] Error error() const {
    return Error{Code::invalid_argument,
                 "time: expected " + expected_ + " at position " + std::to_string(failed_at_ + 1)};
  }

 private:
  [[nodiscard]] bool is_digit() const noexcept {
    return !failed_ && position_ < text_.size() && text_[position_] >= '0' &&
           text_[position_] <= '9';
  }

  std::string_view text_;
  std::size_t position_ = 0;
  bool failed_ = false;
  std::size_t failed_at_ = 0;
  std::string expected_;
};

}  // namespace

std::string format_time(Timestamp time) {
  namespace chrono = std::chrono;
  std::int64_t seconds = time.ns / ns_per_second;
  std::int64_t fraction = time.ns % ns_per_second;
  if (fraction < 0) {
    fraction += ns_per_second;
    --seconds;
  }
  std::int64_t days = seconds / seconds_per_day;
  std::int64_t second_of_day = seconds % seconds_per_day;
  if (second_of_day < 0) {
    second_of_day += seconds_per_day;
    --days;
  }
  const chrono::year_month_day date{chrono::sys_days{chrono::days(static_cast<int>(days))}};

  std::string text;
  text.reserve(30);
  put(text, static_cast<int>(date.year()), 4);
  text += '-';
  put(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  put(text, static_cast<unsigned>(date.day()), 2);
  text += 'T';
  put(text, second_of_day / 3600, 2);
  text += ':';
  put(text, second_of_day / 60 % 60, 2);
  text += ':';
  put(text, second_of_day % 60, 2);
  if (fraction != 0) {
    text += '.';
    int width = 9;
    while (fraction % 1000 == 0) {
      fraction /= 1000;
      width -= 3;
    }
    put(text, fraction, width);
  }
  text += 'Z';
  return text;
}

Result<Timestamp> parse_time(std::string_view text) {
  namespace chrono = std::chrono;
  Reader reader(text);
  const int year = reader.number(4, 0, 9999);
  reader.one_of("-", "'-'");
  const int month = reader.number(2, 1, 12);
  reader.one_of("-", "'-'");
  const int day = reader.number(2, 1, 31);
  const chrono::year_month_day date(chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) {
    reader.fail(8, "a day that the month has");
  }
  reader.one_of("Tt", "'T'");
  const int hour = reader.number(2, 0, 23);
  reader.one_of(":", "':'");
  const int minute = reader.number(2, 0, 59);
  reader.one_of(":", "':'");
  const int second = reader.number(2, 0, 59);
  const std::int64_t fraction = reader.fraction();
  const char zone = reader.one_of("Zz+-", "'Z' or an offset");
  int offset = 0;
  if (zone == '+' || zone == '-') {
    offset = reader.number(2, 0, 23) * 3600;
    reader.one_of(":", "':'");
    offset += reader.number(2, 0, 59) * 60;
    offset = zone == '-' ? -offset : offset;
  }
  reader.end();
  if (reader.failed()) {
    return reader.error();
  }

  const std::int64_t days = chrono::sys_days(date).time_since_epoch().count();
  std::int64_t seconds = days * seconds_per_day + std::int64_t{hour} * 3600 +
                         std::int64_t{minute} * 60 + second - offset;
  // The earliest times have a whole second below the range and a fraction that lifts them into it.
  std::int64_t rest = fraction;
  if (seconds < 0 && rest > 0) {
    ++seconds;
    rest -= ns_per_second;
  }
  std::int64_t ns = 0;
  if (__builtin_mul_overflow(seconds, ns_per_second, &ns) ||
      __builtin_add_overflow(ns, rest, &ns)) {
    return Error{Code::out_of_range, "time: before 1677-09-21 or after 2262-04-11"};
  }
  return Timestamp{ns};
}

}  // namespace coffer
