// SPDX-License-Identifier: MIT
// Runs a list of items: links, modes, and what a failure does to its neighbours.
#include <algorithm>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

Status apply_one(Book& book, const Operation& operation, Outcome& outcome) {
  return std::visit([&](const auto& what) { return apply(book, what, outcome); }, operation.what);
}
Status apply_one(Book& book, const Transfer& transfer, Outcome& outcome) {
  return apply(book, transfer, outcome);
}

/// So many items ahead, what one will look at is asked for.
constexpr std::size_t expected_ahead = 8;

void expect(Book& book, const Transfer& transfer) { book.expect(transfer); }
void expect(Book& book, const Operation& operation) {
  if (const auto* transfer = std::get_if<Transfer>(&operation.what)) {
    book.expect(*transfer);
  }
}

/// A transfer decides everything before it changes anything, so alone it needs no group.
bool needs_group(const Operation& operation) {
  return !std::holds_alternative<Transfer>(operation.what);
}
bool needs_group(const Transfer& /*transfer*/) { return false; }

/// A transfer has a link of its own, which counts in any list.
bool is_linked(const Transfer& transfer) { return transfer.is_linked; }
bool is_linked(const Operation& operation) {
  const auto* const transfer = std::get_if<Transfer>(&operation.what);
  return operation.is_linked || (transfer != nullptr && transfer->is_linked);
}

EventKind kind_of(const Transfer& /*transfer*/) { return EventKind::posted; }
EventKind kind_of(const Operation& operation) {
  switch (operation.what.index()) {
    case 3: return EventKind::held;
    case 4: return EventKind::captured;
    case 5: return EventKind::released;
    case 6:
    case 9: return EventKind::account_opened;
    case 7: return EventKind::account_changed;
    default: return EventKind::posted;
  }
}
bool is_reported(const Transfer& /*transfer*/) { return true; }
bool is_reported(const Operation& operation) {
  return operation.what.index() != 8 && operation.what.index() < 10;
}

template <class Item>
class Run {
 public:
  Run(Book& book, std::span<const Item> items, BatchMode mode, std::span<Outcome> outcomes)
      : book_(book), items_(items), mode_(mode), outcomes_(outcomes) {}

  Status all() {
    std::size_t next = 0;
    while (next < items_.size()) {
      const std::size_t end = mode_ == BatchMode::atomic ? items_.size() : end_of_group(next);
      bool failed = false;
      COFFER_TRY(group(next, end, &failed));
      next = end;
      if (failed && mode_ == BatchMode::stop_at_failure) {
        break;
      }
    }
    for (; next < items_.size(); ++next) {
      COFFER_TRY(refuse(outcomes_[next], Code::not_attempted));
    }
    report();
    return {};
  }

 private:
  [[nodiscard]] std::size_t end_of_group(std::size_t first) const {
    std::size_t at = first;
    while (at + 1 < items_.size() && is_linked(items_[at])) {
      ++at;
    }
    return at + 1;
  }

  Status group(std::size_t first, std::size_t end, bool* failed) {
    const bool undoable = end - first > 1 || needs_group(items_[first]);
    if (undoable) {
      book_.begin_group();
    }
    for (std::size_t at = first; at < end; ++at) {
      if (at + expected_ahead < items_.size()) {
        expect(book_, items_[at + expected_ahead]);
      }
      COFFER_TRY(apply_one(book_, items_[at], outcomes_[at]));
      if (outcomes_[at].code != Code::ok) {
        *failed = true;
        if (undoable) {
          book_.undo_group();
        }
        fail_neighbours(first, at, end);
        return {};
      }
    }
    if (undoable) {
      book_.keep_group();
    }
    return {};
  }

  void fail_neighbours(std::size_t first, std::size_t culprit, std::size_t end) {
    for (std::size_t at = first; at < end; ++at) {
      if (at != culprit) {
        static_cast<void>(
            refuse(outcomes_[at], Code::group_failed, static_cast<std::int64_t>(culprit)));
      }
    }
  }

  void report() {
    if (!book_.wants_events()) {
      return;
    }
    for (std::size_t at = 0; at < items_.size(); ++at) {
      const Outcome& outcome = outcomes_[at];
      if (outcome.existed || !is_reported(items_[at])) {
        continue;
      }
      const EventKind kind = outcome.code == Code::ok ? kind_of(items_[at]) : EventKind::rejected;
      book_.batch().events.push_back({kind, outcome.code, outcome.id,
                                      std::max<std::int64_t>(outcome.subject, 0),
                                      outcome.recorded_at});
    }
  }

  Book& book_;
  std::span<const Item> items_;
  BatchMode mode_;
  std::span<Outcome> outcomes_;
};

}  // namespace

Status run(Book& book, std::span<const Operation> operations, BatchMode mode,
           std::span<Outcome> outcomes) {
  return Run<Operation>(book, operations, mode, outcomes).all();
}

Status run(Book& book, std::span<const Transfer> transfers, BatchMode mode,
           std::span<Outcome> outcomes) {
  return Run<Transfer>(book, transfers, mode, outcomes).all();
}

}  // namespace coffer::ledger
