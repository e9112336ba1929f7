// SPDX-License-Identifier: MIT
// What a coffer_crypto_wallets pointer stands for, what it asks the host, and how wallets and jobs
// go to C.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/wallet/crypto_wallets.hpp>
#include <coffer/wallet/row_readers.hpp>

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

/// The caller's word on who may do what.
class CallbackPermissions final : public WalletPermissions {
 public:
  CallbackPermissions(coffer_permission_function function, void* data) noexcept
      : may_(function), data_(data) {}
  [[nodiscard]] Status may(std::string_view actor, WalletAction action,
                           WalletJobId job) noexcept override;

 private:
  coffer_permission_function may_;
  void* data_;
};

/// The caller's chain.
class CallbackChain final : public ChainUse {
 public:
  CallbackChain(coffer_chain_use_function function, void* data) noexcept
      : was_used_(function), data_(data) {}
  [[nodiscard]] Status was_used(std::string_view network,
                                std::span<const std::string_view> addresses,
                                std::span<bool> used) override;

 private:
  coffer_chain_use_function was_used_;
  void* data_;
};

/// The caller's text.
class CallbackPieces final : public TextPieces {
 public:
  CallbackPieces(coffer_text_read_function function, void* data) noexcept
      : read_(function), data_(data) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;

 private:
  coffer_text_read_function read_;
  void* data_;
};

struct HeldWallets {
  std::unique_ptr<CallbackAdmission> admission;
  std::unique_ptr<StaticAdmission> lists;  ///< asks `admission` for the others
  std::unique_ptr<CallbackPermissions> permissions;
  std::unique_ptr<CryptoWallets> wallets;  ///< last: it is destroyed before what it asks
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
