// SPDX-License-Identifier: MIT
// A naive model of users' wallets: a list of movements, added up whenever asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <coffer/wallet/wallets.hpp>

namespace coffer::property {

using Units = boost::multiprecision::cpp_int;

enum class MovementKind : std::uint8_t { deposit, withdraw, transfer, exchange };

/// Wallets go by their ids; 0 is the world outside.
struct Movement {
  MovementKind kind = MovementKind::deposit;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Units amount;
  std::int64_t rate_numerator = 1;
  std::int64_t rate_denominator = 1;
  Rounding rounding = Rounding::down;
  std::string reference;
  std::string description;
  std::int64_t effective_at = 0;
  std::int64_t recorded_at = 0;  ///< the engine says it; all else the model knows
  Units received;
};

struct ModelWallet {
  std::string user;
  std::string currency;
  std::string label;
  bool is_frozen = false;
};

struct WalletVerdict {
  Code code = Code::ok;
  bool existed = false;
  std::int64_t id = 0;
  Units received;
};

class WalletsModel {
 public:
  std::vector<ModelWallet> wallets;  ///< id - 1
  std::vector<Movement> movements;   ///< id of the transaction - 1
  std::int64_t now = 0;

  WalletVerdict create(const ModelWallet& wanted);
  WalletVerdict move(Movement wanted);

  [[nodiscard]] bool has_wallet(std::int64_t id) const;
  [[nodiscard]] const ModelWallet& wallet(std::int64_t id) const;
  /// What a movement adds to a wallet.
  [[nodiscard]] static Units change(const Movement& movement, std::int64_t wallet);
  /// Of everything recorded before `end_at`; none: of all.
  [[nodiscard]] Units balance(std::int64_t wallet, std::int64_t end_at = 0) const;
  [[nodiscard]] static int scale_of(const std::string& currency);

 private:
  [[nodiscard]] Code check_wallets(const Movement& wanted) const;
  /// What one of the clearing accounts of a currency has given: to the world outside, or into
  /// exchanges.
  [[nodiscard]] Units given(const std::string& currency, bool is_by_exchange) const;
  [[nodiscard]] bool fits(const Movement& wanted) const;
};

}  // namespace coffer::property
