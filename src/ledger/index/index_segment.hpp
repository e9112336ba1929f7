// SPDX-License-Identifier: MIT
// IndexSegment: one immutable sorted run of items in the storage, and a cursor over it.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/block_cache.hpp"
#include "ledger/index/fences.hpp"
#include "ledger/index/index_block.hpp"
#include "ledger/index/index_item.hpp"
#include "ledger/index/key_filter.hpp"

namespace coffer::ledger {

/// Filter blocks hold whole lines of the filter only.
inline constexpr std::int64_t filter_lines_per_block =
    static_cast<std::int64_t>(index_block_bytes_max / KeyFilter::line_bytes);

/// Something that is read from the storage when first needed, and then stays.
///
/// Threads: any. `get` is one load; whoever comes while another one reads waits for it.
template <class T>
class Lazy {
 public:
  [[nodiscard]] const T* get() const noexcept { return ready_.load(std::memory_order_acquire); }
  void set(std::unique_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    keep(std::move(value));
  }
  /// `read` answers with Result<unique_ptr<const T>>.
  template <class Read>
  [[nodiscard]] Result<const T*> get_or_read(Read&& read) {
    if (const T* ready = get()) {
      return ready;
    }
    const std::lock_guard lock(mutex_);
    if (const T* ready = get()) {
      return ready;
    }
    COFFER_TRY_ASSIGN(auto value, read());
    keep(std::move(value));
    return get();
  }

 private:
  void keep(std::unique_ptr<const T> value) {
    owner_ = std::move(value);
    ready_.store(owner_.get(), std::memory_order_release);
  }

  std::mutex mutex_;
  std::unique_ptr<const T> owner_;
  std::atomic<const T*> ready_{nullptr};
};

/// Threads: any.
class IndexSegment {
 public:
  explicit IndexSegment(const storage::IndexSegmentRow& row) : row_(row) {}

  [[nodiscard]] const storage::IndexSegmentRow& row() const noexcept { return row_; }
  [[nodiscard]] SegmentKind kind() const noexcept { return static_cast<SegmentKind>(row_.kind); }
  [[nodiscard]] std::int64_t filter_line_count() const noexcept {
    return kind() == SegmentKind::keys ? KeyFilter::line_count(row_.item_count, row_.level) : 0;
  }
  [[nodiscard]] std::int64_t filter_bytes() const noexcept {
    return filter_line_count() * static_cast<std::int64_t>(KeyFilter::line_bytes);
  }

  /// Fail with `storage_corrupt` and the `storage_*` codes.
  [[nodiscard]] Result<const Fences*> fences(storage::Reader& reader);
  void set_fences(std::unique_ptr<const Fences> fences) { fences_.set(std::move(fences)); }
  [[nodiscard]] Result<std::unique_ptr<const KeyFilter>> read_filter(storage::Reader& reader) const;
  /// Appends the ids of all items with this hash; only for keys. Reads one block.
  [[nodiscard]] Status find_hash(storage::Reader& reader, BlockCache* cache, std::uint64_t hash,
                                 std::vector<std::int64_t>& ids);

 private:
  storage::IndexSegmentRow row_;
  Lazy<Fences> fences_;
};

/// Walks over a segment's items in both directions; holds one block unpacked.
class SegmentCursor {
 public:
  /// Over all items.
  SegmentCursor(std::shared_ptr<IndexSegment> segment, BlockCache* cache)
      : segment_(std::move(segment)), cache_(cache) {}
  /// Over the items of one account only; reads no block that can't have any.
  SegmentCursor(std::shared_ptr<IndexSegment> segment, BlockCache* cache, std::uint64_t account)
      : segment_(std::move(segment)),
        cache_(cache),
        account_(account),
        first_{account, std::numeric_limits<std::int64_t>::min(), 0},
        last_{account, std::numeric_limits<std::int64_t>::max(),
              std::numeric_limits<std::int64_t>::max()} {}

  /// Goes to the first item that is not before `target`; from there only `next`. Once.
  [[nodiscard]] Status seek(storage::Reader& reader, const IndexItem& target);
  /// Goes to the last item that is not after `target`; from there only `previous`. Once.
  [[nodiscard]] Status seek_last(storage::Reader& reader, const IndexItem& target);
  [[nodiscard]] Status next(storage::Reader& reader);
  [[nodiscard]] Status previous(storage::Reader& reader);
  [[nodiscard]] bool is_valid() const noexcept { return at_ < items_.size(); }
  [[nodiscard]] const IndexItem& item() const noexcept { return items_[at_]; }

 private:
  [[nodiscard]] Status load(storage::Reader& reader, std::int64_t block);
  [[nodiscard]] Status load_after(storage::Reader& reader);
  [[nodiscard]] Status load_before(storage::Reader& reader);
  void unpack(IndexBlockReader& input);

  std::shared_ptr<IndexSegment> segment_;
  BlockCache* cache_;
  std::optional<std::uint64_t> account_;
  IndexItem first_;  ///< of an account's items only these are kept, from the first
  IndexItem last_;   ///< to the last
  const Fences* fences_ = nullptr;
  std::int64_t block_ = -1;
  std::vector<IndexItem> items_;
  std::size_t at_ = 0;
};

[[nodiscard]] Error damaged_segment(const storage::IndexSegmentRow& row);

}  // namespace coffer::ledger
