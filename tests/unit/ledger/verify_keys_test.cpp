// SPDX-License-Identifier: MIT
// Verification of books in which two records of a kind carry the same key, with hashes that fit.
#include "ledger/verify/key_check.hpp"

#include <coffer/ledger/verify.hpp>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <memory>
#include <string>

#include "ledger/index/history_index.hpp"
#include "support/journal_builder.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;
using namespace coffer_test;

std::string verdict(storage::Storage& storage) {
  const auto report = verify_book(storage, {});
  return report ? "right" : report.error().message;
}

/// 200 transactions between two accounts; number `repeated` has the key of number `original`.
struct RepeatedKey {
  std::unique_ptr<storage::Storage> storage = storage::make_memory_storage();

  RepeatedKey(int original, int repeated) {
    JournalBuilder journal(*storage);
    const std::int64_t usd = journal.asset("USD");
    journal.account("cash", usd, Side::debit);
    journal.account("ann", usd);
    for (int i = 1; i <= 200; ++i) {
      journal.transfer("t" + std::to_string(i == repeated ? original : i), 1, 2, Amount(1));
      if (i % 50 == 0) {
        journal.commit();
      }
    }
  }

  /// Seals the transactions in small segments, all but the newest few, and merges some of these.
  void seal() {
    ledger::IndexOptions options;
    options.seal_after = 16;
    options.use_builder_thread = false;
    auto index = ledger::HistoryIndex::load(*storage, options);
    REQUIRE_MESSAGE(index, index.error().message);
    for (int round = 0; round < 20; ++round) {
      auto unit = storage->begin();
      REQUIRE(unit);
      REQUIRE((*index)->write_due(**unit, 100));
      REQUIRE((*index)->commit(**unit, 200));
    }
  }

  [[nodiscard]] std::int64_t sealed() const {
    const auto reader = storage->snapshot();
    REQUIRE(reader);
    return ledger::IndexTally::read(**reader)->covered();
  }
};

/// Takes away what keeps SQLite from storing a key twice.
void allow_repeated(const std::string& path, const std::string& table, const std::string& column) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  const std::string index = table + "_by_" + column;
  const std::string sql = "DROP INDEX IF EXISTS " + index + "; CREATE INDEX " + index + " ON " +
                          table + " (" + column + ")";
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

/// A book in a file without unique indexes, for the caller to fill.
struct LooseFile {
  TemporaryFolder folder;
  std::string path = folder.file("book.db");
  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<JournalBuilder> journal;

  LooseFile() {
    auto opened = storage::open_sqlite(path, {});
    REQUIRE_MESSAGE(opened, opened.error().message);
    storage = std::move(*opened);
    journal = std::make_unique<JournalBuilder>(*storage);
    allow_repeated(path, "assets", "code");
    allow_repeated(path, "accounts", "key");
    allow_repeated(path, "holds", "key");
  }
};

}  // namespace

TEST_CASE("a key that two transactions carry is found before they are sealed") {
  CHECK(verdict(*RepeatedKey(1, 1).storage) == "right");
  CHECK(verdict(*RepeatedKey(3, 190).storage) ==
        "transactions 190: key is the same as that of transaction 3");
}

TEST_CASE("a key that two transactions carry is found in the sealed segments") {
  RepeatedKey right(7, 7);
  right.seal();
  CHECK(right.sealed() == 192);
  CHECK(verdict(*right.storage) == "right");
  for (const auto& [original, repeated] : {std::pair{2, 5}, {2, 150}, {130, 180}, {4, 199}}) {
    RepeatedKey book(original, repeated);
    book.seal();
    CHECK(verdict(*book.storage) == "transactions " + std::to_string(repeated) +
                                        ": key is the same as that of transaction " +
                                        std::to_string(original));
  }
}

TEST_CASE("the first of several repeated keys is named") {
  const auto storage = storage::make_memory_storage();
  JournalBuilder journal(*storage);
  const std::int64_t usd = journal.asset("USD");
  journal.account("cash", usd, Side::debit);
  journal.account("ann", usd);
  for (const char* key : {"a", "b", "c", "c", "b", "a", "c"}) {
    journal.transfer(key, 1, 2, Amount(1));
  }
  journal.commit();
  CHECK(verdict(*storage) == "transactions 4: key is the same as that of transaction 3");
}

TEST_CASE("many keys without segment are compared in pieces, with the same verdict") {
  for (const bool is_sealed : {false, true}) {
    RepeatedKey book(150, 198);
    if (is_sealed) {
      book.seal();
    }
    const auto reader = book.storage->snapshot();
    REQUIRE(reader);
    const auto tally = ledger::IndexTally::read(**reader);
    REQUIRE(tally);
    ledger::JournalEnd end;
    end.last.last_asset = 1;
    end.last.last_account = 2;
    end.last.last_transaction = 200;
    for (const std::int64_t unsealed_max : {1, 7, 100}) {
      const Status checked = ledger::check_keys(**reader, *tally, end, unsealed_max);
      REQUIRE_FALSE(checked);
      CHECK(checked.error().message ==
            "transactions 198: key is the same as that of transaction 150");
    }
  }
}

TEST_CASE("keys of accounts and holds and codes of assets are unique") {
  LooseFile accounts;
  const std::int64_t usd = accounts.journal->asset("USD");
  accounts.journal->account("cash", usd, Side::debit);
  accounts.journal->account("ann", usd);
  accounts.journal->transfer("t", 1, 2, Amount(100));
  accounts.journal->commit();
  CHECK(verdict(*accounts.storage) == "right");
  accounts.journal->account("cash", usd);
  accounts.journal->commit();
  CHECK(verdict(*accounts.storage) == "accounts 3: key is the same as that of row 1");

  LooseFile holds;
  holds.journal->account("ann", holds.journal->asset("USD"));
  holds.journal->change(1, 0);
  holds.journal->hold("h", 1, Amount(1));
  holds.journal->hold("i", 1, Amount(1));
  holds.journal->commit();
  CHECK(verdict(*holds.storage) == "right");
  holds.journal->hold("h", 1, Amount(1));
  holds.journal->commit();
  CHECK(verdict(*holds.storage) == "holds 3: key is the same as that of row 1");

  LooseFile assets;
  assets.journal->asset("USD");
  assets.journal->asset("USD");
  assets.journal->commit();
  CHECK(verdict(*assets.storage) == "assets 2: code is the same as that of row 1");
}

TEST_CASE("an index of keys that lacks a row is named") {
  LooseFile file;
  file.journal->account("cash", file.journal->asset("USD"), Side::debit);
  file.journal->commit();
  const auto reader = file.storage->snapshot();
  REQUIRE(reader);
  const auto tally = ledger::IndexTally::read(**reader);
  REQUIRE(tally);
  ledger::JournalEnd end;
  end.last.last_asset = 1;
  end.last.last_account = 2;
  CHECK(ledger::check_keys(**reader, *tally, end).error().message ==
        "accounts 2: the index by key has 1 rows, the table has 2");
}
