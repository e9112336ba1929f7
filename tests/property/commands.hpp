// SPDX-License-Identifier: MIT
// What can be asked of a ledger, in the plain words of the naive model.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <coffer/ledger/operation.hpp>
#include <coffer/ledger/query.hpp>

namespace coffer::property {

/// Whole numbers without a limit: what does not fit 256 bits is a question and not an accident.
using Units = boost::multiprecision::cpp_int;

/// Accounts, holds and transactions go by their ids, times by nanoseconds; 0 is none.
struct ModelEntry {
  std::int64_t account = 0;
  bool is_debit = false;
  Units amount;
  friend bool operator==(const ModelEntry&, const ModelEntry&) = default;
};

struct ModelPolicy {
  std::optional<Units> minimum;
  std::optional<Units> maximum;
  bool is_frozen = false;
  bool is_closed = false;
  friend bool operator==(const ModelPolicy&, const ModelPolicy&) = default;
};

struct ModelAccount {
  std::string key;
  std::string owner;
  std::int64_t asset = 0;
  bool is_debit_normal = false;
  ModelPolicy first;  ///< as it was opened
  ModelPolicy policy;
};

struct ModelTransaction {
  std::string key;
  std::vector<ModelEntry> entries;
  TransactionKind kind = TransactionKind::posting;
  std::uint32_t code = 0;
  std::int64_t reverses = 0;
  std::int64_t hold = 0;
  std::int64_t effective_at = 0;
  std::string reference;
  std::string description;
  std::int64_t recorded_at = 0;   ///< the ledger says it; all else the model knows
  bool is_last_of_hold = false;   ///< a capture that left nothing
  bool is_rest_released = false;  ///< a capture after which the rest was given back
};

struct ModelHold {
  std::string key;
  std::int64_t account = 0;
  Bucket bucket = Bucket::held;
  Units amount;
  std::int64_t destination = 0;
  std::int64_t expires_at = 0;
  std::string reference;
  Units remaining;
  Units captured;
  std::int64_t last_capture = 0;
  HoldState ended_as = HoldState::open;  ///< time apart: a hold past its expiry is still open here
};

struct ModelCondition {
  std::int64_t account = 0;
  Units least_available;
};

struct PostCommand {
  ModelTransaction wanted;
  std::vector<ModelCondition> conditions;
  bool is_transfer = false;  ///< the plain form of two entries, debit first
};
struct ReserveCommand {
  ModelHold wanted;
};
struct CaptureCommand {
  std::string key;
  std::int64_t hold = 0;
  std::optional<Units> amount;
  std::int64_t destination = 0;
  bool is_final = false;
  std::int64_t effective_at = 0;
};
struct ReleaseCommand {
  std::int64_t hold = 0;
};
struct ReverseCommand {
  std::string key;
  std::int64_t original = 0;
  std::int64_t effective_at = 0;
};
struct OpenCommand {
  ModelAccount wanted;
};
struct ChangeCommand {
  std::int64_t account = 0;
  ModelPolicy policy;
};

using Command = std::variant<PostCommand, ReserveCommand, CaptureCommand, ReleaseCommand,
                             ReverseCommand, OpenCommand, ChangeCommand>;

/// One item of a batch.
struct Item {
  Command what;
  bool is_linked = false;
};

/// What the model says of one command.
struct Verdict {
  Code code = Code::ok;
  bool existed = false;
  std::int64_t id = 0;
};

}  // namespace coffer::property
