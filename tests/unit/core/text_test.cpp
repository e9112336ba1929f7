// SPDX-License-Identifier: MIT
// Tests of text at the border: UTF-8, hexadecimal and RFC 3339 times.
#include <coffer/core/text.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>

using coffer::Code;
using coffer::format_time;
using coffer::is_valid_utf8;
using coffer::parse_hex;
using coffer::parse_time;
using coffer::Timestamp;
using coffer::valid_utf8_prefix;

namespace {

std::string time_refusal(std::string_view text) {
  const auto result = parse_time(text);
  return result ? "accepted" : result.error().message;
}

}  // namespace

TEST_CASE("well-formed UTF-8 of every length is valid") {
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("plain text longer than a word"));
  CHECK(is_valid_utf8(std::string_view("a\0b", 3)));
  CHECK(is_valid_utf8("\u0080\u07FF\u0800\uD7FF\uE000\uFFFF"));
  CHECK(is_valid_utf8("\U00010000\U0010FFFF"));
  CHECK(is_valid_utf8("1234567\u00E4"));
}

TEST_CASE("ill-formed UTF-8 is found where it begins") {
  CHECK(valid_utf8_prefix("ab\x80") == 2);            // a continuation alone
  CHECK(valid_utf8_prefix("ab\xC3") == 2);            // cut off
  CHECK(valid_utf8_prefix("\xC0\x80") == 0);          // overlong
  CHECK(valid_utf8_prefix("\xC1\xBF") == 0);          // overlong
  CHECK(valid_utf8_prefix("\xE0\x9F\xBF") == 0);      // overlong
  CHECK(valid_utf8_prefix("\xF0\x8F\xBF\xBF") == 0);  // overlong
  CHECK(valid_utf8_prefix("\xED\xA0\x80") == 0);      // a surrogate
  CHECK(valid_utf8_prefix("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(valid_utf8_prefix("\xF5\x80\x80\x80") == 0);
  CHECK(valid_utf8_prefix("\xFF") == 0);
  CHECK(valid_utf8_prefix("12345678\u00E4\xE2\x82") == 10);
  CHECK(valid_utf8_prefix("\xE2\x82\x28") == 0);
  CHECK(valid_utf8_prefix("\xF0\x9F\x92\x28") == 0);
  CHECK_FALSE(is_valid_utf8("12345678\xFF"));
}

TEST_CASE("bytes are written as lower-case hex and read back in any case") {
  const std::vector<std::uint8_t> bytes{0x00, 0x1F, 0xAB, 0xFF};
  CHECK(coffer::to_hex(bytes) == "001fabff");
  CHECK(*parse_hex("001fabff") == bytes);
  CHECK(*parse_hex("001FABFF") == bytes);
  CHECK(parse_hex("")->empty());
}

TEST_CASE("what is not hex is refused") {
  CHECK(parse_hex("abc").error().message == "hex: an odd number of digits");
  CHECK(parse_hex("0x00").error().message == "hex: position 2 is not a hexadecimal digit");
  CHECK(parse_hex("g0").error().message == "hex: position 1 is not a hexadecimal digit");
  CHECK(parse_hex("00 0").error().code == Code::invalid_argument);
}

TEST_CASE("a time is written in UTC with as many groups of places as it needs") {
  CHECK(format_time(Timestamp{0}) == "1970-01-01T00:00:00Z");
  CHECK(format_time(Timestamp{1'734'862'530'000'000'000}) == "2024-12-22T10:15:30Z");
  CHECK(format_time(Timestamp{1'734'862'530'120'000'000}) == "2024-12-22T10:15:30.120Z");
  CHECK(format_time(Timestamp{1'734'862'530'000'120'000}) == "2024-12-22T10:15:30.000120Z");
  CHECK(format_time(Timestamp{1'734'862'530'000'000'001}) == "2024-12-22T10:15:30.000000001Z");
  CHECK(format_time(Timestamp{-1}) == "1969-12-31T23:59:59.999999999Z");
  CHECK(format_time(Timestamp{951'782'400'000'000'000}) == "2000-02-29T00:00:00Z");
}

TEST_CASE("the first and last time are written and read") {
  CHECK(format_time(Timestamp{INT64_MIN}) == "1677-09-21T00:12:43.145224192Z");
  CHECK(format_time(Timestamp{INT64_MAX}) == "2262-04-11T23:47:16.854775807Z");
  CHECK(parse_time("1677-09-21T00:12:43.145224192Z")->ns == INT64_MIN);
  CHECK(parse_time("2262-04-11T23:47:16.854775807Z")->ns == INT64_MAX);
  for (const char* const text : {"1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z",
                                 "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    CHECK(parse_time(text).error() ==
          coffer::Error{Code::out_of_range, "time: before 1677-09-21 or after 2262-04-11"});
  }
}

TEST_CASE("a time with an offset is read as UTC") {
  CHECK(parse_time("2024-12-22T18:15:30+08:00")->ns == 1'734'862'530'000'000'000);
  CHECK(parse_time("2024-12-22T05:15:30-05:00")->ns == 1'734'862'530'000'000'000);
  CHECK(parse_time("2024-12-22T10:15:30-00:00")->ns == 1'734'862'530'000'000'000);
  CHECK(parse_time("2024-12-22t10:15:30.5z")->ns == 1'734'862'530'500'000'000);
  CHECK(parse_time("1970-01-01T00:30:00+01:00")->ns == -1'800'000'000'000);
}

TEST_CASE("a text that is no RFC 3339 time is refused with its position") {
  CHECK(time_refusal("") == "time: expected a digit at position 1");
  CHECK(time_refusal("2024") == "time: expected '-' at position 5");
  CHECK(time_refusal("24-12-22T10:15:30Z") == "time: expected a digit at position 3");
  CHECK(time_refusal("2024-13-22T10:15:30Z") ==
        "time: expected a number from 1 to 12 at position 6");
  CHECK(time_refusal("2024-00-22T10:15:30Z") ==
        "time: expected a number from 1 to 12 at position 6");
  CHECK(time_refusal("2023-02-29T10:15:30Z") ==
        "time: expected a day that the month has at position 9");
  CHECK(time_refusal("2024-02-29T10:15:30Z") == "accepted");
  CHECK(time_refusal("2024-12-22 10:15:30Z") == "time: expected 'T' at position 11");
  CHECK(time_refusal("2024-12-22T24:00:00Z") ==
        "time: expected a number from 0 to 23 at position 12");
  CHECK(time_refusal("2024-12-22T10:60:00Z") ==
        "time: expected a number from 0 to 59 at position 15");
  CHECK(time_refusal("2016-12-31T23:59:60Z") ==
        "time: expected a number from 0 to 59 at position 18");
  CHECK(time_refusal("2024-12-22T10:15:30") == "time: expected 'Z' or an offset at position 20");
  CHECK(time_refusal("2024-12-22T10:15:30.Z") == "time: expected a digit at position 21");
  CHECK(time_refusal("2024-12-22T10:15:30.1234567890Z") ==
        "time: expected at most nine digits of a second at position 30");
  CHECK(time_refusal("2024-12-22T10:15:30+0800") == "time: expected ':' at position 23");
  CHECK(time_refusal("2024-12-22T10:15:30+24:00") ==
        "time: expected a number from 0 to 23 at position 21");
  CHECK(time_refusal("2024-12-22T10:15:30Z ") == "time: expected the end at position 21");
  CHECK(time_refusal("-2024-12-22T10:15:30Z") == "time: expected a digit at position 1");
}

TEST_CASE("a random time reads back from its text") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 50'000; ++i) {
    const Timestamp time{static_cast<std::int64_t>(random())};
    REQUIRE(*parse_time(format_time(time)) == time);
  }
}
