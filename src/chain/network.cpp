// SPDX-License-Identifier: MIT
// The table of networks: names, look-up, and rows added by a host.
#include <coffer/chain/network.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "chain/family.hpp"
#include "chain/network_rows.hpp"

namespace coffer::chain {

namespace {

struct NamedForm {
  AddressForm form;
  std::string_view name;
};

constexpr std::array<NamedForm, 17> forms = {{
    {AddressForm::p2pkh, "p2pkh"},
    {AddressForm::p2sh_p2wpkh, "p2sh_p2wpkh"},
    {AddressForm::p2wpkh, "p2wpkh"},
    {AddressForm::p2tr, "p2tr"},
    {AddressForm::p2sh, "p2sh"},
    {AddressForm::p2wsh, "p2wsh"},
    {AddressForm::cash_p2pkh, "cash_p2pkh"},
    {AddressForm::cash_p2sh, "cash_p2sh"},
    {AddressForm::witness_unknown, "witness_unknown"},
    {AddressForm::evm, "evm"},
    {AddressForm::tron, "tron"},
    {AddressForm::tron_hex, "tron_hex"},
    {AddressForm::solana, "solana"},
    {AddressForm::cosmos, "cosmos"},
    {AddressForm::xrp, "xrp"},
    {AddressForm::x_address, "x_address"},
    {AddressForm::stellar, "stellar"},
}};

// Levenshtein's distance between two names.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string nearest_to(std::string_view name, const std::vector<const Network*>& rows) {
  const Network* nearest = nullptr;
  std::size_t least = name.size() / 3 + 2;
  for (const Network* row : rows) {
    const std::size_t apart = distance(name, row->name);
    if (apart < least) {
      least = apart;
      nearest = row;
    }
  }
  return nearest == nullptr ? std::string() : "; did you mean '" + nearest->name + "'?";
}

}  // namespace

std::string_view name_of(Family family) noexcept {
  switch (family) {
    case Family::bitcoin: return "bitcoin";
    case Family::ethereum: return "ethereum";
    case Family::tron: return "tron";
    case Family::solana: return "solana";
    case Family::cosmos: return "cosmos";
    case Family::xrp: return "xrp";
    case Family::stellar: return "stellar";
  }
  return "unknown";
}

std::string_view name_of(AddressForm form) noexcept {
  for (const NamedForm& named : forms) {
    if (named.form == form) {
      return named.name;
    }
  }
  return form == AddressForm::network_default ? "network_default" : "unknown";
}

Result<AddressForm> address_form_named(std::string_view name) {
  for (const NamedForm& named : forms) {
    if (named.name == name) {
      return named.form;
    }
  }
  return Error{Code::not_found, "there is no form of addresses named '" + std::string(name) + "'"};
}

Status NetworkTable::add(Network row) {
  COFFER_TRY(check_row(row));
  for (const Network* other : rows()) {
    if (other->name == row.name) {
      return Error{Code::already_exists,
                   "network '" + row.name + "': name: a row of that name exists"};
    }
  }
  added_.push_back(std::make_shared<const Network>(std::move(row)));
  return {};
}

Result<const Network*> NetworkTable::find(std::string_view name) const {
  const auto all = rows();
  for (const Network* row : all) {
    if (row->name == name) {
      return row;
    }
  }
  // A name that is too long or strange is cut: it ends in a message.
  constexpr std::size_t shown_max = 60;
  const std::string_view shown = name.substr(0, shown_max);
  return Error{Code::network_not_found, "network: there is none named '" + std::string(shown) +
                                            "'" + nearest_to(shown, all)};
}

std::vector<const Network*> NetworkTable::rows() const {
  const auto built_in = built_in_networks();
  std::vector<const Network*> all;
  all.reserve(built_in.size() + added_.size());
  for (const Network& row : built_in) {
    all.push_back(&row);
  }
  for (const auto& row : added_) {
    all.push_back(row.get());
  }
  return all;
}

bool has_form(const Network& network, AddressForm form) noexcept {
  return code_of(network.family).has_form(network, form_of(network, form));
}

}  // namespace coffer::chain
