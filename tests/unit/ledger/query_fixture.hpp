// SPDX-License-Identifier: MIT
// Books written row by row, for the tests of the questions to them.
#pragma once

#include <doctest/doctest.h>

#include <limits>
#include <memory>
#include <utility>

#include "support/journal_builder.hpp"
#include "support/scanning_index_view.hpp"

namespace coffer_test {

using coffer::Timestamp;

constexpr Timestamp far_future{std::numeric_limits<std::int64_t>::max()};

struct Book {
  std::unique_ptr<storage::Storage> storage = storage::make_memory_storage();
  JournalBuilder journal{*storage};

  ScanningIndexView view() {
    auto snapshot = storage->snapshot();
    REQUIRE(snapshot);
    return ScanningIndexView(std::move(*snapshot));
  }
};

/// Two accounts of one asset; account 1 is the bank's cash, account 2 is what it owes ann.
struct SmallBook : Book {
  std::int64_t usd = journal.asset("USD");
  std::int64_t cash = journal.account("cash", usd, Side::debit, "bank");
  std::int64_t ann = journal.account("ann-usd", usd, Side::credit, "ann", 1);
};

}  // namespace coffer_test
