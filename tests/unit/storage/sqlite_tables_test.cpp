// SPDX-License-Identifier: MIT
// The file as an auditor sees it: tables equal to the schemas, guards, and views in decimals.
#include <coffer/storage/storage.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>

#include "plain_sqlite.hpp"
#include "support/temporary_folder.hpp"

using namespace coffer::storage;
using coffer::Amount;
using coffer::PlainSqlite;
using coffer::TemporaryFolder;

namespace {

constexpr std::int64_t recorded_at = 1'734'862'530'000'000'001;

Amount amount_of(const char* text) { return *coffer::parse_integer_text(text); }

std::string expected_columns(const Schema& schema) {
  std::string text;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const Column& column = schema.columns[i];
    const bool is_key = i < schema.key_columns;
    const char* type = column.type == CellType::integer  ? "INTEGER"
                       : column.type == CellType::amount ? "ANY"
                       : column.type == CellType::text   ? "TEXT"
                                                         : "BLOB";
    text += std::string(column.name) + "|" + type + "|" + (is_key || column.optional ? "0" : "1") +
            "|" + (is_key ? "1" : "0") + "\n";
  }
  return text;
}

std::string expected_indexes(const Schema& schema) {
  std::string text;
  for (const Index& index : schema.indexes) {
    bool is_partial = false;
    std::string columns;
    for (const std::uint8_t position : index.columns) {
      columns += (columns.empty() ? "" : ",") + std::string(schema.columns[position].name);
      is_partial |= schema.columns[position].optional;
    }
    text += std::string(index.name) + "|" + (index.is_unique ? "1" : "0") + "|" +
            (is_partial ? "1" : "0") + "|" + columns + "\n";
  }
  return text;
}

TransactionRow transaction(std::int64_t id, std::int64_t debit, std::int64_t credit,
                           const char* amount, const char* debit_after, const char* credit_after) {
  TransactionRow row;
  row.id = id;
  row.key = "key";
  row.debit = debit;
  row.credit = credit;
  row.amount = amount_of(amount);
  row.debit_after = amount_of(debit_after);
  row.credit_after = amount_of(credit_after);
  row.recorded_at = recorded_at;
  return row;
}

/// A wallet in dollars (1) and one in ether (2), with the bank's accounts on the other side.
void fill(Storage& storage) {
  const auto unit = storage.begin();
  REQUIRE(unit);
  UnitOfWork& book = **unit;
  REQUIRE(book.append(AssetRow{1, "USD", 2, 0, "", "", "", recorded_at}));
  REQUIRE(book.append(AssetRow{2, "ETH", 18, 1, "ETH", "", "", recorded_at}));
  REQUIRE(book.append(AccountRow{1, "w1", "20241222", 1, "", 0, recorded_at}));
  REQUIRE(book.append(AccountRow{2, "cash", "bank", 1, "", 1, recorded_at}));
  REQUIRE(book.append(AccountRow{3, "w2", "20241222", 2, "", 0, recorded_at}));
  REQUIRE(book.append(AccountRow{4, "node", "bank", 2, "", 1, recorded_at}));
  REQUIRE(book.append(WalletRow{1, "20241222", 1, 1, 0, "", recorded_at}));
  REQUIRE(book.append(WalletRow{2, "20241222", 2, 3, 0, "", recorded_at}));
  REQUIRE(book.append(transaction(1, 2, 1, "10000", "10000", "10000")));
  REQUIRE(book.append(transaction(2, 1, 2, "5000", "5000", "5000")));
  const char* const big = "123456789012345678901234567890123456789";
  REQUIRE(book.append(transaction(3, 4, 3, big, big, big)));
  REQUIRE(book.append(transaction(4, 3, 4, "123456789012345678901234567890123456790", "-1", "-1")));
  REQUIRE(book.append(transaction(5, 4, 3, "9223372036854775807", "0", "9223372036854775806")));
  // 64 bits hold amount and balance after, but not the balance before.
  REQUIRE(book.append(transaction(6, 3, 4, "9223372036854775807", "2", "0")));
  TransactionRow three = transaction(7, 2, 1, "3", "5003", "5003");
  three.entry_count = 3;
  REQUIRE(book.append(three));
  REQUIRE(book.append(EntryRow{1, 7, 2, 1, Amount(3), Amount(5003)}));
  REQUIRE(book.append(EntryRow{2, 7, 1, 0, Amount(1), Amount(5001)}));
  REQUIRE(book.append(EntryRow{3, 7, 1, 0, Amount(2), Amount(5003)}));
  NoteRow note;
  note.transaction = 2;
  note.description = "rent";
  REQUIRE(book.append(note));
  REQUIRE(book.append(ReconciliationRow{1, 1, 1'000'000'000, 2'000'000'000, Amount(-5), Amount(100),
                                        Amount(105), Amount(0), 2, "look", recorded_at}));
  REQUIRE(book.put(HeadRow{1, Amount(10000), 1}));
  REQUIRE(book.commit());
}

/// One row in each table that has none yet.
void fill_the_other_tables(Storage& storage) {
  const auto unit = storage.begin();
  REQUIRE(unit);
  UnitOfWork& book = **unit;
  CommitRow commit;
  commit.id = 1;
  commit.hash = "hash";
  REQUIRE(book.append(commit));
  REQUIRE(book.append(AccountChangeRow{1, 1, 0, Amount(0), Amount(0), "", 1}));
  HoldRow hold;
  hold.id = 1;
  hold.key = "h";
  hold.account = 1;
  hold.amount = Amount(5);
  REQUIRE(book.append(hold));
  HoldEventRow event;
  event.id = 1;
  event.hold = 1;
  event.amount = Amount(5);
  REQUIRE(book.append(event));
  REQUIRE(book.append(WalletRecordRow{1, 1, 1, 0, 0, "s", "", "", 1}));
  REQUIRE(book.append(
      CryptoWalletRow{1, "u", "bitcoin", "bc1q", 1, 0, "k", 1, 2, 0, "", "", "", recorded_at}));
  REQUIRE(book.put(OpenHoldRow{1, 1, 0, Amount(5), 7}));
  REQUIRE(book.put(IndexSegmentRow{1, 0, 0, 1, 2, 1, 1, 0, 0, 2, 7, 9}));
  REQUIRE(book.put(IndexBlockRow{1, "block"}));
  REQUIRE(book.commit());
}

}  // namespace

TEST_CASE("an empty book has the tables of the schemas alone, in less than 100,000 bytes") {
  const TemporaryFolder folder;
  REQUIRE(open_sqlite(folder.file("book"), {}));
  CHECK(std::filesystem::file_size(folder.file("book")) < 100'000);
  PlainSqlite file(folder.file("book"));
  for (const Schema* schema : all_schemas()) {
    const std::string table(schema->table);
    INFO(table);
    CHECK(file.ask("SELECT name, type, \"notnull\", pk FROM pragma_table_info('" + table +
                   "') ORDER BY cid") == expected_columns(*schema));
    CHECK(file.ask("SELECT strict FROM pragma_table_list('" + table + "')") == "1\n");
  }
  CHECK(file.ask("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger')").empty());
}

TEST_CASE("a table has the indexes of its schema as soon as it has a row") {
  const TemporaryFolder folder;
  const auto storage = open_sqlite(folder.file("book"), {});
  fill(**storage);
  fill_the_other_tables(**storage);
  PlainSqlite file(folder.file("book"));
  for (const Schema* schema : all_schemas()) {
    const std::string table(schema->table);
    INFO(table);
    CHECK(file.ask("SELECT l.name, l.\"unique\", l.partial, (SELECT group_concat(name) FROM "
                   "pragma_index_info(l.name)) FROM pragma_index_list('" +
                   table + "') l ORDER BY l.seq DESC") == expected_indexes(*schema));
  }
}

TEST_CASE("what comes with a first row goes when that is rolled back, and comes with the next") {
  const TemporaryFolder folder;
  const auto storage = open_sqlite(folder.file("book"), {});
  const AssetRow dollar{1, "USD", 2, 0, "", "", "", recorded_at};
  {
    const auto unit = (*storage)->begin();
    REQUIRE((*unit)->append(dollar));
    (*unit)->rollback();
  }
  PlainSqlite file(folder.file("book"));
  const std::string made = "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'assets'";
  CHECK(file.ask(made) == "1\n");
  const auto unit = (*storage)->begin();
  REQUIRE((*unit)->append(dollar));
  REQUIRE((*unit)->commit());
  CHECK(file.ask(made) == "5\n");
}

TEST_CASE("an index and a guard that another program took away come back with the next writer") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  CHECK(PlainSqlite(folder.file("book"))
            .ask("DROP INDEX assets_by_code; DROP TRIGGER assets_refuse_delete")
            .empty());
  const auto storage = open_sqlite(folder.file("book"), {});
  const auto unit = (*storage)->begin();
  REQUIRE((*unit)->append(AssetRow{3, "EUR", 2, 0, "", "", "", recorded_at}));
  REQUIRE((*unit)->commit());
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("DELETE FROM assets") == "error: assets: rows are only ever appended");
  CHECK(file.ask("INSERT INTO assets VALUES (9,'EUR',2,0,NULL,NULL,NULL,1,7)") ==
        "error: UNIQUE constraint failed: assets.code");
}

TEST_CASE("another program can't change what is only ever appended") {
  const TemporaryFolder folder;
  {
    const auto storage = open_sqlite(folder.file("book"), {});
    fill(**storage);
    fill_the_other_tables(**storage);
  }
  PlainSqlite file(folder.file("book"));
  for (const Schema* schema : all_schemas()) {
    if (!schema->is_append_only) {
      continue;
    }
    const std::string table(schema->table);
    const std::string key(schema->columns[0].name);
    const std::string refusal = "error: " + table + ": rows are only ever appended";
    CHECK(file.ask("UPDATE " + table + " SET " + key + " = " + key) == refusal);
    CHECK(file.ask("DELETE FROM " + table) == refusal);
    CHECK(file.ask("INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table) == refusal);
  }
}

TEST_CASE("another program can't write values that no ledger writes") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("INSERT INTO transactions VALUES (8,'k',0,1,2,1.5,1,1,1,NULL,NULL,NULL,7)")
            .substr(0, 24) == "error: CHECK constraint ");
  CHECK(file.ask("INSERT INTO transactions VALUES (8,'k',0,1,2,NULL,1,1,1,NULL,NULL,NULL,7)") ==
        "error: NOT NULL constraint failed: transactions.amount");
  CHECK(file.ask("INSERT INTO assets VALUES (9,'XX',37,0,NULL,NULL,NULL,1,7)").substr(0, 24) ==
        "error: CHECK constraint ");
  CHECK(file.ask("INSERT INTO assets VALUES (9,'USD',2,0,NULL,NULL,NULL,1,7)") ==
        "error: UNIQUE constraint failed: assets.code");
  CHECK(file.ask("PRAGMA foreign_key_check").empty());
}

TEST_CASE("the view wallet shows each balance in decimals, whatever heads lag behind") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("SELECT id, created_at, user_id, currency, balance FROM wallet ORDER BY id") ==
        "1|2024-12-22T10:15:30.000000001Z|20241222|USD|50.03\n"
        "2|2024-12-22T10:15:30.000000001Z|20241222|ETH|0.000000000000000002\n");
}

TEST_CASE("the view wallet_transaction shows exact balances before and after of any size") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("SELECT transaction_id, type, amount, balance_before, balance_after, status, "
                 "description FROM wallet_transaction WHERE wallet_id = 1 ORDER BY id") ==
        "1|deposit|100.00|0.00|100.00|completed|\n"
        "2|withdraw|50.00|100.00|50.00|completed|rent\n"
        "7|deposit|0.01|50.00|50.01|completed|\n"
        "7|deposit|0.02|50.01|50.03|completed|\n");
  CHECK(file.ask("SELECT transaction_id, type, amount, balance_before, balance_after "
                 "FROM wallet_transaction WHERE wallet_id = 2 ORDER BY id") ==
        "3|deposit|123456789012345678901.234567890123456789|0.000000000000000000|"
        "123456789012345678901.234567890123456789\n"
        "4|withdraw|123456789012345678901.234567890123456790|"
        "123456789012345678901.234567890123456789|-0.000000000000000001\n"
        "5|deposit|9.223372036854775807|-0.000000000000000001|9.223372036854775806\n"
        "6|withdraw|9.223372036854775807|9.223372036854775809|0.000000000000000002\n");
}

TEST_CASE("each row of the view wallet_transaction has an id of its own") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  PlainSqlite file(folder.file("book"));
  // Transaction 9 is between the wallets 1 and 3; transaction 7 has three legs.
  CHECK(file.ask("INSERT INTO wallets VALUES (3,'20241223',1,4,0,NULL,9,NULL)").empty());
  CHECK(file.ask("INSERT INTO transactions VALUES (9,'t',0,1,4,5,4998,5,9,NULL,NULL,NULL,NULL)")
            .empty());
  CHECK(file.ask("SELECT id, wallet_id, transaction_id FROM wallet_transaction "
                 "WHERE transaction_id IN (7, 9) ORDER BY id") ==
        "70002|1|7\n70003|1|7\n90001|1|9\n90002|3|9\n");
  CHECK(file.ask("SELECT count(*) - count(DISTINCT id) FROM wallet_transaction") == "0\n");
  CHECK(file.ask("SELECT count(*) FROM wallet_transaction WHERE id IS NULL") == "0\n");
}

TEST_CASE("the view reconciliation shows its numbers in decimals and its status in words") {
  const TemporaryFolder folder;
  fill(**open_sqlite(folder.file("book"), {}));
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("SELECT id, wallet_id, start_time, end_time, system_balance, external_balance, "
                 "difference, tolerance, status, notes FROM reconciliation") ==
        "1|1|1970-01-01T00:00:01.000000000Z|1970-01-01T00:00:02.000000000Z|-0.05|1.00|1.05|0.00|"
        "mismatch|look\n");
}

TEST_CASE("the view crypto_wallet shows paths, and the status of the newest record") {
  const TemporaryFolder folder;
  {
    auto storage = open_sqlite(folder.file("book"), {});
    REQUIRE(storage);
    const auto unit = (*storage)->begin();
    REQUIRE(unit);
    UnitOfWork& book = **unit;
    const char* const source = R"({"path":"m/84'/0'/0'/0/*","key":"seed-1"})";
    REQUIRE(book.append(WalletRecordRow{1, 1, 1, 0, 0, "btc", "", source, 1}));
    REQUIRE(book.append(WalletRecordRow{2, 3, 2, 0, 1, "job", "", "1", 2}));
    REQUIRE(book.append(WalletRecordRow{3, 7, 1, 0, 4, "", "ops", "why", 3}));
    REQUIRE(book.append(WalletRecordRow{4, 6, 2, 0, 7, "", "", "", 4}));
    REQUIRE(book.append(WalletRecordRow{5, 8, 1, 3, 7, "a", "", "ann", 5}));
    REQUIRE(book.append(CryptoWalletRow{1, "ann", "bitcoin", "bc1q", 1, 0, "k", 1, 2, 0, "", "main",
                                        "{}", recorded_at}));
    REQUIRE(book.append(
        CryptoWalletRow{2, "bob", "bitcoin", "bc1p", 1, 1, "k", 4, 2, 2, "", "", "", recorded_at}));
    REQUIRE(book.append(
        CryptoWalletRow{3, "", "bitcoin", "bc1z", 1, 2, "k", 3, 6, 0, "", "", "", recorded_at}));
    REQUIRE(book.commit());
  }
  PlainSqlite file(folder.file("book"));
  CHECK(file.ask("SELECT id, created_at, user_id, address, address_path, key_name, kind, status, "
                 "label, extra_data FROM crypto_wallet ORDER BY id") ==
        "1|2024-12-22T10:15:30.000000001Z|ann|bc1q|m/84'/0'/0'/0/0|seed-1|hot|frozen|main|{}\n"
        "2|2024-12-22T10:15:30.000000001Z|bob|bc1p|m/84'/0'/0'/0/1|seed-1|watch_only|retired||\n"
        "3|2024-12-22T10:15:30.000000001Z||bc1z|m/84'/0'/0'/0/2|seed-1|cold|assigned||\n");
}
