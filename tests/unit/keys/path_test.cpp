// SPDX-License-Identifier: MIT
// Tests of derivation paths.
#include <coffer/keys/path.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace coffer::keys;
using coffer::Code;

TEST_CASE("a path prints as it was written") {
  for (const char* text : {"m", "m/0", "m/84'/0'/0'/0/5", "84h/0h/0h", "m/44H/60H", "0/1",
                           "m/2147483647'/2147483647"}) {
    const auto path = Path::parse(text);
    REQUIRE(path.has_value());
    CHECK(path->to_text() == text);
  }
}

TEST_CASE("a path gives its steps with the hardened bit") {
  const auto path = Path::parse("m/44'/0/7h");
  CHECK_FALSE(path.has_value());
  const auto good = Path::parse("m/44h/0/7h");
  REQUIRE(good.has_value());
  CHECK(good->depth() == 3);
  CHECK(good->steps()[0] == hardened(44));
  CHECK(good->steps()[1] == 0);
  CHECK(good->has_hardened());
  CHECK(*good == Path{hardened(44), 0, hardened(7)});
  CHECK_FALSE(Path{0, 1}.has_hardened());
}

TEST_CASE("a path that is malformed is refused with the step and the reason") {
  for (const char* text : {"",      "m/",   "/0",           "m//0",
                           "m/0/",  "M/0",  "n/0",          "m0",
                           "m/-1",  "m/+1", "m/ 1",         "m/1''",
                           "m/01",  "m/00", "m/2147483648", "m/99999999999999999999",
                           "m/0x1", "m/'",  "m/1'/2h",      "m/m/1",
                           "m/1h'"}) {
    INFO(text);
    const auto path = Path::parse(text);
    REQUIRE_FALSE(path.has_value());
    CHECK(path.error().code == Code::derivation_path);
  }
  CHECK(Path::parse("m/1/x").error().message ==
        "path, step 2: a character is neither a digit nor the mark ', h or H");
  std::string deep = "m";
  for (int i = 0; i < 255; ++i) {
    deep += "/1";
  }
  CHECK(Path::parse(deep).has_value());
  CHECK_FALSE(Path::parse(deep + "/1").has_value());
}

TEST_CASE("paths are built from accounts, children and tails") {
  CHECK(Path::account(84, 0, 3).to_text() == "m/84'/0'/3'");
  CHECK(Path::account(44, 60, 0).child(0).child(9).to_text() == "m/44'/60'/0'/0/9");
  CHECK(Path::parse("m/44h")->joined(*Path::parse("0/1")).to_text() == "m/44h/0/1");
  CHECK(Path(std::vector<std::uint32_t>(300)).depth() == Path::depth_max);
  CHECK(Path(std::vector<std::uint32_t>(255)).child(1).depth() == Path::depth_max);
}
