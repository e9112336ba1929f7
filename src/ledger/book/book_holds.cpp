// SPDX-License-Identifier: MIT
// Open holds in the writer's memory: what they reserve, and their expiry at an exact time.
#include "ledger/book/book.hpp"

namespace coffer::ledger {

OpenHold* Book::open_hold(std::int64_t id) {
  const auto found = holds_.find(id);
  return found == holds_.end() ? nullptr : &found->second;
}

void Book::add_open_hold(std::int64_t id, const OpenHold& hold) {
  touch_hold(id);
  holds_[id] = hold;
  if (hold.expires_at != 0) {
    due_.insert({hold.expires_at, id});
  }
  AccountSlot& slot = slots_.at(hold.account);
  touch(hold.account, slot);
  AccountExtra& extra = slots_.make_extra(hold.account);
  if (!slot.has_extra) {
    extra.minimum = slot.is_minimum_zero ? std::optional<Amount>(Amount(0)) : std::nullopt;
    slot.has_extra = true;
  }
  ++slot.open_holds;
  // The caller has checked that the sum fits: what is reserved never exceeds what an Amount holds.
  static_cast<void>(add_checked(extra.reserved, hold.remaining, &extra.reserved));
}

void Book::set_remaining(std::int64_t id, OpenHold& hold, const Amount& remaining) {
  touch_hold(id);
  touch(hold.account, slots_.at(hold.account));
  AccountExtra& extra = slots_.make_extra(hold.account);
  static_cast<void>(subtract_checked(extra.reserved, hold.remaining, &extra.reserved));
  static_cast<void>(add_checked(extra.reserved, remaining, &extra.reserved));
  hold.remaining = remaining;
}

void Book::remove_open_hold(std::int64_t id) {
  OpenHold& hold = holds_.at(id);
  set_remaining(id, hold, Amount(0));
  --slots_.at(hold.account).open_holds;
  due_.erase({hold.expires_at, id});
  holds_.erase(id);
}

std::int64_t Book::expire_due() {
  std::int64_t expired = 0;
  // Each takes a time of its own, and what ends until then is over too.
  while (!due_.empty() && due_.begin()->first <= last_time_) {
    const std::int64_t id = due_.begin()->second;
    const OpenHold hold = holds_.at(id);
    remove_open_hold(id);
    const Timestamp at{last_time_++};
    batch_->hold_events.push_back({next_hold_event(), id, 2, hold.remaining, 0, at.ns});
    batch_->events.push_back({EventKind::expired, Code::ok, id, hold.account, at});
    ++expired;
  }
  return expired;
}

Result<std::int64_t> Book::expire_all_due() {
  const std::int64_t now = last_time_ + 1;
  std::vector<std::int64_t> accounts;
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  // Zero, which means "never", sorts first and is skipped.
  const storage::Cell first = storage::Cell::of(1);
  const storage::Cell last = storage::Cell::of(now);
  storage::ScanQuery due;
  due.index = 2;
  due.from = std::span(&first, 1);
  due.to = std::span(&last, 1);
  due.is_to_inclusive = true;
  COFFER_TRY(reader->scan<storage::OpenHoldRow>(due, [&accounts](const storage::OpenHoldRow& row) {
    accounts.push_back(row.account);
    return true;
  }));
  for (const std::int64_t id : accounts) {
    COFFER_TRY(account(id));
  }
  ++last_time_;
  return expire_due();
}

}  // namespace coffer::ledger
