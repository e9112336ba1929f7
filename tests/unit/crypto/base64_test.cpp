// SPDX-License-Identifier: MIT
// Tests of Base64 with the figures of RFC 4648, section 10.
#include "crypto/base64.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "crypto_text.hpp"

using coffer::crypto::base64_decode;
using coffer::crypto::base64_encode;
using crypto_test::bytes_of;

TEST_CASE("base64 has the figures of RFC 4648 in both directions") {
  constexpr std::pair<std::string_view, std::string_view> rows[] = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"},
                                                                    {"\xff\xfe\xfb", "//77"}};
  for (const auto& [plain, text] : rows) {
    CHECK(base64_encode(bytes_of(plain)) == text);
    const auto bytes = base64_decode(text);
    REQUIRE(bytes.has_value());
    CHECK(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()) == plain);
  }
}

TEST_CASE("base64 has one text for each sequence of bytes") {
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====",
                                      "Zg==Zg==", "Zm 9", "Zm9v\n", "Zm9-", "=Zg=", "Zm9v="}) {
    INFO(text);
    CHECK_FALSE(base64_decode(text).has_value());
  }
}
