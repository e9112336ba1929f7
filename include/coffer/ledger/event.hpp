// SPDX-License-Identifier: MIT
// Events: what the ledger tells the host after it became durable.
#pragma once

#include <cstdint>

#include <coffer/core/clock.hpp>
#include <coffer/core/code.hpp>

namespace coffer {

enum class EventKind : std::uint8_t {
  posted = 0,
  held = 1,
  captured = 2,
  released = 3,
  expired = 4,
  account_opened = 5,
  account_changed = 6,
  rejected = 7,  ///< nothing happened; `code` says why
};

/// `id` is the transaction, hold or account; `subject` the account concerned where there is one.
struct Event {
  EventKind kind = EventKind::posted;
  Code code = Code::ok;
  std::int64_t id = 0;
  std::int64_t subject = 0;
  Timestamp recorded_at;
};

/// Receives events in commit order, after the commit that they belong to.
///
/// Threads: called from the thread that committed, one call at a time. It must not call the ledger.
/// A process that dies between a commit and the call has no event for it: read the journal for
/// that.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_event(const Event& event) noexcept = 0;
};

}  // namespace coffer
