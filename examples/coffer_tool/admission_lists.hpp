// SPDX-License-Identifier: MIT
// Whose wallets become active, by files with a user in each line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <coffer/wallet/admission.hpp>
#include <coffer/wallet/crypto_wallets.hpp>

#include "command_line.hpp"

namespace tool {

/// What `--allow`, `--deny` and `--others` say. Without them every wallet becomes active.
class AdmissionLists {
 public:
  /// Fails with `invalid_argument` (--others), `not_found` (a file that can't be read).
  [[nodiscard]] static Result<std::unique_ptr<AdmissionLists>> read(const Arguments& arguments);

  /// For `EngineOptions`; lives as long as this object.
  [[nodiscard]] const coffer::CryptoWalletsOptions& options() const noexcept { return options_; }

 private:
  explicit AdmissionLists(coffer::CryptoWalletStatus others) : admission_(others) {
    options_.admission = &admission_;
  }

  coffer::StaticAdmission admission_;
  coffer::CryptoWalletsOptions options_;
};

}  // namespace tool
