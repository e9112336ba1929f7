// SPDX-License-Identifier: MIT
// C: networks, their rows and paths.
#include "coffer_network.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "network_handle.hpp"
#include "output.hpp"

namespace coffer::capi {

using chain::AddressForm;
using chain::Network;
using chain::NetworkTable;

Result<const NetworkTable*> table_of(const coffer_network_table* table) {
  static const NetworkTable own;
  if (table == nullptr) {
    return &own;
  }
  COFFER_TRY_ASSIGN(const coffer_network_table* known, handle_of(table, "table"));
  return &known->held;
}

Result<const Network*> network_of(const coffer_network_table* table, const char* name,
                                  std::size_t length) {
  COFFER_TRY_ASSIGN(const NetworkTable* known, table_of(table));
  COFFER_TRY_ASSIGN(const std::string_view wanted, utf8_of(name, length, "network"));
  return known->find(wanted);
}

Result<AddressForm> form_of(coffer_address_form form) {
  const auto known = static_cast<AddressForm>(form);
  if (chain::name_of(known) == "unknown") {
    return Error{Code::invalid_argument, "form: " + std::to_string(form) + " is none"};
  }
  return known;
}

}  // namespace coffer::capi

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::chain::AddressForm;
using coffer::chain::Family;
using coffer::chain::Network;
using coffer::chain::NetworkTable;
using coffer::chain::PathLayout;
using coffer::keys::Path;

namespace {

coffer_network to_struct(const Network& row) {
  coffer_network out{};
  put_text(out.name, row.name);
  put_text(out.symbol, row.symbol);
  put_text(out.prefix, row.prefix);
  put_text(out.cash_prefix, row.cash_prefix);
  put_text(out.message_prefix, row.message_prefix);
  put_text(out.p2pkh_key_version, row.key_versions.p2pkh);
  put_text(out.p2sh_p2wpkh_key_version, row.key_versions.p2sh_p2wpkh);
  put_text(out.p2wpkh_key_version, row.key_versions.p2wpkh);
  put_text(out.p2tr_key_version, row.key_versions.p2tr);
  put_text(out.p2wsh_key_version, row.key_versions.p2wsh);
  out.family = static_cast<coffer_network_family>(row.family);
  out.curve = static_cast<coffer_curve>(row.curve);
  out.default_form = static_cast<coffer_address_form>(row.default_form);
  out.path_layout = static_cast<coffer_path_layout>(row.path_layout);
  out.scale = row.scale;
  out.is_test = row.is_test ? 1 : 0;
  out.has_p2pkh_version = row.p2pkh_version ? 1 : 0;
  out.has_p2sh_version = row.p2sh_version ? 1 : 0;
  out.has_taproot = row.has_taproot ? 1 : 0;
  out.has_chain_checksum = row.has_chain_checksum ? 1 : 0;
  out.has_ethereum_keys = row.has_ethereum_keys ? 1 : 0;
  out.coin_type = row.coin_type;
  out.p2pkh_version = row.p2pkh_version.value_or(0);
  out.p2sh_version = row.p2sh_version.value_or(0);
  out.chain_id = row.chain_id;
  return out;
}

template <std::size_t Size>
Status read_text(const char (&array)[Size], std::string_view name, std::string* out) {
  COFFER_TRY_ASSIGN(const std::string_view text, array_text(array, name));
  *out = text;
  return {};
}

/// An empty text leaves the default.
template <std::size_t Size>
Status read_if(const char (&array)[Size], std::string_view name, std::string* out) {
  return array[0] == '\0' ? Status() : read_text(array, name, out);
}

Status read_version(std::uint8_t has, std::uint32_t version, std::string_view name,
                    std::optional<std::uint16_t>* out) {
  if (has == 0) {
    return {};
  }
  if (version > std::numeric_limits<std::uint16_t>::max()) {
    return Error{Code::invalid_argument,
                 std::string(name) + ": " + std::to_string(version) + " is above 65535"};
  }
  *out = static_cast<std::uint16_t>(version);
  return {};
}

Status read_texts(const coffer_network& in, Network* out) {
  COFFER_TRY(read_text(in.name, "name", &out->name));
  COFFER_TRY(read_text(in.symbol, "symbol", &out->symbol));
  COFFER_TRY(read_text(in.prefix, "prefix", &out->prefix));
  COFFER_TRY(read_text(in.cash_prefix, "cash_prefix", &out->cash_prefix));
  COFFER_TRY(read_if(in.message_prefix, "message_prefix", &out->message_prefix));
  auto& versions = out->key_versions;
  COFFER_TRY(read_if(in.p2pkh_key_version, "p2pkh_key_version", &versions.p2pkh));
  COFFER_TRY(read_if(in.p2sh_p2wpkh_key_version, "p2sh_p2wpkh_key_version", &versions.p2sh_p2wpkh));
  COFFER_TRY(read_if(in.p2wpkh_key_version, "p2wpkh_key_version", &versions.p2wpkh));
  COFFER_TRY(read_if(in.p2tr_key_version, "p2tr_key_version", &versions.p2tr));
  return read_if(in.p2wsh_key_version, "p2wsh_key_version", &versions.p2wsh);
}

/// The row with the family's curve, form and layout where the caller left them open.
Result<Network> row_of(const coffer_network& in) {
  Network out;
  COFFER_TRY(read_texts(in, &out));
  out.family = static_cast<Family>(in.family);
  const auto rows = NetworkTable().rows();
  const auto like = std::find_if(rows.begin(), rows.end(),
                                 [&](const Network* row) { return row->family == out.family; });
  if (like == rows.end()) {
    return Error{Code::invalid_argument,
                 "network: family: " + std::to_string(in.family) + " is none"};
  }
  out.curve = (*like)->curve;
  if (in.curve != 0) {
    COFFER_TRY_ASSIGN(out.curve, curve_of(in.curve));
  }
  COFFER_TRY_ASSIGN(out.default_form, form_of(in.default_form));
  if (out.default_form == AddressForm::network_default) {
    out.default_form = (*like)->default_form;
  }
  out.path_layout =
      in.path_layout != 0 ? static_cast<PathLayout>(in.path_layout) : (*like)->path_layout;
  out.scale = in.scale;
  out.is_test = in.is_test != 0;
  out.has_taproot = in.has_taproot != 0;
  out.has_chain_checksum = in.has_chain_checksum != 0;
  out.has_ethereum_keys = in.has_ethereum_keys != 0;
  out.coin_type = in.coin_type;
  out.chain_id = in.chain_id;
  COFFER_TRY(
      read_version(in.has_p2pkh_version, in.p2pkh_version, "p2pkh_version", &out.p2pkh_version));
  COFFER_TRY(read_version(in.has_p2sh_version, in.p2sh_version, "p2sh_version", &out.p2sh_version));
  return out;
}

}  // namespace

coffer_status coffer_network_table_create(coffer_network_table** table_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(table_out, "table_out"));
    give(table_out, NetworkTable());
    return {};
  });
}

void coffer_network_table_destroy(coffer_network_table* table) { destroy_handle(table); }

coffer_status coffer_network_table_add(coffer_network_table* table, const coffer_network* network,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(coffer_network_table * known, handle_of(table, "table"));
    COFFER_TRY(require(network, "network"));
    COFFER_TRY_ASSIGN(Network row, row_of(*network));
    return known->held.add(std::move(row));
  });
}

coffer_status coffer_network_find(const coffer_network_table* table, const char* name,
                                  size_t name_length, coffer_network* network_out,
                                  coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(network_out, "network_out"));
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, name, name_length));
    *network_out = to_struct(*row);
    return {};
  });
}

coffer_status coffer_network_list(const coffer_network_table* table, coffer_network* networks_out,
                                  size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const NetworkTable* known, table_of(table));
    const auto rows = known->rows();
    COFFER_TRY(put_count(rows.size(), networks_out, capacity, count_out));
    std::transform(rows.begin(), rows.end(), networks_out,
                   [](const Network* row) { return to_struct(*row); });
    return {};
  });
}

const char* coffer_address_form_name(coffer_address_form form) {
  // The names are literals, so a NUL follows each.
  return coffer::chain::name_of(static_cast<AddressForm>(form)).data();
}

coffer_status coffer_address_form_find(const char* name, size_t name_length,
                                       coffer_address_form* form_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(form_out, "form_out"));
    COFFER_TRY_ASSIGN(const auto wanted, utf8_of(name, name_length, "name"));
    COFFER_TRY_ASSIGN(const AddressForm form, coffer::chain::address_form_named(wanted));
    *form_out = static_cast<coffer_address_form>(form);
    return {};
  });
}

coffer_status coffer_network_key_version(const coffer_network_table* table, const char* network,
                                         size_t network_length, coffer_address_form form,
                                         coffer_key_version* version_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(version_out, "version_out"));
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const auto version, coffer::chain::key_version_of(*row, known));
    *version_out = to_c(version);
    return {};
  });
}

coffer_status coffer_network_account_path(const coffer_network_table* table, const char* network,
                                          size_t network_length, coffer_address_form form,
                                          uint32_t account, char* buffer, size_t size,
                                          size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const Path path, coffer::chain::account_path(*row, known, account));
    return put_text(path.to_text(), buffer, size, needed_out);
  });
}

coffer_status coffer_network_address_path(const coffer_network_table* table, const char* network,
                                          size_t network_length, coffer_address_form form,
                                          uint32_t account, uint32_t change, uint32_t index,
                                          char* buffer, size_t size, size_t* needed_out,
                                          coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Network* row, network_of(table, network, network_length));
    COFFER_TRY_ASSIGN(const AddressForm known, form_of(form));
    COFFER_TRY_ASSIGN(const Path path,
                      coffer::chain::address_path(*row, known, account, change, index));
    return put_text(path.to_text(), buffer, size, needed_out);
  });
}
