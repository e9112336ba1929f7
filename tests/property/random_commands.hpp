// SPDX-License-Identifier: MIT
// Random commands: mostly such as may succeed, some that can't, some that were given before.
#pragma once

#include <random>

#include "model.hpp"

namespace coffer::property {

/// Nanoseconds that pass between two single commands at times: more than the ledger counts on while
/// it decides one.
inline constexpr std::int64_t short_step = 1000;

/// Chooses by what the model knows, so that ids and keys mean something.
class RandomCommands {
 public:
  RandomCommands(const Model& model, std::uint64_t seed)
      : model_(model), random_(seed), likes_large_amounts_(once_in(8)) {}

  /// A whole number between the two, both included.
  std::int64_t pick(std::int64_t low, std::int64_t high);
  /// True once in `n`.
  bool once_in(std::int64_t n) { return pick(1, n) == 1; }

  std::vector<Item> batch();
  Command any();
  PostCommand transfer();
  PostCommand draft();
  OpenCommand open_account();
  std::int64_t any_account();

 private:
  ReserveCommand reserve();
  CaptureCommand capture();
  CaptureCommand repeat(const ModelTransaction& stored);
  ReverseCommand reverse();
  ChangeCommand change();
  PostCommand repeat();

  Units any_amount();
  ModelPolicy any_policy();
  std::int64_t partner_of(std::int64_t account);
  std::int64_t any_hold();
  std::int64_t any_effective_time();
  std::int64_t any_expiry();
  std::string any_key(const char* prefix, std::int64_t used);
  std::string any_reference() { return once_in(4) ? "reference" : ""; }

  const Model& model_;
  std::mt19937_64 random_;
  bool likes_large_amounts_;
  std::int64_t keys_ = 0;
};

}  // namespace coffer::property
