// SPDX-License-Identifier: MIT
// CryptoWallets: changes of jobs and of wallets' states, each one appended record.
#include <coffer/wallet/crypto_wallets.hpp>

#include <string>

#include <coffer/transaction/draft.hpp>

#include "wallet/crypto_parts.hpp"

namespace coffer {
namespace {

using wallet::JobCounts;
using wallet::JobHead;
using wallet::NewRecord;
using wallet::RecordKind;
using wallet::StoredWallet;
using wallet::WalletRecords;

Error wrong_state(const JobHead& head, std::string_view action) {
  return {Code::condition_not_met, "job " + std::to_string(head.begin.id) + ": is " +
                                       std::string(name_of(head.state)) + ", " +
                                       std::string(action) + " does nothing there"};
}

bool is_over(WalletJobState state) {
  return state == WalletJobState::completed || state == WalletJobState::cancelled ||
         state == WalletJobState::failed || state == WalletJobState::rolled_back;
}

/// Whether a wallet may go from one status to the other.
bool is_step(CryptoWalletStatus from, CryptoWalletStatus to) {
  using enum CryptoWalletStatus;
  switch (from) {
    case pending: return to == active || to == refused || to == retired;
    case refused: return to == active || to == pending || to == retired;
    case active: return to == frozen || to == retired;
    case frozen: return to == active || to == retired;
    default: return false;
  }
}

}  // namespace

CryptoWallets::CryptoWallets(Ledger& ledger, CryptoWalletsOptions options)
    : parts_(std::make_unique<Parts>(ledger, std::move(options))) {}

CryptoWallets::~CryptoWallets() = default;

/// `check` says for a job whether the state is appended (true), is there already (false), or can't
/// be.
template <class Check>
Result<WalletJob> CryptoWallets::Parts::change_job(WalletJobId job, WalletJobState state,
                                                   std::string_view actor, std::string_view reason,
                                                   Check&& check) {
  COFFER_TRY(wallet::check_text("reason", reason, metadata_bytes_max));
  const std::lock_guard lock(mutex);
  COFFER_TRY(append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
    COFFER_TRY_ASSIGN(const bool is_needed, check(head));
    if (is_needed) {
      added.push_back({RecordKind::job_state,
                       job.value(),
                       0,
                       static_cast<std::int64_t>(state),
                       {},
                       actor,
                       reason});
    }
    return {};
  }));
  checked.erase(job.value());
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(ledger));
  COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
  return wallet::describe(head);
}

Result<WalletJob> CryptoWallets::approve(WalletJobId job, std::string_view actor) {
  COFFER_TRY(parts_->may(actor, WalletAction::approve, job));
  return parts_->change_job(job, WalletJobState::ready, actor, {},
                            [](const JobHead& head) -> Result<bool> {
                              if (head.state == WalletJobState::receiving || is_over(head.state)) {
                                return wrong_state(head, "an approval");
                              }
                              return head.state == WalletJobState::waiting;
                            });
}

Result<WalletJob> CryptoWallets::cancel(WalletJobId job, std::string_view actor,
                                        std::string_view reason) {
  COFFER_TRY(parts_->may(actor, WalletAction::cancel, job));
  return parts_->change_job(job, WalletJobState::cancelled, actor, reason,
                            [](const JobHead& head) -> Result<bool> {
                              if (is_over(head.state) && head.state != WalletJobState::cancelled) {
                                return wrong_state(head, "cancelling");
                              }
                              return head.state != WalletJobState::cancelled;
                            });
}

Result<WalletJob> CryptoWallets::roll_back(WalletJobId job, std::string_view actor,
                                           std::string_view reason) {
  COFFER_TRY(parts_->may(actor, WalletAction::roll_back, job));
  return parts_->change_job(job, WalletJobState::rolled_back, actor, reason,
                            [](const JobHead& head) -> Result<bool> {
                              if (head.state == WalletJobState::receiving) {
                                return wrong_state(head, "rolling back");
                              }
                              return head.state != WalletJobState::rolled_back;
                            });
}

Result<WalletJob> CryptoWallets::retry(WalletJobId job, std::string_view actor) {
  COFFER_TRY(parts_->may(actor, WalletAction::retry, job));
  const std::lock_guard lock(parts_->mutex);
  std::string packed;
  COFFER_TRY(parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
    if (head.state != WalletJobState::completed) {
      return wrong_state(head, "a retry");
    }
    // The counts of the new attempt begin as those of the old one ended.
    JobCounts counts = head.counts;
    ++counts.attempt;
    counts.attempt_done = 0;
    packed = wallet::pack_results({counts, {}});
    added.push_back({RecordKind::job_result,
                     job.value(),
                     wallet::result_position(counts.attempt, 0),
                     counts.attempt,
                     {},
                     actor,
                     packed});
    added.push_back({RecordKind::job_state,
                     job.value(),
                     0,
                     static_cast<std::int64_t>(WalletJobState::ready),
                     {},
                     actor,
                     {}});
    return {};
  }));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
  return wallet::describe(head);
}

Result<CryptoWallet> CryptoWallets::set_status(CryptoWalletId wallet, CryptoWalletStatus status,
                                               std::string_view actor, std::string_view reason) {
  COFFER_TRY(wallet::check_text("reason", reason, metadata_bytes_max));
  COFFER_TRY(parts_->may(actor, WalletAction::change_wallet, {}));
  const std::lock_guard lock(parts_->mutex);
  COFFER_TRY(parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const std::optional<StoredWallet> found, records.wallet(wallet.value()));
    if (!found) {
      return Error{Code::wallet_not_found,
                   "wallet " + std::to_string(wallet.value()) + ": not found"};
    }
    COFFER_TRY_ASSIGN(const CryptoWalletStatus now, records.status_of(found->row));
    if (now == status && !found->user.empty()) {
      return {};
    }
    if (found->user.empty() || !is_step(now, status)) {
      return Error{Code::condition_not_met, "wallet " + std::to_string(wallet.value()) + ": " +
                                                std::string(name_of(now)) + " does not become " +
                                                std::string(name_of(status))};
    }
    added.push_back({RecordKind::wallet_state,
                     wallet.value(),
                     0,
                     static_cast<std::int64_t>(status),
                     {},
                     actor,
                     reason});
    return {};
  }));
  return find(wallet);
}

}  // namespace coffer
