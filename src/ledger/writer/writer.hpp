// SPDX-License-Identifier: MIT
// Writer: callers that wait at the same moment share one commit, prepared beside the one before.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "core/bell.hpp"
#include "ledger/book/batch.hpp"
#include "ledger/book/book.hpp"
#include "ledger/index/history_index.hpp"

namespace coffer::ledger {

/// A view, and the index that it belongs to.
struct HeldView {
  std::shared_ptr<HistoryIndex> index;
  std::unique_ptr<IndexView> view;
};

/// What a caller wants decided; called once, under the lock of the book.
using Decision = std::function<Status(Book& book)>;

/// Group commit. The first caller to come leads: it decides its own request and those of all who
/// arrive while the storage is busy, then commits them as one. While it waits for the device, the
/// next leader decides the next batch. Batches commit in the order in which they were decided.
///
/// A commit that fails takes with it the batches decided on top of it; then the book is loaded
/// again.
///
/// Threads: `submit` from any. No thread of its own.
class Writer {
 public:
  /// Takes the book over in the storage: a new epoch and a first commit that fences older writers.
  [[nodiscard]] static Result<std::unique_ptr<Writer>> open(storage::Storage& storage, Clock& clock,
                                                            const LedgerOptions& options);
  ~Writer();

  /// Runs `decide` and returns when what it decided is durable. `is_dry`: forget it instead.
  [[nodiscard]] Status submit(const Decision& decide, bool is_dry = false);
  /// Writes what is only in memory and gives the book up. Later submits fail with `closed`.
  [[nodiscard]] Status close();
  /// A view of what is committed.
  [[nodiscard]] Result<HeldView> view();
  /// Counters for `Statistics`.
  [[nodiscard]] Statistics counters();

 private:
  struct Request;
  struct Group;

  Writer(storage::Storage& storage, Clock& clock, const LedgerOptions& options);
  [[nodiscard]] Status load();
  [[nodiscard]] Status take_over();
  [[nodiscard]] Status require_epoch();
  void lead(std::unique_lock<std::mutex>& lock);
  void gather(Group& group, std::unique_lock<std::mutex>& lock);
  void decide(Group& group, const std::vector<Request*>& requests, bool must_load);
  void seal(Group& group, bool flush_all_heads);
  void pass_on_the_lead();
  [[nodiscard]] Status write(Group& group, bool is_last);
  [[nodiscard]] Status explain_conflict(Error error);
  void leave_book(Group& group, bool is_durable);
  void answer(Group& group, const Status& status);
  [[nodiscard]] Request& free_request();
  [[nodiscard]] bool is_promoted(const Request& request);
  [[nodiscard]] Bell& bell_of(std::uint64_t ticket) { return bells_[ticket % bells_.size()]; }

  storage::Storage& storage_;
  Clock& clock_;
  LedgerOptions options_;
  std::int64_t epoch_ = 0;

  std::mutex queue_mutex_;  ///< guards what follows, up to the next mutex
  std::deque<Request*> queue_;
  std::vector<std::unique_ptr<Request>> requests_;  ///< all places, free or not
  std::size_t next_request_ = 0;                    ///< where to look for a free one
  std::condition_variable storage_turn_;
  std::condition_variable company_;  ///< the gathering leader waits here
  bool is_led_ = false;
  bool is_closed_ = false;
  Status broken_;  ///< why batches in flight can't commit; cleared when the book was loaded again
  std::uint64_t next_ticket_ = 0;
  std::uint64_t turn_ = 0;     ///< the ticket whose group may use the storage
  bool is_gathering_ = false;  ///< a leader's group still takes requests
  std::vector<std::unique_ptr<Group>> spare_;
  std::uint64_t arrivals_ = 0;
  std::uint64_t arrivals_expected_ = 0;  ///< when those just answered have come back
  std::uint64_t knock_at_ = 0;           ///< the arrival that the gathering leader wants to hear of
  std::int64_t patience_ns_ = 0;         ///< how long a leader waits for them

  /// Where the callers of a group sleep. There are more than groups on their way, as a rule: to be
  /// woken for another group costs time and nothing else.
  std::array<Bell, 4> bells_{};

  std::mutex book_mutex_;  ///< guards the book and the writer's side of the index
  std::shared_ptr<HistoryIndex> index_;
  std::unique_ptr<Book> book_;
  bool heads_may_lag_ = false;  ///< a writer ended, or began anew, without flushing its heads
  Statistics counters_;
};

}  // namespace coffer::ledger
