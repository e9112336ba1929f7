// SPDX-License-Identifier: MIT
// Tests of shares with the vectors of SLIP-39.
#include <coffer/keys/slip39.hpp>

#include <doctest/doctest.h>

#include <coffer/keys/extended_key.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "keys/wordlists/wordlists.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::keys;
using coffer::Code;
using coffer::Secret;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

constexpr const char* single =
    "duckling enlarge academic academic agency result length solution fridge kidney coal piece "
    "deal husband erode duke ajar critical decision keyboard";

std::vector<std::string_view> views(const std::vector<const Secret*>& shares) {
  std::vector<std::string_view> result;
  for (const Secret* share : shares) {
    result.push_back(share->text());
  }
  return result;
}

}  // namespace

TEST_CASE("the first share of SLIP-39's vectors gives its secret") {
  const std::vector<std::string_view> shares = {single};
  const auto secret = combine_shares(shares, "TREZOR");
  REQUIRE(secret.has_value());
  CHECK(hex_of(secret->bytes()) == "bb54aac4b89dc868ba37d9cc21b2cece");
  const auto info = inspect_share(single);
  REQUIRE(info.has_value());
  CHECK(info->secret_size == 16);
  CHECK(info->member_threshold == 1);
  CHECK_FALSE(info->is_extendable);
}

TEST_CASE("all 45 vectors of SLIP-39 give their secret or are refused") {
  const auto file = shared_vectors::json("slip39/vectors.json");
  if (!file) {
    return;
  }
  for (const auto& test : *file) {
    INFO(test[0].get<std::string>());
    const auto sentences = test[1].get<std::vector<std::string>>();
    const std::vector<std::string_view> shares(sentences.begin(), sentences.end());
    const auto secret = combine_shares(shares, "TREZOR");
    const auto expected = test[2].get<std::string>();
    if (expected.empty()) {
      CHECK(secret.error().code == Code::share_invalid);
      continue;
    }
    REQUIRE(secret.has_value());
    CHECK(hex_of(secret->bytes()) == expected);
    const auto root = ExtendedPrivateKey::from_seed(secret->bytes());
    CHECK(root->to_text()->text() == test[3].get<std::string>());
  }
  CHECK(file->size() == 45);
}

TEST_CASE("the words of shares are those of SLIP-39") {
  const auto file = shared_vectors::text("slip39/wordlist.txt");
  if (!file) {
    return;
  }
  std::istringstream words(*file);
  std::size_t seen = 0;
  for (std::string word; words >> word; ++seen) {
    REQUIRE(seen < slip39_wordlist().size());
    CHECK(slip39_wordlist().word(seen) == word);
  }
  CHECK(seen == 1024);
}

TEST_CASE("a secret that is split among groups comes back from the thresholds") {
  const auto secret = from_hex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
  const std::vector<ShareGroup> groups = {{1, 1}, {2, 3}, {3, 5}};
  for (const bool is_extendable : {true, false}) {
    const auto split = split_secret(secret, groups, "pass", {2, 0, is_extendable});
    REQUIRE(split.has_value());
    REQUIRE(split->size() == 3);
    CHECK((*split)[2].size() == 5);
    const auto& g = *split;
    const auto a = combine_shares(views({&g[0][0], &g[1][2], &g[1][0]}), "pass");
    REQUIRE(a.has_value());
    CHECK(hex_of(a->bytes()) == hex_of(secret));
    const auto b =
        combine_shares(views({&g[2][4], &g[1][1], &g[2][0], &g[1][2], &g[2][2], &g[2][2]}), "pass");
    REQUIRE(b.has_value());
    CHECK(hex_of(b->bytes()) == hex_of(secret));
    CHECK(hex_of(combine_shares(views({&g[0][0], &g[1][2], &g[1][0]}), "decoy")->bytes()) !=
          hex_of(secret));
  }
}

TEST_CASE("too few, too many and foreign shares are refused with what is wrong") {
  const std::vector<ShareGroup> groups = {{2, 3}};
  const std::vector<std::uint8_t> secret(16, 5);
  const auto one = split_secret(secret, groups, "", {1, 0, true});
  const auto two = split_secret(secret, groups, "", {1, 0, true});
  const auto& g = (*one)[0];
  CHECK(combine_shares(views({&g[0]})).error().message == "group 1 needs 2 shares, there are 1");
  CHECK(combine_shares(views({&g[0], &g[1], &g[2]})).error().message ==
        "group 1 needs 2 shares, there are 3");
  CHECK(combine_shares(views({&g[0], &(*two)[0][1]})).error().message ==
        "share 2 has another identifier: it is of another set");
  CHECK(combine_shares({}).error().code == Code::share_invalid);
  CHECK(inspect_share("abandon").error().message == "share: 1 words; 20 to 59 are possible");
  CHECK(inspect_share(std::string(single) + "x").error().message ==
        "share: word 20 is not in the list");
}

TEST_CASE("split refuses what the standard does not know") {
  const std::vector<std::uint8_t> secret(16);
  const std::vector<ShareGroup> good = {{2, 3}};
  CHECK(split_secret(std::vector<std::uint8_t>(15), good).error().code == Code::out_of_range);
  CHECK(split_secret(std::vector<std::uint8_t>(66), good).error().code == Code::out_of_range);
  CHECK(split_secret(secret, {}).error().code == Code::out_of_range);
  CHECK(split_secret(secret, good, "", {2, 0, true}).error().code == Code::out_of_range);
  CHECK(split_secret(secret, good, "", {1, 16, true}).error().code == Code::out_of_range);
  const std::vector<ShareGroup> bad = {{1, 2}};
  CHECK(split_secret(secret, bad).error().code == Code::out_of_range);
  CHECK(split_secret(secret, good, "\xc3\xa9").error().code == Code::invalid_argument);
}
