// SPDX-License-Identifier: MIT
// BuilderThread: the thread that sorts and merges segments beside the writer.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace coffer::ledger {

/// Calls `work` until it answers false, then sleeps until `wake`. Everything works without it.
class BuilderThread {
 public:
  explicit BuilderThread(std::function<bool()> work);
  /// Waits for the piece of work that is being done.
  ~BuilderThread();
  BuilderThread(const BuilderThread&) = delete;
  BuilderThread& operator=(const BuilderThread&) = delete;

  void wake();

 private:
  void run();

  std::function<bool()> work_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool is_awake_ = true;
  bool is_stopping_ = false;
  std::thread thread_;  // last: it uses the members above
};

}  // namespace coffer::ledger
