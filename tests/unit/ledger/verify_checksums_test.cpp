// SPDX-License-Identifier: MIT
// Records with checksums behind records without: a book that an older version began.
#include <coffer/ledger/verify.hpp>

#include <doctest/doctest.h>

#include <string>

#include "../storage/plain_sqlite.hpp"
#include "full_book.hpp"
#include "storage/sqlite/migrations.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

constexpr const char* journal_tables[] = {"assets",          "accounts",       "account_changes",
                                          "transactions",    "entries",        "notes",
                                          "holds",           "hold_events",    "wallets",
                                          "reconciliations", "crypto_wallets", "wallet_records"};

class OldBook {
 public:
  OldBook() : path_(folder_.file("book.db")), book_(path_) {
    PlainSqlite file(path_);
    run("DROP TRIGGER commits_refuse_update");
    for (const char* table : journal_tables) {
      run(std::string("DROP TRIGGER ") + table + "_refuse_update");
    }
  }

  void run(const std::string& sql) {
    PlainSqlite file(path_);
    REQUIRE(file.ask(sql) == "");
  }
  std::string ask(const std::string& sql) { return PlainSqlite(path_).ask(sql); }

  /// As version 2 left the book after commit `last`, brought to version 3.
  void remove_checksums_up_to(const std::string& last) {
    const std::string from = " FROM commits WHERE id = " + last + ")";
    run("UPDATE book SET checksums_from = " + last + " + 1");
    run("UPDATE commits SET checksum = NULL WHERE id <= " + last);
    for (const char* table : {"asset", "account", "account_change", "hold", "hold_event", "wallet",
                              "reconciliation", "crypto_wallet", "wallet_record", "transaction"}) {
      run(std::string("UPDATE ") + table + "s SET checksum = NULL WHERE id <= (SELECT last_" +
          table + from);
    }
    run("UPDATE entries SET checksum = NULL WHERE id <= (SELECT last_entry" + from);
    run("UPDATE notes SET checksum = NULL WHERE transaction_id <= (SELECT last_transaction" + from);
  }

  /// A writer of this version comes and goes.
  void write() {
    auto storage = storage::open_sqlite(path_, {});
    REQUIRE_MESSAGE(storage, storage.error().message);
    ManualClock clock{Timestamp{3'000'000'000'000'000'000}};
    auto ledger = Ledger::open(**storage, clock, {});
    REQUIRE_MESSAGE(ledger, ledger.error().message);
    REQUIRE((*ledger)->close());
  }

  std::string verify() {
    storage::SqliteOptions options;
    options.is_read_only = true;
    const auto storage = storage::open_sqlite(path_, options);
    REQUIRE_MESSAGE(storage, storage.error().message);
    const auto report = verify_book(**storage, {});
    return report ? "verified" : report.error().message;
  }

 private:
  TemporaryFolder folder_;
  std::string path_;
  coffer::test::FullBook book_;
};

std::string first_words(const std::string& message) { return message.substr(0, message.find(':')); }

}  // namespace

TEST_CASE("a book whose first commits have no checksums verifies") {
  OldBook book;
  book.remove_checksums_up_to("30");
  CHECK(book.verify() == "verified");
}

TEST_CASE("checksums begin with the next writer, however long an older one went on") {
  OldBook book;
  const std::string last = book.ask("SELECT max(id) FROM commits");
  book.remove_checksums_up_to(last.substr(0, last.size() - 1));
  book.run("UPDATE book SET checksums_from = 0");
  CHECK(book.verify() == "verified");
  book.write();
  CHECK(book.ask("SELECT checksums_from - " + last + " FROM book") == "1\n");
  CHECK(book.verify() == "verified");
  book.write();
  CHECK(book.ask("SELECT checksums_from - " + last + " FROM book") == "1\n");
  CHECK(book.ask("SELECT count(*) FROM commits WHERE id > " + last + " AND checksum IS NULL") ==
        "0\n");
  CHECK(book.verify() == "verified");
}

TEST_CASE(
    "an altered text is named by its commit where records have no checksums, else by itself") {
  OldBook book;
  book.remove_checksums_up_to("30");
  const std::string old_row = "(SELECT last_transaction FROM commits WHERE id = 30)";
  const std::string number = book.ask("SELECT " + old_row + " + 1");
  book.run("UPDATE transactions SET effective_at = 5 WHERE id = " + old_row + " + 1");
  CHECK(first_words(book.verify()) == "transactions " + number.substr(0, number.size() - 1));
  book.run("UPDATE transactions SET effective_at = NULL WHERE id = " + old_row + " + 1");
  CHECK(book.verify() == "verified");
  book.run("UPDATE transactions SET effective_at = 5 WHERE id = " + old_row);
  CHECK(first_words(book.verify()) == "commits 30");
}

TEST_CASE("a checksum that was taken away or put where none belongs is named") {
  OldBook book;
  book.run("UPDATE transactions SET checksum = NULL WHERE id = 7");
  CHECK(first_words(book.verify()) == "transactions 7");
  book.remove_checksums_up_to("30");
  book.run("UPDATE commits SET checksum = 9 WHERE id = 3");
  CHECK(first_words(book.verify()) == "commits 3");
  book.run("UPDATE commits SET checksum = NULL WHERE id = 3");
  CHECK(book.verify() == "verified");
  book.run("UPDATE book SET checksums_from = checksums_from + 5");
  CHECK(first_words(book.verify()) == "book 1");
  book.run("UPDATE book SET checksums_from = checksums_from - 6");
  CHECK(first_words(book.verify()) == "commits 30");
}

TEST_CASE("a record that was altered together with its checksum is told by its commit's hash") {
  OldBook book;
  const std::string wrong = book.ask("SELECT min(id) FROM transactions WHERE reference <> ''");
  REQUIRE(wrong != "NULL\n");
  book.run("UPDATE notes SET transaction_id = transaction_id + 100000, checksum = checksum");
  CHECK(first_words(book.verify()).rfind("notes ", 0) == 0);
  OldBook other;
  other.run("DROP TRIGGER notes_refuse_delete");
  other.run("DELETE FROM notes WHERE reverses IS NULL AND hold IS NULL");
  CHECK(first_words(other.verify()).rfind("commits ", 0) == 0);
}
