// SPDX-License-Identifier: MIT
// Random commands against a real ledger and the naive model: both must say the same, always.
#include <array>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <coffer/ledger/ledger.hpp>

#include "model.hpp"

namespace {

using namespace coffer;
using property::Model;
using property::ModelAccount;
using property::ModelEntry;
using property::ModelHold;
using property::ModelTransaction;
using property::Verdict;

constexpr std::int64_t second = 1'000'000'000;

std::optional<Amount> to_amount(std::optional<std::int64_t> units) {
  return units ? std::optional<Amount>(Amount(*units)) : std::nullopt;
}

bool is_different(Code code) {
  return code >= Code::exists_with_different_account && code <= Code::exists_with_different_policy;
}

/// One sequence: a storage, the ledger on it, and the model beside it.
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed)
      : random_(seed),
        clock_(Timestamp{1'700'000'000 * second}),
        storage_(storage::make_memory_storage()) {
    model_.now = clock_.now().ns;
    open();
    for (const char* code : {"USD", "EUR"}) {
      REQUIRE(ledger_->register_asset({code, 2, AssetKind::fiat, {}, {}, code}));
    }
    for (int i = 0; i < 4; ++i) {
      open_account();
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
    }
    check_balances();
    const Result<VerifyReport> report = ledger_->verify({});
    INFO((report ? std::string() : report.error().message));
    CHECK(report.has_value());
  }

 private:
  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  std::int64_t any_account() {
    return pick(1, static_cast<std::int64_t>(model_.accounts.size()) + (pick(0, 30) == 0));
  }
  std::int64_t any_amount() { return pick(0, 40) == 0 ? -pick(0, 5) : pick(1, 200); }
  /// Mostly new keys; now and then one that was used before.
  std::string any_key(const char* prefix) {
    return prefix + std::to_string(pick(0, 9) == 0 ? pick(0, next_key_) : next_key_++);
  }

  void open() {
    LedgerOptions options;
    options.use_builder_thread = false;
    options.takeover = storage::Takeover::take_over;
    auto opened = Ledger::open(*storage_, clock_, options);
    INFO((opened ? std::string() : opened.error().message));
    REQUIRE(opened);
    ledger_ = std::move(opened).value();
  }

  void restart() {
    if (pick(0, 1) == 0) {
      REQUIRE(ledger_->close());
      open();
      return;
    }
    // A process that dies closes nothing: another writer takes the book over, the old one is
    // fenced.
    std::unique_ptr<Ledger> old = std::move(ledger_);
    open();
    CHECK(!old->close());
  }

  /// The clock moves between commands only, so both sides see the same time in a command.
  void tick() {
    clock_.advance(pick(1, 3) * second);
    model_.now = clock_.now().ns;
  }

  void step() {
    tick();
    switch (pick(0, 11)) {
      case 0: return open_account();
      case 1: return change_policy();
      case 2:
      case 3:
      case 4: return transfer();
      case 5: return draft();
      case 6:
      case 7: return reserve();
      case 8: return capture();
      case 9: return release();
      case 10: return reverse();
      default: return pick(0, 3) == 0 ? restart() : atomic_batch();
    }
  }

  void agree(const Verdict& verdict, const Result<Outcome>& outcome) {
    const Code code = outcome ? outcome->code : outcome.error().code;
    INFO("engine: ", std::string(name_of(code)), ", model: ", std::string(name_of(verdict.code)));
    if (is_different(verdict.code)) {
      CHECK(is_different(code));
      return;
    }
    CHECK(code == verdict.code);
    if (outcome && verdict.code == Code::ok) {
      CHECK(outcome->existed == verdict.existed);
      CHECK(outcome->id == verdict.id);
    }
  }

  ModelAccount any_policy() {
    ModelAccount policy;
    policy.minimum = pick(0, 3) == 0 ? std::optional<std::int64_t>() : -pick(0, 3) * 100;
    policy.maximum =
        pick(0, 3) == 0 ? std::optional<std::int64_t>(pick(0, 10) * 100) : std::nullopt;
    return policy;
  }

  void open_account() {
    ModelAccount account = any_policy();
    account.asset = pick(1, 2);
    account.is_debit_normal = pick(0, 2) == 0;
    const std::string key = "account-" + std::to_string(model_.accounts.size());
    AccountDraft draft;
    draft.key = key;
    draft.owner = "owner";
    draft.asset = AssetId(account.asset);
    draft.normal_side = account.is_debit_normal ? Side::debit : Side::credit;
    draft.policy = {to_amount(account.minimum), to_amount(account.maximum), false, false};
    const Result<AccountId> opened = ledger_->open_account(draft);
    REQUIRE(opened);
    model_.accounts.push_back(account);
    CHECK(opened->value() == static_cast<std::int64_t>(model_.accounts.size()));
    CHECK(ledger_->open_account(draft).value() == *opened);
  }

  void change_policy() {
    const std::int64_t id = any_account();
    ModelAccount policy = any_policy();
    policy.is_frozen = pick(0, 3) == 0;
    policy.is_closed = pick(0, 5) == 0;
    const Verdict verdict = model_.change(id, policy);
    const Status changed = ledger_->change_account(
        {AccountId(id),
         {to_amount(policy.minimum), to_amount(policy.maximum), policy.is_frozen, policy.is_closed},
         std::nullopt});
    CHECK((changed ? Code::ok : changed.error().code) == verdict.code);
  }

  ModelTransaction any_transfer() {
    const std::int64_t amount = any_amount();
    return {any_key("t"), {{any_account(), true, amount}, {any_account(), false, amount}}, 0, 0};
  }

  static Transfer to_transfer(const ModelTransaction& wanted) {
    Transfer transfer;
    transfer.key = wanted.key;
    transfer.debit = AccountId(wanted.entries[0].account);
    transfer.credit = AccountId(wanted.entries[1].account);
    transfer.amount = Amount(wanted.entries[0].amount);
    return transfer;
  }

  void transfer() {
    const ModelTransaction wanted = any_transfer();
    const Transfer item = to_transfer(wanted);
    Outcome outcome;
    REQUIRE(ledger_->post({&item, 1}, BatchMode::independent, {&outcome, 1}));
    agree(model_.post(wanted, true), outcome);
  }

  void draft() {
    ModelTransaction wanted;
    wanted.key = any_key("t");
    for (std::int64_t legs = pick(1, 2); legs > 0; --legs) {
      const std::int64_t amount = any_amount();
      const std::int64_t part = pick(0, 1) == 0 ? 0 : pick(1, 50);
      wanted.entries.push_back({any_account(), true, amount});
      wanted.entries.push_back({any_account(), false, amount - part});
      if (part != 0) {
        wanted.entries.push_back({any_account(), false, part});
      }
    }
    std::vector<Entry> entries;
    for (const ModelEntry& entry : wanted.entries) {
      entries.push_back({AccountId(entry.account), entry.is_debit ? Side::debit : Side::credit,
                         Amount(entry.amount)});
    }
    Draft draft;
    draft.key = wanted.key;
    draft.entries = entries;
    const std::int64_t before = model_.last_transaction();
    const Result<std::vector<Error>> reasons = ledger_->check(draft);
    REQUIRE(reasons);
    const Verdict verdict = model_.post(wanted, false);
    std::string said;
    for (const Error& reason : *reasons) {
      said += reason.message + "; ";
    }
    INFO("check said: ", said, " model: ", std::string(name_of(verdict.code)));
    CHECK(reasons->empty() == (verdict.code == Code::ok));
    CHECK(ledger_->statistics()->transactions == before);
    agree(verdict, ledger_->post(draft));
  }

  void reserve() {
    ModelHold wanted;
    wanted.key = any_key("h");
    wanted.account = any_account();
    wanted.amount = any_amount();
    wanted.remaining = wanted.amount;
    wanted.destination = pick(0, 1) == 0 ? 0 : any_account();
    wanted.expires_at = pick(0, 1) == 0 ? 0 : model_.now + pick(0, 8) * second;
    HoldDraft draft;
    draft.key = wanted.key;
    draft.account = AccountId(wanted.account);
    draft.amount = Amount(wanted.amount);
    draft.destination = AccountId(wanted.destination);
    draft.expires_at = Timestamp{wanted.expires_at};
    agree(model_.reserve(wanted), ledger_->reserve(draft));
  }

  std::int64_t any_hold() { return pick(1, static_cast<std::int64_t>(model_.holds.size()) + 1); }

  void capture() {
    const std::string key = "c" + std::to_string(next_key_++);
    const std::int64_t id = any_hold();
    const std::optional<std::int64_t> amount =
        pick(0, 2) == 0 ? std::nullopt : std::optional<std::int64_t>(any_amount());
    const std::int64_t destination = pick(0, 1) == 0 ? 0 : any_account();
    Capture capture;
    capture.key = key;
    capture.hold = HoldId(id);
    capture.amount = to_amount(amount);
    capture.destination = AccountId(destination);
    capture.is_final = pick(0, 2) == 0;
    const Verdict verdict = model_.capture(key, id, amount, destination, capture.is_final);
    const Result<Outcome> outcome = ledger_->capture(capture);
    agree(verdict, outcome);
    if (verdict.code == Code::ok) {
      const Result<Outcome> again = ledger_->capture(capture);
      REQUIRE(again);
      CHECK(again->existed);
      CHECK(again->id == outcome->id);
    }
  }

  void release() {
    const std::int64_t id = any_hold();
    agree(model_.release(id), ledger_->release(HoldId(id)));
  }

  void reverse() {
    Reversal reversal;
    const std::string key = any_key("r");
    const std::int64_t original = pick(1, model_.last_transaction() + 1);
    reversal.key = key;
    reversal.original = TransactionId(original);
    agree(model_.reverse(key, original), ledger_->reverse(reversal));
  }

  void atomic_batch() {
    const bool is_dry = pick(0, 2) == 0;
    std::array<ModelTransaction, 4> wanted;
    std::vector<Operation> operations;
    for (ModelTransaction& transaction : wanted) {
      transaction = any_transfer();
      transaction.key = "b" + std::to_string(next_key_++);
      operations.push_back({to_transfer(transaction), false});
    }
    const Model before = model_;
    bool failed = false;
    for (const ModelTransaction& transaction : wanted) {
      failed = failed || model_.post(transaction, true).code != Code::ok;
    }
    std::array<Outcome, 4> outcomes;
    REQUIRE((is_dry ? ledger_->dry_run(operations, BatchMode::atomic, outcomes)
                    : ledger_->execute(operations, BatchMode::atomic, outcomes)));
    for (const Outcome& outcome : outcomes) {
      CHECK((outcome.code != Code::ok) == failed);
    }
    if (failed || is_dry) {
      model_ = before;
    }
    CHECK(ledger_->statistics()->transactions == model_.last_transaction());
  }

  void check_balances() {
    std::map<std::int64_t, std::int64_t> sums;
    for (std::size_t i = 0; i < model_.accounts.size(); ++i) {
      const std::int64_t id = static_cast<std::int64_t>(i) + 1;
      const Result<Balance> balance = ledger_->balance(AccountId(id));
      REQUIRE(balance);
      CHECK(balance->posted == Amount(model_.balance(id)));
      CHECK(balance->held == Amount(model_.reserved(id)));
      // While an account is frozen, what it would have available is shown as frozen.
      const std::int64_t available = model_.available(id);
      const bool is_shown_frozen = model_.account(id).is_frozen && available > 0;
      CHECK(balance->available == Amount(is_shown_frozen ? 0 : available));
      CHECK(balance->frozen == Amount(is_shown_frozen ? available : 0));
      const ModelAccount& account = model_.account(id);
      sums[account.asset] += account.is_debit_normal ? model_.balance(id) : -model_.balance(id);
    }
    for (const auto& [asset, sum] : sums) {
      CHECK(sum == 0);
    }
  }

  std::mt19937_64 random_;
  ManualClock clock_;
  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;
  Model model_;
  std::int64_t next_key_ = 0;
};

}  // namespace

TEST_CASE("the ledger agrees with the naive model on any sequence of commands") {
  const char* wanted = std::getenv("COFFER_PROPERTY_SEQUENCES");
  const int sequences = wanted == nullptr ? 300 : std::atoi(wanted);
  for (int i = 0; i < sequences; ++i) {
    const std::uint64_t seed = 0xc0ffe5 + static_cast<std::uint64_t>(i);
    CAPTURE(seed);
    Sequence(seed).run(30);
  }
  MESSAGE("sequences of 30 commands: ", sequences);
}
