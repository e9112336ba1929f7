// SPDX-License-Identifier: MIT
// Packing and checking the rows of a job.
#include "wallet/job_rows.hpp"

#include <algorithm>

#include <coffer/core/text.hpp>
#include <coffer/transaction/draft.hpp>
#include <coffer/wallet/wallet.hpp>

#include "keys/json.hpp"

namespace coffer::wallet {
namespace {

Error refused(std::int64_t number, Code code, std::string_view field, std::string_view reason) {
  return {code,
          "row " + std::to_string(number) + ", " + std::string(field) + ": " + std::string(reason)};
}

Error corrupt() { return {Code::storage_corrupt, "wallet_records: packed rows; run verify"}; }

std::string too_long(std::size_t size, std::size_t size_max) {
  return "has " + std::to_string(size) + " bytes, " + std::to_string(size_max) + " are allowed";
}

}  // namespace

void pack_input(Packer& packer, const WalletRow& row, const Error& error) {
  packer.add_number(static_cast<std::uint64_t>(error.code));
  packer.add_text(row.user);
  packer.add_text(row.network);
  if (error.code != Code::ok) {
    packer.add_text(error.message);
    return;
  }
  packer.add_text(row.key);
  packer.add_text(row.label);
  packer.add_text(row.extra);
}

Status unpack_input(std::string_view data, std::int64_t first, std::vector<InputRow>& rows) {
  Unpacker unpacker(data);
  while (!unpacker.is_at_end()) {
    InputRow& input = rows.emplace_back();
    input.row = first++;
    input.code = static_cast<Code>(unpacker.number());
    input.text.user = unpacker.text();
    input.text.network = unpacker.text();
    if (input.code != Code::ok) {
      input.message = unpacker.text();
      continue;
    }
    input.text.key = unpacker.text();
    input.text.label = unpacker.text();
    input.text.extra = unpacker.text();
  }
  return unpacker.is_good() ? Status{} : corrupt();
}

Error check_row(const WalletRow& row, std::int64_t number, std::span<const std::string> networks) {
  struct Field {
    std::string_view name;
    std::string_view text;
    std::size_t bytes_max;
  };
  for (const Field& field :
       {Field{"user", row.user, user_bytes_max}, Field{"network", row.network, 40},
        Field{"key", row.key, key_bytes_max}, Field{"label", row.label, wallet_label_bytes_max},
        Field{"extra", row.extra, wallet_extra_bytes_max}}) {
    if (field.text.size() > field.bytes_max) {
      const Code code = field.name == "key" ? Code::key_too_long : Code::text_too_long;
      return refused(number, code, field.name, too_long(field.text.size(), field.bytes_max));
    }
    if (!is_valid_utf8(field.text)) {
      return refused(number, Code::invalid_utf8, field.name, "is not well-formed UTF-8");
    }
  }
  if (row.user.empty()) {
    return refused(number, Code::invalid_argument, "user", "is empty");
  }
  if (row.network.empty()
          ? networks.size() > 1
          : std::find(networks.begin(), networks.end(), row.network) == networks.end()) {
    return refused(number, Code::network_not_found, "network",
                   row.network.empty()
                       ? "is empty, and the job has sources of several"
                       : "the job has no source of '" + std::string(row.network) + "'");
  }
  if (!row.extra.empty()) {
    const std::optional<keys::JsonValue> json = keys::parse_json(row.extra);
    if (!json || json->kind != keys::JsonValue::Kind::object) {
      return refused(number, Code::invalid_argument, "extra", "is no JSON object");
    }
  }
  return {Code::ok, {}};
}

std::string pack_results(const JobResults& results) {
  Packer packer;
  const JobCounts& counts = results.counts;
  for (const std::int64_t number :
       {counts.attempt, counts.attempt_done, counts.created, counts.existed, counts.failed}) {
    packer.add_number(static_cast<std::uint64_t>(number));
  }
  std::int64_t row = 0;
  for (const RowOutcome& outcome : results.rows) {
    packer.add_number(static_cast<std::uint64_t>(outcome.row - row));
    row = outcome.row;
    packer.add_number(static_cast<std::uint64_t>(outcome.code) << 1U | (outcome.existed ? 1U : 0U));
    packer.add_number(static_cast<std::uint64_t>(outcome.wallet));
    if (outcome.code != Code::ok) {
      packer.add_text(outcome.message);
    }
  }
  return packer.bytes();
}

Result<JobResults> unpack_results(std::string_view data) {
  Unpacker unpacker(data);
  JobResults results;
  JobCounts& counts = results.counts;
  for (std::int64_t* number :
       {&counts.attempt, &counts.attempt_done, &counts.created, &counts.existed, &counts.failed}) {
    *number = unpacker.integer();
  }
  std::int64_t row = 0;
  while (!unpacker.is_at_end()) {
    RowOutcome& outcome = results.rows.emplace_back();
    row += unpacker.integer();
    outcome.row = row;
    const std::uint64_t code = unpacker.number();
    outcome.code = static_cast<Code>(code >> 1U);
    outcome.existed = (code & 1U) != 0;
    outcome.wallet = unpacker.integer();
    if (outcome.code != Code::ok) {
      outcome.message = unpacker.text();
    }
  }
  if (!unpacker.is_good()) {
    return corrupt();
  }
  return results;
}

}  // namespace coffer::wallet
