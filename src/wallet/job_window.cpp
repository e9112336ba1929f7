// SPDX-License-Identifier: MIT
// What a row becomes: a new wallet, one that exists, or a refusal.
#include "wallet/job_window.hpp"

#include <algorithm>
#include <array>

namespace coffer::wallet {
namespace {

using storage::Cell;
using storage::CryptoWalletRow;

std::string name_in_map(std::string_view user, std::string_view network) {
  std::string name(network);
  return name.append(1, '\0').append(user);
}

bool is_allowed(CryptoWalletStatus status) {
  return status == CryptoWalletStatus::active || status == CryptoWalletStatus::pending ||
         status == CryptoWalletStatus::refused;
}

}  // namespace

JobWindow::JobWindow(WalletRecords& records, const JobHead& head,
                     std::span<const AddressSource> sources, AdmissionPolicy* admission)
    : records_(records),
      head_(head),
      sources_(sources),
      admission_(admission),
      counts_(sources.size()) {}

void JobWindow::refuse(RowOutcome& outcome, Code code, const std::string& reason) const {
  outcome.code = code;
  outcome.message = "row " + std::to_string(outcome.row + 1) + ", " + reason;
}

Result<std::vector<JobWindow::Candidate>> JobWindow::candidates(std::string_view user,
                                                                std::string_view network) {
  const std::array<Cell, 2> equal{Cell::of_text(user), Cell::of_text(network)};
  storage::ScanQuery query;
  query.index = CryptoWalletRow::by_user;
  query.equal = equal;
  std::vector<StoredWallet> stored_ones;
  COFFER_TRY(records_.reader().scan<CryptoWalletRow>(query, [&](const CryptoWalletRow& row) {
    stored_ones.push_back(stored(row));
    return true;
  }));
  std::vector<Candidate> found;
  for (StoredWallet& one : stored_ones) {
    COFFER_TRY_ASSIGN(const CryptoWalletStatus status, records_.status_of(one.row));
    found.push_back({one.row.id, std::move(one.key), std::move(one.label), std::move(one.extra),
                     status != CryptoWalletStatus::retired});
  }
  if (const auto planned = planned_.find(name_in_map(user, network)); planned != planned_.end()) {
    for (const std::size_t place : planned->second) {
      const WalletRow& row = wallets_[place].input->text;
      found.push_back({records_.last_wallet() + static_cast<std::int64_t>(place) + 1,
                       std::string(row.key), std::string(row.label), std::string(row.extra), true});
    }
  }
  return found;
}

Status JobWindow::take(const InputRow& input) {
  RowOutcome& outcome = outcomes_.emplace_back();
  outcome.row = input.row;
  if (input.code != Code::ok) {
    outcome.code = input.code;
    outcome.message = input.message;
    return {};
  }
  const WalletRow& row = input.text;
  std::size_t source = 0;
  while (!row.network.empty() && sources_[source].network != row.network) {
    ++source;
  }
  COFFER_TRY_ASSIGN(const std::vector<Candidate> found,
                    candidates(row.user, sources_[source].network));
  const auto same = std::find_if(found.begin(), found.end(), [&row](const Candidate& one) {
    return !row.key.empty() && one.key == row.key;
  });
  if (same != found.end()) {
    outcome.wallet = same->id;
    outcome.existed = true;
    if (same->label != row.label || same->extra != row.extra) {
      outcome.existed = false;
      refuse(outcome, Code::exists_with_different_reference,
             "key: wallet " + std::to_string(same->id) + " has it, with another label or extra");
    }
    return {};
  }
  const auto live =
      std::find_if(found.begin(), found.end(), [](const Candidate& one) { return one.is_live; });
  if (live == found.end() || (!row.key.empty() && head_.has(JobFlag::several))) {
    return create(input, source, outcome);
  }
  outcome.wallet = live->id;
  outcome.existed = row.key.empty();
  if (!row.key.empty()) {
    refuse(outcome, Code::already_exists,
           "user: has wallet " + std::to_string(live->id) + " in " + sources_[source].network +
               " already, under another key");
  }
  return {};
}

Status JobWindow::create(const InputRow& input, std::size_t source, RowOutcome& outcome) {
  const WalletRow& row = input.text;
  const std::string& network = sources_[source].network;
  PlannedWallet wallet{&input, source, 0, CryptoWalletStatus::active};
  if (admission_ != nullptr) {
    const Result<CryptoWalletStatus> decided =
        admission_->decide({row.user, network, row.label, row.extra, WalletJobId(head_.begin.id)});
    if (!decided) {
      refuse(outcome, decided.error().code, "user: " + decided.error().message);
      return {};
    }
    wallet.status = *decided;
  }
  if (!is_allowed(wallet.status)) {
    refuse(outcome, Code::internal,
           "user: the admission answered with " + std::string(name_of(wallet.status)));
    return {};
  }
  if (wallet.status == CryptoWalletStatus::refused && head_.has(JobFlag::all_or_nothing)) {
    refuse(outcome, Code::not_permitted, "user: the admission refused it");
    return {};
  }
  wallet.address_index =
      sources_[source].next_index + static_cast<std::uint32_t>(counts_[source]++);
  planned_[name_in_map(row.user, network)].push_back(wallets_.size());
  wallets_.push_back(wallet);
  outcome.wallet = records_.last_wallet() + static_cast<std::int64_t>(wallets_.size());
  return {};
}

}  // namespace coffer::wallet
