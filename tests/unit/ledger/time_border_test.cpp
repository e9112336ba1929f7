// SPDX-License-Identifier: MIT
// Tests of finding a transaction by its time in books whose commits came evenly, and unevenly.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ledger/query/journal_reads.hpp"
#include "support/journal_builder.hpp"

namespace {

using namespace coffer;
using namespace coffer_test;

/// One transaction a commit, `pause(i)` nanoseconds after commit i; every border is asked for.
template <class Pause>
void check_borders(int commits, const Pause& pause) {
  const auto storage = storage::make_memory_storage();
  JournalBuilder journal(*storage);
  const std::int64_t usd = journal.asset("USD");
  const std::int64_t cash = journal.account("cash", usd, Side::debit, "bank");
  const std::int64_t ann = journal.account("ann-usd", usd, Side::credit, "ann", 1);
  journal.commit();
  std::vector<std::int64_t> times;
  for (int i = 0; i < commits; ++i) {
    times.push_back(journal.time);
    journal.transfer("t" + std::to_string(i), cash, ann, Amount(1));
    journal.commit();
    journal.time += pause(i);
  }
  auto reader = storage->snapshot();
  REQUIRE(reader);
  for (int i = 0; i < commits; ++i) {
    for (const std::int64_t aside : {-1, 0, 1}) {
      const std::int64_t time = times[static_cast<std::size_t>(i)] + aside;
      CAPTURE(time);
      const auto found = ledger::first_transaction_from(**reader, Timestamp{time});
      REQUIRE(found);
      CHECK(*found == std::lower_bound(times.begin(), times.end(), time) - times.begin() + 1);
    }
  }
}

}  // namespace

TEST_CASE("a time finds its transaction when commits came evenly") {
  check_borders(200, [](int) { return 1'000'000; });
}

TEST_CASE("a time finds its transaction when most of the time passed in one pause") {
  check_borders(200, [](int i) { return i == 150 ? 1'000'000'000'000'000 : 1; });
}

TEST_CASE("a time finds its transaction when pauses are of every size") {
  std::mt19937_64 random(11);
  check_borders(300, [&random](int) { return std::int64_t{1} << (random() % 50); });
}
