// SPDX-License-Identifier: MIT
// Tests of assets: the rules for each field, the currencies of ISO 4217 and the presets.
#include <coffer/core/asset.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

using coffer::Asset;
using coffer::AssetKind;
using coffer::Code;
using coffer::find_currency;
using coffer::find_preset;
using coffer::validate;

namespace {

Asset dollar() { return {"USD", 2, AssetKind::fiat, "", "", "$"}; }
Asset tether() { return {"USDT-TRON", 6, AssetKind::crypto, "TRON", "TR7NHqjeKQx", "USDT"}; }

std::string refusal(const Asset& asset) {
  const coffer::Status status = validate(asset);
  return status ? "accepted" : status.error().message;
}

struct PublishedCurrency {
  int number = 0;
  std::string minor_units;

  friend bool operator==(const PublishedCurrency&, const PublishedCurrency&) = default;
};

/// The active currencies of the published table, whose last four columns are code, number, minor
/// units and date of withdrawal. Only the first column may be quoted.
std::map<std::string, PublishedCurrency> published_currencies(std::istream& file) {
  std::map<std::string, PublishedCurrency> found;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    std::string fields[4];
    for (int i = 3; i >= 0; --i) {
      const std::size_t comma = line.rfind(',');
      REQUIRE(comma != std::string::npos);
      fields[i] = line.substr(comma + 1);
      line.resize(comma);
    }
    if (!fields[0].empty() && fields[3].empty()) {
      found[fields[0]] = {std::stoi(fields[1]), fields[2]};
    }
  }
  return found;
}

}  // namespace

TEST_CASE("an ordinary asset of each kind is valid") {
  CHECK(refusal(dollar()) == "accepted");
  CHECK(refusal(tether()) == "accepted");
  CHECK(refusal({"1INCH", 36, AssetKind::crypto, "ETH", "", "\xE2\x82\xBF"}) == "accepted");
  CHECK(refusal({"LOYALTY:POINTS_2.0", 0, AssetKind::fiat, "", "", ""}) == "accepted");
}

TEST_CASE("a code has 1 to 32 capital letters, digits and marks") {
  Asset asset = dollar();
  asset.code = "";
  CHECK(refusal(asset) == "code: it is empty");
  asset.code = std::string(32, 'A');
  CHECK(refusal(asset) == "accepted");
  asset.code = std::string(33, 'A');
  CHECK(refusal(asset) == "code: longer than 32 bytes");
  for (const char* const code : {"usd", "US D", "-USD", "U/S", "US\xC3\x84", "USD\n"}) {
    asset.code = code;
    CHECK(validate(asset).error().code == Code::invalid_argument);
  }
  asset.code = "USd";
  CHECK(refusal(asset) ==
        "code: position 3 is not a capital letter or a digit (or, after the first, '.', '_', ':' "
        "or '-')");
}

TEST_CASE("a scale is 0 to 36") {
  Asset asset = dollar();
  asset.scale = -1;
  CHECK(refusal(asset) == "scale: -1 is outside 0..36");
  asset.scale = 37;
  CHECK(refusal(asset) == "scale: 37 is outside 0..36");
}

TEST_CASE("a kind is fiat or crypto") {
  Asset asset = dollar();
  asset.kind = static_cast<AssetKind>(2);
  CHECK(refusal(asset) == "kind: neither fiat nor crypto");
}

TEST_CASE("only crypto has a network, and always") {
  Asset asset = dollar();
  asset.network = "ETH";
  CHECK(refusal(asset) == "network: fiat lives on none, so it must be empty");
  asset = tether();
  asset.network = "";
  CHECK(refusal(asset) == "network: it is empty");
  asset.network = std::string(33, 'N');
  CHECK(refusal(asset) == "network: longer than 32 bytes");
}

TEST_CASE("only crypto has a contract, of printable characters") {
  Asset asset = dollar();
  asset.contract = "0x00";
  CHECK(refusal(asset) == "contract: fiat has none, so it must be empty");
  asset = tether();
  asset.contract = "0x 0";
  CHECK(refusal(asset) == "contract: position 3 is not printable ASCII, or a blank");
  asset.contract = std::string(129, '0');
  CHECK(refusal(asset) == "contract: longer than 128 bytes");
}

TEST_CASE("a symbol is a short text without control characters") {
  Asset asset = dollar();
  asset.symbol = "R$";
  CHECK(refusal(asset) == "accepted");
  asset.symbol = "a\tb";
  CHECK(refusal(asset) == "symbol: position 2 is a control character");
  asset.symbol = "a\xC2\x85";
  CHECK(refusal(asset) == "symbol: position 2 is a control character");
  asset.symbol = "\xC2\xA5";
  CHECK(refusal(asset) == "accepted");
  asset.symbol = "a\xFF";
  CHECK(validate(asset).error().code == Code::invalid_utf8);
  CHECK(refusal(asset) == "symbol: not UTF-8 from position 2 on");
  asset.symbol = std::string(33, 'S');
  CHECK(refusal(asset) == "symbol: longer than 32 bytes");
}

TEST_CASE("currencies have the numbers and minor units of ISO 4217") {
  REQUIRE(find_currency("USD") != nullptr);
  CHECK(find_currency("USD")->number == 840);
  CHECK(find_currency("USD")->minor_units == 2);
  CHECK(find_currency("JPY")->minor_units == 0);
  CHECK(find_currency("BHD")->minor_units == 3);
  CHECK(find_currency("CLF")->minor_units == 4);
  CHECK(find_currency("ALL")->number == 8);
  CHECK(find_currency("XAU")->minor_units == std::nullopt);
}

TEST_CASE("a text that is no active currency is not found") {
  for (const char* const code : {"", "usd", "US", "USDX", "AAA", "ZZZ", "DEM", "BTC"}) {
    CHECK(find_currency(code) == nullptr);
  }
}

TEST_CASE("the table has 178 currencies in the order of their codes") {
  const auto table = coffer::currencies();
  CHECK(table.size() == 178);
  CHECK(std::is_sorted(table.begin(), table.end(),
                       [](const auto& a, const auto& b) { return a.code < b.code; }));
  const auto count = [&](std::optional<int> minor_units) {
    return std::count_if(table.begin(), table.end(), [&](const coffer::Currency& currency) {
      return currency.minor_units == minor_units;
    });
  };
  CHECK(count(2) == 139);
  CHECK(count(0) == 17);
  CHECK(count(3) == 7);
  CHECK(count(4) == 2);
  CHECK(count(std::nullopt) == 13);
}

TEST_CASE("the table equals the published one") {
  const char* const folder = std::getenv("COFFER_SHARED");
  std::ifstream file(std::string(folder != nullptr ? folder : COFFER_SHARED) +
                     "/data/iso4217/codes-all.csv");
  if (!file) {
    MESSAGE("skipped: no data/iso4217/codes-all.csv");
    return;
  }
  std::map<std::string, PublishedCurrency> ours;
  for (const coffer::Currency& currency : coffer::currencies()) {
    ours[std::string(currency.code)] = {
        currency.number, currency.minor_units ? std::to_string(*currency.minor_units) : "-"};
  }
  CHECK(ours == published_currencies(file));
}

TEST_CASE("every preset is a valid asset under its own code") {
  int count = 0;
  for (const coffer::Currency& currency : coffer::currencies()) {
    const auto preset = find_preset(currency.code);
    CHECK(preset.has_value() == currency.minor_units.has_value());
    if (preset) {
      ++count;
      CHECK(preset->code == currency.code);
      CHECK(preset->scale == *currency.minor_units);
      CHECK(validate(*preset));
    }
  }
  CHECK(count == 165);
  for (const char* const code :
       {"BTC", "ETH", "BNB", "TRX", "USDT-ETH", "USDT-BSC", "USDT-TRON", "USDC-ETH", "USDC-BSC"}) {
    const auto preset = find_preset(code);
    REQUIRE(preset.has_value());
    CHECK(preset->code == code);
    CHECK(preset->kind == AssetKind::crypto);
    CHECK(validate(*preset));
  }
}

TEST_CASE("a token on two networks is two assets, whose scales may differ") {
  CHECK(find_preset("USDT-TRON")->scale == 6);
  CHECK(find_preset("USDT-BSC")->scale == 18);
  CHECK(find_preset("USDT-BSC")->symbol == "USDT");
  CHECK_FALSE(find_preset("USDT"));
  CHECK_FALSE(find_preset("usd"));
  CHECK_FALSE(find_preset("XAU"));
}
