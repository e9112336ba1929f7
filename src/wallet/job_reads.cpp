// SPDX-License-Identifier: MIT
// What a job is, read from its records.
#include <algorithm>

#include "wallet/crypto_parts.hpp"

namespace coffer::wallet {
namespace {

std::vector<std::int64_t> ids_of(std::string_view text) {
  std::vector<std::int64_t> ids;
  bool is_new = true;
  for (const char c : text) {
    if (c == ',') {
      is_new = true;
      continue;
    }
    if (is_new) {
      ids.push_back(0);
      is_new = false;
    }
    ids.back() = ids.back() * 10 + (c - '0');
  }
  return ids;
}

}  // namespace

Result<JobHead> read_job(WalletRecords& records, std::int64_t id) {
  COFFER_TRY_ASSIGN(std::optional<StoredRecord> begin, records.find(RecordKind::job, id));
  if (!begin) {
    return Error{Code::not_found, "job " + std::to_string(id) + ": not found"};
  }
  JobHead head;
  head.begin = *std::move(begin);
  head.sources = ids_of(head.begin.data);
  head.updated_at = head.begin.recorded_at;
  COFFER_TRY_ASSIGN(const auto state, records.newest(RecordKind::job_state, id));
  if (state) {
    head.state = static_cast<WalletJobState>(state->status);
    head.reason = state->data;
    head.updated_at = state->recorded_at;
  }
  COFFER_TRY_ASSIGN(const auto input, records.newest(RecordKind::job_input, id));
  if (input) {
    head.rows = input->position;
    head.is_whole = input->status == 1;
    if (!head.is_whole) {
      std::vector<InputRow> rows;
      COFFER_TRY(unpack_input(input->data, input->position, rows));
      head.rows += static_cast<std::int64_t>(rows.size());
    }
  }
  COFFER_TRY_ASSIGN(const auto results, records.newest(RecordKind::job_result, id));
  if (results) {
    COFFER_TRY_ASSIGN(const JobResults unpacked, unpack_results(results->data));
    head.counts = unpacked.counts;
    head.updated_at = std::max(head.updated_at, results->recorded_at);
  }
  return head;
}

WalletJob describe(const JobHead& head) {
  WalletJob job;
  job.id = WalletJobId(head.begin.id);
  job.key = head.begin.key;
  job.actor = head.begin.actor;
  job.state = head.state;
  job.reason = head.reason;
  job.rows = head.rows;
  job.done = head.counts.attempt > 1 ? head.rows : head.counts.attempt_done;
  job.created = head.counts.created;
  job.existed = head.counts.existed;
  job.failed = head.counts.failed;
  if (head.state == WalletJobState::failed) {
    // One bad row is the result of all that have none of their own.
    job.done = head.rows;
    job.failed = head.rows - job.created - job.existed;
  }
  job.attempt = head.counts.attempt;
  job.attempt_done = head.counts.attempt_done;
  job.is_all_or_nothing = head.has(JobFlag::all_or_nothing);
  job.recorded_at = head.begin.recorded_at;
  job.updated_at = head.updated_at;
  return job;
}

Result<std::map<std::int64_t, RowOutcome>> read_results(WalletRecords& records, const JobHead& head,
                                                        std::int64_t first, std::int64_t end) {
  std::map<std::int64_t, RowOutcome> found;
  // A record of results begins at most so many rows before the last one that it has.
  const std::int64_t from = std::max<std::int64_t>(0, first - result_rows_max + 1);
  for (std::int64_t attempt = 1; attempt <= head.counts.attempt; ++attempt) {
    COFFER_TRY_ASSIGN(const std::vector<StoredRecord> results,
                      records.range(RecordKind::job_result, head.begin.id,
                                    result_position(attempt, from), result_position(attempt, end)));
    for (const StoredRecord& record : results) {
      COFFER_TRY_ASSIGN(JobResults unpacked, unpack_results(record.data));
      for (RowOutcome& outcome : unpacked.rows) {
        if (outcome.row >= first && outcome.row < end) {
          found[outcome.row] = std::move(outcome);
        }
      }
    }
  }
  return found;
}

Result<JobInput> read_input(WalletRecords& records, std::int64_t job, std::int64_t first,
                            std::int64_t end) {
  JobInput input;
  const auto record_rows = static_cast<std::int64_t>(input_rows_max);
  COFFER_TRY_ASSIGN(input.records,
                    records.range(RecordKind::job_input, job,
                                  std::max<std::int64_t>(0, first - record_rows + 1), end));
  std::vector<InputRow> rows;
  for (const StoredRecord& record : input.records) {
    if (record.status == 0) {
      COFFER_TRY(unpack_input(record.data, record.position, rows));
    }
  }
  for (const InputRow& row : rows) {
    if (row.row >= first && row.row < end) {
      input.rows.push_back(row);
    }
  }
  return input;
}

}  // namespace coffer::wallet
