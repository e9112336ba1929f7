// SPDX-License-Identifier: MIT
// What a Ledger is made of: a writer, or a follower of another process's writer.
#pragma once

#include <atomic>
#include <memory>

#include <coffer/ledger/ledger.hpp>

#include "ledger/writer/writer.hpp"

namespace coffer {

struct Ledger::Parts {
  Parts(storage::Storage& storage_in, Clock& clock_in) : storage(storage_in), clock(clock_in) {}

  [[nodiscard]] Status require_writer() const;
  [[nodiscard]] Status decide(std::span<const Operation> operations, BatchMode mode,
                              std::span<Outcome> outcomes, bool is_dry);
  [[nodiscard]] Result<Outcome> decide_one(const Operation& operation);
  void count(std::span<const Outcome> outcomes);
  [[nodiscard]] Result<ledger::HeldView> view() const;

  storage::Storage& storage;
  Clock& clock;
  std::unique_ptr<ledger::Writer> writer;          ///< none when read-only
  std::shared_ptr<ledger::HistoryIndex> follower;  ///< only when read-only
  std::atomic<std::int64_t> repeated{0};
  std::atomic<std::int64_t> rejected{0};
};

}  // namespace coffer
