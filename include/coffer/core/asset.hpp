// SPDX-License-Identifier: MIT
// Asset: what an amount counts, with the built-in currencies and crypto presets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>

namespace coffer {

inline constexpr std::size_t asset_code_bytes_max = 32;
inline constexpr std::size_t asset_network_bytes_max = 32;
inline constexpr std::size_t asset_contract_bytes_max = 128;
inline constexpr std::size_t asset_symbol_bytes_max = 32;
inline constexpr int asset_scale_max = 36;

/// Where an asset lives. Values are frozen: they stand in files.
enum class AssetKind : std::uint8_t {
  fiat = 0,    ///< money, points or securities in the books of institutions
  crypto = 1,  ///< coins and tokens on a chain
};

/// A kind of unit. Two assets never mix: each transaction balances in each asset by itself.
struct Asset {
  /// The name in a book, e.g. "USD", "BTC", "USDT-TRON": 1..32 bytes of A-Z, 0-9, '.', '_', ':'
  /// and '-', the first a letter or digit.
  ///
  /// Capital letters only, so that "usd" can't become a second asset beside "USD"; 32 bytes and
  /// not the 10 of a currency column, because a token's name carries its network.
  std::string code;
  /// Decimal places of the smallest unit, 0..36: 2 for USD, 8 for BTC. Never changes in a book.
  int scale = 0;
  AssetKind kind = AssetKind::fiat;
  /// The chain, e.g. "TRON": 1..32 bytes of the code's characters; empty for fiat.
  std::string network;
  /// The token's contract on that chain: 0..128 printable ASCII bytes without blanks. Empty for a
  /// chain's own coin and for fiat.
  std::string contract;
  /// What people are shown, 0..32 bytes of UTF-8 without control characters; empty: the code.
  std::string symbol;

  friend bool operator==(const Asset&, const Asset&) = default;
};

/// Checks every field against the ranges above.
///
/// Fails with `invalid_argument` or `invalid_utf8` (symbol); the message begins with the field's
/// name. Fields are looked at in the order of their declaration.
[[nodiscard]] Status validate(const Asset& asset);

/// An active currency of ISO 4217.
struct Currency {
  std::string_view code;           ///< alphabetic, e.g. "USD"
  int number = 0;                  ///< numeric, e.g. 840
  std::optional<int> minor_units;  ///< none for metals, XDR, XXX and the like
};

/// The 178 active currencies of ISO 4217 with its amendments to January 2026 (XCG and XAD are in,
/// ANG, BGN and CUC are out), in order of their codes. Lifetime: of the program.
///
/// A book that still holds a withdrawn currency registers it as any asset of its own.
[[nodiscard]] std::span<const Currency> currencies() noexcept;

/// The currency with this alphabetic code, or null. Capital letters only.
/// Lifetime: of the program. Cost: one binary search.
[[nodiscard]] const Currency* find_currency(std::string_view code) noexcept;

/// The built-in asset of this code, or none.
///
/// Every currency of ISO 4217 that has minor units is one, with the standard's scale, and so are
/// the coins BTC, ETH, BNB (network BSC) and TRX (network TRON), and the tokens USDT-ETH, USDT-BSC,
/// USDT-TRON, USDC-ETH and USDC-BSC.
///
/// A token on several networks is several assets, "<symbol>-<network>", because one can't pay the
/// other's debts, and they need not even share a scale: USDT has 6 places on ETH and TRON but 18 on
/// BSC. There is no plain "USDT" for this reason.
[[nodiscard]] std::optional<Asset> find_preset(std::string_view code);

}  // namespace coffer
