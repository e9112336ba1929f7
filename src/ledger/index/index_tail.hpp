// SPDX-License-Identifier: MIT
// IndexTail: the newest transactions' keys and account histories in memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "ledger/index/index_item.hpp"

namespace coffer::ledger {

/// A window of transaction ids whose tables are allocated once: adding never allocates, and memory
/// is bounded by the window whatever the number of accounts.
///
/// Threads: one adds; any number read at the same time, and see whole transactions' postings in the
/// order in which they were added. Readers pass the greatest id that they may see.
class IndexTail {
 public:
  /// Room for ids of a window of `transactions_max` and for `postings_max` (account, id) pairs.
  IndexTail(std::int64_t transactions_max, std::int64_t postings_max);

  /// Names the first id of the window; once, before the first `add`.
  void begin(std::int64_t first_id) noexcept {
    first_id_ = first_id;
    last_id_.store(first_id - 1, std::memory_order_relaxed);
  }
  [[nodiscard]] bool fits(std::int64_t id, std::size_t postings) const noexcept {
    return id - first_id_ < transactions_max_ &&
           postings_ + static_cast<std::int64_t>(postings) <= postings_max_;
  }

  /// Takes a transaction whose id is greater than all before; `add_account` follows for it.
  void add(std::int64_t id, std::uint64_t hash, std::int64_t effective_at) {
    const auto position = static_cast<std::uint32_t>(id - first_id_);
    hashes_[position] = hash | hash_used;
    if (effective_at != 0) {
      set_effective(position, effective_at);
    }
    std::size_t at = key_slot(hash);
    while (key_slots_[at].load(std::memory_order_relaxed) != 0) {
      at = at + 1 == key_slot_count_ ? 0 : at + 1;
    }
    key_slots_[at].store((hash << 32U) | (position + 1U), std::memory_order_release);
    last_id_.store(id, std::memory_order_release);
  }
  /// Lists the newest transaction for `account`, for which it is not listed yet.
  void add_account(std::int64_t account) { add_posting(account_at(account), account); }
  /// The same for an account for which it may be listed; then nothing changes.
  void add_account_once(std::int64_t account);
  /// Says that these will be needed soon: each is a cache line that nobody has touched for long.
  void prefetch_accounts(std::int64_t debit, std::int64_t credit) const noexcept {
    __builtin_prefetch(&accounts_[account_slot(debit)], 1);
    __builtin_prefetch(&accounts_[account_slot(credit)], 1);
  }

  [[nodiscard]] std::int64_t first_id() const noexcept { return first_id_; }
  /// The newest id added; `first_id() - 1` when there is none.
  [[nodiscard]] std::int64_t last_id() const noexcept {
    return last_id_.load(std::memory_order_acquire);
  }
  [[nodiscard]] bool is_empty() const noexcept { return last_id() < first_id_; }

  /// Calls `visit(id)` for each transaction with this hash until it returns false.
  template <class Visit>
  bool visit_key(std::uint64_t hash, Visit&& visit) const {
    for (std::size_t at = key_slot(hash);;) {
      const std::uint64_t slot = key_slots_[at].load(std::memory_order_acquire);
      if (slot == 0) {
        return true;
      }
      const auto position = static_cast<std::uint32_t>(slot) - 1U;
      if ((slot >> 32U) == (hash & 0xffffffffU) && hashes_[position] == (hash | hash_used) &&
          !visit(first_id_ + position)) {
        return false;
      }
      at = at + 1 == key_slot_count_ ? 0 : at + 1;
    }
  }
  void prefetch_key(std::uint64_t hash) const noexcept {
    __builtin_prefetch(&key_slots_[key_slot(hash)]);
  }

  /// The newest transaction up to `last` that touches `account`; 0 when there is none.
  [[nodiscard]] std::int64_t last_of_account(std::int64_t account, std::int64_t last) const {
    const std::uint32_t at = newest_until(account, last);
    return at == 0 ? 0 : first_id_ + posting_[at].position;
  }
  /// Visits the account's transactions within first..last downward until `visit` returns false;
  /// then answers false.
  template <class Visit>
  bool scan_backward(std::int64_t account, std::int64_t first, std::int64_t last,
                     Visit&& visit) const {
    for (std::uint32_t at = newest_until(account, last); at != 0; at = posting_[at].previous) {
      const std::int64_t id = first_id_ + posting_[at].position;
      if (id < first) {
        break;
      }
      if (!visit(id)) {
        return false;
      }
    }
    return true;
  }
  /// The same upward.
  template <class Visit>
  bool scan_forward(std::int64_t account, std::int64_t first, std::int64_t last,
                    Visit&& visit) const;
  /// Appends the account's items (account, effective_at, id) with ids within first..last and
  /// effective times within the given bounds, in no particular order.
  void collect_effective(std::int64_t account, std::int64_t first, std::int64_t last,
                         std::int64_t effective_min, std::int64_t effective_max,
                         std::vector<IndexItem>& items) const;

  /// Everything of one kind, sorted. Only when nothing is added any more.
  [[nodiscard]] std::vector<IndexItem> sorted_items(SegmentKind kind) const;

 private:
  static constexpr std::uint64_t hash_used = 1ULL << 63U;

  /// Postings of an account form a chain from the newest to the oldest. Some of them, one in 64 by
  /// chance, are stops; `stop` is the last one before this posting, so that a long chain can be
  /// left in great steps.
  struct Posting {
    std::uint32_t position = 0;
    std::uint32_t previous = 0;
    std::uint32_t stop = 0;
  };
  struct TailAccount {
    std::atomic<std::int64_t> account{0};
    std::atomic<std::uint32_t> newest{0};
    std::uint32_t stop = 0;  ///< of the adding thread only
  };

  [[nodiscard]] static bool is_stop(std::uint32_t posting) noexcept {
    return ((posting * 2654435761U) >> 26U) == 0;
  }
  [[nodiscard]] std::size_t key_slot(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(((hash >> 16U) * key_slot_count_) >> 32U);
  }
  [[nodiscard]] std::size_t account_slot(std::int64_t account) const noexcept {
    const std::uint64_t mixed = static_cast<std::uint64_t>(account) * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::size_t>(((mixed >> 32U) * account_slot_count_) >> 32U);
  }
  [[nodiscard]] std::size_t account_at(std::int64_t account) const noexcept;
  void add_posting(std::size_t slot, std::int64_t account);
  [[nodiscard]] std::uint32_t newest_until(std::int64_t account, std::int64_t last) const;
  void set_effective(std::uint32_t position, std::int64_t effective_at);

  std::int64_t transactions_max_;
  std::int64_t postings_max_;
  std::int64_t first_id_ = 1;
  std::atomic<std::int64_t> last_id_{0};
  std::int64_t postings_ = 0;

  std::size_t key_slot_count_;
  std::size_t account_slot_count_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> key_slots_;  ///< low hash bits, position + 1
  std::unique_ptr<std::uint64_t[]> hashes_;                  ///< by position
  std::unique_ptr<TailAccount[]> accounts_;
  std::unique_ptr<Posting[]> posting_;  ///< from 1; 0 means none
  std::unique_ptr<std::int64_t[]> effective_owner_;
  std::atomic<std::int64_t*> effective_{nullptr};  ///< by position; made when first needed
};

template <class Visit>
bool IndexTail::scan_forward(std::int64_t account, std::int64_t first, std::int64_t last,
                             Visit&& visit) const {
  const auto is_before = [&](std::uint32_t at) {
    return at == 0 || first_id_ + posting_[at].position < first;
  };
  std::vector<std::uint32_t> stops;
  for (std::uint32_t at = newest_until(account, last); !is_before(at); at = posting_[at].stop) {
    stops.push_back(at);
  }
  std::vector<std::uint32_t> piece;
  std::uint32_t below = 0;
  while (!stops.empty()) {
    piece.clear();
    for (std::uint32_t at = stops.back(); at != below && !is_before(at);
         at = posting_[at].previous) {
      piece.push_back(at);
    }
    below = stops.back();
    stops.pop_back();
    for (auto at = piece.rbegin(); at != piece.rend(); ++at) {
      if (!visit(first_id_ + posting_[*at].position)) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace coffer::ledger
