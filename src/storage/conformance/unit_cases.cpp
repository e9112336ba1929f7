// SPDX-License-Identifier: MIT
// Conformance: units of work are all or nothing, and snapshots do not move.
#include <array>
#include <memory>
#include <string>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "storage/conformance/cases.hpp"

namespace coffer::storage::conformance {
namespace {

TransactionRow transaction(std::int64_t id) {
  TransactionRow row;
  row.id = id;
  row.key = "key";
  row.amount = Amount(id);
  return row;
}

HeadRow head(std::int64_t account, std::int64_t units) { return {account, Amount(units), units}; }

std::int64_t count_transactions(Trial& trial, Reader& reader) {
  std::int64_t count = 0;
  trial.expect_ok(reader.scan<TransactionRow>({},
                                              [&](const TransactionRow&) {
                                                ++count;
                                                return true;
                                              }),
                  "scan");
  return count;
}

std::int64_t units_of(Trial& trial, Reader& reader, std::int64_t account) {
  std::int64_t units = -1;
  trial.expect_ok(
      reader.find<HeadRow>(
          account, [&](const HeadRow& row) { units = row.balance.to_int64().value_or(-2); }),
      "find");
  return units;
}

void nothing_is_visible_before_commit(Trial& trial) {
  auto unit = trial.begin();
  trial.expect_ok(unit->append(transaction(1)), "append");
  trial.expect_equal(count_transactions(trial, *unit), 1, "rows that the unit sees");
  const auto before = trial.snapshot();
  trial.expect_equal(count_transactions(trial, *before), 0, "rows seen before the commit");
  trial.expect_ok(unit->commit(), "commit");
  trial.expect_equal(count_transactions(trial, *before), 0, "rows seen by the older snapshot");
  const auto after = trial.snapshot();
  trial.expect_equal(count_transactions(trial, *after), 1, "rows seen after the commit");
}

void snapshots_do_not_move(Trial& trial) {
  std::array<std::unique_ptr<Reader>, 5> snapshots;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i) + 1;
    auto unit = trial.begin();
    trial.expect_ok(unit->append(transaction(number)), "append");
    trial.expect_ok(unit->put(head(7, number)), "put");
    trial.expect_ok(number == 3 ? unit->destroy<HeadRow>(8, 8) : unit->put(head(8, number)),
                    "destroy or put");
    trial.expect_ok(unit->commit(), "commit");
    unit.reset();
    snapshots[i] = trial.snapshot();
  }
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i) + 1;
    const std::string name = "snapshot " + std::to_string(number);
    trial.expect_equal(count_transactions(trial, *snapshots[i]), number, name + ": rows");
    trial.expect_equal(units_of(trial, *snapshots[i], 7), number, name + ": a row put often");
    trial.expect_equal(units_of(trial, *snapshots[i], 8), number == 3 ? -1 : number,
                       name + ": a row destroyed once");
    snapshots[i].reset();
  }
}

void a_unit_that_is_dropped_leaves_nothing(Trial& trial) {
  {
    auto unit = trial.begin();
    trial.expect_ok(unit->append(transaction(1)), "append");
    trial.expect_ok(unit->put(head(1, 5)), "put");
  }
  auto unit = trial.begin();
  trial.expect_equal(count_transactions(trial, *unit), 0, "rows after the unit was destroyed");
  trial.expect_ok(unit->append(transaction(1)), "append again");
  unit->rollback();
  unit.reset();
  const auto reader = trial.snapshot();
  trial.expect_equal(count_transactions(trial, *reader), 0, "rows after rollback");
  trial.expect_equal(units_of(trial, *reader, 1), -1, "a head after rollback");
}

void rollback_restores_what_was_overwritten(Trial& trial) {
  auto first = trial.begin();
  trial.expect_ok(first->put(head(1, 10)), "put");
  trial.expect_ok(first->put(head(2, 20)), "put");
  trial.expect_ok(first->append(OpenHoldRow{5, 9, 0, Amount(1), 0}), "append");
  trial.expect_ok(first->commit(), "commit");
  first.reset();
  auto second = trial.begin();
  trial.expect_ok(second->put(head(1, 11)), "put");
  trial.expect_ok(second->put(head(1, 12)), "put twice");
  trial.expect_ok(second->destroy<HeadRow>(2, 2), "destroy");
  trial.expect_ok(second->put(head(2, 21)), "put after destroy");
  trial.expect_ok(second->put(OpenHoldRow{5, 10, 0, Amount(1), 3}), "put into another account");
  second->rollback();
  second.reset();
  const auto reader = trial.snapshot();
  trial.expect_equal(units_of(trial, *reader, 1), 10, "a row that was put twice");
  trial.expect_equal(units_of(trial, *reader, 2), 20, "a row that was destroyed and put");
  const Cell account = Cell::of(9);
  ScanQuery query;
  query.index = OpenHoldRow::by_account;
  query.equal = std::span(&account, 1);
  std::int64_t found = 0;
  trial.expect_ok(reader->scan<OpenHoldRow>(query,
                                            [&](const OpenHoldRow& row) {
                                              found = row.hold;
                                              return true;
                                            }),
                  "scan");
  trial.expect_equal(found, 5, "the row in its old place of the index");
}

void a_failed_unit_changes_nothing(Trial& trial) {
  auto first = trial.begin();
  trial.expect_ok(first->append(transaction(5)), "append");
  trial.expect_ok(first->commit(), "commit");
  first.reset();
  auto unit = trial.begin();
  trial.expect_ok(unit->append(transaction(6)), "append");
  trial.expect_code(unit->append(transaction(5)), Code::storage_conflict, "append of a known id");
  trial.expect_code(unit->append(transaction(7)), Code::storage_conflict,
                    "append in a unit that failed");
  trial.expect_code(unit->put(head(1, 1)), Code::storage_conflict, "put in a unit that failed");
  trial.expect_code(unit->commit(), Code::storage_conflict, "commit of a unit that failed");
  unit->rollback();
  unit.reset();
  const auto reader = trial.snapshot();
  trial.expect_equal(count_transactions(trial, *reader), 1, "rows after the failure");
  auto next = trial.begin();
  trial.expect_ok(next->append(transaction(6)), "append in the next unit");
  trial.expect_ok(next->commit(), "commit of the next unit");
}

void a_unit_that_ended_refuses(Trial& trial) {
  auto unit = trial.begin();
  trial.expect_ok(unit->append(transaction(1)), "append");
  trial.expect_ok(unit->commit(), "commit");
  trial.expect_code(unit->append(transaction(2)), Code::not_permitted, "append after commit");
  trial.expect_code(unit->commit(), Code::not_permitted, "commit after commit");
  unit->rollback();
  const auto reader = trial.snapshot();
  trial.expect_equal(count_transactions(trial, *reader), 1, "rows after rollback after commit");
}

void one_unit_at_a_time(Trial& trial) {
  auto unit = trial.begin();
  trial.expect_code(trial.storage().begin(), Code::storage_busy, "a second unit");
  trial.expect_ok(unit->append(transaction(1)), "append after the refusal");
  trial.expect_ok(unit->commit(), "commit");
  auto next = trial.begin();
  trial.expect_ok(next->commit(), "commit of an empty unit");
  next.reset();
  trial.expect_ok(trial.begin()->commit(), "a unit after that");
}

constexpr std::array cases = {
    Case{"nothing of a unit is visible before its commit, everything after",
         nothing_is_visible_before_commit},
    Case{"a snapshot shows the same rows whatever is committed later", snapshots_do_not_move},
    Case{"a unit that is dropped or rolled back leaves nothing",
         a_unit_that_is_dropped_leaves_nothing},
    Case{"rollback restores rows that were overwritten or destroyed",
         rollback_restores_what_was_overwritten},
    Case{"a unit that failed repeats its error and changes nothing", a_failed_unit_changes_nothing},
    Case{"a unit that ended is not_permitted to go on", a_unit_that_ended_refuses},
    Case{"there is one unit of work at a time", one_unit_at_a_time},
};

}  // namespace

std::span<const Case> unit_cases() noexcept { return cases; }

}  // namespace coffer::storage::conformance
