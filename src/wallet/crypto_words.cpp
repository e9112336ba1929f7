// SPDX-License-Identifier: MIT
// The words for kinds, states and actions of crypto wallets.
#include <coffer/wallet/admission.hpp>
#include <coffer/wallet/crypto_wallet.hpp>
#include <coffer/wallet/wallet_job.hpp>

namespace coffer {

std::string_view name_of(CryptoWalletKind kind) noexcept {
  switch (kind) {
    case CryptoWalletKind::hot: return "hot";
    case CryptoWalletKind::warm: return "warm";
    case CryptoWalletKind::cold: return "cold";
    case CryptoWalletKind::watch_only: return "watch_only";
  }
  return "unknown";
}

std::string_view name_of(CryptoWalletStatus status) noexcept {
  switch (status) {
    case CryptoWalletStatus::pending: return "pending";
    case CryptoWalletStatus::active: return "active";
    case CryptoWalletStatus::refused: return "refused";
    case CryptoWalletStatus::frozen: return "frozen";
    case CryptoWalletStatus::retired: return "retired";
    case CryptoWalletStatus::free: return "free";
    case CryptoWalletStatus::assigned: return "assigned";
    case CryptoWalletStatus::used: return "used";
  }
  return "unknown";
}

std::string_view name_of(WalletJobState state) noexcept {
  switch (state) {
    case WalletJobState::receiving: return "receiving";
    case WalletJobState::waiting: return "waiting";
    case WalletJobState::ready: return "ready";
    case WalletJobState::completed: return "completed";
    case WalletJobState::cancelled: return "cancelled";
    case WalletJobState::failed: return "failed";
    case WalletJobState::rolled_back: return "rolled_back";
  }
  return "unknown";
}

std::string_view name_of(WalletAction action) noexcept {
  switch (action) {
    case WalletAction::add_source: return "add_source";
    case WalletAction::submit: return "submit";
    case WalletAction::query: return "query";
    case WalletAction::approve: return "approve";
    case WalletAction::run: return "run";
    case WalletAction::cancel: return "cancel";
    case WalletAction::retry: return "retry";
    case WalletAction::roll_back: return "roll_back";
    case WalletAction::change_wallet: return "change_wallet";
    case WalletAction::assign_address: return "assign_address";
  }
  return "unknown";
}

}  // namespace coffer
