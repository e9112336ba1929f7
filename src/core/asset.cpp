// SPDX-License-Identifier: MIT
// The rules for an asset's fields, and the assets that need no registration by hand.
#include <coffer/core/asset.hpp>

#include <algorithm>

#include <coffer/core/text.hpp>

namespace coffer {
namespace {

struct CryptoPreset {
  std::string_view code;
  int scale;
  std::string_view network;
  std::string_view contract;
  std::string_view symbol;
};

// Contracts as their issuers publish them; EVM addresses in the mixed case of EIP-55.
constexpr CryptoPreset crypto_presets[] = {
    {"BTC", 8, "BTC", "", ""},
    {"ETH", 18, "ETH", "", ""},
    {"BNB", 18, "BSC", "", ""},
    {"TRX", 6, "TRON", "", ""},
    {"USDT-ETH", 6, "ETH", "0xdAC17F958D2ee523a2206206994597C13D831ec7", "USDT"},
    {"USDT-BSC", 18, "BSC", "0x55d398326f99059fF775485246999027B3197955", "USDT"},
    {"USDT-TRON", 6, "TRON", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "USDT"},
    {"USDC-ETH", 6, "ETH", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "USDC"},
    {"USDC-BSC", 18, "BSC", "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", "USDC"},
};

Error refused(std::string_view field, std::string_view reason) {
  return Error{Code::invalid_argument, std::string(field) + ": " + std::string(reason)};
}

constexpr bool is_letter_or_digit(char character) noexcept {
  return (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
}

Status validate_name(std::string_view field, std::string_view name, std::size_t bytes_max) {
  if (name.empty()) {
    return refused(field, "it is empty");
  }
  if (name.size() > bytes_max) {
    return refused(field, "longer than " + std::to_string(bytes_max) + " bytes");
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    constexpr std::string_view marks = "._:-";
    const bool allowed =
        is_letter_or_digit(name[i]) || (i > 0 && marks.find(name[i]) != std::string_view::npos);
    if (!allowed) {
      return refused(field, "position " + std::to_string(i + 1) +
                                " is not a capital letter or a digit (or, after the first, "
                                "'.', '_', ':' or '-')");
    }
  }
  return {};
}

Status validate_contract(std::string_view contract) {
  if (contract.size() > asset_contract_bytes_max) {
    return refused("contract",
                   "longer than " + std::to_string(asset_contract_bytes_max) + " bytes");
  }
  for (std::size_t i = 0; i < contract.size(); ++i) {
    if (contract[i] <= ' ' || contract[i] > '~') {
      return refused("contract",
                     "position " + std::to_string(i + 1) + " is not printable ASCII, or a blank");
    }
  }
  return {};
}

Status validate_symbol(std::string_view symbol) {
  if (symbol.size() > asset_symbol_bytes_max) {
    return refused("symbol", "longer than " + std::to_string(asset_symbol_bytes_max) + " bytes");
  }
  const std::size_t valid = valid_utf8_prefix(symbol);
  if (valid != symbol.size()) {
    return Error{Code::invalid_utf8,
                 "symbol: not UTF-8 from position " + std::to_string(valid + 1) + " on"};
  }
  for (std::size_t i = 0; i < symbol.size(); ++i) {
    const auto byte = static_cast<unsigned char>(symbol[i]);
    const bool is_c1 = byte == 0xC2 && static_cast<unsigned char>(symbol[i + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || is_c1) {
      return refused("symbol", "position " + std::to_string(i + 1) + " is a control character");
    }
  }
  return {};
}

}  // namespace

Status validate(const Asset& asset) {
  COFFER_TRY(validate_name("code", asset.code, asset_code_bytes_max));
  if (asset.scale < 0 || asset.scale > asset_scale_max) {
    return refused("scale", std::to_string(asset.scale) + " is outside 0..36");
  }
  if (asset.kind != AssetKind::fiat && asset.kind != AssetKind::crypto) {
    return refused("kind", "neither fiat nor crypto");
  }
  if (asset.kind == AssetKind::fiat) {
    if (!asset.network.empty()) {
      return refused("network", "fiat lives on none, so it must be empty");
    }
    if (!asset.contract.empty()) {
      return refused("contract", "fiat has none, so it must be empty");
    }
  } else {
    COFFER_TRY(validate_name("network", asset.network, asset_network_bytes_max));
    COFFER_TRY(validate_contract(asset.contract));
  }
  return validate_symbol(asset.symbol);
}

std::optional<Asset> find_preset(std::string_view code) {
  if (const Currency* const currency = find_currency(code)) {
    if (!currency->minor_units) {
      return std::nullopt;
    }
    return Asset{std::string(code), *currency->minor_units, AssetKind::fiat, {}, {}, {}};
  }
  const auto* const found =
      std::find_if(std::begin(crypto_presets), std::end(crypto_presets),
                   [&](const CryptoPreset& preset) { return preset.code == code; });
  if (found == std::end(crypto_presets)) {
    return std::nullopt;
  }
  return Asset{std::string(code),
               found->scale,
               AssetKind::crypto,
               std::string(found->network),
               std::string(found->contract),
               std::string(found->symbol)};
}

}  // namespace coffer
