// SPDX-License-Identifier: MIT
// Appending prepared rows, deriving addresses, and small checks that many calls share.
#include "wallet/crypto_parts.hpp"

#include <cstring>

#include <coffer/chain/address_bulk.hpp>
#include <coffer/core/text.hpp>
#include <coffer/transaction/draft.hpp>

namespace coffer::wallet {

Status check_text(std::string_view field, std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return Error{Code::text_too_long, std::string(field) + ": has " + std::to_string(text.size()) +
                                          " bytes, " + std::to_string(bytes_max) + " are allowed"};
  }
  return is_valid_utf8(text)
             ? Status{}
             : Error{Code::invalid_utf8, std::string(field) + ": is not well-formed UTF-8"};
}

Status check_key(std::string_view field, std::string_view key) {
  if (key.empty()) {
    return Error{Code::key_required, std::string(field) + ": is empty"};
  }
  Status status = check_text(field, key, key_bytes_max);
  if (!status && status.error().code == Code::text_too_long) {
    return Error{Code::key_too_long, status.error().message};
  }
  return status;
}

std::string_view DerivedAddresses::address(std::size_t i) const {
  const char* begin = text.data() + i * chain::address_stride;
  return {begin, std::strlen(begin)};
}

std::string_view DerivedAddresses::public_key(std::size_t i) const {
  return {reinterpret_cast<const char*>(public_keys[i].data()), public_keys[i].size()};
}

}  // namespace coffer::wallet

namespace coffer {
namespace {

using wallet::DerivedAddresses;
using wallet::NewRecord;
using wallet::WalletRecords;

Result<const keys::ExtendedPrivateKey*> private_node_of(const AddressSource& source,
                                                        std::span<const PrivateNode> nodes) {
  for (const PrivateNode& given : nodes) {
    if (given.source != source.id || given.node == nullptr) {
      continue;
    }
    if (given.node->to_public().public_key() != source.node) {
      return Error{Code::invalid_key,
                   "source '" + source.name + "': the private node given is another one"};
    }
    return given.node;
  }
  return Error{Code::invalid_key,
               "source '" + source.name + "': its addresses need the private node of the account"};
}

}  // namespace

Error CryptoWallets::Parts::busy() {
  return {Code::storage_busy,
          "another part of this program changes wallets at the same moment; repeat the call"};
}

Status CryptoWallets::Parts::may(std::string_view actor, WalletAction action,
                                 WalletJobId job) const {
  COFFER_TRY(wallet::check_text("actor", actor, key_bytes_max));
  return options.permissions == nullptr ? Status{} : options.permissions->may(actor, action, job);
}

Result<bool> CryptoWallets::Parts::commit(const WalletRecords& base,
                                          std::span<const storage::CryptoWalletRow> wallets,
                                          std::span<const NewRecord> records) {
  std::vector<storage::WalletRecordRow> rows;
  rows.reserve(records.size());
  for (const NewRecord& record : records) {
    const std::int64_t id = base.last_record() + static_cast<std::int64_t>(rows.size()) + 1;
    rows.push_back({id, static_cast<std::int64_t>(record.kind),
                    record.subject == 0 ? id : record.subject, record.position, record.status,
                    record.key, record.actor, record.data, 0});
  }
  Operation operation;
  operation.what = WalletAppend{base.last_wallet(), base.last_record(), wallets, rows};
  Outcome outcome;
  COFFER_TRY(ledger.execute({&operation, 1}, BatchMode::independent, {&outcome, 1}));
  if (outcome.code == Code::condition_not_met) {
    return false;
  }
  if (outcome.code != Code::ok) {
    return Error{Code::internal, "prepared rows were refused: " + coffer::describe(outcome)};
  }
  return true;
}

Result<DerivedAddresses> CryptoWallets::Parts::derive(const AddressSource& source,
                                                      std::uint32_t first, std::size_t count,
                                                      std::span<const PrivateNode> private_nodes,
                                                      const keys::BulkOptions& derivation) const {
  COFFER_TRY_ASSIGN(const chain::Network* const network, options.networks.find(source.network));
  DerivedAddresses derived;
  derived.text.resize(count * chain::address_stride);
  derived.public_keys.resize(count);
  const chain::AddressRows rows{derived.text, chain::address_stride};
  if (source.xpub) {
    COFFER_TRY_ASSIGN(const keys::ExtendedPublicKey branch, source.xpub->derive(0));
    COFFER_TRY(chain::derive_addresses(*network, source.form, branch, first, rows,
                                       derived.public_keys, derivation));
    return derived;
  }
  COFFER_TRY_ASSIGN(const keys::ExtendedPrivateKey* const node,
                    private_node_of(source, private_nodes));
  const keys::Path tail = network->path_layout == chain::PathLayout::account_change
                              ? keys::Path{keys::hardened(0)}
                              : keys::Path{};
  COFFER_TRY(chain::derive_addresses(*network, source.form, *node, keys::hardened(first), tail,
                                     rows, derived.public_keys, derivation));
  return derived;
}

}  // namespace coffer
