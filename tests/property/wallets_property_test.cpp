// SPDX-License-Identifier: MIT
// Random calls of wallets and reconciliations against the naive model of wallets.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <coffer/reconcile/reconciler.hpp>

#include "book_under_test.hpp"
#include "operations.hpp"
#include "wallets_model.hpp"

namespace {

using namespace coffer;
using namespace coffer::property;

constexpr std::int64_t second = 1'000'000'000;

struct Counts {
  std::int64_t sequences = 0;
  std::int64_t on_files = 0;
  std::int64_t accepted = 0;
  std::int64_t repeated = 0;
  std::int64_t refused = 0;
  std::int64_t restarts = 0;
  std::int64_t reconciliations = 0;
};

class Play {
 public:
  Play(Backend backend, std::uint64_t seed, Counts& counts)
      : book_(backend), random_(seed), counts_(counts) {
    model_.now = book_.clock.now().ns;
    REQUIRE(book_.ledger().register_asset({"WEI36", 36, AssetKind::crypto, "TEST", {}, {}}));
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      book_.clock.advance(pick(1, 3) * second);
      model_.now = book_.clock.now().ns;
      step();
    }
    compare();
    const Result<VerifyReport> report = book_.ledger().verify({});
    INFO((report ? std::string() : report.error().message));
    CHECK(report.has_value());
  }

 private:
  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool once_in(std::int64_t n) { return pick(1, n) == 1; }
  std::int64_t any_wallet() {
    const auto last = static_cast<std::int64_t>(model_.wallets.size());
    return pick(1, std::max<std::int64_t>(1, last + (once_in(20) ? 1 : 0)));
  }
  Wallets wallets() { return Wallets(book_.ledger()); }

  void step() {
    switch (pick(0, 15)) {
      case 0:
      case 1: return create();
      case 2: return freeze();
      case 3: return reconcile();
      case 4: return restart();
      case 5: return compare();
      case 6:
      case 7: return bulk();
      default: return move(any_movement());
    }
  }

  void restart() {
    ++counts_.restarts;
    switch (pick(0, 4)) {
      case 0:
      case 1: return book_.reopen();
      case 2: return book_.restore();
      default: return book_.replace_writer();
    }
  }

  void count(Code code, bool existed) {
    ++(code != Code::ok ? counts_.refused : existed ? counts_.repeated : counts_.accepted);
  }

  void create() {
    static const char* const users[] = {"ann", "bob", "cid", ""};
    static const char* const currencies[] = {"USD", "EUR", "BTC", "JPY", "WEI36", "NONE"};
    const ModelWallet wanted{users[pick(0, once_in(10) ? 3 : 2)],
                             currencies[pick(0, once_in(10) ? 5 : 4)], once_in(2) ? "savings" : "",
                             false};
    const WalletVerdict verdict = model_.create(wanted);
    const Result<CreatedWallet> created =
        wallets().create({wanted.user, wanted.currency, wanted.label});
    const Code code = created ? Code::ok : created.error().code;
    CHECK(code == verdict.code);
    count(code, verdict.existed);
    if (created) {
      CHECK(created->existed == verdict.existed);
      CHECK(created->wallet.id.value() == verdict.id);
      CHECK(created->wallet.label == model_.wallet(verdict.id).label);
    }
  }

  void freeze() {
    const std::int64_t id = any_wallet();
    const bool is_freezing = once_in(2);
    const Status done = is_freezing ? wallets().freeze(WalletId(id), "asked for")
                                    : wallets().thaw(WalletId(id), "asked for");
    CHECK((done ? Code::ok : done.error().code) ==
          (model_.has_wallet(id) ? Code::ok : Code::wallet_not_found));
    if (model_.has_wallet(id)) {
      model_.wallets[static_cast<std::size_t>(id - 1)].is_frozen = is_freezing;
    }
  }

  Movement any_movement() {
    if (!model_.movements.empty() && once_in(6)) {
      return repeated();
    }
    Movement wanted;
    wanted.kind = static_cast<MovementKind>(once_in(3) ? 0 : pick(0, 3));
    wanted.from = wanted.kind == MovementKind::deposit ? 0 : any_wallet();
    wanted.to = wanted.kind == MovementKind::withdraw ? 0 : any_wallet();
    wanted.amount = once_in(15) ? Units(pick(-1, 0)) : Units(pick(1, 500));
    if (once_in(15)) {
      wanted.amount = (Units(1) << 66) + pick(0, 3);
    } else if (once_in(12)) {
      // Two of these fit 256 bits, three do not.
      wanted.amount = (Units(3) << 252) + pick(0, 3);
    }
    wanted.rate_numerator = pick(1, 300);
    wanted.rate_denominator = pick(1, 200);
    static const Rounding roundings[] = {Rounding::down, Rounding::up, Rounding::half_up,
                                         Rounding::half_even};
    wanted.rounding = roundings[pick(0, 3)];
    wanted.reference = once_in(25) ? "" : "r" + std::to_string(once_in(10) ? 1 : ++references_);
    wanted.description = once_in(3) ? "description" : "";
    if (once_in(6)) {
      wanted.effective_at =
          once_in(6) ? model_.now + pick(1, 3) * second : model_.now - pick(0, 9) * second;
    }
    return wanted;
  }

  Movement repeated() {
    const auto last = static_cast<std::int64_t>(model_.movements.size()) - 1;
    Movement again = model_.movements[static_cast<std::size_t>(pick(0, last))];
    again.recorded_at = 0;
    switch (pick(0, 7)) {
      case 0: again.amount += 1; break;
      case 1: again.description += "!"; break;
      case 2: again.effective_at = model_.now; break;
      case 3: again.to = again.to == 0 ? 0 : any_wallet(); break;
      case 4: again.rate_denominator += 1; break;
      default: break;
    }
    return again;
  }

  static WalletOperation operation_of(const Movement& movement) {
    const WalletId from(movement.from);
    const WalletId to(movement.to);
    const Amount amount = to_amount(movement.amount);
    const Timestamp at{movement.effective_at};
    switch (movement.kind) {
      case MovementKind::deposit:
        return Deposit{to, amount, movement.reference, movement.description, at};
      case MovementKind::withdraw:
        return Withdrawal{from, amount, movement.reference, movement.description, at};
      case MovementKind::transfer:
        return WalletTransfer{from, to, amount, movement.reference, movement.description, at};
      default: break;
    }
    const Rate rate =
        Rate::of(Amount(movement.rate_numerator), Amount(movement.rate_denominator)).value();
    return WalletExchange{
        from, to, amount, rate, movement.rounding, movement.reference, movement.description, at};
  }

  /// Each through its own function.
  Result<ExchangeReceipt> call(const WalletOperation& operation) {
    if (const auto* exchange = std::get_if<WalletExchange>(&operation)) {
      return wallets().exchange(*exchange);
    }
    Result<Receipt> receipt = Receipt{};
    if (const auto* deposit = std::get_if<Deposit>(&operation)) {
      receipt = wallets().deposit(*deposit);
    } else if (const auto* withdrawal = std::get_if<Withdrawal>(&operation)) {
      receipt = wallets().withdraw(*withdrawal);
    } else {
      receipt = wallets().transfer(std::get<WalletTransfer>(operation));
    }
    if (!receipt) {
      return std::move(receipt).error();
    }
    return ExchangeReceipt{*receipt, {}};
  }

  void move(const Movement& wanted) {
    if (model_.wallets.empty()) {
      return create();
    }
    const WalletVerdict verdict = model_.move(wanted);
    const Result<ExchangeReceipt> done = call(operation_of(wanted));
    const Code code = done ? Code::ok : done.error().code;
    INFO("wallets: ", (done ? std::string("ok") : done.error().message),
         ", model: ", std::string(name_of(verdict.code)));
    CHECK(code == verdict.code);
    count(code, verdict.existed);
    if (done && verdict.code == Code::ok) {
      CHECK(done->receipt.existed == verdict.existed);
      CHECK(done->receipt.transaction.value() == verdict.id);
      if (wanted.kind == MovementKind::exchange) {
        CHECK(to_units(done->received) == verdict.received);
      }
      model_.movements[static_cast<std::size_t>(verdict.id - 1)].recorded_at =
          done->receipt.recorded_at.ns;
    }
    CHECK(book_.ledger().statistics()->transactions ==
          static_cast<std::int64_t>(model_.movements.size()));
  }

  /// Several with one commit; each is judged as if the ones before it had been called alone.
  void bulk() {
    if (model_.wallets.empty()) {
      return create();
    }
    const auto mode = static_cast<BatchMode>(pick(0, 2));
    std::vector<Movement> wanted;
    std::vector<WalletOperation> operations;
    for (std::int64_t left = pick(1, 5); left > 0; --left) {
      wanted.push_back(any_movement());
    }
    for (const Movement& movement : wanted) {
      operations.push_back(operation_of(movement));
    }
    const WalletsModel before = model_;
    std::vector<WalletVerdict> verdicts;
    bool has_failed = false;
    for (const Movement& movement : wanted) {
      if (has_failed && mode == BatchMode::stop_at_failure) {
        verdicts.push_back({Code::not_attempted, false, 0, {}});
        continue;
      }
      verdicts.push_back(model_.move(movement));
      has_failed = has_failed || verdicts.back().code != Code::ok;
    }
    std::vector<Outcome> outcomes(operations.size());
    REQUIRE(wallets().execute(operations, mode, outcomes));
    if (mode == BatchMode::atomic && has_failed) {
      model_ = before;
      const auto reasons =
          std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) {
            return outcome.code != Code::ok && outcome.code != Code::group_failed;
          });
      CHECK(reasons == 1);
      return;
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      CAPTURE(i);
      CHECK(outcomes[i].code == verdicts[i].code);
      count(outcomes[i].code, outcomes[i].existed);
      if (verdicts[i].code == Code::ok) {
        CHECK(outcomes[i].existed == verdicts[i].existed);
        CHECK(outcomes[i].id == verdicts[i].id);
        model_.movements[static_cast<std::size_t>(verdicts[i].id - 1)].recorded_at =
            outcomes[i].recorded_at.ns;
      }
    }
  }

  void reconcile() {
    if (model_.wallets.empty()) {
      return create();
    }
    const std::int64_t id = any_wallet();
    ReconciliationRequest request;
    request.wallet = WalletId(id);
    request.end_at = Timestamp{model_.now - pick(-1, 30) * second + pick(0, 1)};
    request.start_at = Timestamp{request.end_at.ns - pick(0, 20) * second};
    const std::int64_t tolerance = once_in(10) ? -1 : pick(0, 5);
    request.tolerance = Amount(tolerance);
    const Units system = model_.has_wallet(id) ? model_.balance(id, request.end_at.ns) : Units(0);
    const Units external = once_in(12) ? Units(-(Units(3) << 253)) : Units(system + pick(-8, 8));
    request.external_balance = to_amount(external);
    const Code expected = request.end_at <= request.start_at || request.end_at.ns > model_.now
                              ? Code::invalid_range
                          : tolerance < 0                          ? Code::out_of_range
                          : !model_.has_wallet(id)                 ? Code::wallet_not_found
                          : external - system < -(Units(1) << 255) ? Code::amount_overflow
                                                                   : Code::ok;
    Reconciler reconciler(book_.ledger());
    const Result<Reconciliation> record = reconciler.run(request);
    CHECK((record ? Code::ok : record.error().code) == expected);
    if (!record || expected != Code::ok) {
      return;
    }
    ++counts_.reconciliations;
    CHECK(record->id.value() == ++reconciliations_);
    CHECK(to_units(record->system_balance) == system);
    CHECK(to_units(record->difference) == external - system);
    const bool is_matched = abs(external - system) <= tolerance;
    CHECK((record->status == ReconciliationStatus::matched) == is_matched);
    const auto detail = reconciler.detail(record->id, 10);
    REQUIRE(detail);
    CHECK(to_units(detail->opening_balance) == model_.balance(id, request.start_at.ns));
    CHECK(to_units(detail->turnover) == system - model_.balance(id, request.start_at.ns));
  }

  void compare() {
    CHECK(book_.ledger().statistics()->transactions ==
          static_cast<std::int64_t>(model_.movements.size()));
    for (std::size_t i = 0; i < model_.wallets.size(); ++i) {
      const std::int64_t id = static_cast<std::int64_t>(i) + 1;
      CAPTURE(id);
      const Result<Balance> balance = wallets().balance(WalletId(id));
      REQUIRE(balance);
      CHECK(to_units(balance->posted) == model_.balance(id));
      CHECK(*wallets().is_frozen(WalletId(id)) == model_.wallet(id).is_frozen);
      compare_lines(id);
    }
  }

  void compare_lines(std::int64_t id) {
    WalletQuery query;
    query.wallet = WalletId(id);
    query.is_oldest_first = true;
    query.limit = 1000;
    const Result<WalletPage> page = wallets().transactions(query);
    REQUIRE(page);
    std::size_t next = 0;
    Units balance = 0;
    for (const Movement& movement : model_.movements) {
      if (movement.from != id && movement.to != id) {
        continue;
      }
      REQUIRE(next < page->lines.size());
      const WalletTransaction& line = page->lines[next++];
      CHECK(to_units(line.balance_before) == balance);
      balance += WalletsModel::change(movement, id);
      CHECK(to_units(line.balance_after) == balance);
      CHECK(line.is_incoming == (movement.to == id));
      CHECK(line.reference == movement.reference);
      CHECK(line.description == movement.description);
    }
    CHECK(next == page->lines.size());
  }

  BookUnderTest book_;
  WalletsModel model_;
  std::mt19937_64 random_;
  Counts& counts_;
  std::int64_t references_ = 1;
  std::int64_t reconciliations_ = 0;
};

}  // namespace

TEST_CASE("wallets and reconciliations agree with the naive model on any sequence of calls") {
  const char* wanted = std::getenv("COFFER_PROPERTY_SEQUENCES");
  const int sequences = (wanted == nullptr ? 300 : std::atoi(wanted)) / 5;
  Counts counts;
  for (int i = 0; i < sequences; ++i) {
    const std::uint64_t seed = 0x3a11e7 + static_cast<std::uint64_t>(i);
    const Backend backend = i % 20 == 7 ? Backend::file : Backend::memory;
    CAPTURE(seed);
    Play(backend, seed, counts).run(40);
    ++counts.sequences;
    counts.on_files += backend == Backend::file ? 1 : 0;
  }
  MESSAGE("sequences of 40 steps: ", counts.sequences, ", of these on files: ", counts.on_files,
          "; calls accepted: ", counts.accepted, ", repeated: ", counts.repeated,
          ", refused: ", counts.refused, "; restarts: ", counts.restarts,
          ", reconciliations: ", counts.reconciliations);
}
