// SPDX-License-Identifier: MIT
// A job's rows and their results as they are packed into records.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/wallet/wallet_job.hpp>

#include "wallet/packed_text.hpp"

namespace coffer::wallet {

/// Rows in one record of input, unless they reach `input_bytes_max` before.
inline constexpr std::size_t input_rows_max = 1024;
inline constexpr std::size_t input_bytes_max = std::size_t{128} * 1024;
/// Rows with results in one record.
inline constexpr std::int64_t result_rows_max = 4096;

/// A row of input, good or not. Text is a view of the record's data.
struct InputRow {
  std::int64_t row = 0;  ///< counted from 0
  WalletRow text;
  Code code = Code::ok;  ///< not ok: it can't be read, and why
  std::string_view message;
};

void pack_input(Packer& packer, const WalletRow& row, const Error& error);
/// Fails with `storage_corrupt`.
[[nodiscard]] Status unpack_input(std::string_view data, std::int64_t first,
                                  std::vector<InputRow>& rows);

/// What is wrong with a row in itself; `ok` when nothing is. `networks`: those of the job's
/// sources.
[[nodiscard]] Error check_row(const WalletRow& row, std::int64_t number,
                              std::span<const std::string> networks);

/// How far a job is, as its newest record of results says.
struct JobCounts {
  std::int64_t attempt = 1;
  std::int64_t attempt_done = 0;  ///< rows that the attempt has behind it
  std::int64_t created = 0;
  std::int64_t existed = 0;
  std::int64_t failed = 0;
};

struct RowOutcome {
  std::int64_t row = 0;
  Code code = Code::ok;
  std::string message;
  std::int64_t wallet = 0;
  bool existed = false;
};

struct JobResults {
  JobCounts counts;
  std::vector<RowOutcome> rows;
};

/// The place of results in the order of a job's records: attempts one after the other.
[[nodiscard]] constexpr std::int64_t result_position(std::int64_t attempt, std::int64_t row) {
  return attempt << 40U | row;
}

[[nodiscard]] std::string pack_results(const JobResults& results);
/// Fails with `storage_corrupt`.
[[nodiscard]] Result<JobResults> unpack_results(std::string_view data);

}  // namespace coffer::wallet
