// SPDX-License-Identifier: MIT
// The figures of the networks: SLIP-44, SLIP-132, SLIP-173, EIP-155 and each chain's parameters.
#include "chain/network_rows.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace coffer::chain {

namespace {

using Rows = std::vector<Network>;

Network row_of(Family family, std::string_view name, std::string_view symbol,
               std::uint32_t coin_type, std::uint8_t scale, bool is_test = false) {
  Network row;
  row.family = family;
  row.name = name;
  row.symbol = symbol;
  row.coin_type = coin_type;
  row.scale = scale;
  row.is_test = is_test;
  return row;
}

const KeyVersionNames test_versions{"tpub", "upub", "vpub", "tpub", "Vpub"};

void add_bitcoin(Rows& rows) {
  Network row = row_of(Family::bitcoin, "bitcoin", "BTC", 0, 8);
  row.p2pkh_version = 0x00;
  row.p2sh_version = 0x05;
  row.prefix = "bc";
  row.has_taproot = true;
  rows.push_back(row);
  row.is_test = true;
  row.coin_type = 1;
  row.p2pkh_version = 0x6f;
  row.p2sh_version = 0xc4;
  row.key_versions = test_versions;
  for (const auto& [name, prefix] :
       {std::pair("bitcoin-testnet", "tb"), std::pair("bitcoin-testnet4", "tb"),
        std::pair("bitcoin-signet", "tb"), std::pair("bitcoin-regtest", "bcrt")}) {
    row.name = name;
    row.prefix = prefix;
    rows.push_back(row);
  }
}

// Litecoin's P2SH once had Bitcoin's version byte; those addresses are read as Bitcoin's only.
void add_litecoin(Rows& rows) {
  Network row = row_of(Family::bitcoin, "litecoin", "LTC", 2, 8);
  row.p2pkh_version = 0x30;
  row.p2sh_version = 0x32;
  row.prefix = "ltc";
  row.has_taproot = true;
  row.key_versions = {"Ltub", "Mtub", "zpub", "Ltub", "Zpub"};
  row.message_prefix = "Litecoin Signed Message:\n";
  rows.push_back(row);
  row.is_test = true;
  row.coin_type = 1;
  row.p2pkh_version = 0x6f;
  row.p2sh_version = 0x3a;
  row.key_versions = {"ttub", "upub", "vpub", "ttub", "Vpub"};
  row.name = "litecoin-testnet";
  row.prefix = "tltc";
  rows.push_back(row);
  row.name = "litecoin-regtest";
  row.prefix = "rltc";
  rows.push_back(row);
}

struct PlainBitcoin {
  std::string_view name;
  std::string_view symbol;
  std::uint32_t coin_type;
  std::uint16_t p2pkh_version;
  std::uint16_t p2sh_version;
  std::string_view prefix;
  bool is_test;
  std::string_view key_version;
  std::string_view message_name;
};

// Chains that follow Bitcoin without CashAddr. Those without a prefix have no segwit.
void add_plain_bitcoin(Rows& rows) {
  constexpr PlainBitcoin plain[] = {
      {"dogecoin", "DOGE", 3, 0x1e, 0x16, "", false, "dgub", "Dogecoin"},
      {"dogecoin-testnet", "DOGE", 1, 0x71, 0xc4, "", true, "tpub", "Dogecoin"},
      {"dash", "DASH", 5, 0x4c, 0x10, "", false, "xpub", "DarkCoin"},
      {"dash-testnet", "DASH", 1, 0x8c, 0x13, "", true, "tpub", "DarkCoin"},
      {"zcash", "ZEC", 133, 0x1cb8, 0x1cbd, "", false, "xpub", "Zcash"},
      {"zcash-testnet", "ZEC", 1, 0x1d25, 0x1cba, "", true, "tpub", "Zcash"},
      {"digibyte", "DGB", 20, 0x1e, 0x3f, "dgb", false, "xpub", "DigiByte"},
      {"vertcoin", "VTC", 28, 0x47, 0x05, "vtc", false, "xpub", "Vertcoin"},
      {"ravencoin", "RVN", 175, 0x3c, 0x7a, "", false, "xpub", "Raven"},
  };
  for (const PlainBitcoin& from : plain) {
    Network row = row_of(Family::bitcoin, from.name, from.symbol, from.coin_type, 8, from.is_test);
    row.p2pkh_version = from.p2pkh_version;
    row.p2sh_version = from.p2sh_version;
    row.prefix = from.prefix;
    row.default_form = from.prefix.empty() ? AddressForm::p2pkh : AddressForm::p2wpkh;
    row.key_versions.p2pkh = from.key_version;
    row.message_prefix = std::string(from.message_name) + " Signed Message:\n";
    rows.push_back(std::move(row));
  }
}

void add_cash(Rows& rows) {
  Network row = row_of(Family::bitcoin, "bitcoin-cash", "BCH", 145, 8);
  row.default_form = AddressForm::cash_p2pkh;
  row.p2pkh_version = 0x00;
  row.p2sh_version = 0x05;
  row.cash_prefix = "bitcoincash";
  rows.push_back(row);
  Network ecash = row;
  ecash.name = "ecash";
  ecash.symbol = "XEC";
  ecash.coin_type = 899;
  ecash.scale = 2;
  ecash.cash_prefix = "ecash";
  ecash.message_prefix = "eCash Signed Message:\n";
  rows.push_back(std::move(ecash));
  row.is_test = true;
  row.coin_type = 1;
  row.p2pkh_version = 0x6f;
  row.p2sh_version = 0xc4;
  row.key_versions = test_versions;
  row.name = "bitcoin-cash-testnet";
  row.cash_prefix = "bchtest";
  rows.push_back(row);
  row.name = "bitcoin-cash-regtest";
  row.cash_prefix = "bchreg";
  rows.push_back(std::move(row));
}

struct Evm {
  std::string_view name;
  std::string_view symbol;
  std::uint64_t chain_id;
  std::uint32_t coin_type;
  bool is_test;
};

// Wallets use Ethereum's coin type on nearly all of these chains, test networks too, so that a user
// has one account everywhere.
void add_ethereum(Rows& rows) {
  constexpr Evm chains[] = {
      {"ethereum", "ETH", 1, 60, false},
      {"ethereum-sepolia", "ETH", 11155111, 60, true},
      {"ethereum-holesky", "ETH", 17000, 60, true},
      {"ethereum-hoodi", "ETH", 560048, 60, true},
      {"bsc", "BNB", 56, 60, false},
      {"bsc-testnet", "BNB", 97, 60, true},
      {"polygon", "POL", 137, 60, false},
      {"polygon-amoy", "POL", 80002, 60, true},
      {"arbitrum", "ETH", 42161, 60, false},
      {"arbitrum-sepolia", "ETH", 421614, 60, true},
      {"optimism", "ETH", 10, 60, false},
      {"optimism-sepolia", "ETH", 11155420, 60, true},
      {"base", "ETH", 8453, 60, false},
      {"base-sepolia", "ETH", 84532, 60, true},
      {"avalanche-c", "AVAX", 43114, 60, false},
      {"avalanche-fuji", "AVAX", 43113, 60, true},
      {"gnosis", "XDAI", 100, 60, false},
      {"fantom", "FTM", 250, 60, false},
      {"sonic", "S", 146, 60, false},
      {"linea", "ETH", 59144, 60, false},
      {"scroll", "ETH", 534352, 60, false},
      {"zksync-era", "ETH", 324, 60, false},
      {"mantle", "MNT", 5000, 60, false},
      {"blast", "ETH", 81457, 60, false},
      {"opbnb", "BNB", 204, 60, false},
      {"cronos", "CRO", 25, 60, false},
      {"moonbeam", "GLMR", 1284, 60, false},
      {"metis", "METIS", 1088, 60, false},
      {"celo", "CELO", 42220, 52752, false},
      {"kaia", "KAIA", 8217, 8217, false},
      {"ethereum-classic", "ETC", 61, 61, false},
      {"rootstock", "RBTC", 30, 137, false},
      {"rootstock-testnet", "RBTC", 31, 37310, true},
  };
  for (const Evm& from : chains) {
    Network row =
        row_of(Family::ethereum, from.name, from.symbol, from.coin_type, 18, from.is_test);
    row.default_form = AddressForm::evm;
    row.chain_id = from.chain_id;
    row.has_chain_checksum = from.symbol == "RBTC";
    rows.push_back(std::move(row));
  }
}

struct Cosmos {
  std::string_view name;
  std::string_view symbol;
  std::uint32_t coin_type;
  std::uint8_t scale;
  std::string_view prefix;
  bool has_ethereum_keys;
};

void add_cosmos(Rows& rows) {
  constexpr Cosmos chains[] = {
      {"cosmos-hub", "ATOM", 118, 6, "cosmos", false},
      {"osmosis", "OSMO", 118, 6, "osmo", false},
      {"celestia", "TIA", 118, 6, "celestia", false},
      {"dydx", "DYDX", 118, 18, "dydx", false},
      {"noble", "USDC", 118, 6, "noble", false},
      {"neutron", "NTRN", 118, 6, "neutron", false},
      {"akash", "AKT", 118, 6, "akash", false},
      {"axelar", "AXL", 118, 6, "axelar", false},
      {"juno", "JUNO", 118, 6, "juno", false},
      {"kava", "KAVA", 459, 6, "kava", false},
      {"secret", "SCRT", 529, 6, "secret", false},
      {"band", "BAND", 494, 6, "band", false},
      {"terra", "LUNA", 330, 6, "terra", false},
      {"thorchain", "RUNE", 931, 8, "thor", false},
      {"injective", "INJ", 60, 18, "inj", true},
  };
  for (const Cosmos& from : chains) {
    Network row = row_of(Family::cosmos, from.name, from.symbol, from.coin_type, from.scale);
    row.default_form = AddressForm::cosmos;
    row.prefix = from.prefix;
    row.has_ethereum_keys = from.has_ethereum_keys;
    rows.push_back(std::move(row));
  }
}

struct Other {
  Family family;
  AddressForm form;
  PathLayout layout;
  std::string_view symbol;
  std::uint32_t coin_type;
  std::uint8_t scale;
  std::vector<std::string_view> names;  // the main network and its test networks
};

// Families whose test networks write the same addresses and take the same paths.
void add_others(Rows& rows) {
  const Other others[] = {
      {Family::tron,
       AddressForm::tron,
       PathLayout::bip44,
       "TRX",
       195,
       6,
       {"tron", "tron-nile", "tron-shasta"}},
      {Family::solana,
       AddressForm::solana,
       PathLayout::account_change,
       "SOL",
       501,
       9,
       {"solana", "solana-devnet", "solana-testnet"}},
      {Family::xrp, AddressForm::xrp, PathLayout::bip44, "XRP", 144, 6, {"xrp", "xrp-testnet"}},
      {Family::stellar,
       AddressForm::stellar,
       PathLayout::account,
       "XLM",
       148,
       7,
       {"stellar", "stellar-testnet"}},
  };
  for (const Other& from : others) {
    for (const std::string_view name : from.names) {
      Network row = row_of(from.family, name, from.symbol, from.coin_type, from.scale,
                           name != from.names.front());
      row.default_form = from.form;
      row.path_layout = from.layout;
      row.curve = from.layout == PathLayout::bip44 ? keys::Curve::secp256k1 : keys::Curve::ed25519;
      rows.push_back(std::move(row));
    }
  }
}

}  // namespace

std::span<const Network> built_in_networks() {
  static const Rows* const rows = [] {
    auto* made = new Rows;
    add_bitcoin(*made);
    add_litecoin(*made);
    add_plain_bitcoin(*made);
    add_cash(*made);
    add_ethereum(*made);
    add_others(*made);
    add_cosmos(*made);
    return made;
  }();
  return *rows;
}

}  // namespace coffer::chain
