// SPDX-License-Identifier: MIT
// The threads of bulk derivation. Chunks are handed out in order, so that the chunks that are
// finished when someone cancels are a beginning of the range.
#include "keys/chunked_work.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace coffer::keys {

namespace {

class Run {
 public:
  Run(std::size_t total, std::size_t chunk, BulkObserver* observer,
      const std::function<Status(std::size_t, std::size_t)>& work)
      : total_(total),
        chunk_(chunk),
        chunks_((total + chunk - 1) / chunk),
        observer_(observer),
        work_(work),
        finished_(chunks_, false) {}

  // What each thread does until there is nothing left.
  void take_chunks() noexcept {
    while (!stop_.load(std::memory_order_relaxed)) {
      const std::size_t chunk = next_.fetch_add(1, std::memory_order_relaxed);
      if (chunk >= chunks_) {
        return;
      }
      finish(chunk, attempt(chunk));
    }
  }

  [[nodiscard]] Status outcome() && {
    if (failed_chunk_ < chunks_) {
      return std::move(error_);
    }
    if (is_cancelled_) {
      return Error{Code::cancelled, "the observer stopped the derivation after " +
                                        std::to_string(end_of(prefix_)) + " of " +
                                        std::to_string(total_) + " children"};
    }
    return {};
  }

  [[nodiscard]] std::size_t chunks() const noexcept { return chunks_; }

 private:
  [[nodiscard]] std::size_t end_of(std::size_t chunks) const noexcept {
    return std::min(chunks * chunk_, total_);
  }

  [[nodiscard]] Status attempt(std::size_t chunk) const noexcept {
    try {
      return work_(chunk * chunk_, end_of(chunk + 1));
    } catch (const std::bad_alloc&) {
      // The short text fits without the heap.
      return Error{Code::out_of_memory, "no memory"};
    }
  }

  void finish(std::size_t chunk, Status status) noexcept {
    const std::lock_guard lock(mutex_);
    if (!status) {
      if (chunk < failed_chunk_) {
        failed_chunk_ = chunk;
        error_ = std::move(status).error();
      }
      stop_ = true;
      return;
    }
    finished_[chunk] = true;
    const std::size_t before = prefix_;
    while (prefix_ < chunks_ && finished_[prefix_]) {
      ++prefix_;
    }
    if (observer_ != nullptr && prefix_ > before && !is_cancelled_ &&
        !observer_->on_progress(end_of(prefix_), total_)) {
      // The last child is done: there is nothing left to stop.
      is_cancelled_ = prefix_ < chunks_;
      stop_ = true;
    }
  }

  const std::size_t total_;
  const std::size_t chunk_;
  const std::size_t chunks_;
  BulkObserver* const observer_;
  const std::function<Status(std::size_t, std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::vector<bool> finished_;
  std::size_t prefix_ = 0;
  bool is_cancelled_ = false;
  std::size_t failed_chunk_ = static_cast<std::size_t>(-1);
  Error error_;
};

}  // namespace

Status run_in_chunks(std::size_t total, const BulkOptions& options,
                     const std::function<Status(std::size_t, std::size_t)>& work,
                     std::size_t chunk) {
  Run run(total, chunk, options.observer, work);
  const std::size_t wanted =
      options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  constexpr std::size_t threads_max = 256;
  std::vector<std::thread> threads;
  const std::size_t count = std::min({wanted, run.chunks(), threads_max});
  threads.reserve(count);
  for (std::size_t i = 1; i < count; ++i) {
    try {
      threads.emplace_back([&run] { run.take_chunks(); });
    } catch (const std::system_error&) {
      break;  // The system gives no more threads; those that run do all the work.
    }
  }
  run.take_chunks();
  for (std::thread& thread : threads) {
    thread.join();
  }
  return std::move(run).outcome();
}

}  // namespace coffer::keys
