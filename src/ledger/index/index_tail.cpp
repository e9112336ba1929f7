// SPDX-License-Identifier: MIT
// The tail's account chains, and its contents in order for a segment.
#include "ledger/index/index_tail.hpp"

#include <algorithm>

namespace coffer::ledger {

IndexTail::IndexTail(std::int64_t transactions_max, std::int64_t postings_max)
    : transactions_max_(transactions_max),
      postings_max_(postings_max),
      key_slot_count_(static_cast<std::size_t>(transactions_max) * 2),
      account_slot_count_(static_cast<std::size_t>(postings_max) * 7 / 5 + 8),
      key_slots_(std::make_unique<std::atomic<std::uint64_t>[]>(key_slot_count_)),
      hashes_(std::make_unique<std::uint64_t[]>(static_cast<std::size_t>(transactions_max))),
      accounts_(std::make_unique<TailAccount[]>(account_slot_count_)),
      posting_(std::make_unique<Posting[]>(static_cast<std::size_t>(postings_max) + 1)) {}

/// Where the account is, or where it will be.
std::size_t IndexTail::account_at(std::int64_t account) const noexcept {
  std::size_t at = account_slot(account);
  std::int64_t there = accounts_[at].account.load(std::memory_order_relaxed);
  while (there != 0 && there != account) {
    at = at + 1 == account_slot_count_ ? 0 : at + 1;
    there = accounts_[at].account.load(std::memory_order_relaxed);
  }
  return at;
}

void IndexTail::add_posting(std::size_t at, std::int64_t account) {
  const std::int64_t position = last_id_.load(std::memory_order_relaxed) - first_id_;
  TailAccount& slot = accounts_[at];
  const std::uint32_t previous = slot.newest.load(std::memory_order_relaxed);
  const auto posting = static_cast<std::uint32_t>(++postings_);
  posting_[posting] = Posting{static_cast<std::uint32_t>(position), previous, slot.stop};
  if (is_stop(posting)) {
    slot.stop = posting;
  }
  slot.newest.store(posting, std::memory_order_release);
  if (previous == 0) {
    slot.account.store(account, std::memory_order_release);
  }
}

void IndexTail::add_account_once(std::int64_t account) {
  const std::size_t at = account_at(account);
  const std::uint32_t newest = accounts_[at].newest.load(std::memory_order_relaxed);
  if (newest == 0 ||
      first_id_ + posting_[newest].position != last_id_.load(std::memory_order_relaxed)) {
    add_posting(at, account);
  }
}

void IndexTail::set_effective(std::uint32_t position, std::int64_t effective_at) {
  if (effective_owner_ == nullptr) {
    effective_owner_ =
        std::make_unique<std::int64_t[]>(static_cast<std::size_t>(transactions_max_));
    effective_.store(effective_owner_.get(), std::memory_order_release);
  }
  effective_owner_[position] = effective_at;
}

std::uint32_t IndexTail::newest_until(std::int64_t account, std::int64_t last) const {
  std::size_t slot = account_slot(account);
  std::int64_t there = accounts_[slot].account.load(std::memory_order_acquire);
  while (there != account) {
    if (there == 0) {
      return 0;
    }
    slot = slot + 1 == account_slot_count_ ? 0 : slot + 1;
    there = accounts_[slot].account.load(std::memory_order_acquire);
  }
  const auto is_after = [&](std::uint32_t posting) {
    return posting != 0 && first_id_ + posting_[posting].position > last;
  };
  std::uint32_t at = accounts_[slot].newest.load(std::memory_order_acquire);
  while (is_after(at)) {
    at = is_after(posting_[at].stop) ? posting_[at].stop : posting_[at].previous;
  }
  return at;
}

void IndexTail::collect_effective(std::int64_t account, std::int64_t first, std::int64_t last,
                                  std::int64_t effective_min, std::int64_t effective_max,
                                  std::vector<IndexItem>& items) const {
  // The chain is read first: whoever sees a posting then also sees the array that was made for it.
  std::uint32_t at = newest_until(account, last);
  const std::int64_t* effective = effective_.load(std::memory_order_acquire);
  if (effective == nullptr) {
    return;
  }
  for (; at != 0; at = posting_[at].previous) {
    const std::uint32_t position = posting_[at].position;
    if (first_id_ + position < first) {
      break;
    }
    const std::int64_t time = effective[position];
    if (time != 0 && time >= effective_min && time <= effective_max) {
      items.push_back({static_cast<std::uint64_t>(account), time, first_id_ + position});
    }
  }
}

std::vector<IndexItem> IndexTail::sorted_items(SegmentKind kind) const {
  std::vector<IndexItem> items;
  if (kind == SegmentKind::keys) {
    for (std::int64_t id = first_id_; id <= last_id(); ++id) {
      const std::uint64_t hash = hashes_[static_cast<std::size_t>(id - first_id_)];
      if (hash != 0) {
        items.push_back({hash & ~hash_used, 0, id});
      }
    }
    std::sort(items.begin(), items.end());
    return items;
  }
  const std::int64_t* effective = effective_.load(std::memory_order_acquire);
  if (kind == SegmentKind::effective && effective == nullptr) {
    return items;
  }
  std::vector<std::pair<std::int64_t, std::uint32_t>> accounts;
  for (std::size_t slot = 0; slot < account_slot_count_; ++slot) {
    const std::int64_t account = accounts_[slot].account.load(std::memory_order_acquire);
    if (account != 0) {
      accounts.emplace_back(account, accounts_[slot].newest.load(std::memory_order_acquire));
    }
  }
  std::sort(accounts.begin(), accounts.end());
  for (const auto& [account, newest] : accounts) {
    const auto first = static_cast<std::ptrdiff_t>(items.size());
    for (std::uint32_t at = newest; at != 0; at = posting_[at].previous) {
      const std::uint32_t position = posting_[at].position;
      const std::int64_t time = kind == SegmentKind::effective ? effective[position] : 0;
      if (kind == SegmentKind::accounts || time != 0) {
        items.push_back({static_cast<std::uint64_t>(account), time, first_id_ + position});
      }
    }
    std::reverse(items.begin() + first, items.end());
    if (kind == SegmentKind::effective) {
      std::sort(items.begin() + first, items.end());
    }
  }
  return items;
}

}  // namespace coffer::ledger
