// SPDX-License-Identifier: MIT
// Answers of the ledger compared with sums of the model.
#include "questions.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "operations.hpp"

namespace coffer::property {

namespace {

/// Sums over times or owners are made of parts that may not fit although the whole does; that is
/// only right when an amount is as large.
void check_sum(const Result<Amount>& answer, const Units& expected, const Model& model) {
  if (answer) {
    CHECK(to_units(*answer) == expected);
    return;
  }
  CHECK(answer.error().code == Code::amount_overflow);
  const auto is_huge = [](const auto& it) { return (it.amount >> 250) != 0; };
  const bool has_huge_amount = std::any_of(
      model.transactions.begin(), model.transactions.end(),
      [&](const auto& it) { return std::any_of(it.entries.begin(), it.entries.end(), is_huge); });
  // Totals are of all buckets, so a huge hold is enough.
  CHECK((has_huge_amount || std::any_of(model.holds.begin(), model.holds.end(), is_huge)));
}

std::int64_t last_transaction_of(const Model& model, std::int64_t account) {
  for (std::int64_t id = model.last_transaction(); id > 0; --id) {
    const auto& entries = model.transactions[static_cast<std::size_t>(id - 1)].entries;
    if (std::any_of(entries.begin(), entries.end(),
                    [account](const ModelEntry& entry) { return entry.account == account; })) {
      return id;
    }
  }
  return 0;
}

void compare_account(Ledger& ledger, const Model& model, std::int64_t id) {
  const ModelAccount& expected = model.account(id);
  const Result<Account> account = ledger.find_account(AccountId(id));
  REQUIRE(account);
  CHECK(account->key == expected.key);
  CHECK(account->policy.is_frozen == expected.policy.is_frozen);
  CHECK(account->policy.is_closed == expected.policy.is_closed);
  CHECK(account->policy.minimum.has_value() == expected.policy.minimum.has_value());
  CHECK(account->policy.maximum.has_value() == expected.policy.maximum.has_value());
  const Result<Balance> balance = ledger.balance(AccountId(id));
  INFO((balance ? std::string() : balance.error().message));
  REQUIRE(balance);
  CHECK(to_units(balance->posted) == model.balance(id));
  CHECK(to_units(balance->held) == model.reserved(id, Bucket::held));
  CHECK(to_units(balance->pending) == model.reserved(id, Bucket::pending));
  // While an account is frozen, what it would have available is shown as frozen.
  const Units available = model.available(id);
  const Units shown = expected.policy.is_frozen && available > 0 ? Units(0) : available;
  CHECK(to_units(balance->available) == shown);
  CHECK(to_units(balance->frozen) == model.reserved(id, Bucket::frozen) + available - shown);
  CHECK(balance->last_transaction.value() == last_transaction_of(model, id));
  // Nothing that is accepted brings an account below its minimum.
  CHECK((!expected.policy.minimum || available >= *expected.policy.minimum));
}

void compare_hold(Ledger& ledger, const Model& model, std::int64_t id) {
  const ModelHold& expected = model.hold(id);
  const bool has_expired = expected.remaining > 0 && model.is_over(expected);
  const Result<Hold> hold = ledger.find_hold(HoldId(id));
  REQUIRE(hold);
  CHECK(hold->key == expected.key);
  CHECK(to_units(hold->amount) == expected.amount);
  CHECK(to_units(hold->captured) == expected.captured);
  CHECK(to_units(hold->remaining) == (has_expired ? Units(0) : expected.remaining));
  CHECK(hold->state == (has_expired ? HoldState::expired : expected.ended_as));
}

/// All lines of an account, as pages of `limit` give them.
std::vector<HistoryLine> lines_of(Ledger& ledger, HistoryQuery query) {
  std::vector<HistoryLine> lines;
  for (bool has_more = true; has_more;) {
    const Result<HistoryPage> page = ledger.history(query);
    REQUIRE(page);
    CHECK(page->lines.size() <= query.limit);
    lines.insert(lines.end(), page->lines.begin(), page->lines.end());
    query.after = page->next;
    has_more = page->has_more;
  }
  return lines;
}

void compare_history(Ledger& ledger, const Model& model, RandomCommands& random) {
  HistoryQuery query;
  query.account = AccountId(random.pick(1, static_cast<std::int64_t>(model.accounts.size())));
  query.is_oldest_first = random.once_in(2);
  query.limit = static_cast<std::uint32_t>(random.pick(1, 4));
  if (random.once_in(3)) {
    query.side = random.once_in(2) ? Side::debit : Side::credit;
  }
  if (random.once_in(3)) {
    query.recorded_from = Timestamp{model.now - random.pick(0, 60) * 1'000'000'000};
    query.recorded_to = Timestamp{query.recorded_from.ns + random.pick(0, 30) * 1'000'000'000};
  }
  std::vector<HistoryLine> lines = lines_of(ledger, query);
  if (!query.is_oldest_first) {
    std::reverse(lines.begin(), lines.end());
  }
  std::size_t next = 0;
  Units balance = 0;
  for (const ModelTransaction& transaction : model.transactions) {
    for (const ModelEntry& entry : transaction.entries) {
      if (entry.account != query.account.value()) {
        continue;
      }
      const Units before = balance;
      balance += model.change_of(entry);
      const bool is_meant =
          (!query.side || (*query.side == Side::debit) == entry.is_debit) &&
          (!query.recorded_to || (transaction.recorded_at >= query.recorded_from.ns &&
                                  transaction.recorded_at < query.recorded_to.ns));
      if (is_meant) {
        REQUIRE(next < lines.size());
        CHECK(lines[next].key == transaction.key);
        CHECK(to_units(lines[next].amount) == entry.amount);
        CHECK(to_units(lines[next].balance_before) == before);
        CHECK(to_units(lines[next].balance_after) == balance);
        ++next;
      }
    }
  }
  CHECK(next == lines.size());
}

void compare_totals(Ledger& ledger, const Model& model, const char* owner) {
  std::map<std::int64_t, Units> expected;
  for (std::size_t i = 0; i < model.accounts.size(); ++i) {
    const ModelAccount& account = model.accounts[i];
    if (account.owner == owner) {
      const Units balance = model.balance(static_cast<std::int64_t>(i) + 1);
      expected[account.asset] += account.is_debit_normal ? Units(-balance) : balance;
    }
  }
  const Result<std::vector<OwnerTotal>> totals = ledger.totals(owner);
  if (!totals) {
    return check_sum(totals.error(), 0, model);
  }
  REQUIRE(totals->size() == expected.size());
  for (const OwnerTotal& total : *totals) {
    CHECK(to_units(total.balance.posted) == expected.at(total.asset.value()));
  }
}

}  // namespace

void compare_state(Ledger& ledger, const Model& model) {
  const Result<Statistics> statistics = ledger.statistics();
  REQUIRE(statistics);
  CHECK(statistics->transactions == model.last_transaction());
  CHECK(statistics->accounts == static_cast<std::int64_t>(model.accounts.size()));
  CHECK(statistics->holds == static_cast<std::int64_t>(model.holds.size()));
  std::map<std::int64_t, Units> sums;
  for (std::size_t i = 0; i < model.accounts.size(); ++i) {
    const std::int64_t id = static_cast<std::int64_t>(i) + 1;
    CAPTURE(id);
    compare_account(ledger, model, id);
    const ModelAccount& account = model.account(id);
    sums[account.asset] += account.is_debit_normal ? model.balance(id) : -model.balance(id);
  }
  for (const auto& [asset, sum] : sums) {
    CHECK(sum == 0);
  }
  for (std::size_t i = 0; i < model.holds.size(); ++i) {
    compare_hold(ledger, model, static_cast<std::int64_t>(i) + 1);
  }
}

void compare_journal(Ledger& ledger, const Model& model) {
  std::map<std::int64_t, Units> balances;
  for (std::int64_t id = 1; id <= model.last_transaction(); ++id) {
    CAPTURE(id);
    const ModelTransaction& expected = model.transactions[static_cast<std::size_t>(id - 1)];
    const Result<Transaction> transaction = ledger.find_transaction(expected.key);
    REQUIRE(transaction);
    CHECK(transaction->id.value() == id);
    CHECK(transaction->kind == expected.kind);
    CHECK(transaction->code == expected.code);
    CHECK(transaction->reverses.value() == expected.reverses);
    CHECK(transaction->hold.value() == expected.hold);
    CHECK(transaction->recorded_at.ns == expected.recorded_at);
    CHECK(transaction->effective_at.ns ==
          (expected.effective_at == 0 ? expected.recorded_at : expected.effective_at));
    CHECK(transaction->reference == expected.reference);
    CHECK(transaction->description == expected.description);
    REQUIRE(transaction->entries.size() == expected.entries.size());
    for (const ModelEntry& entry : expected.entries) {
      balances[entry.account] += model.change_of(entry);
      // A transaction of two entries is told debit first.
      CHECK(std::any_of(transaction->entries.begin(), transaction->entries.end(),
                        [&](const PostedEntry& posted) {
                          return posted.account.value() == entry.account &&
                                 (posted.side == Side::debit) == entry.is_debit &&
                                 to_units(posted.amount) == entry.amount &&
                                 to_units(posted.balance_after) == balances[entry.account];
                        }));
    }
  }
}

void compare_questions(Ledger& ledger, const Model& model, RandomCommands& random) {
  compare_history(ledger, model, random);
  compare_totals(ledger, model, random.once_in(2) ? "ann" : "bob");
  const std::int64_t account = random.pick(1, static_cast<std::int64_t>(model.accounts.size()));
  const std::int64_t time = model.now - random.pick(-1, 70) * 1'000'000'000 + random.pick(0, 2);
  for (const TimeAxis axis : {TimeAxis::recorded, TimeAxis::effective}) {
    check_sum(ledger.balance_as_of(AccountId(account), Timestamp{time}, axis),
              model.balance_as_of(account, time, axis), model);
  }
  const Result<std::vector<Hold>> open = ledger.open_holds(AccountId(account));
  REQUIRE(open);
  std::size_t expected = 0;
  for (std::size_t i = 0; i < model.holds.size(); ++i) {
    expected += model.holds[i].account == account && model.is_open(static_cast<std::int64_t>(i) + 1)
                    ? 1
                    : 0;
  }
  CHECK(open->size() == expected);
}

}  // namespace coffer::property
