// SPDX-License-Identifier: MIT
// AccountSlots: one cache line per account for what every posting needs, in pages by account id.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/ledger/account.hpp>

namespace coffer::ledger {

/// What every posting reads of an account. 64 bytes, so that a million accounts stay cheap.
struct alignas(64) AccountSlot {
  Amount balance;
  std::int64_t last_transaction = 0;
  std::int64_t asset = 0;
  std::uint32_t open_holds = 0;
  bool is_loaded = false;
  bool is_debit_normal = false;
  bool is_frozen = false;
  bool is_closed = false;
  bool is_minimum_zero = false;  ///< the common policy: no overdraft, no maximum
  bool has_extra = false;        ///< other bounds, or money reserved: see AccountExtra
  bool is_dirty = false;         ///< its head row is older than its balance
};
static_assert(sizeof(AccountSlot) == 64);

/// What only some accounts have.
struct AccountExtra {
  Amount reserved;  ///< the sum of what is left of its open holds
  std::optional<Amount> minimum;
  std::optional<Amount> maximum;

  friend bool operator==(const AccountExtra&, const AccountExtra&) = default;
};

/// Slots by account id. Pages appear when an account of theirs is first used; addresses are stable.
class AccountSlots {
 public:
  static constexpr std::int64_t page_size = 1024;

  /// The slot of `id` (positive); not necessarily loaded.
  [[nodiscard]] AccountSlot& at(std::int64_t id) {
    const auto page = static_cast<std::size_t>((id - 1) / page_size);
    if (page >= pages_.size()) {
      pages_.resize(page + 1);
    }
    if (!pages_[page]) {
      pages_[page] = std::make_unique<Page>();
    }
    return pages_[page]->slots[static_cast<std::size_t>((id - 1) % page_size)];
  }
  /// Says that the slot will be needed soon. Any id.
  void prefetch(std::int64_t id) const noexcept {
    const std::uint64_t place = static_cast<std::uint64_t>(id) - 1;
    const std::uint64_t page = place / static_cast<std::uint64_t>(page_size);
    if (page < pages_.size() && pages_[page] != nullptr) {
      __builtin_prefetch(&pages_[page]->slots[place % static_cast<std::uint64_t>(page_size)], 1);
    }
  }
  [[nodiscard]] AccountExtra* extra(std::int64_t id) {
    const auto found = extras_.find(id);
    return found == extras_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] AccountExtra& make_extra(std::int64_t id) { return extras_[id]; }
  void erase_extra(std::int64_t id) { extras_.erase(id); }

  /// Marks the head row of `slot` as outdated.
  void mark_dirty(std::int64_t id, AccountSlot& slot) noexcept {
    if (!slot.is_dirty) {
      slot.is_dirty = true;
      ++pages_[static_cast<std::size_t>((id - 1) / page_size)]->dirty;
      ++dirty_;
    }
  }
  /// Takes the mark back.
  void clear_dirty(std::int64_t id, AccountSlot& slot) noexcept {
    if (slot.is_dirty) {
      slot.is_dirty = false;
      --pages_[static_cast<std::size_t>((id - 1) / page_size)]->dirty;
      --dirty_;
    }
  }
  [[nodiscard]] std::int64_t dirty() const noexcept { return dirty_; }
  /// Visits up to `most` dirty slots in id order, going on where the last call ended, and clears
  /// their mark: neighbours share a page of the heads table, so a sweep writes few pages.
  template <class Visit>
  void sweep_dirty(std::int64_t most, Visit&& visit);

 private:
  struct Page {
    std::array<AccountSlot, page_size> slots;
    std::int64_t dirty = 0;
  };

  std::vector<std::unique_ptr<Page>> pages_;
  std::unordered_map<std::int64_t, AccountExtra> extras_;
  std::int64_t dirty_ = 0;
  std::size_t sweep_page_ = 0;
  std::size_t sweep_slot_ = 0;
};

template <class Visit>
void AccountSlots::sweep_dirty(std::int64_t most, Visit&& visit) {
  while (most > 0 && dirty_ > 0) {
    if (sweep_page_ >= pages_.size()) {
      sweep_page_ = 0;
      sweep_slot_ = 0;
    }
    Page* page = pages_[sweep_page_].get();
    if (page == nullptr || page->dirty == 0 || sweep_slot_ == page_size) {
      ++sweep_page_;
      sweep_slot_ = 0;
      continue;
    }
    AccountSlot& slot = page->slots[sweep_slot_];
    if (slot.is_dirty) {
      slot.is_dirty = false;
      --page->dirty;
      --dirty_;
      --most;
      visit(static_cast<std::int64_t>(sweep_page_) * page_size +
                static_cast<std::int64_t>(sweep_slot_) + 1,
            slot);
    }
    ++sweep_slot_;
  }
}

}  // namespace coffer::ledger
