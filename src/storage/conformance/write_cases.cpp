// SPDX-License-Identifier: MIT
// Conformance: append, put, replace and destroy, and what each of them refuses.
#include <array>
#include <string>
#include <vector>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>

#include "storage/conformance/cases.hpp"
#include "storage/conformance/sample_rows.hpp"

namespace coffer::storage::conformance {
namespace {

AssetRow asset(std::int64_t id, std::string_view code) {
  AssetRow row;
  row.id = id;
  row.code = code;
  return row;
}

template <Row R>
std::int64_t count(Trial& trial, Reader& reader) {
  std::int64_t rows = 0;
  trial.expect_ok(reader.scan<R>({},
                                 [&](const R&) {
                                   ++rows;
                                   return true;
                                 }),
                  "scan");
  return rows;
}

void unique_values_are_unique(Trial& trial) {
  auto first = trial.begin();
  trial.expect_ok(first->append(asset(1, "USD")), "append USD");
  trial.expect_ok(first->append(asset(2, "usd")), "append usd");
  trial.expect_ok(first->commit(), "commit");
  first.reset();
  auto second = trial.begin();
  trial.expect_code(second->append(asset(3, "USD")), Code::storage_conflict, "USD again");
  second.reset();
  auto third = trial.begin();
  trial.expect_ok(third->append(asset(3, "EUR")), "append EUR");
  trial.expect_code(third->append(asset(4, "EUR")), Code::storage_conflict,
                    "EUR again within the unit");
  third.reset();
  auto fourth = trial.begin();
  WalletRow wallet;
  wallet.id = 1;
  wallet.user = "u";
  wallet.asset = 1;
  wallet.account = 10;
  trial.expect_ok(fourth->append(wallet), "append wallet");
  wallet.id = 2;
  wallet.account = 11;
  trial.expect_ok(fourth->append(wallet), "append a wallet of the same user and asset");
  trial.expect_ok(fourth->commit(), "commit");
  fourth.reset();
  const auto reader = trial.snapshot();
  trial.expect_equal(count<AssetRow>(trial, *reader), 2, "assets");
  trial.expect_equal(count<WalletRow>(trial, *reader), 2, "wallets");
}

void a_conflict_anywhere_in_a_bulk_is_found(Trial& trial) {
  for (const std::size_t bad : {0U, 7U, 15U, 16U, 500U, 999U}) {
    Seeded random(bad);
    SampleRows rows(TransactionRow::schema());
    for (std::size_t i = 0; i < 1000; ++i) {
      rows.add(i == bad ? 5000 : static_cast<std::int64_t>(i) + 1, &random);
    }
    auto unit = trial.begin();
    SampleRows known(TransactionRow::schema());
    known.add(5000, &random);
    trial.expect_ok(unit->append_any(known.schema(), known.data(), 1), "append");
    trial.expect_code(unit->append_any(rows.schema(), rows.data(), rows.size()),
                      Code::storage_conflict,
                      "append of 1000 rows, number " + std::to_string(bad) + " known");
    unit.reset();
    const auto reader = trial.snapshot();
    trial.expect_equal(count<TransactionRow>(trial, *reader), 0, "rows after the conflict");
  }
}

void rows_may_be_appended_in_any_order(Trial& trial) {
  auto unit = trial.begin();
  for (const std::int64_t id : {5, 3, 9, 1, 7}) {
    trial.expect_ok(unit->append(IndexBlockRow{id, "x"}), "append");
  }
  std::string seen;
  trial.expect_ok(unit->scan<IndexBlockRow>({},
                                            [&](const IndexBlockRow& row) {
                                              seen += std::to_string(row.id);
                                              return true;
                                            }),
                  "scan");
  trial.expect_equal(seen, "13579", "order");
}

void appending_nothing_is_no_error(Trial& trial) {
  auto unit = trial.begin();
  trial.expect_ok(unit->append(std::span<const TransactionRow>()), "append of no rows");
  trial.expect_ok(unit->put(std::span<const HeadRow>()), "put of no rows");
  trial.expect_ok(unit->commit(), "commit");
}

std::string holds_expiring_from(Trial& trial, Reader& reader, std::int64_t time) {
  const Cell from = Cell::of(time);
  ScanQuery query;
  query.index = OpenHoldRow::by_expiry;
  query.from = std::span(&from, 1);
  std::string seen;
  trial.expect_ok(reader.scan<OpenHoldRow>(query,
                                           [&](const OpenHoldRow& row) {
                                             seen += std::to_string(row.hold) + " ";
                                             return true;
                                           }),
                  "scan");
  return seen;
}

void put_moves_rows_in_indexes(Trial& trial) {
  auto unit = trial.begin();
  trial.expect_ok(unit->put(OpenHoldRow{1, 1, 0, Amount(1), 100}), "put 1");
  trial.expect_ok(unit->put(OpenHoldRow{2, 1, 0, Amount(1), 200}), "put 2");
  trial.expect_ok(unit->put(OpenHoldRow{3, 1, 0, Amount(1), 0}), "put 3");
  trial.expect_equal(holds_expiring_from(trial, *unit, 0), "1 2 ", "before");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  const auto old = trial.snapshot();
  unit = trial.begin();
  trial.expect_ok(unit->put(OpenHoldRow{1, 1, 0, Amount(1), 300}), "put 1 later");
  trial.expect_ok(unit->put(OpenHoldRow{2, 1, 0, Amount(1), 0}), "put 2 without expiry");
  trial.expect_ok(unit->put(OpenHoldRow{3, 1, 0, Amount(1), 50}), "put 3 with expiry");
  trial.expect_equal(holds_expiring_from(trial, *unit, 0), "3 1 ", "within the unit");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  trial.expect_equal(holds_expiring_from(trial, *old, 0), "1 2 ", "in the older snapshot");
  trial.expect_equal(holds_expiring_from(trial, *trial.snapshot(), 0), "3 1 ", "after");
}

void put_of_many_overwrites_and_inserts(Trial& trial) {
  std::vector<HeadRow> heads;
  for (std::int64_t account = 1; account <= 100; ++account) {
    heads.push_back({account, Amount(account), 1});
  }
  auto unit = trial.begin();
  trial.expect_ok(unit->put(std::span<const HeadRow>(heads).subspan(0, 60)), "put of 60");
  for (HeadRow& head : heads) {
    head.last_transaction = 2;
  }
  trial.expect_ok(unit->put(std::span<const HeadRow>(heads)), "put of 100");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  const auto reader = trial.snapshot();
  std::int64_t current = 0;
  trial.expect_ok(reader->scan<HeadRow>({},
                                        [&](const HeadRow& row) {
                                          current += row.last_transaction == 2 ? 1 : 0;
                                          return true;
                                        }),
                  "scan");
  trial.expect_equal(current, 100, "heads of the second put");
}

void replace_compares_the_version(Trial& trial) {
  BookRow book;
  book.version = 1;
  book.name = "first";
  auto unit = trial.begin();
  trial.expect_ok(unit->append(book), "append");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  book.version = 2;
  book.name = "second";
  unit = trial.begin();
  trial.expect_ok(unit->replace(book, 1), "replace of version 1");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  book.version = 3;
  book.name = "third";
  unit = trial.begin();
  trial.expect_code(unit->replace(book, 1), Code::storage_conflict, "replace of a past version");
  trial.expect_code(unit->commit(), Code::storage_conflict, "commit after that");
  unit.reset();
  unit = trial.begin();
  book.id = 2;
  trial.expect_code(unit->replace(book, 2), Code::storage_conflict, "replace of a missing row");
  unit.reset();
  const auto reader = trial.snapshot();
  trial.expect_ok(
      reader->find<BookRow>(
          1, [&](const BookRow& row) { trial.expect_equal(row.name, "second", "book.name"); }),
      "find");
}

void destroy_removes_a_range(Trial& trial) {
  auto unit = trial.begin();
  for (std::int64_t id = 1; id <= 10; ++id) {
    trial.expect_ok(unit->append(IndexBlockRow{id, "x"}), "append");
  }
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  unit = trial.begin();
  trial.expect_ok(unit->destroy<IndexBlockRow>(3, 5), "destroy 3..5");
  trial.expect_ok(unit->destroy<IndexBlockRow>(10, 50), "destroy 10..50");
  trial.expect_ok(unit->destroy<IndexBlockRow>(100, 200), "destroy what is not there");
  trial.expect_ok(unit->destroy<IndexBlockRow>(7, 6), "destroy an empty range");
  trial.expect_ok(unit->append(IndexBlockRow{4, "again"}), "append in the gap");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  std::string seen;
  trial.expect_ok(trial.snapshot()->scan<IndexBlockRow>({},
                                                        [&](const IndexBlockRow& row) {
                                                          seen += std::to_string(row.id) + " ";
                                                          return true;
                                                        }),
                  "scan");
  trial.expect_equal(seen, "1 2 4 6 7 8 9 ", "rows that are left");
}

void journals_are_only_appended(Trial& trial) {
  for (const Schema* schema : all_schemas()) {
    if (!schema->is_append_only) {
      continue;
    }
    Seeded random(6);
    SampleRows rows(*schema);
    rows.add(1, &random);
    const std::string name(schema->table);
    trial.expect_code(trial.begin()->put_any(*schema, rows.data(), 1), Code::not_permitted,
                      name + ": put");
    trial.expect_code(trial.begin()->replace_any(*schema, rows.data(), 0), Code::not_permitted,
                      name + ": replace");
    trial.expect_code(trial.begin()->destroy_any(*schema, 1, 1), Code::not_permitted,
                      name + ": destroy");
  }
  trial.expect_code(trial.begin()->replace(HeadRow{}, 0), Code::not_permitted,
                    "replace of a kind without version");
}

constexpr std::array cases = {
    Case{"unique indexes refuse a second row, also within a unit", unique_values_are_unique},
    Case{"a conflict anywhere in a bulk is found and undoes the unit",
         a_conflict_anywhere_in_a_bulk_is_found},
    Case{"rows may be appended in any order of their keys", rows_may_be_appended_in_any_order},
    Case{"appending or putting no rows is no error", appending_nothing_is_no_error},
    Case{"put moves a row in the indexes", put_moves_rows_in_indexes},
    Case{"put of many rows overwrites some and inserts others", put_of_many_overwrites_and_inserts},
    Case{"replace changes a row only at the expected version", replace_compares_the_version},
    Case{"destroy removes the rows of a range", destroy_removes_a_range},
    Case{"rows of append-only kinds are never put, replaced or destroyed",
         journals_are_only_appended},
};

}  // namespace

std::span<const Case> write_cases() noexcept { return cases; }

}  // namespace coffer::storage::conformance
