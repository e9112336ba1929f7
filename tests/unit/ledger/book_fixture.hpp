// SPDX-License-Identifier: MIT
// A ledger in memory with a clock that stands still: what the ledger's unit tests start from.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <coffer/ledger/ledger.hpp>

namespace coffer::test {

inline constexpr std::int64_t second_ns = 1'000'000'000;

class BookFixture {
 public:
  BookFixture()
      : clock(Timestamp{1'700'000'000 * second_ns}), storage(storage::make_memory_storage()) {
    open();
    usd = asset("USD", 2);
  }

  void open(LedgerOptions options = {}) {
    options.use_builder_thread = false;
    auto opened = Ledger::open(*storage, clock, options);
    REQUIRE(opened);
    ledger = std::move(opened).value();
  }
  AssetId asset(const char* code, int scale) {
    const auto registered = ledger->register_asset({code, scale, AssetKind::fiat, {}, {}, {}});
    REQUIRE(registered);
    return *registered;
  }
  /// An account that may not fall below zero.
  AccountId account(std::string_view key) { return account(key, usd, Policy{}); }
  /// One that may: where money comes from.
  AccountId source(std::string_view key) {
    return account(key, usd, Policy{std::nullopt, {}, false, false});
  }
  AccountId account(std::string_view key, AssetId of, const Policy& policy) {
    AccountDraft draft;
    draft.key = key;
    draft.owner = "owner";
    draft.asset = of;
    draft.policy = policy;
    const auto opened = ledger->open_account(draft);
    REQUIRE(opened);
    return *opened;
  }
  Outcome transfer(const Transfer& item) {
    Outcome outcome;
    REQUIRE(ledger->post({&item, 1}, BatchMode::independent, {&outcome, 1}));
    return outcome;
  }
  Outcome move(std::string_view key, AccountId debit, AccountId credit, std::int64_t amount) {
    Transfer item;
    item.key = key;
    item.debit = debit;
    item.credit = credit;
    item.amount = Amount(amount);
    return transfer(item);
  }
  Balance balance(AccountId id) {
    const auto found = ledger->balance(id);
    REQUIRE(found);
    return *found;
  }

  ManualClock clock;
  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<Ledger> ledger;
  AssetId usd;
};

inline Code code_of(const Result<Outcome>& outcome) {
  return outcome ? outcome->code : outcome.error().code;
}

}  // namespace coffer::test
