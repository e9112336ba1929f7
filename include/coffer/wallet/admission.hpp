// SPDX-License-Identifier: MIT
// Admission: whose wallets become active, and who may do what with jobs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/wallet/crypto_wallet.hpp>

namespace coffer {

/// The wallet that is about to be made. Text lives during the call.
struct AdmissionRequest {
  std::string_view user;
  std::string_view network;
  std::string_view label;
  std::string_view extra;
  WalletJobId job;  ///< none outside of jobs
};

/// The check of users (KYC, risk) in the flow of creation (R107, R108).
///
/// Asked once for each wallet that is to be made, by the thread that runs the job, while other
/// writers wait: answer from memory, and let a slow check answer `pending` and set the status
/// later.
class AdmissionPolicy {
 public:
  virtual ~AdmissionPolicy() = default;
  /// `active`, `pending` or `refused`. Fails with what the policy likes: that is the row's result,
  /// and a retry asks again.
  [[nodiscard]] virtual Result<CryptoWalletStatus> decide(
      const AdmissionRequest& request) noexcept = 0;
};

/// The default: two lists of users and an answer for everybody else. Who is on both is refused.
class StaticAdmission final : public AdmissionPolicy {
 public:
  explicit StaticAdmission(CryptoWalletStatus otherwise = CryptoWalletStatus::active) noexcept
      : otherwise_(otherwise) {}
  /// Asks `others`, e.g. a check of users, for everybody who is on neither list. It outlives this
  /// object.
  explicit StaticAdmission(AdmissionPolicy& others) noexcept : others_(&others) {}
  /// Copies the users. Not while a job runs.
  void allow(std::span<const std::string_view> users);
  void deny(std::span<const std::string_view> users);
  /// Fails as the policy for the others does; the lists fail with nothing.
  [[nodiscard]] Result<CryptoWalletStatus> decide(
      const AdmissionRequest& request) noexcept override;

 private:
  std::vector<std::string> allowed_;  ///< sorted
  std::vector<std::string> denied_;   ///< sorted
  CryptoWalletStatus otherwise_ = CryptoWalletStatus::active;
  AdmissionPolicy* others_ = nullptr;  ///< none: `otherwise_`
};

/// What somebody wants to do (R103).
enum class WalletAction : std::uint8_t {
  add_source = 1,
  submit = 2,
  query = 3,
  approve = 4,
  run = 5,
  cancel = 6,
  retry = 7,
  roll_back = 8,
  change_wallet = 9,
  assign_address = 10,
};

/// The action in words: "submit", "roll_back"; "unknown" for another value. Lifetime: static.
[[nodiscard]] std::string_view name_of(WalletAction action) noexcept;

/// Who may do what; to look at wallets, sources and pools asks nobody. By default all may do all.
class WalletPermissions {
 public:
  virtual ~WalletPermissions() = default;
  /// `actor` is what the caller said, the host's word for a person or a service. Called from any
  /// thread. Fails with `not_permitted`, or another reason; the caller gets it.
  [[nodiscard]] virtual Status may(std::string_view actor, WalletAction action,
                                   WalletJobId job) noexcept = 0;
};

}  // namespace coffer
