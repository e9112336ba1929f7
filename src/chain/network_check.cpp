// SPDX-License-Identifier: MIT
// What a row must satisfy before it joins the table: a wrong figure here loses coins later.
#include <algorithm>
#include <string>
#include <string_view>

#include "chain/family.hpp"
#include "chain/network_rows.hpp"

namespace coffer::chain {

namespace {

constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::string_view prefix_letters = "abcdefghijklmnopqrstuvwxyz023456789";
constexpr std::string_view symbol_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t name_size_max = 40;
constexpr std::size_t prefix_size_max = 20;  // addresses then stay below 90 characters
constexpr std::size_t symbol_size_max = 12;
constexpr std::uint8_t scale_max = 30;

bool is_word(std::string_view text, std::string_view letters, std::size_t size_max) noexcept {
  return !text.empty() && text.size() <= size_max &&
         text.find_first_not_of(letters) == std::string_view::npos;
}

// Collects the first thing that is wrong.
class Check {
 public:
  explicit Check(const Network& row) : row_(row) {}

  void require(bool holds, std::string_view field, std::string_view reason) {
    if (!holds && status_.has_value()) {
      status_ = Error{Code::invalid_argument, "network '" + row_.name + "': " + std::string(field) +
                                                  ": " + std::string(reason)};
    }
  }
  void require_of(Family family, bool is_default, std::string_view field) {
    require(is_default || row_.family == family, field,
            "only the family " + std::string(name_of(family)) + " has this field");
  }
  [[nodiscard]] Status take() { return std::move(status_); }

 private:
  const Network& row_;
  Status status_;
};

bool is_known(Family family) noexcept { return name_of(family) != "unknown"; }

keys::Curve curve_of(Family family) noexcept {
  return family == Family::solana || family == Family::stellar ? keys::Curve::ed25519
                                                               : keys::Curve::secp256k1;
}

void check_common(const Network& row, Check& check) {
  check.require(is_word(row.name, name_letters, name_size_max), "name",
                "1 to 40 of the characters a-z, 0-9 and '-' are needed");
  check.require(is_known(row.family), "family", "there is no family of that number");
  check.require(row.curve == curve_of(row.family), "curve",
                "the family " + std::string(name_of(row.family)) + " has keys on " +
                    std::string(keys::name_of(curve_of(row.family))));
  check.require(row.coin_type < keys::hardened_bit, "coin_type", "it must be below 2147483648");
  check.require(is_word(row.symbol, symbol_letters, symbol_size_max), "symbol",
                "1 to 12 of the characters A-Z and 0-9 are needed");
  check.require(row.scale <= scale_max, "scale", "it must be at most 30");
  const bool is_hardened =
      row.path_layout == PathLayout::account || row.path_layout == PathLayout::account_change;
  check.require(is_hardened || row.path_layout == PathLayout::bip44, "path_layout",
                "there is no layout of that number");
  check.require(is_hardened || row.curve != keys::Curve::ed25519, "path_layout",
                "ed25519 has hardened children only, bip44 needs others");
}

void check_bitcoin(const Network& row, Check& check) {
  check.require(row.p2pkh_version.has_value() || !row.prefix.empty() || !row.cash_prefix.empty(),
                "p2pkh_version", "a version or a prefix is needed, or there is no address");
  check.require(!row.p2pkh_version || row.p2pkh_version != row.p2sh_version, "p2sh_version",
                "it must differ from p2pkh_version");
  check.require(
      row.cash_prefix.empty() || is_word(row.cash_prefix, prefix_letters, prefix_size_max),
      "cash_prefix", "1 to 20 of the characters a-z, 0 and 2-9 are needed");
  check.require(!row.has_taproot || !row.prefix.empty(), "has_taproot", "it needs a prefix");
  check.require(!row.message_prefix.empty(), "message_prefix",
                "without one a signed message could be something else");
}

void check_key_versions(const Network& row, Check& check) {
  const KeyVersionNames& names = row.key_versions;
  for (const auto& [name, field] : {std::pair(&names.p2pkh, "key_versions.p2pkh"),
                                    std::pair(&names.p2sh_p2wpkh, "key_versions.p2sh_p2wpkh"),
                                    std::pair(&names.p2wpkh, "key_versions.p2wpkh"),
                                    std::pair(&names.p2tr, "key_versions.p2tr"),
                                    std::pair(&names.p2wsh, "key_versions.p2wsh")}) {
    check.require(keys::key_version_named(*name).has_value(), field,
                  "there is no version of extended keys named '" + *name + "'");
  }
}

}  // namespace

Status check_row(const Network& row) {
  Check check(row);
  check_common(row, check);
  const bool has_prefix = row.family == Family::bitcoin || row.family == Family::cosmos;
  check.require(row.prefix.empty() || has_prefix, "prefix",
                "only the families bitcoin and cosmos have this field");
  check.require(row.prefix.empty() || is_word(row.prefix, prefix_letters, prefix_size_max),
                "prefix", "1 to 20 of the characters a-z, 0 and 2-9 are needed");
  check.require(row.family != Family::cosmos || !row.prefix.empty(), "prefix",
                "accounts of Cosmos need one");
  check.require_of(Family::bitcoin, !row.p2pkh_version, "p2pkh_version");
  check.require_of(Family::bitcoin, !row.p2sh_version, "p2sh_version");
  check.require_of(Family::bitcoin, !row.has_taproot, "has_taproot");
  check.require_of(Family::bitcoin, row.cash_prefix.empty(), "cash_prefix");
  check.require_of(Family::ethereum, row.chain_id == 0, "chain_id");
  check.require_of(Family::ethereum, !row.has_chain_checksum, "has_chain_checksum");
  check.require_of(Family::cosmos, !row.has_ethereum_keys, "has_ethereum_keys");
  check.require(row.family != Family::ethereum || row.chain_id != 0, "chain_id",
                "it must not be 0 (EIP-155)");
  if (row.family == Family::bitcoin) {
    check_bitcoin(row, check);
  }
  check_key_versions(row, check);
  check.require(
      row.default_form != AddressForm::network_default &&
          row.default_form != AddressForm::witness_unknown && is_known(row.family) &&
          code_of(row.family).has_form(row, row.default_form),
      "default_form",
      "this network has no addresses of the form " + std::string(name_of(row.default_form)));
  return check.take();
}

}  // namespace coffer::chain
