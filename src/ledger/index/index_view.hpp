// SPDX-License-Identifier: MIT
// SnapshotView: what a reader holds: a snapshot and the state of the index that belongs to it.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "ledger/index/history_index.hpp"
#include "ledger/index/index_lookup.hpp"
#include "ledger/index/key_hash.hpp"

namespace coffer::ledger {

/// Needs nothing of the index that made it.
class SnapshotView final : public IndexView {
 public:
  SnapshotView(IndexSnapshot snapshot, std::shared_ptr<BlockCache> cache, const KeyHash& hash)
      : snapshot_(std::move(snapshot)), cache_(std::move(cache)), hash_(hash) {}

  [[nodiscard]] storage::Reader& reader() noexcept override { return *snapshot_.reader; }
  [[nodiscard]] std::int64_t last_transaction() const noexcept override { return snapshot_.last; }
  [[nodiscard]] Result<std::int64_t> find_key(std::string_view key) override;
  [[nodiscard]] Status scan_account(std::int64_t account, std::int64_t from, bool is_backward,
                                    const std::function<bool(std::int64_t id)>& visit) override {
    return ledger::scan_account(snapshot_, *cache_, account, from, is_backward, visit);
  }
  [[nodiscard]] Status scan_effective(
      std::int64_t account, std::int64_t from, bool is_backward,
      const std::function<bool(std::int64_t effective_at, std::int64_t id)>& visit) override {
    return ledger::scan_effective(snapshot_, *cache_, account, from, is_backward, visit);
  }

 private:
  IndexSnapshot snapshot_;
  std::shared_ptr<BlockCache> cache_;
  KeyHash hash_;
};

}  // namespace coffer::ledger
