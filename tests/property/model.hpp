// SPDX-License-Identifier: MIT
// A naive model of a ledger: keeps every entry in one list and adds it all up whenever asked.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <coffer/ledger/operation.hpp>

namespace coffer::property {

/// Small whole numbers stand for amounts: the model must be obviously right, not general.
struct ModelEntry {
  std::int64_t account = 0;
  bool is_debit = false;
  std::int64_t amount = 0;
  friend bool operator==(const ModelEntry&, const ModelEntry&) = default;
};

struct ModelAccount {
  std::int64_t asset = 0;
  bool is_debit_normal = false;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  bool is_frozen = false;
  bool is_closed = false;
};

struct ModelTransaction {
  std::string key;
  std::vector<ModelEntry> entries;
  std::int64_t kind = 0;
  std::int64_t reverses = 0;
};

struct ModelHold {
  std::string key;
  std::int64_t account = 0;
  std::int64_t amount = 0;
  std::int64_t remaining = 0;
  std::int64_t destination = 0;
  std::int64_t expires_at = 0;
  friend bool operator==(const ModelHold&, const ModelHold&) = default;
};

/// What the model says of one command.
struct Verdict {
  Code code = Code::ok;
  bool existed = false;
  std::int64_t id = 0;
};

class Model {
 public:
  std::vector<ModelAccount> accounts;          ///< id - 1
  std::vector<ModelTransaction> transactions;  ///< id - 1
  std::vector<ModelHold> holds;                ///< id - 1
  std::int64_t now = 0;                        ///< advances only with the test's clock

  [[nodiscard]] bool has_account(std::int64_t id) const {
    return id >= 1 && id <= static_cast<std::int64_t>(accounts.size());
  }
  [[nodiscard]] ModelAccount& account(std::int64_t id) {
    return accounts[static_cast<std::size_t>(id - 1)];
  }
  [[nodiscard]] ModelHold& hold(std::int64_t id) { return holds[static_cast<std::size_t>(id - 1)]; }

  [[nodiscard]] std::int64_t balance(std::int64_t id) {
    std::int64_t sum = 0;
    for (const ModelTransaction& transaction : transactions) {
      for (const ModelEntry& entry : transaction.entries) {
        if (entry.account == id) {
          sum += entry.is_debit == account(id).is_debit_normal ? entry.amount : -entry.amount;
        }
      }
    }
    return sum;
  }
  [[nodiscard]] std::int64_t reserved(std::int64_t id) const {
    std::int64_t sum = 0;
    for (const ModelHold& hold : holds) {
      const bool is_over = hold.expires_at != 0 && hold.expires_at <= now;
      sum += hold.account == id && !is_over ? hold.remaining : 0;
    }
    return sum;
  }
  [[nodiscard]] std::int64_t available(std::int64_t id) { return balance(id) - reserved(id); }
  [[nodiscard]] std::int64_t last_transaction() const {
    return static_cast<std::int64_t>(transactions.size());
  }

  Verdict post(const ModelTransaction& wanted, bool is_transfer);
  Verdict reserve(const ModelHold& wanted);
  Verdict capture(const std::string& key, std::int64_t id, std::optional<std::int64_t> amount,
                  std::int64_t destination, bool is_final);
  Verdict release(std::int64_t id);
  Verdict reverse(const std::string& key, std::int64_t original);
  Verdict change(std::int64_t id, const ModelAccount& policy);

 private:
  [[nodiscard]] Code check_accounts(const ModelTransaction& wanted, bool is_transfer);
  [[nodiscard]] bool is_open(std::int64_t id) const {
    const ModelHold& hold = holds[static_cast<std::size_t>(id - 1)];
    return hold.remaining > 0 && (hold.expires_at == 0 || hold.expires_at > now);
  }
};

}  // namespace coffer::property
