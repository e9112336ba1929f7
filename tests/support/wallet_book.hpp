// SPDX-License-Identifier: MIT
// A book in memory at a clock that stands still, with what tests of wallets need in one word.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <coffer/engine/engine.hpp>

namespace coffer {

/// 2026-01-01T00:00:00Z.
inline constexpr std::int64_t new_year_2026_ns = 1'767'225'600'000'000'000;
inline constexpr std::int64_t second_ns = 1'000'000'000;

class WalletBook {
 public:
  explicit WalletBook(EngineOptions options = {}) {
    options.clock = &clock;
    auto opened = Engine::in_memory(options);
    REQUIRE(opened);
    engine = std::move(opened).value();
  }

  Wallets& wallets() { return engine->wallets(); }

  WalletId wallet(std::string_view user, std::string_view currency) {
    const auto created = wallets().create({user, currency, {}});
    REQUIRE(created);
    return created->wallet.id;
  }

  void deposit(WalletId wallet, std::string_view amount, std::string_view reference) {
    const auto receipt = wallets().deposit(wallet, amount, reference);
    REQUIRE(receipt);
  }

  /// The posted balance as a decimal.
  std::string balance(WalletId id) {
    const auto found = wallets().find(id);
    const auto balance = wallets().balance(id);
    REQUIRE(found);
    REQUIRE(balance);
    return format_decimal(balance->posted, found->asset.scale);
  }

  ManualClock clock{Timestamp{new_year_2026_ns}};
  std::unique_ptr<Engine> engine;
};

}  // namespace coffer
