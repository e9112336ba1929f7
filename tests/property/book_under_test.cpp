// SPDX-License-Identifier: MIT
// How a book under test is opened, closed and taken over.
#include "book_under_test.hpp"

#include <doctest/doctest.h>

namespace coffer::property {

BookUnderTest::BookUnderTest(Backend backend) {
  if (backend == Backend::file) {
    folder_.emplace();
    path_ = folder_->file("book.db");
  } else {
    storage_ = storage::make_memory_storage();
  }
  open();
}

void BookUnderTest::open() {
  if (folder_) {
    storage::SqliteOptions options;
    // No power fails here; the crash suite is for that.
    options.durability = storage::Durability::off;
    auto opened = storage::open_sqlite(path_, options);
    INFO((opened ? std::string() : opened.error().message));
    REQUIRE(opened);
    storage_ = std::move(opened).value();
  }
  LedgerOptions options;
  options.use_builder_thread = false;
  options.takeover = storage::Takeover::take_over;
  options.events = &told;
  auto opened = Ledger::open(*storage_, clock, options);
  INFO((opened ? std::string() : opened.error().message));
  REQUIRE(opened);
  ledger_ = std::move(opened).value();
}

void BookUnderTest::reopen() {
  REQUIRE(ledger_->close());
  ledger_.reset();
  open();
}

void BookUnderTest::restore() {
  if (!folder_) {
    return reopen();
  }
  const std::string copy = folder_->file("copy-" + std::to_string(++copies_) + ".db");
  REQUIRE(ledger_->backup(copy, {}));
  ledger_.reset();
  path_ = copy;
  open();
}

std::unique_ptr<Ledger> BookUnderTest::follower() {
  if (!folder_) {
    return nullptr;
  }
  storage::SqliteOptions reading;
  reading.is_read_only = true;
  auto opened = storage::open_sqlite(path_, reading);
  INFO((opened ? std::string() : opened.error().message));
  REQUIRE(opened);
  followed_ = std::move(opened).value();
  LedgerOptions options;
  options.is_read_only = true;
  auto following = Ledger::open(*followed_, clock, options);
  INFO((following ? std::string() : following.error().message));
  REQUIRE(following);
  return std::move(following).value();
}

void BookUnderTest::replace_writer() {
  std::unique_ptr<storage::Storage> old_storage;
  if (folder_) {
    old_storage = std::move(storage_);
  }
  const std::unique_ptr<Ledger> old = std::move(ledger_);
  open();
  CHECK(!old->close());
}

}  // namespace coffer::property
