// SPDX-License-Identifier: MIT
// Running a job: window after window of rows is decided, derived and committed.
#include <algorithm>
#include <optional>
#include <string>

#include "wallet/crypto_parts.hpp"
#include "wallet/job_window.hpp"

namespace coffer {
namespace {

using wallet::DerivedAddresses;
using wallet::JobCounts;
using wallet::JobFlag;
using wallet::JobHead;
using wallet::JobInput;
using wallet::JobResults;
using wallet::JobWindow;
using wallet::NewRecord;
using wallet::PlannedWallet;
using wallet::RecordKind;
using wallet::RowOutcome;
using wallet::WalletRecords;

Result<std::vector<AddressSource>> sources_of(WalletRecords& records, const JobHead& head) {
  std::vector<AddressSource> sources;
  for (const std::int64_t id : head.sources) {
    COFFER_TRY_ASSIGN(AddressSource source, records.source(id));
    sources.push_back(std::move(source));
  }
  return sources;
}

void count(const RowOutcome& outcome, JobCounts* counts) {
  if (outcome.code != Code::ok) {
    ++counts->failed;
  } else if (outcome.existed) {
    ++counts->existed;
  } else {
    ++counts->created;
  }
}

/// One commit's worth of a job, from the book as it is now.
class Step {
 public:
  Step(CryptoWallets::Parts& parts, std::int64_t job, const WalletRun& options)
      : parts_(parts), job_(job), options_(options) {}

  /// Rows that were taken on; none when the job needs no more running. False: the book moved on,
  /// make a new step.
  struct Done {
    std::int64_t rows = 0;
    bool is_committed = true;
  };

  Result<Done> run(std::int64_t rows_max) {
    COFFER_TRY_ASSIGN(records_, WalletRecords::open(parts_.ledger));
    COFFER_TRY_ASSIGN(head_, wallet::read_job(*records_, job_));
    if (head_.state == WalletJobState::receiving || head_.state == WalletJobState::waiting) {
      return Error{Code::condition_not_met,
                   "job " + std::to_string(job_) + ": is " + std::string(name_of(head_.state))};
    }
    if (head_.state != WalletJobState::ready) {
      return Done{};
    }
    COFFER_TRY_ASSIGN(sources_, sources_of(*records_, head_));
    first_ = head_.counts.attempt_done;
    if (head_.has(JobFlag::all_or_nothing) && parts_.checked[job_] < head_.rows) {
      return check(rows_max);
    }
    end_ = std::min({head_.rows, first_ + rows_max, first_ + wallet::result_rows_max});
    COFFER_TRY(read_rows());
    return make();
  }

 private:
  /// All or nothing: looks at rows without making anything. The first bad one ends the job.
  Result<Done> check(std::int64_t rows_max) {
    std::int64_t& checked = parts_.checked[job_];
    const std::int64_t end =
        std::min({head_.rows, checked + rows_max, checked + wallet::result_rows_max});
    COFFER_TRY_ASSIGN(input_, wallet::read_input(*records_, job_, checked, end));
    JobWindow window(*records_, head_, sources_, parts_.options.admission);
    for (const wallet::InputRow& row : input_.rows) {
      COFFER_TRY(window.take(row));
      if (window.outcomes().back().code != Code::ok) {
        return fail(window.outcomes().back());
      }
    }
    const std::int64_t rows = end - checked;
    checked = end;
    return Done{rows, true};
  }

  Result<Done> fail(const RowOutcome& outcome) {
    JobResults results{head_.counts, {outcome}};
    ++results.counts.failed;
    const std::string packed = wallet::pack_results(results);
    const std::array<NewRecord, 2> records{
        NewRecord{RecordKind::job_result,
                  job_,
                  wallet::result_position(head_.counts.attempt, outcome.row),
                  head_.counts.attempt,
                  {},
                  options_.actor,
                  packed},
        NewRecord{RecordKind::job_state,
                  job_,
                  0,
                  static_cast<std::int64_t>(WalletJobState::failed),
                  {},
                  options_.actor,
                  outcome.message}};
    COFFER_TRY_ASSIGN(const bool is_done, parts_.commit(*records_, {}, records));
    return Done{0, is_done};
  }

  /// The rows of the window; for a retry those that failed, going on until there are some.
  Status read_rows() {
    COFFER_TRY_ASSIGN(input_, wallet::read_input(*records_, job_, first_, end_));
    while (head_.counts.attempt > 1) {
      COFFER_TRY_ASSIGN(before_, wallet::read_results(*records_, head_, first_, end_));
      std::erase_if(input_.rows, [this](const wallet::InputRow& row) {
        const auto found = before_.find(row.row);
        return row.code != Code::ok || (found != before_.end() && found->second.code == Code::ok);
      });
      if (!input_.rows.empty() || end_ == head_.rows) {
        break;
      }
      first_ = end_;
      end_ = std::min(head_.rows, first_ + wallet::result_rows_max);
      COFFER_TRY_ASSIGN(input_, wallet::read_input(*records_, job_, first_, end_));
    }
    return {};
  }

  Result<Done> make() {
    JobWindow window(*records_, head_, sources_, parts_.options.admission);
    for (const wallet::InputRow& row : input_.rows) {
      COFFER_TRY(window.take(row));
      const RowOutcome& last = window.outcomes().back();
      if (last.code != Code::ok && head_.has(JobFlag::all_or_nothing)) {
        return fail(last);
      }
    }
    std::vector<storage::CryptoWalletRow> rows;
    COFFER_TRY(derive(window, rows));
    JobResults results{head_.counts, window.outcomes()};
    if (head_.counts.attempt > 1) {
      results.counts.failed -= static_cast<std::int64_t>(input_.rows.size());
    }
    for (const RowOutcome& outcome : results.rows) {
      count(outcome, &results.counts);
    }
    results.counts.attempt_done = end_;
    const std::string packed = wallet::pack_results(results);
    std::vector<NewRecord> records{{RecordKind::job_result,
                                    job_,
                                    wallet::result_position(head_.counts.attempt, first_),
                                    head_.counts.attempt,
                                    {},
                                    options_.actor,
                                    packed}};
    if (end_ == head_.rows) {
      records.push_back({RecordKind::job_state,
                         job_,
                         0,
                         static_cast<std::int64_t>(WalletJobState::completed),
                         {},
                         options_.actor,
                         {}});
    }
    COFFER_TRY_ASSIGN(const bool is_done, parts_.commit(*records_, rows, records));
    return Done{end_ - first_, is_done};
  }

  Status derive(const JobWindow& window, std::vector<storage::CryptoWalletRow>& rows) {
    derived_.resize(sources_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (window.count_of(i) > 0) {
        COFFER_TRY_ASSIGN(derived_[i],
                          parts_.derive(sources_[i], sources_[i].next_index, window.count_of(i),
                                        options_.private_nodes, options_.derivation));
      }
    }
    rows.reserve(window.wallets().size());
    for (const PlannedWallet& planned : window.wallets()) {
      const AddressSource& source = sources_[planned.source];
      const std::size_t place = planned.address_index - source.next_index;
      storage::CryptoWalletRow row;
      row.id = records_->last_wallet() + static_cast<std::int64_t>(rows.size()) + 1;
      row.user = planned.input->text.user;
      row.network = source.network;
      row.address = derived_[planned.source].address(place);
      row.source = source.id.value();
      row.address_index = planned.address_index;
      row.public_key = derived_[planned.source].public_key(place);
      row.kind = static_cast<std::int64_t>(source.kind);
      row.status = static_cast<std::int64_t>(planned.status);
      row.job = job_;
      row.key = planned.input->text.key;
      row.label = planned.input->text.label;
      row.extra = planned.input->text.extra;
      rows.push_back(row);
    }
    return {};
  }

  CryptoWallets::Parts& parts_;
  std::int64_t job_;
  const WalletRun& options_;
  std::optional<WalletRecords> records_;
  JobHead head_;
  std::vector<AddressSource> sources_;
  std::int64_t first_ = 0;
  std::int64_t end_ = 0;
  JobInput input_;
  std::map<std::int64_t, RowOutcome> before_;
  std::vector<DerivedAddresses> derived_;
};

}  // namespace

Result<WalletJob> CryptoWallets::run(WalletJobId job, const WalletRun& options) {
  if (options.rows_max < 1) {
    return Error{Code::out_of_range, "rows_max: must be at least 1"};
  }
  COFFER_TRY(parts_->may(options.actor, WalletAction::run, job));
  std::int64_t left = options.rows_max;
  int tries = 0;
  bool is_over = false;
  while (left > 0 && !is_over) {
    const std::lock_guard lock(parts_->mutex);
    COFFER_TRY_ASSIGN(const auto done, Step(*parts_, job.value(), options).run(left));
    if (!done.is_committed && ++tries == Parts::tries_max) {
      return Parts::busy();
    }
    left -= done.is_committed ? done.rows : 0;
    is_over = done.is_committed && done.rows == 0;
  }
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
  return wallet::describe(head);
}

}  // namespace coffer
