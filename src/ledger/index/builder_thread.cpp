// SPDX-License-Identifier: MIT
// The builder's loop.
#include "ledger/index/builder_thread.hpp"

#include <utility>

namespace coffer::ledger {

BuilderThread::BuilderThread(std::function<bool()> work)
    : work_(std::move(work)), thread_([this] { run(); }) {}

BuilderThread::~BuilderThread() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void BuilderThread::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_awake_ = true;
  }
  woken_.notify_one();
}

void BuilderThread::run() {
  std::unique_lock lock(mutex_);
  while (!is_stopping_) {
    if (!is_awake_) {
      woken_.wait(lock);
      continue;
    }
    is_awake_ = false;
    bool is_busy = true;
    while (is_busy && !is_stopping_) {
      lock.unlock();
      is_busy = work_();
      lock.lock();
    }
  }
}

}  // namespace coffer::ledger
