// SPDX-License-Identifier: MIT
// Emptying a damaged index: whatever its rows say, none stays and no id or generation comes again.
#include "ledger/index/index_reset.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "ledger/index/index_state.hpp"
#include "ledger/index/segment_checksum.hpp"

namespace {

using namespace coffer;
using coffer::ledger::IndexHeader;
using coffer::storage::IndexBlockRow;
using coffer::storage::IndexSegmentRow;

constexpr std::int64_t absurd = std::numeric_limits<std::int64_t>::max() - 5;
constexpr Timestamp noon{1'700'000'000'000'000'000};

/// A storage with rows of an index in it, put there as damage would.
struct DamagedIndex {
  std::unique_ptr<storage::Storage> storage = storage::make_memory_storage();

  template <storage::Row Row>
  void put(const Row& row) {
    const auto unit = storage->begin();
    REQUIRE(unit);
    REQUIRE((*unit)->put(row));
    REQUIRE((*unit)->commit());
  }
  void put_segment(std::int64_t id, std::int64_t first_block, std::int64_t block_count,
                   std::int64_t first_filter, std::int64_t filter_count) {
    IndexSegmentRow row;
    row.id = id;
    row.first_block = first_block;
    row.block_count = block_count;
    row.first_filter = first_filter;
    row.filter_count = filter_count;
    put(row);
  }
  void put_header(std::int64_t generation, std::int64_t next_segment, std::int64_t next_block) {
    IndexHeader header;
    header.generation = generation;
    header.next_segment = next_segment;
    header.next_block = next_block;
    put(header.to_row());
  }
  IndexHeader reset(Timestamp now = noon) {
    const Status done = ledger::reset_index(*storage, now);
    REQUIRE_MESSAGE(done, done.error().message);
    const auto reader = storage->snapshot();
    REQUIRE(reader);
    return ledger::read_header(**reader).value();
  }
  template <storage::Row Row>
  std::vector<std::int64_t> ids() {
    std::vector<std::int64_t> found;
    const auto reader = storage->snapshot();
    REQUIRE(reader);
    REQUIRE((*reader)->template scan<Row>({}, [&found](const Row& row) {
      found.push_back(row.id);
      return true;
    }));
    return found;
  }
};

}  // namespace

TEST_CASE("an empty index numbers from the beginning") {
  DamagedIndex index;
  const IndexHeader header = index.reset();
  CHECK(header.next_segment == 2);
  CHECK(header.next_block == 1);
  CHECK(header.generation == noon.ns);
}

TEST_CASE("an absurd id does not make numbering begin anew") {
  DamagedIndex index;
  index.put(IndexBlockRow{40, "block"});
  index.put(IndexBlockRow{absurd, "block"});
  index.put_segment(7, 1, 40, 0, 0);
  index.put_segment(absurd, 1, 40, 0, 0);
  const IndexHeader header = index.reset();
  CHECK(header.next_block == 41);
  CHECK(header.next_segment == 8);
}

TEST_CASE("blocks that are lost are not numbered again, since readers may have them in memory") {
  DamagedIndex index;
  SUBCASE("when the manifest still tells the next one") {
    index.put_header(5, 12, 90);
    const IndexHeader header = index.reset();
    CHECK(header.next_block == 90);
    CHECK(header.next_segment == 12);
  }
  SUBCASE("when a segment still tells its own") {
    index.put_segment(3, 10, 20, 30, 4);
    CHECK(index.reset().next_block == 34);
  }
  SUBCASE("and what no writer has come to is not believed") {
    index.put_header(absurd, absurd, absurd);
    index.put_segment(3, 10, absurd, absurd, 4);
    index.put_segment(4, 10, -20, -1, absurd);
    const IndexHeader header = index.reset();
    CHECK(header.next_block == 11);
    CHECK(header.next_segment == 5);
    CHECK(header.generation == noon.ns);
  }
}

TEST_CASE("rows with ids below one are destroyed like all others") {
  DamagedIndex index;
  for (const std::int64_t id : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-5},
                                std::int64_t{0}, std::int64_t{6}, absurd + 5}) {
    index.put(IndexBlockRow{id, "block"});
    index.put_segment(id, 1, 1, 1, 1);
  }
  index.reset();
  CHECK(index.ids<IndexBlockRow>().empty());
  CHECK(index.ids<IndexSegmentRow>() == std::vector<std::int64_t>{1});
}

TEST_CASE("a clock that was set back repeats no generation") {
  DamagedIndex index;
  CHECK(index.reset(noon).generation == noon.ns);
  CHECK(index.reset(noon).generation == noon.ns + 1);
  CHECK(index.reset(Timestamp{noon.ns - 3'600'000'000'000}).generation == noon.ns + 2);
  SUBCASE("also when the manifest is lost, by the time of the newest commit") {
    storage::CommitRow commit;
    commit.id = 1;
    commit.recorded_at = noon.ns + 50;
    {
      const auto unit = index.storage->begin();
      REQUIRE(unit);
      REQUIRE((*unit)->append(commit));
      REQUIRE((*unit)->destroy<IndexSegmentRow>(1, 1));
      REQUIRE((*unit)->commit());
    }
    CHECK(index.reset(Timestamp{noon.ns - 3'600'000'000'000}).generation == noon.ns + 51);
  }
}

TEST_CASE("a commit's time, or a clock, at the end of all times overflows no generation") {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  DamagedIndex index;
  SUBCASE("the commit's is not believed") {
    storage::CommitRow commit;
    commit.id = 1;
    commit.recorded_at = last;
    {
      const auto unit = index.storage->begin();
      REQUIRE(unit);
      REQUIRE((*unit)->append(commit));
      REQUIRE((*unit)->commit());
    }
    CHECK(index.reset().generation == noon.ns);
  }
  SUBCASE("the clock's counts as the year 2200") {
    CHECK(index.reset(Timestamp{last}).generation == 7'258'118'400'000'000'000);
  }
}
