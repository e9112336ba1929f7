// SPDX-License-Identifier: MIT
// How a book under test is opened, closed and taken over.
#include "book_under_test.hpp"

#include <doctest/doctest.h>

namespace coffer::property {

BookUnderTest::BookUnderTest(Backend backend) {
  if (backend == Backend::file) {
    folder_.emplace();
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
    auto opened = storage::open_sqlite(folder_->file("book.db"), options);
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
