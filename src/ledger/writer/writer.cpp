// SPDX-License-Identifier: MIT
// Group commit: one leader decides a batch while the batch before is on its way to the device.
#include "ledger/writer/writer_parts.hpp"

#include <algorithm>
#include <chrono>
#include <new>

#include "ledger/index/index_reset.hpp"
#include "ledger/time_bounds.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t patience_ns_max = 1'000'000;

}  // namespace

Writer::Writer(storage::Storage& storage, Clock& clock, const LedgerOptions& options)
    : storage_(storage), clock_(clock), options_(options) {}

Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::open(storage::Storage& storage, Clock& clock,
                                             const LedgerOptions& options) {
  COFFER_TRY(storage.acquire_writer(options.takeover, options.takeover_wait_ns));
  std::unique_ptr<Writer> writer(new Writer(storage, clock, options));
  Status opened = writer->take_over();
  if (opened && options.rebuild_index) {
    opened = reset_index(storage, within_bounds(clock.now()));
  }
  if (opened) {
    opened = writer->load();
  }
  if (!opened) {
    storage.release_writer();
    return std::move(opened).error();
  }
  return writer;
}

Status Writer::submit(const Decision& decide, bool is_dry) {
  std::unique_lock lock(queue_mutex_);
  if (is_closed_) {
    return Error{Code::closed, "the ledger was closed"};
  }
  Request& request = free_request();
  queue_.push_back(&request);
  request.decide = &decide;
  request.is_dry = is_dry;
  request.ticket = is_gathering_ ? next_ticket_ - 1 : next_ticket_;
  request.state.store(Request::waiting, std::memory_order_relaxed);
  ++arrivals_;
  if (is_led_) {
    if (is_gathering_ && arrivals_ >= knock_at_) {
      company_.notify_one();
    }
    lock.unlock();
    if (is_promoted(request)) {
      lock.lock();
      lead(lock);
    }
  } else {
    lead(lock);
  }
  Status status = std::move(request.status);
  request.state.store(Request::free, std::memory_order_release);
  return status;
}

Writer::Request& Writer::free_request() {
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    next_request_ = next_request_ + 1 < requests_.size() ? next_request_ + 1 : 0;
    Request& request = *requests_[next_request_];
    if (request.state.load(std::memory_order_acquire) == Request::free) {
      return request;
    }
  }
  requests_.push_back(std::make_unique<Request>());
  return *requests_.back();
}

/// Sleeps until the request leads or is answered.
bool Writer::is_promoted(const Request& request) {
  const Bell& bell = bell_of(request.ticket);
  for (;;) {
    const std::uint32_t heard = bell.rings();
    const Request::State state = request.state.load(std::memory_order_acquire);
    if (state != Request::waiting) {
      return state == Request::promoted;
    }
    bell.sleep(heard);
  }
}

/// From the first request of a group to the answer to all of them. The lead passes on as soon as
/// the group is sealed, so that the next one is decided while this one is written.
void Writer::lead(std::unique_lock<std::mutex>& lock) {
  is_led_ = true;
  std::unique_ptr<Group> group;
  if (spare_.empty()) {
    group = std::make_unique<Group>();
  } else {
    group = std::move(spare_.back());
    spare_.pop_back();
  }
  gather(*group, lock);
  lock.unlock();
  seal(*group, false);
  lock.lock();
  pass_on_the_lead();
  storage_turn_.wait(lock, [this, &group] { return turn_ == group->ticket; });
  Status status = broken_.has_value() ? group->failure : broken_;
  lock.unlock();
  const bool is_crowd = group->requests.size() > 1;
  const Timestamp before = is_crowd ? clock_.now() : Timestamp{};
  if (status && group->is_sealed) {
    status = write(*group, false);
  }
  const std::int64_t taken_ns = is_crowd ? clock_.now().ns - before.ns : 0;
  leave_book(*group, status.has_value());
  lock.lock();
  patience_ns_ = std::clamp<std::int64_t>(taken_ns / 2, 0, patience_ns_max);
  const std::uint64_t first_ticket = group->requests.front()->ticket;
  answer(*group, status);
  lock.unlock();
  for (std::uint64_t ticket = first_ticket; ticket <= group->ticket; ++ticket) {
    bell_of(ticket).ring();
  }
  group->requests.clear();
  lock.lock();
  spare_.push_back(std::move(group));
}

/// Decides requests until the storage is free and nobody waits, or the group is full.
///
/// The callers of a group that was just answered come back at the same moment, if they do. To write
/// without them would make two half groups take turns for ever, so the leader waits for them a part
/// of what a commit costs.
void Writer::gather(Group& group, std::unique_lock<std::mutex>& lock) {
  bool must_load = false;
  if (!broken_.has_value()) {
    // Groups decided before the failure leave first; then the book starts from the storage.
    storage_turn_.wait(lock, [this] { return turn_ == next_ticket_; });
    must_load = true;
  }
  group.ticket = next_ticket_++;
  is_gathering_ = true;
  knock_at_ = 0;
  while (!queue_.empty() && !group.has_failed() && !group.is_full()) {
    const std::vector<Request*> taken(queue_.begin(), queue_.end());
    queue_.clear();
    lock.unlock();
    decide(group, taken, must_load);
    lock.lock();
    group.requests.insert(group.requests.end(), taken.begin(), taken.end());
    if (must_load && !group.has_failed()) {
      broken_ = {};
    }
    must_load = false;
    if (!group.has_failed() && !group.is_full()) {
      company_.wait(lock, [&] { return !queue_.empty() || turn_ == group.ticket; });
      if (queue_.empty() && arrivals_ < arrivals_expected_) {
        knock_at_ = arrivals_expected_;
        company_.wait_for(lock, std::chrono::nanoseconds(patience_ns_),
                          [this] { return arrivals_ >= arrivals_expected_; });
        arrivals_expected_ = arrivals_;
      }
    }
  }
  is_gathering_ = false;
}

void Writer::decide(Group& group, const std::vector<Request*>& requests, bool must_load) {
  const std::lock_guard book_lock(book_mutex_);
  try {
    if (must_load) {
      group.failure = load();
      if (group.has_failed()) {
        return;
      }
      heads_may_lag_ = true;
    }
    book_->begin(group.batch, within_bounds(clock_.now()));
    for (Request* request : requests) {
      if (request->is_dry) {
        book_->begin_group();
      }
      group.failure = (*request->decide)(*book_);
      if (group.has_failed()) {
        break;
      }
      if (request->is_dry) {
        book_->undo_group();
      }
    }
    book_->end();
  } catch (const std::bad_alloc&) {
    group.failure = Error{Code::out_of_memory, "memory ran out while deciding; nothing happened"};
  }
}

void Writer::seal(Group& group, bool flush_all_heads) {
  if (group.has_failed() || (group.batch.is_empty() && !flush_all_heads)) {
    return;
  }
  const std::lock_guard book_lock(book_mutex_);
  try {
    book_->seal(group.batch, epoch_, flush_all_heads);
    group.is_sealed = true;
  } catch (const std::bad_alloc&) {
    group.failure = Error{Code::out_of_memory, "memory ran out while sealing; nothing happened"};
  }
}

void Writer::pass_on_the_lead() {
  if (queue_.empty()) {
    is_led_ = false;
    storage_turn_.notify_all();
  } else {
    Request& next = *queue_.front();
    next.state.store(Request::promoted, std::memory_order_release);
    bell_of(next.ticket).ring();
  }
}

Status Writer::write(Group& group, bool is_last) {
  try {
    COFFER_TRY_ASSIGN(const std::unique_ptr<storage::UnitOfWork> unit, storage_.begin());
    if (Status written = group.batch.write(*unit); !written) {
      unit->rollback();
      return explain_conflict(std::move(written).error());
    }
    const std::int64_t last = group.batch.commit.last_transaction;
    if (!is_last) {
      // Enough to keep up with what this batch will become, so that no batch pays for many.
      const std::size_t records = group.batch.transactions.size() + group.batch.entries.size();
      const auto blocks_max = static_cast<std::int64_t>(records / 32 + 4);
      COFFER_TRY(index_->write_due(*unit, blocks_max));
      return index_->commit(*unit, last);
    }
    COFFER_TRY(index_->write_all(*unit));
    COFFER_TRY(mark_book(*unit, epoch_, group.leaves_clean));
    return index_->commit(*unit, last);
  } catch (const std::bad_alloc&) {
    return Error{Code::out_of_memory, "memory ran out while committing; nothing happened"};
  }
}

/// A commit id that is taken means that another writer has taken the book over.
Status Writer::explain_conflict(Error error) {
  if (error.code != Code::storage_conflict) {
    return error;
  }
  COFFER_TRY(require_epoch());
  return error;
}

void Writer::leave_book(Group& group, bool is_durable) {
  const std::lock_guard book_lock(book_mutex_);
  if (group.is_sealed) {
    book_->committed(group.batch);
  }
  if (is_durable) {
    counters_.posted += static_cast<std::int64_t>(group.batch.transactions.size());
    for (const storage::HoldEventRow& event : group.batch.hold_events) {
      counters_.expired_holds += event.kind == 2 ? 1 : 0;
    }
    if (options_.events != nullptr) {
      for (const Event& event : group.batch.events) {
        options_.events->on_event(event);
      }
    }
  }
  group.batch.clear();
  group.is_sealed = false;
  group.failure = {};
}

void Writer::answer(Group& group, const Status& status) {
  if (!status) {
    broken_ = status;
  }
  ++turn_;
  arrivals_expected_ = arrivals_ + (group.requests.size() > 1 ? group.requests.size() : 0);
  storage_turn_.notify_all();
  company_.notify_one();
  for (Request* request : group.requests) {
    request->status = status;
    request->state.store(Request::done, std::memory_order_release);
  }
}

Result<HeldView> Writer::view() {
  HeldView held;
  {
    const std::lock_guard book_lock(book_mutex_);
    held.index = index_;
  }
  COFFER_TRY_ASSIGN(held.view, held.index->view());
  return held;
}

Statistics Writer::counters() {
  const std::lock_guard book_lock(book_mutex_);
  return counters_;
}

}  // namespace coffer::ledger
