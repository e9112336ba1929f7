// SPDX-License-Identifier: MIT
// A naive model of a ledger: keeps every entry in one list and adds it all up whenever asked.
#pragma once

#include <map>
#include <vector>

#include "commands.hpp"

namespace coffer::property {

class Model {
 public:
  std::int64_t assets = 0;                     ///< their ids are 1..assets
  std::vector<ModelAccount> accounts;          ///< id - 1
  std::vector<ModelTransaction> transactions;  ///< id - 1
  std::vector<ModelHold> holds;                ///< id - 1
  std::int64_t now = 0;                        ///< advances only with the test's clock

  /// Executes one command; what is refused changes nothing.
  Verdict apply(const Command& command);
  /// Executes a batch: linked items stand or fall together, `mode` says what else does.
  std::vector<Verdict> run(const std::vector<Item>& items, BatchMode mode);

  // --- Sums, each added up from the beginning.

  [[nodiscard]] Units balance(std::int64_t account) const;
  [[nodiscard]] Units balance_as_of(std::int64_t account, std::int64_t time, TimeAxis axis) const;
  [[nodiscard]] Units reserved(std::int64_t account, Bucket bucket) const;
  [[nodiscard]] Units reserved(std::int64_t account) const;
  [[nodiscard]] Units available(std::int64_t account) const;
  /// What an entry adds to its account, in the account's normal direction.
  [[nodiscard]] Units change_of(const ModelEntry& entry) const;

  [[nodiscard]] bool has_account(std::int64_t id) const;
  [[nodiscard]] const ModelAccount& account(std::int64_t id) const;
  [[nodiscard]] const ModelHold& hold(std::int64_t id) const;
  [[nodiscard]] bool is_over(const ModelHold& hold) const;
  [[nodiscard]] bool is_open(std::int64_t hold) const;
  [[nodiscard]] std::int64_t last_transaction() const;

  /// False for what does not fit a signed number of 256 bits.
  [[nodiscard]] static bool fits(const Units& units);
  /// A debit and a credit of one amount between two accounts: their order means nothing.
  [[nodiscard]] static bool is_two_entry(const std::vector<ModelEntry>& entries);

 private:
  Verdict apply_one(const PostCommand& command);
  Verdict apply_one(const ReserveCommand& command);
  Verdict apply_one(const CaptureCommand& command);
  Verdict apply_one(const ReleaseCommand& command);
  Verdict apply_one(const ReverseCommand& command);
  Verdict apply_one(const OpenCommand& command);
  Verdict apply_one(const ChangeCommand& command);

  [[nodiscard]] std::optional<Verdict> repeated(const PostCommand& command) const;
  [[nodiscard]] Code check_accounts(const PostCommand& command) const;
  [[nodiscard]] Code check_conditions(const PostCommand& command) const;
  [[nodiscard]] Code check_sums(const PostCommand& command) const;
  [[nodiscard]] Code check_bounds(const std::vector<ModelEntry>& entries,
                                  const std::map<std::int64_t, Units>& before) const;
};

}  // namespace coffer::property
