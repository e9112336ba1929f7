// SPDX-License-Identifier: MIT
// The parts of the index one by one: tail, blocks, fences, filter, hash.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ledger/index/fences.hpp"
#include "ledger/index/index_block.hpp"
#include "ledger/index/index_tail.hpp"
#include "ledger/index/key_filter.hpp"
#include "ledger/index/key_hash.hpp"
#include "ledger/index/segment_writer.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

std::vector<IndexItem> unpacked(SegmentKind kind, const std::string& bytes) {
  std::vector<IndexItem> items;
  IndexBlockReader reader(kind, bytes);
  IndexItem item;
  while (reader.next(&item)) {
    items.push_back(item);
  }
  CHECK_FALSE(reader.is_bad());
  return items;
}

}  // namespace

TEST_CASE("a block gives back what was packed into it") {
  const std::map<SegmentKind, std::vector<IndexItem>> samples = {
      {SegmentKind::keys, {{0, 0, 100}, {0, 0, 101}, {5, 0, 1000000}, {(1ULL << 48U) - 1, 0, 100}}},
      {SegmentKind::accounts,
       {{1, 0, 100}, {1, 0, 101}, {1, 0, 5000}, {2, 0, 100}, {1ULL << 62U, 0, int64_max}}},
      {SegmentKind::effective,
       {{1, int64_min, 100},
        {1, -1, 101},
        {1, int64_max, 100},
        {2, 0, 105},
        {3, int64_max, 100},
        {3, int64_max, 101}}}};
  for (const auto& [kind, items] : samples) {
    IndexBlockWriter writer(kind, 100);
    for (const IndexItem& item : items) {
      CHECK(writer.add(item));
    }
    CHECK(unpacked(kind, writer.take()) == items);
    CHECK(writer.is_empty());
  }
}

TEST_CASE("a block stays within its size and says when it is full") {
  IndexBlockWriter writer(SegmentKind::keys, 1);
  std::vector<IndexItem> items;
  IndexItem item{1, 0, 1};
  while (writer.add(item)) {
    items.push_back(item);
    item = {item.major + (1ULL << 33U), 0, item.id % 30000 + 1};
  }
  const std::string bytes = writer.take();
  CHECK(bytes.size() <= index_block_bytes_max);
  CHECK(bytes.size() > index_block_bytes_max - 30);
  CHECK(unpacked(SegmentKind::keys, bytes) == items);
}

TEST_CASE("a damaged block is noticed, or read as other items, but never past its end") {
  IndexBlockWriter writer(SegmentKind::effective, 7);
  for (std::int64_t id = 7; id < 100; ++id) {
    CHECK(writer.add({static_cast<std::uint64_t>(id), id * 1000, id}));
  }
  const std::string sound = writer.take();
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = sound.substr(0, random() % (sound.size() + 1));
    for (std::size_t i = 0; i < damaged.size() && i < 3; ++i) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    IndexBlockReader reader(static_cast<SegmentKind>(random() % 3), damaged);
    IndexItem item;
    std::size_t count = 0;
    while (reader.next(&item)) {
      ++count;
    }
    CHECK(count <= damaged.size());
  }
}

TEST_CASE("fences find the block of an item and survive as bytes") {
  Fences fences;
  fences.add_block({10, 0, 1});
  fences.add_block({10, 0, 50});
  fences.add_block({20, -3, 7});
  fences.add_block({30, 5, 2});
  fences.set_last({40, 1, 9});
  Fences read;
  REQUIRE(read.from_bytes(fences.to_bytes(), 4));
  CHECK(read.block_count() == 4);
  CHECK(read.first() == IndexItem{10, 0, 1});
  CHECK(read.last() == IndexItem{40, 1, 9});
  CHECK(read.block_of({1, 0, 0}) == 0);
  CHECK(read.block_of({10, 0, 49}) == 0);
  CHECK(read.block_of({10, 0, 50}) == 1);
  CHECK(read.block_of({20, -4, 0}) == 1);
  CHECK(read.block_of({20, -3, 7}) == 2);
  CHECK(read.block_of({25, 0, 0}) == 2);
  CHECK(read.block_of({99, 0, 0}) == 3);
  CHECK_FALSE(Fences().from_bytes(fences.to_bytes(), 5));
  CHECK_FALSE(Fences().from_bytes(fences.to_bytes(), 3));
}

TEST_CASE("a filter never denies a key that it has, and seldom claims another") {
  std::mt19937_64 random(3);
  const auto hash = [&random] { return random() >> 16U; };
  for (const std::int64_t level : {0, 2}) {
    KeyFilter filter(KeyFilter::line_count(100000, level));
    std::vector<std::uint64_t> hashes;
    for (int i = 0; i < 100000; ++i) {
      hashes.push_back(hash());
      filter.insert(hashes.back());
    }
    int denied = 0;
    for (const std::uint64_t present : hashes) {
      denied += filter.may_contain(present) ? 0 : 1;
    }
    CHECK(denied == 0);
    int claimed = 0;
    for (int i = 0; i < 100000; ++i) {
      claimed += filter.may_contain(hash()) ? 1 : 0;
    }
    CHECK(claimed < (level == 0 ? 100 : 400));
  }
}

TEST_CASE("the filter written with a segment is the one built in memory") {
  std::mt19937_64 random(4);
  std::vector<IndexItem> items;
  for (std::int64_t id = 1; id <= 20000; ++id) {
    items.push_back({random() >> 16U, 0, id});
  }
  std::sort(items.begin(), items.end());
  storage::IndexSegmentRow row;
  row.first_transaction = 1;
  row.last_transaction = 20000;
  row.item_count = 20000;
  row.first_block = 1;
  row.first_filter = 100000;
  SegmentWriter writer(row, true);
  for (const IndexItem& item : items) {
    writer.add(item);
  }
  writer.finish();
  const auto built = writer.take_filter();
  const auto blocks = writer.take_blocks();
  const std::int64_t lines = KeyFilter::line_count(20000, 0);
  KeyFilter read(lines);
  std::int64_t line = 0;
  std::int64_t data_blocks = 0;
  for (const FinishedBlock& block : blocks) {
    CHECK(block.data.size() <= index_block_bytes_max);
    if (block.id < 100000) {
      ++data_blocks;
    } else if (line < lines) {
      read.set_lines(line, block.data);
      line += static_cast<std::int64_t>(block.data.size() / KeyFilter::line_bytes);
    }
  }
  CHECK(line == lines);
  CHECK(data_blocks == writer.row().block_count);
  CHECK(static_cast<std::int64_t>(blocks.size()) ==
        writer.row().block_count + writer.row().filter_count);
  int different = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::uint64_t hash = random() >> 16U;
    different += read.may_contain(hash) == built->may_contain(hash) ? 0 : 1;
  }
  CHECK(different == 0);
}

TEST_CASE("the hash of a key depends on the seed and on every byte, and has 48 bits") {
  const KeyHash one(1);
  const KeyHash two(2);
  std::string key(100, 'k');
  CHECK(one(key) != two(key));
  CHECK(one("") != one(std::string(1, '\0')));
  const std::uint64_t before = one(key);
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = 'l';
    CHECK(one(key) != before);
    CHECK(one(key) < (1ULL << 48U));
    key[i] = 'k';
  }
}

TEST_CASE("a tail scans long histories from any id in both directions") {
  IndexTail tail(20000, 60000);
  tail.begin(1000);
  std::vector<std::int64_t> even;
  for (std::int64_t id = 1000; id < 20000; ++id) {
    REQUIRE(tail.fits(id, 3));
    tail.add(id, static_cast<std::uint64_t>(id), 0);
    tail.add_account(7);
    tail.add_account_once(7);
    tail.add_account(id % 2 == 0 ? 8 : 100000 + id);
    if (id % 2 == 0) {
      even.push_back(id);
    }
  }
  std::mt19937_64 random(9);
  for (int round = 0; round < 300; ++round) {
    const auto first = static_cast<std::int64_t>(900 + random() % 20000);
    const auto last = static_cast<std::int64_t>(900 + random() % 20000);
    std::vector<std::int64_t> expected;
    for (const std::int64_t id : even) {
      if (id >= first && id <= last) {
        expected.push_back(id);
      }
    }
    std::vector<std::int64_t> forward;
    CHECK(tail.scan_forward(8, first, last, [&](std::int64_t id) {
      forward.push_back(id);
      return true;
    }));
    CHECK(forward == expected);
    std::vector<std::int64_t> backward;
    CHECK(tail.scan_backward(8, first, last, [&](std::int64_t id) {
      backward.insert(backward.begin(), id);
      return true;
    }));
    CHECK(backward == expected);
  }
  CHECK(tail.last_of_account(7, int64_max) == 19999);
  CHECK(tail.last_of_account(7, 1500) == 1500);
  CHECK(tail.last_of_account(8, 1501) == 1500);
  CHECK(tail.last_of_account(9, int64_max) == 0);
  CHECK(tail.last_of_account(8, 999) == 0);
}

TEST_CASE("a tail is full when its window or its postings are used up") {
  IndexTail tail(10, 12);
  tail.begin(5);
  CHECK(tail.is_empty());
  CHECK(tail.fits(14, 12));
  CHECK_FALSE(tail.fits(15, 1));
  CHECK_FALSE(tail.fits(5, 13));
  tail.add(5, 1, 0);
  for (std::int64_t account = 1; account <= 12; ++account) {
    tail.add_account(account);
  }
  CHECK_FALSE(tail.fits(6, 1));
  CHECK_FALSE(tail.is_empty());
}

}  // namespace coffer::ledger
