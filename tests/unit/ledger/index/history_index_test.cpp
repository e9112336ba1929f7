// SPDX-License-Identifier: MIT
// The index against naive maps: random batches, seals, merges, reloads, views and followers.
#include "ledger/index/history_index.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "unit/ledger/index/index_fixture.hpp"

namespace coffer::ledger {
namespace {

IndexOptions small_options(bool use_builder_thread) {
  IndexOptions options;
  options.seal_after = 64;
  options.use_builder_thread = use_builder_thread;
  return options;
}

/// Random batches, with a reload, a failed commit or an orderly close now and then.
void run(storage::Storage& storage, const IndexOptions& options, std::uint64_t seed, int batches,
         const Workload& workload) {
  IndexFixture fixture(storage, options, seed);
  std::vector<std::unique_ptr<IndexView>> held;
  for (int batch = 0; batch < batches; ++batch) {
    fixture.prepare(fixture.pick(1, 90), workload);
    fixture.check_writer(10, workload.accounts);
    const std::int64_t fate = fixture.pick(0, 99);
    if (fate < 4) {
      fixture.fail_commit(fixture.pick(1, 30));
    } else if (fate < 7) {
      fixture.close_in_order();
      fixture.load();
    } else {
      fixture.commit(fixture.pick(1, 30));
    }
    if (fate >= 96) {
      fixture.load();
    }
    if (fate % 10 == 0) {
      fixture.check_blocks();
    }
    if (fate % 5 == 0) {
      held.push_back(view_of(fixture.index()));
    }
    if (held.size() > 6) {
      held.erase(held.begin());
    }
    for (const auto& view : held) {
      fixture.check(*view, 3, workload.accounts);
    }
    fixture.check(*view_of(fixture.index()), 8, workload.accounts);
  }
  fixture.check_all(*view_of(fixture.index()), workload.accounts);
  fixture.load();
  fixture.check_all(*view_of(fixture.index()), workload.accounts);
}

}  // namespace

TEST_CASE("the index agrees with naive maps over memory storage without a thread") {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    CAPTURE(seed);
    const auto storage = storage::make_memory_storage();
    run(*storage, small_options(false), seed, 160, Workload{});
  }
}

TEST_CASE("the index agrees with naive maps over memory storage with its builder thread") {
  for (std::uint64_t seed = 11; seed <= 12; ++seed) {
    CAPTURE(seed);
    const auto storage = storage::make_memory_storage();
    run(*storage, small_options(true), seed, 160, Workload{});
  }
}

TEST_CASE("the index agrees with naive maps over an SQLite file") {
  for (const bool use_builder_thread : {false, true}) {
    CAPTURE(use_builder_thread);
    const TemporaryBook book;
    const auto storage = book.open();
    run(*storage, small_options(use_builder_thread), 21, 130, Workload{});
  }
}

TEST_CASE("the index works without any memory for filters") {
  IndexOptions options = small_options(false);
  options.filter_bytes_max = 0;
  const auto storage = storage::make_memory_storage();
  run(*storage, options, 31, 130, Workload{});
}

TEST_CASE("the index works when filters have memory for some segments only") {
  IndexOptions options = small_options(true);
  options.filter_bytes_max = 2000;
  const auto storage = storage::make_memory_storage();
  run(*storage, options, 32, 130, Workload{});
}

TEST_CASE("the index holds many accounts, each seldom used") {
  Workload workload;
  workload.accounts = 3000;
  workload.hot_percent = 0;
  const auto storage = storage::make_memory_storage();
  run(*storage, small_options(false), 41, 100, workload);
}

TEST_CASE("a follower finds what another process commits") {
  const TemporaryBook book;
  const auto storage = book.open();
  IndexFixture fixture(*storage, small_options(true), 51);
  fixture.prepare(40, Workload{});
  fixture.commit(10);

  const auto followed = book.open(true);
  IndexOptions options = small_options(true);
  options.seal_after = 100;
  auto follower = HistoryIndex::load(*followed, options);
  REQUIRE(follower.has_value());
  std::vector<std::unique_ptr<IndexView>> held;
  for (int batch = 0; batch < 150; ++batch) {
    fixture.prepare(fixture.pick(1, 60), Workload{});
    fixture.commit(fixture.pick(1, 30));
    if (fixture.pick(0, 3) == 0) {
      held.push_back(view_of(**follower));
      CHECK(held.back()->last_transaction() == fixture.naive().last);
    }
    if (held.size() > 5) {
      held.erase(held.begin());
    }
    for (const auto& view : held) {
      fixture.check(*view, 4, 20);
    }
  }
  fixture.check_all(*view_of(**follower), 20);
}

TEST_CASE("a view does not show what was added after it, nor what is not committed") {
  const auto storage = storage::make_memory_storage();
  IndexFixture fixture(*storage, small_options(false), 61);
  fixture.prepare(30, Workload{});
  const auto before = view_of(fixture.index());
  CHECK(before->last_transaction() == 0);
  fixture.check_all(*before, 20);
  fixture.commit(10);
  const auto after = view_of(fixture.index());
  CHECK(after->last_transaction() == 30);
  fixture.prepare(200, Workload{});
  fixture.check_all(*after, 20);
  fixture.check_all(*before, 20);
  fixture.commit(10);
  fixture.check_all(*after, 20);
  CHECK(view_of(fixture.index())->last_transaction() == 230);
}

TEST_CASE("a damaged or missing block is an error, not a wrong answer") {
  for (const bool is_missing : {false, true}) {
    CAPTURE(is_missing);
    const auto storage = storage::make_memory_storage();
    IndexFixture fixture(*storage, small_options(false), 71);
    for (int batch = 0; batch < 20; ++batch) {
      fixture.prepare(60, Workload{});
      fixture.commit(50);
    }
    auto unit = storage->begin();
    REQUIRE(unit);
    std::vector<std::int64_t> ids;
    REQUIRE((*unit)->scan<storage::IndexBlockRow>(storage::ScanQuery{},
                                                  [&ids](const storage::IndexBlockRow& row) {
                                                    ids.push_back(row.id);
                                                    return true;
                                                  }));
    REQUIRE_FALSE(ids.empty());
    for (const std::int64_t id : ids) {
      if (is_missing) {
        REQUIRE((*unit)->destroy<storage::IndexBlockRow>(id, id));
      } else {
        REQUIRE((*unit)->put(storage::IndexBlockRow{id, "\x80"}));
      }
    }
    REQUIRE((*unit)->commit());
    fixture.load();
    const auto view = view_of(fixture.index());
    const auto found = view->find_key(IndexFixture::key_of(3));
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().code == Code::storage_corrupt);
    const Status scanned = view->scan_account(1, 0, false, [](std::int64_t) { return true; });
    REQUIRE_FALSE(scanned.has_value());
    CHECK(scanned.error().code == Code::storage_corrupt);
  }
}

TEST_CASE("a manifest that contradicts itself is refused when the index is loaded") {
  const auto storage = storage::make_memory_storage();
  auto unit = storage->begin();
  REQUIRE(unit);
  storage::IndexSegmentRow row;
  row.id = 5;
  row.first_transaction = 1;
  row.last_transaction = 10;
  row.block_count = 1;
  row.filter_count = 1;
  row.item_count = 1'000'000'000'000;
  REQUIRE((*unit)->put(row));
  REQUIRE((*unit)->commit());
  const auto loaded = HistoryIndex::load(*storage, IndexOptions{});
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == Code::storage_corrupt);
}

TEST_CASE("an orderly close leaves a short tail in the journal and writes a long one") {
  const auto storage = storage::make_memory_storage();
  IndexFixture fixture(*storage, small_options(false), 81);
  const auto segments = [&storage] {
    auto reader = storage->snapshot();
    REQUIRE(reader);
    int count = 0;
    REQUIRE((*reader)->scan<storage::IndexSegmentRow>(
        storage::ScanQuery{}, [&count](const storage::IndexSegmentRow& row) {
          count += row.kind == 0 ? 1 : 0;
          return true;
        }));
    return count;
  };
  fixture.prepare(4, Workload{});
  fixture.close_in_order();
  CHECK(segments() == 0);
  fixture.load();
  fixture.prepare(40, Workload{});
  fixture.close_in_order();
  CHECK(segments() == 1);
  fixture.load();
  fixture.check_all(*view_of(fixture.index()), 20);
}

TEST_CASE("loading refuses a seal_after out of range") {
  const auto storage = storage::make_memory_storage();
  IndexOptions options;
  options.seal_after = 0;
  const auto loaded = HistoryIndex::load(*storage, options);
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == Code::out_of_range);
}

}  // namespace coffer::ledger
