// SPDX-License-Identifier: MIT
// How a writer takes a book over, loads it, and gives it up.
#include <algorithm>
#include <array>
#include <string>

#include <coffer/core/text.hpp>

#include "crypto/random.hpp"
#include "ledger/record_bytes.hpp"
#include "ledger/time_bounds.hpp"
#include "ledger/writer/writer_parts.hpp"

namespace coffer::ledger {

namespace {

/// The book's row and its name apart, because a view of a text that lies within would not survive
/// being moved.
struct BookState {
  storage::BookRow row;  ///< `name` is empty
  std::string name;
  bool exists = false;

  [[nodiscard]] storage::BookRow named_row() const {
    storage::BookRow named = row;
    named.name = name;
    return named;
  }
};

Result<BookState> read_book(storage::Reader& reader) {
  BookState book;
  COFFER_TRY_ASSIGN(book.exists,
                    reader.find<storage::BookRow>(1, [&book](const storage::BookRow& row) {
                      book.row = row;
                      book.row.name = {};
                      book.name = row.name;
                    }));
  return book;
}

Result<std::string> random_name() {
  std::array<std::uint8_t, 16> bytes{};
  if (!crypto::random_bytes(bytes)) {
    return Error{Code::internal, "the system's random generator is not available"};
  }
  return to_hex(bytes);
}

Status create_book(storage::UnitOfWork& unit, Timestamp now, BookState& book) {
  COFFER_TRY_ASSIGN(book.name, random_name());
  book.row.created_at = now.ns;
  book.row.checksums_from = 1;
  return unit.append(book.named_row());
}

/// The newest commit and its hash; the genesis hash when there is none. Fails when no time could
/// follow.
Status read_chain(storage::Reader& reader, const storage::BookRow& book, storage::CommitRow& last,
                  ChainHash& chain) {
  chain = genesis_hash(book);
  storage::ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(reader.scan<storage::CommitRow>(newest, [&](const storage::CommitRow& row) {
    last = row;
    last.hash = {};
    if (row.hash.size() == chain.size()) {
      std::copy(row.hash.begin(), row.hash.end(), chain.begin());
    }
    return false;
  }));
  if (last.recorded_at > recorded_at_max) {
    return Error{Code::storage_corrupt, "commits: commit " + std::to_string(last.id) +
                                            ", recorded_at: " + std::to_string(last.recorded_at) +
                                            " is later than any clock; run verify"};
  }
  return {};
}

}  // namespace

Status mark_book(storage::UnitOfWork& unit, std::int64_t epoch, bool is_clean) {
  COFFER_TRY_ASSIGN(BookState book, read_book(unit));
  const std::int64_t version = book.row.version;
  book.row.epoch = epoch;
  book.row.is_clean = is_clean ? 1 : 0;
  // A number that follows from the others, so that verification can tell when one was altered.
  book.row.version = 2 * epoch - 1 + book.row.is_clean;
  return unit.replace(book.named_row(), version);
}

namespace {

/// Only now, and not when the file was brought to its version: until the takeover an older writer
/// may go on, and its rows have none.
Status begin_checksums(storage::UnitOfWork& unit, std::int64_t commit) {
  COFFER_TRY_ASSIGN(BookState book, read_book(unit));
  book.row.checksums_from = commit;
  return unit.replace(book.named_row(), book.row.version);
}

}  // namespace

Status Writer::take_over() {
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::UnitOfWork> unit, storage_.begin());
  COFFER_TRY_ASSIGN(BookState book, read_book(*unit));
  const Timestamp now = within_bounds(clock_.now());
  if (!book.exists) {
    COFFER_TRY(create_book(*unit, now, book));
  }
  heads_may_lag_ = book.exists && book.row.is_clean == 0;
  epoch_ = book.row.epoch + 1;
  COFFER_TRY(mark_book(*unit, epoch_, false));
  storage::CommitRow commit;
  ChainHash chain;
  COFFER_TRY(read_chain(*unit, book.named_row(), commit, chain));
  ++commit.id;
  if (book.row.checksums_from == 0) {
    COFFER_TRY(begin_checksums(*unit, commit.id));
  }
  commit.epoch = epoch_;
  commit.recorded_at = std::max(now.ns, commit.recorded_at + 1);
  chain = ChainHasher(chain, commit).finish();
  const std::string hash(chain.begin(), chain.end());
  commit.hash = hash;
  commit.checksum = record_checksum(commit);
  COFFER_TRY(unit->append(commit));
  return unit->commit();
}

/// A writer that was replaced stays replaced, whatever it would find in the storage.
Status Writer::require_epoch() {
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, storage_.snapshot());
  COFFER_TRY_ASSIGN(const BookState book, read_book(*reader));
  if (book.row.epoch == epoch_) {
    return {};
  }
  return Error{Code::storage_fenced, "another writer took this book over (epoch " +
                                         std::to_string(book.row.epoch) + "); close this one"};
}

Status Writer::load() {
  IndexOptions options;
  options.filter_bytes_max = options_.filter_bytes_max;
  options.use_builder_thread = options_.use_builder_thread;
  options.pending_key = [this](std::int64_t id) {
    return book_ ? book_->pending_key(id) : std::string_view();
  };
  COFFER_TRY(require_epoch());
  book_.reset();
  COFFER_TRY_ASSIGN(index_, HistoryIndex::load(storage_, options));
  COFFER_TRY_ASSIGN(book_, Book::load(storage_, *index_, options_.events != nullptr));
  return {};
}

Status Writer::close() {
  std::unique_lock lock(queue_mutex_);
  if (is_closed_) {
    return {};
  }
  is_closed_ = true;
  storage_turn_.wait(lock, [this] { return !is_led_ && turn_ == next_ticket_; });
  lock.unlock();
  Status status;
  if (broken_.has_value()) {
    Group group;
    group.leaves_clean = true;
    const Decision catch_up = [&group](Book& book) -> Status {
      COFFER_TRY_ASSIGN(group.leaves_clean, book.mark_all_heads());
      return {};
    };
    Request request;
    request.decide = &catch_up;
    decide(group, heads_may_lag_ ? std::vector<Request*>{&request} : std::vector<Request*>{},
           false);
    seal(group, true);
    status = group.has_failed() ? group.failure : write(group, true);
    leave_book(group, status.has_value());
  }
  storage_.release_writer();
  return status;
}

}  // namespace coffer::ledger
