// SPDX-License-Identifier: MIT
// A storage in memory: snapshots by commit number, one unit of work at a time.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include <coffer/storage/contract.hpp>
#include <coffer/storage/storage.hpp>

#include "storage/key_bytes.hpp"
#include "storage/memory_table.hpp"

namespace coffer::storage {
namespace {

constexpr std::size_t rows_per_look = 64;

/// The tables and who looks at them. `lock` guards all of it.
struct MemoryBook {
  MemoryBook() {
    for (const Schema* schema : all_schemas()) {
      tables.push_back(std::make_unique<MemoryTable>(*schema));
    }
  }
  MemoryTable& table(const Schema& schema) {
    return *tables[static_cast<std::size_t>(schema.kind) - 1];
  }
  [[nodiscard]] std::int64_t oldest_needed() const {
    return snapshots.empty() ? committed : std::min(committed, *snapshots.begin());
  }

  std::shared_mutex lock;
  std::vector<std::unique_ptr<MemoryTable>> tables;
  std::int64_t committed = 0;
  std::multiset<std::int64_t> snapshots;
  bool has_unit = false;
};

/// The default range, from "" up to "", is empty.
KeyRange range_of(const ScanQuery& query) {
  std::string prefix;
  append_key_cells(&prefix, query.equal);
  KeyRange range{prefix, after_prefix(prefix)};
  if (!query.from.empty()) {
    std::string from = prefix;
    append_key_cells(&from, query.from);
    if (!query.is_from_exclusive) {
      range.begin = from;
    } else if (std::optional<std::string> after = after_prefix(from)) {
      range.begin = *std::move(after);
    } else {
      return {};  // Nothing comes after the greatest key.
    }
  }
  if (!query.to.empty()) {
    std::string to = prefix;
    append_key_cells(&to, query.to);
    range.end = query.is_to_inclusive ? after_prefix(to) : std::optional<std::string>(to);
  }
  return range;
}

Result<bool> find_at(MemoryBook* book, std::int64_t time, const Schema& schema,
                     std::span<const Cell> key, const RowVisitor& visit) {
  COFFER_TRY(check_key(schema, key));
  std::string bytes;
  append_key_cells(&bytes, key);
  SharedRow row;
  {
    const std::shared_lock guard(book->lock);
    row = book->table(schema).find(bytes, time);
  }
  if (row == nullptr) {
    return false;
  }
  visit(row->data());
  return true;
}

Status scan_at(MemoryBook* book, std::int64_t time, const Schema& schema, const ScanQuery& query,
               const RowVisitor& visit) {
  COFFER_TRY(check_scan(schema, query));
  KeyRange range = range_of(query);
  std::int64_t left = query.limit;
  std::vector<SharedRow> rows;
  bool has_more = true;
  while (has_more && left != 0) {
    rows.clear();
    {
      // Visitors run without the lock, so that they may read, and take their time.
      const std::shared_lock guard(book->lock);
      const std::size_t count =
          left < 0 ? rows_per_look : std::min(rows_per_look, static_cast<std::size_t>(left));
      has_more =
          book->table(schema).collect(query.index, query.is_backward, time, count, &range, &rows);
    }
    for (const SharedRow& row : rows) {
      if (!visit(row->data())) {
        return {};
      }
    }
    left = left < 0 ? left : left - static_cast<std::int64_t>(rows.size());
  }
  return {};
}

class MemoryReader final : public Reader {
 public:
  MemoryReader(MemoryBook* book, std::int64_t time) : book_(book), time_(time) {}
  ~MemoryReader() override {
    const std::unique_lock guard(book_->lock);
    book_->snapshots.erase(book_->snapshots.find(time_));
  }

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    return find_at(book_, time_, schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    return scan_at(book_, time_, schema, query, visit);
  }

  MemoryBook* book_;
  std::int64_t time_;
};

class MemoryUnit final : public UnitOfWork {
 public:
  explicit MemoryUnit(MemoryBook* book) : book_(book), time_(book->committed + 1) {}
  ~MemoryUnit() override { rollback(); }

  Status commit() override {
    const std::unique_lock guard(book_->lock);
    COFFER_TRY(usable());
    book_->committed = time_;
    for (const auto& table : book_->tables) {
      table->settle(book_->oldest_needed());
    }
    end();
    return {};
  }

  void rollback() noexcept override {
    const std::unique_lock guard(book_->lock);
    if (is_over_) {
      return;
    }
    for (const auto& table : book_->tables) {
      table->undo(time_);
    }
    end();
  }

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    return find_at(book_, time_, schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    return scan_at(book_, time_, schema, query, visit);
  }

  Status append_rows(const Schema& schema, const void* rows, std::size_t count) override {
    return each_row({}, schema, rows, count,
                    [&](MemoryTable* table, const void* row) { return table->insert(row, time_); });
  }
  Status put_rows(const Schema& schema, const void* rows, std::size_t count) override {
    return each_row(check_put(schema), schema, rows, count,
                    [&](MemoryTable* table, const void* row) { return table->put(row, time_); });
  }
  Status replace_row(const Schema& schema, const void* row,
                     std::int64_t expected_version) override {
    return each_row(check_replace(schema), schema, row, 1,
                    [&](MemoryTable* table, const void* one) {
                      return table->replace(one, expected_version, time_);
                    });
  }
  Status destroy_rows(const Schema& schema, std::int64_t first_id, std::int64_t last_id) override {
    const std::unique_lock guard(book_->lock);
    COFFER_TRY(usable());
    if (Status allowed = check_destroy(schema); !allowed) {
      return fail(std::move(allowed).error());
    }
    book_->table(schema).destroy(first_id, last_id, time_);
    return {};
  }

  template <class Write>
  Status each_row(Status allowed, const Schema& schema, const void* rows, std::size_t count,
                  const Write& write) {
    const std::unique_lock guard(book_->lock);
    COFFER_TRY(usable());
    if (!allowed) {
      return fail(std::move(allowed).error());
    }
    MemoryTable& table = book_->table(schema);
    for (std::size_t i = 0; i < count; ++i) {
      const char* row = static_cast<const char*>(rows) + i * schema.row_size;
      if (Status written = write(&table, row); !written) {
        return fail(std::move(written).error());
      }
    }
    return {};
  }

  /// After a failure the unit is half written, so it answers with that failure until it is undone.
  Error fail(Error error) {
    failure_ = error;
    return error;
  }
  [[nodiscard]] Status usable() const {
    if (is_over_) {
      return Error{Code::not_permitted, "unit of work: it has ended"};
    }
    return failure_.code == Code::ok ? Status{} : Status{failure_};
  }
  void end() noexcept {
    is_over_ = true;
    book_->has_unit = false;
  }

  MemoryBook* book_;
  std::int64_t time_;
  Error failure_{Code::ok, {}};
  bool is_over_ = false;
};

class MemoryStorage final : public Storage {
 public:
  Status acquire_writer(Takeover takeover, std::int64_t wait_ns) override {
    std::unique_lock guard(writer_lock_);
    if (takeover == Takeover::wait) {
      writer_left_.wait_for(guard, std::chrono::nanoseconds(wait_ns),
                            [this] { return writers_ == 0; });
    }
    if (writers_ > 0 && takeover != Takeover::take_over) {
      return Error{Code::storage_busy, "memory: another writer has this book open"};
    }
    // A writer that was replaced also gives back its place when it closes.
    ++writers_;
    return {};
  }
  void release_writer() noexcept override {
    const std::unique_lock guard(writer_lock_);
    writers_ = std::max(0, writers_ - 1);
    writer_left_.notify_all();
  }

  Result<std::unique_ptr<UnitOfWork>> begin() override {
    const std::unique_lock guard(book_.lock);
    if (book_.has_unit) {
      return Error{Code::storage_busy, "memory: a unit of work is open"};
    }
    std::unique_ptr<UnitOfWork> unit = std::make_unique<MemoryUnit>(&book_);
    book_.has_unit = true;
    return unit;
  }
  Result<std::unique_ptr<Reader>> snapshot() override {
    const std::unique_lock guard(book_.lock);
    book_.snapshots.insert(book_.committed);
    return std::unique_ptr<Reader>(std::make_unique<MemoryReader>(&book_, book_.committed));
  }
  Status backup(std::string_view, const Progress&) override {
    return Error{Code::unsupported, "memory: this storage has no file to copy"};
  }
  Status maintain() override { return {}; }
  [[nodiscard]] std::string description() const override { return "memory"; }

 private:
  MemoryBook book_;
  std::mutex writer_lock_;
  std::condition_variable writer_left_;
  int writers_ = 0;
};

}  // namespace

std::unique_ptr<Storage> make_memory_storage() { return std::make_unique<MemoryStorage>(); }

}  // namespace coffer::storage
