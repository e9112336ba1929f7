// SPDX-License-Identifier: MIT
// Comparing books and outside balances: half-open ranges, tolerances both ways, many at once.
#include <coffer/reconcile/reconciler.hpp>

#include <array>
#include <map>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

constexpr Timestamp at(std::int64_t seconds) {
  return Timestamp{new_year_2026_ns + seconds * second_ns};
}

/// Two wallets with a deposit of 10.00 each at second 10; now is second 100.
struct Books {
  explicit Books(const EngineOptions& options = {}) : book(options) {
    book.clock.set(at(10));
    book.deposit(ada, "10", "first");
    book.deposit(bob, "10", "first");
    book.clock.set(at(100));
  }
  Result<Reconciliation> run(std::int64_t from, std::int64_t to, std::int64_t external) {
    return book.engine->reconciler().run({.wallet = ada,
                                          .start_at = at(from),
                                          .end_at = at(to),
                                          .external_balance = Amount(external)});
  }
  WalletBook book;
  WalletId ada = book.wallet("ada", "USD");
  WalletId bob = book.wallet("bob", "USD");
};

/// A bank that knows some balances.
class Bank final : public BalanceSource {
 public:
  Result<Amount> balance_at(WalletId wallet, std::string_view asset_code,
                            Timestamp end_at) override {
    last_asset = asset_code;
    last_end = end_at;
    const auto found = balances.find(wallet.value());
    if (found == balances.end()) {
      return Error{Code::source_unavailable, "the bank does not answer"};
    }
    return Amount(found->second);
  }
  std::map<std::int64_t, std::int64_t> balances;
  std::string last_asset;
  Timestamp last_end;
};

}  // namespace

TEST_CASE("equal balances match") {
  Books books;
  const auto record = books.run(0, 50, 1000);
  REQUIRE(record);
  CHECK(record->status == ReconciliationStatus::matched);
  CHECK(record->system_balance == Amount(1000));
  CHECK(record->difference == Amount(0));
  CHECK(record->tolerance == Amount(0));
}

TEST_CASE("a difference beyond the tolerance is a mismatch in either direction") {
  EngineOptions options;
  options.tolerances = {{"EUR", Amount(500)}, {"USD", Amount(2)}};
  Books books(options);
  CHECK(books.run(0, 50, 1002)->status == ReconciliationStatus::matched);
  CHECK(books.run(0, 50, 998)->status == ReconciliationStatus::matched);
  CHECK(books.run(0, 50, 1003)->status == ReconciliationStatus::mismatch);
  CHECK(books.run(0, 50, 997)->status == ReconciliationStatus::mismatch);
  CHECK(books.run(0, 50, 997)->difference == Amount(-3));
  CHECK(books.run(0, 50, 997)->tolerance == Amount(2));
}

TEST_CASE("a transaction at exactly the end belongs to the next range") {
  Books books;
  const auto before = books.run(0, 10, 0);
  REQUIRE(before);
  CHECK(before->system_balance == Amount(0));
  const auto after = books.run(10, 50, 1000);
  REQUIRE(after);
  CHECK(after->system_balance == Amount(1000));
}

TEST_CASE("a range that is empty, reversed or not over yet is refused") {
  Books books;
  CHECK(books.run(50, 50, 0).error().code == Code::invalid_range);
  CHECK(books.run(50, 10, 0).error().code == Code::invalid_range);
  CHECK(books.run(0, 101, 0).error() ==
        Error{Code::invalid_range, "end_at: is in the future, so the balance is not settled"});
  CHECK(books.run(0, 100, 1000));
}

TEST_CASE("a request that is wrong in itself is refused") {
  Books books;
  Reconciler& reconciler = books.book.engine->reconciler();
  ReconciliationRequest request{.wallet = books.ada, .start_at = at(0), .end_at = at(50)};
  request.tolerance = Amount(-1);
  CHECK(reconciler.run(request).error() == Error{Code::out_of_range, "tolerance: is negative"});
  request.tolerance.reset();
  // The books have 1000: the difference does not fit, or fits and has no distance from zero.
  for (const std::int64_t above : {0, 999, 1000}) {
    request.external_balance = *add(Amount::min(), Amount(above));
    CHECK(reconciler.run(request).error() ==
          Error{Code::amount_overflow,
                "external_balance: its distance from the books' balance does not fit 256 bits"});
  }
  request.external_balance = Amount(0);
  const std::string notes(4097, 'n');
  request.notes = notes;
  CHECK(reconciler.run(request).error() ==
        Error{Code::text_too_long, "notes: more than 4096 bytes"});
  request.notes = {};
  request.wallet = WalletId(9);
  CHECK(reconciler.run(request).error() == Error{Code::wallet_not_found, "wallet 9: not found"});
}

TEST_CASE("many wallets are reconciled with one commit, each with its own result") {
  Books books;
  const std::array<ReconciliationRequest, 3> requests{
      ReconciliationRequest{.wallet = books.ada,
                            .start_at = at(0),
                            .end_at = at(50),
                            .external_balance = Amount(1000)},
      ReconciliationRequest{.wallet = WalletId(9), .start_at = at(0), .end_at = at(50)},
      ReconciliationRequest{
          .wallet = books.bob, .start_at = at(0), .end_at = at(50), .notes = "by hand"}};
  std::array<ReconciliationOutcome, 3> outcomes;
  const std::int64_t commits = books.book.engine->ledger().statistics()->commits;
  REQUIRE(books.book.engine->reconciler().run(requests, outcomes));
  CHECK(books.book.engine->ledger().statistics()->commits == commits + 1);
  CHECK(outcomes[0].status);
  CHECK(outcomes[0].record.status == ReconciliationStatus::matched);
  CHECK(outcomes[1].status.error().code == Code::wallet_not_found);
  CHECK(outcomes[1].wallet == WalletId(9));
  CHECK(outcomes[2].status);
  CHECK(outcomes[2].record.status == ReconciliationStatus::mismatch);
  CHECK(outcomes[2].record.notes == "by hand");
  CHECK(books.book.engine->reconciler().run(requests, {}).error().code == Code::invalid_argument);
}

TEST_CASE("an incremental run goes on from the end of the last record") {
  Books books;
  Reconciler& reconciler = books.book.engine->reconciler();
  Bank bank;
  bank.balances[books.ada.value()] = 1000;
  const std::array<WalletId, 1> wallets{books.ada};
  std::array<ReconciliationOutcome, 1> outcomes;
  REQUIRE(reconciler.run_incremental(wallets, at(50), bank, outcomes));
  REQUIRE(outcomes[0].status);
  CHECK(outcomes[0].record.start_at == books.book.wallets().find(books.ada)->recorded_at);
  CHECK(outcomes[0].record.status == ReconciliationStatus::matched);
  CHECK(bank.last_asset == "USD");
  CHECK(bank.last_end == at(50));

  REQUIRE(reconciler.run_incremental(wallets, at(80), bank, outcomes));
  REQUIRE(outcomes[0].status);
  CHECK(outcomes[0].record.start_at == at(50));
  CHECK(outcomes[0].record.end_at == at(80));
  REQUIRE(reconciler.run_incremental(wallets, at(80), bank, outcomes));
  CHECK(outcomes[0].status.error().code == Code::invalid_range);
}

TEST_CASE("a source that fails for one wallet does not stop the others") {
  Books books;
  Bank bank;
  bank.balances[books.bob.value()] = 1000;
  const std::array<WalletId, 3> wallets{books.ada, WalletId(9), books.bob};
  std::array<ReconciliationOutcome, 3> outcomes;
  REQUIRE(books.book.engine->reconciler().run_incremental(wallets, at(50), bank, outcomes));
  CHECK(outcomes[0].status.error() == Error{Code::source_unavailable, "the bank does not answer"});
  CHECK(outcomes[1].status.error().code == Code::wallet_not_found);
  REQUIRE(outcomes[2].status);
  CHECK(outcomes[2].record.wallet == books.bob);
}

TEST_CASE("a closed book reconciles nothing") {
  Books books;
  REQUIRE(books.book.engine->close());
  CHECK(books.run(0, 50, 1000).error().code == Code::closed);
}
