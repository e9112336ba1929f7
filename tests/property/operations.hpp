// SPDX-License-Identifier: MIT
// The model's commands as operations of the ledger.
#pragma once

#include <deque>
#include <vector>

#include "commands.hpp"

namespace coffer::property {

[[nodiscard]] Amount to_amount(const Units& units);
[[nodiscard]] Units to_units(const Amount& amount);

/// Translates; what an operation only views lives as long as this object and the command.
class Operations {
 public:
  [[nodiscard]] Operation of(const Command& command);
  [[nodiscard]] std::vector<Operation> of(const std::vector<Item>& items);

  [[nodiscard]] static Transfer transfer_of(const PostCommand& command);
  [[nodiscard]] Draft draft_of(const PostCommand& command);

 private:
  std::deque<std::vector<Entry>> entries_;
  std::deque<std::vector<Condition>> conditions_;
};

}  // namespace coffer::property
