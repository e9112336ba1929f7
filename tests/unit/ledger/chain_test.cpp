// SPDX-License-Identifier: MIT
// Tests of the audit chain's canonical bytes and hashes.
#include "ledger/chain.hpp"
#include "ledger/record_bytes.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <coffer/core/text.hpp>

namespace {

using namespace coffer;
using ledger::ChainHash;
using ledger::ChainHasher;
using ledger::genesis_hash;

storage::BookRow small_book() {
  storage::BookRow book;
  book.created_at = 1'700'000'000'000'000'000;
  book.name = "00ff";
  return book;
}

storage::CommitRow small_commit() {
  storage::CommitRow commit;
  commit.id = 1;
  commit.epoch = 3;
  commit.recorded_at = 1'700'000'000'000'000'001;
  commit.last_asset = 1;
  commit.last_account = 2;
  commit.last_account_change = 2;
  commit.last_transaction = 1;
  commit.last_entry = 1;
  return commit;
}

storage::TransactionRow small_transaction() {
  storage::TransactionRow row;
  row.id = 1;
  row.key = "t1";
  row.kind = 256 * 7;
  row.debit = 1;
  row.credit = 2;
  row.amount = Amount::from_limbs({0, 0, 0, 256});
  row.debit_after = Amount(-129);
  row.credit_after = Amount(127);
  row.recorded_at = 1'700'000'000'000'000'003;
  row.reference = "invoice 9";
  return row;
}

ChainHash hash_of(const storage::Schema& schema, const void* row) {
  ChainHasher hasher(ChainHash{}, storage::CommitRow{});
  hasher.add(schema, row);
  return hasher.finish();
}

Amount random_amount(std::mt19937_64* random) {
  std::array<std::uint64_t, 4> limbs{};
  const std::size_t wide = (*random)() % 4;
  const std::uint64_t sign = (*random)() % 2 == 0 ? 0 : ~0ULL;
  limbs.fill(sign);
  for (std::size_t i = 0; i < wide; ++i) {
    limbs[i] = (*random)();
  }
  limbs[wide] = sign ^ ((*random)() >> ((*random)() % 64));
  return Amount::from_limbs(limbs);
}

}  // namespace

TEST_CASE("the chain begins with the hash of the book's name and time of creation") {
  CHECK(to_hex(genesis_hash(small_book())) ==
        "f4222b6485c0e633a3d9c0195b18fe813dac445d90836eeb96405372d1d0cef8");
}

TEST_CASE("a commit has the hash that its written-out bytes have") {
  ChainHasher hasher(genesis_hash(small_book()), small_commit());
  storage::AssetRow asset;
  asset.id = 1;
  asset.code = "USD";
  asset.scale = 2;
  asset.symbol = "$";
  asset.recorded_at = 1'700'000'000'000'000'001;
  hasher.add(asset);
  storage::AccountRow account;
  account.id = 1;
  account.key = "k1";
  account.owner = "ann";
  account.asset = 1;
  account.purpose = "trading";
  account.recorded_at = 1'700'000'000'000'000'002;
  hasher.add(account);
  storage::AccountChangeRow change;
  change.id = 1;
  change.account = 1;
  change.flags = 1;
  change.minimum = Amount(-50'000);
  change.metadata = "{}";
  change.recorded_at = 1'700'000'000'000'000'002;
  hasher.add(change);
  hasher.add_transaction(small_transaction());
  storage::EntryRow entry;
  entry.id = 1;
  entry.transaction = 1;
  entry.account = 1;
  entry.side = 1;
  entry.amount = Amount(128);
  entry.balance_after = Amount::max();
  hasher.add(entry);
  storage::NoteRow note;
  note.transaction = 1;
  note.hold = 5;
  note.metadata = "{\"a\":1}";
  hasher.add(note);
  CHECK(to_hex(hasher.finish()) ==
        "895ebbd80e76e59708ecbc5f5dcbc4d2827a8e23da51940101eda5f8ab1556c1");
}

TEST_CASE("a transaction written out by hand has the bytes and checksum of the generic way") {
  std::mt19937_64 random(7);
  const std::string letters(20'000, 'x');
  for (int round = 0; round < 200; ++round) {
    std::vector<storage::TransactionRow> rows(random() % 40);
    for (storage::TransactionRow& row : rows) {
      row.id = static_cast<std::int64_t>(random());
      row.kind = static_cast<std::int64_t>(random());
      row.debit = static_cast<std::int64_t>(random());
      row.credit = static_cast<std::int64_t>(random() % 300);
      row.amount = random_amount(&random);
      row.debit_after = random_amount(&random);
      row.credit_after = random_amount(&random);
      row.recorded_at = static_cast<std::int64_t>(random());
      row.effective_at = static_cast<std::int64_t>(random() % 2);
      row.entry_count = static_cast<std::int64_t>(random() % 5);
      row.key = std::string_view(letters).substr(0, random() % 129);
      const bool is_huge = random() % 50 == 0;
      row.reference = std::string_view(letters).substr(0, random() % (is_huge ? 20'000 : 257));
    }
    ChainHasher by_hand(ChainHash{1}, small_commit());
    ChainHasher generic(ChainHash{1}, small_commit());
    for (const storage::TransactionRow& row : rows) {
      const std::int64_t checksum = by_hand.add_transaction(row);
      REQUIRE(generic.add(row) == checksum);
      REQUIRE(ledger::record_checksum(row) == checksum);
      REQUIRE(checksum != 0);
    }
    REQUIRE(by_hand.finish() == generic.finish());
  }
}

TEST_CASE("every column of every journaled kind changes the hash and the checksum") {
  int columns_seen = 0;
  for (const storage::Schema* schema : storage::all_schemas()) {
    if (!schema->is_append_only || schema->kind == storage::RowKind::commit) {
      continue;
    }
    std::vector<std::max_align_t> memory(schema->row_size / sizeof(std::max_align_t) + 1);
    void* row = memory.data();
    for (std::size_t i = 0; i < schema->columns.size(); ++i) {
      storage::Cell zero;
      zero.type = schema->columns[i].type;
      storage::set_cell(*schema, row, i, zero);
    }
    const ChainHash before = hash_of(*schema, row);
    const std::int64_t checksum = ledger::record_checksum(*schema, row);
    for (std::size_t i = 0; i < schema->columns.size(); ++i) {
      const storage::Cell old = storage::cell_of(*schema, row, i);
      storage::Cell changed = old;
      changed.integer = 1;
      changed.amount = Amount(1);
      changed.bytes = "1";
      storage::set_cell(*schema, row, i, changed);
      const bool is_checksum = i == schema->checksum_column;
      INFO(schema->table, ".", schema->columns[i].name);
      CHECK((hash_of(*schema, row) == before) == is_checksum);
      CHECK((ledger::record_checksum(*schema, row) == checksum) == is_checksum);
      storage::set_cell(*schema, row, i, old);
      ++columns_seen;
    }
  }
  CHECK(columns_seen == 113);
}

TEST_CASE("the commit's own columns and its predecessor change the hash") {
  const ChainHash first = ChainHasher(ChainHash{}, small_commit()).finish();
  CHECK(ChainHasher(ChainHash{1}, small_commit()).finish() != first);
  const storage::Schema& schema = storage::CommitRow::schema();
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    storage::CommitRow commit = small_commit();
    storage::Cell changed = storage::cell_of(schema, &commit, i);
    changed.integer += 1;
    changed.bytes = "1";
    storage::set_cell(schema, &commit, i, changed);
    const bool is_outside = schema.columns[i].name == "hash" || i == schema.checksum_column;
    CHECK((ChainHasher(ChainHash{}, commit).finish() == first) == is_outside);
  }
}

TEST_CASE("texts that only meet at another border give other hashes") {
  storage::AccountRow one;
  one.key = "ab";
  one.owner = "c";
  storage::AccountRow other;
  other.key = "a";
  other.owner = "bc";
  CHECK(hash_of(storage::AccountRow::schema(), &one) !=
        hash_of(storage::AccountRow::schema(), &other));
}

TEST_CASE("a checksum tells nearly all alterations, also of a single bit") {
  storage::TransactionRow row = small_transaction();
  const std::int64_t before = ledger::record_checksum(row);
  std::mt19937_64 random(11);
  int missed = 0;
  for (int bit = 0; bit < 63; ++bit) {
    row.recorded_at ^= std::int64_t{1} << bit;
    missed += ledger::record_checksum(row) == before ? 1 : 0;
    row.recorded_at ^= std::int64_t{1} << bit;
  }
  for (int round = 0; round < 20'000; ++round) {
    row.debit = static_cast<std::int64_t>(random() >> 1U);
    row.kind = static_cast<std::int64_t>(random() >> 1U);
    missed += ledger::record_checksum(row) == before ? 1 : 0;
  }
  // One of 65,535 by chance.
  CHECK(missed <= 3);
}
