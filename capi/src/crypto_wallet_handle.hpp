// SPDX-License-Identifier: MIT
// What a coffer_crypto_wallets pointer points at, and how wallets and jobs go to C.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <coffer/wallet/crypto_wallets.hpp>

#include "coffer_address_pool.h"
#include "handle.hpp"

namespace coffer::capi {

/// The caller's check of users.
class CallbackAdmission final : public AdmissionPolicy {
 public:
  CallbackAdmission(coffer_admission_function function, void* data) noexcept
      : decide_(function), data_(data) {}
  [[nodiscard]] Result<CryptoWalletStatus> decide(
      const AdmissionRequest& request) noexcept override;

 private:
  coffer_admission_function decide_;
  void* data_;
};

struct HeldWallets {
  std::unique_ptr<CallbackAdmission> admission;
  std::unique_ptr<CryptoWallets> wallets;
};

}  // namespace coffer::capi

struct coffer_crypto_wallets : coffer::capi::Handle<coffer::capi::HeldWallets, 0x636f666665723038> {
  using Handle::Handle;
};

namespace coffer::capi {

/// Fails as `handle_of`.
[[nodiscard]] Result<CryptoWallets*> wallets_of(coffer_crypto_wallets* handle);
[[nodiscard]] Result<const CryptoWallets*> wallets_of(const coffer_crypto_wallets* handle);

[[nodiscard]] coffer_crypto_wallet to_c(const CryptoWallet& wallet) noexcept;
[[nodiscard]] coffer_wallet_job to_c(const WalletJob& job) noexcept;

}  // namespace coffer::capi
