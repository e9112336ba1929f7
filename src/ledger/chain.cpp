// SPDX-License-Identifier: MIT
// The hash of a commit: label, predecessor, the commit's own row, its records.
#include "ledger/chain.hpp"

#include <array>
#include <span>

#include "crypto/sha256.hpp"
#include "ledger/record_bytes.hpp"

namespace coffer::ledger {
namespace {

using storage::Column;
using storage::RowKind;

constexpr std::string_view book_label = "coffer book 1";
constexpr std::string_view commit_label = "coffer commit 1";
/// Columns before it are as old as the format; those after it came later.
constexpr std::size_t commit_hash_column = 12;

std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

ChainHash genesis_hash(const storage::BookRow& book) noexcept {
  std::array<std::uint8_t, 8> created_at{};
  for (unsigned i = 0; i < created_at.size(); ++i) {
    created_at[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(book.created_at) >> 8 * i);
  }
  return crypto::Sha256()
      .update(bytes_of(book_label))
      .update(bytes_of(book.name))
      .update(created_at)
      .finish();
}

struct ChainHasher::State {
  crypto::Sha256 hash;
  RecordBytes bytes{&hash};
};

ChainHasher::ChainHasher(const ChainHash& previous, const storage::CommitRow& commit)
    : state_(std::make_unique<State>()) {
  state_->hash.update(bytes_of(commit_label)).update(previous);
  const storage::Schema& schema = storage::CommitRow::schema();
  const bool has_later = commit.last_crypto_wallet != 0 || commit.last_wallet_record != 0;
  state_->bytes.add_kind(RowKind::commit);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (i == commit_hash_column && has_later) {
      state_->bytes.add_kind(RowKind::commit);
    } else if (i < commit_hash_column || (has_later && i != schema.checksum_column)) {
      state_->bytes.add_column(&commit, schema.columns[i]);
    }
  }
}

ChainHasher::~ChainHasher() = default;

std::int64_t ChainHasher::add_transaction(const storage::TransactionRow& row) {
  return state_->bytes.add_transaction(row);
}

std::int64_t ChainHasher::add(const storage::Schema& schema, const void* row) {
  return state_->bytes.add(schema, row);
}

ChainHash ChainHasher::finish() {
  state_->bytes.flush();
  return state_->hash.finish();
}

}  // namespace coffer::ledger
