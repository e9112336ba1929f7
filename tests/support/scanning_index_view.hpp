// SPDX-License-Identifier: MIT
// An IndexView that looks through the whole journal: slow, and too simple to be wrong.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "ledger/index/history_index.hpp"

namespace coffer_test {

class ScanningIndexView final : public coffer::ledger::IndexView {
 public:
  explicit ScanningIndexView(std::unique_ptr<coffer::storage::Reader> reader)
      : reader_(std::move(reader)) {
    coffer::storage::ScanQuery newest;
    newest.is_backward = true;
    newest.limit = 1;
    static_cast<void>(reader_->scan<coffer::storage::TransactionRow>(newest, [this](const auto& r) {
      last_ = r.id;
      return false;
    }));
  }

  coffer::storage::Reader& reader() noexcept override { return *reader_; }
  std::int64_t last_transaction() const noexcept override { return last_; }

  coffer::Result<std::int64_t> find_key(std::string_view key) override {
    std::int64_t found = 0;
    COFFER_TRY(reader_->scan<coffer::storage::TransactionRow>({}, [&](const auto& row) {
      found = row.key == key ? row.id : 0;
      return found == 0;
    }));
    return found;
  }

  coffer::Status scan_account(std::int64_t account, std::int64_t from, bool is_backward,
                              const std::function<bool(std::int64_t id)>& visit) override {
    COFFER_TRY_ASSIGN(const std::set<std::int64_t> ids, touching(account));
    std::vector<std::int64_t> ordered(ids.begin(), ids.end());
    if (is_backward) {
      std::reverse(ordered.begin(), ordered.end());
    }
    for (const std::int64_t id : ordered) {
      if ((is_backward ? id <= from : id >= from) && !visit(id)) {
        break;
      }
    }
    return {};
  }

  coffer::Status scan_effective(
      std::int64_t account, std::int64_t from, bool is_backward,
      const std::function<bool(std::int64_t effective_at, std::int64_t id)>& visit) override {
    COFFER_TRY_ASSIGN(const std::set<std::int64_t> ids, touching(account));
    std::vector<std::pair<std::int64_t, std::int64_t>> items;
    COFFER_TRY(reader_->scan<coffer::storage::TransactionRow>({}, [&](const auto& row) {
      if (row.effective_at != 0 && ids.count(row.id) != 0 &&
          (is_backward ? row.effective_at <= from : row.effective_at >= from)) {
        items.emplace_back(row.effective_at, row.id);
      }
      return true;
    }));
    std::sort(items.begin(), items.end());
    if (is_backward) {
      std::reverse(items.begin(), items.end());
    }
    for (const auto& [effective_at, id] : items) {
      if (!visit(effective_at, id)) {
        break;
      }
    }
    return {};
  }

 private:
  coffer::Result<std::set<std::int64_t>> touching(std::int64_t account) {
    std::set<std::int64_t> ids;
    COFFER_TRY(reader_->scan<coffer::storage::TransactionRow>({}, [&](const auto& row) {
      if (row.debit == account || row.credit == account) {
        ids.insert(row.id);
      }
      return true;
    }));
    COFFER_TRY(reader_->scan<coffer::storage::EntryRow>({}, [&](const auto& row) {
      if (row.account == account) {
        ids.insert(row.transaction);
      }
      return true;
    }));
    return ids;
  }

  std::unique_ptr<coffer::storage::Reader> reader_;
  std::int64_t last_ = 0;
};

}  // namespace coffer_test
