// SPDX-License-Identifier: MIT
// JobWindow: decides what becomes of a run of rows, before anything is derived or stored.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <coffer/wallet/admission.hpp>

#include "wallet/crypto_parts.hpp"

namespace coffer::wallet {

/// A wallet that a row needs.
struct PlannedWallet {
  const InputRow* input = nullptr;
  std::size_t source = 0;  ///< its place among the job's
  std::uint32_t address_index = 0;
  CryptoWalletStatus status = CryptoWalletStatus::active;
};

/// Threads: one; made for one commit.
class JobWindow {
 public:
  /// `sources` are the job's, in its order. All arguments outlive the object.
  JobWindow(WalletRecords& records, const JobHead& head, std::span<const AddressSource> sources,
            AdmissionPolicy* admission);

  /// Decides one row more. Fails only as the storage does; a row's failure is its outcome.
  [[nodiscard]] Status take(const InputRow& input);

  [[nodiscard]] const std::vector<RowOutcome>& outcomes() const noexcept { return outcomes_; }
  [[nodiscard]] const std::vector<PlannedWallet>& wallets() const noexcept { return wallets_; }
  /// How many wallets of a source are planned; theirs are its next indexes.
  [[nodiscard]] std::size_t count_of(std::size_t source) const { return counts_[source]; }

 private:
  /// A wallet of the row's user and network, stored or planned.
  struct Candidate {
    std::int64_t id = 0;
    std::string key, label, extra;
    bool is_live = false;
  };

  [[nodiscard]] Result<std::vector<Candidate>> candidates(std::string_view user,
                                                          std::string_view network);
  [[nodiscard]] Status create(const InputRow& input, std::size_t source, RowOutcome& outcome);
  void refuse(RowOutcome& outcome, Code code, const std::string& reason) const;

  WalletRecords& records_;
  const JobHead& head_;
  std::span<const AddressSource> sources_;
  AdmissionPolicy* admission_;
  std::vector<RowOutcome> outcomes_;
  std::vector<PlannedWallet> wallets_;
  std::vector<std::size_t> counts_;
  std::unordered_map<std::string, std::vector<std::size_t>> planned_;  ///< by user and network
};

}  // namespace coffer::wallet
