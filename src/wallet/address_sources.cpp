// SPDX-License-Identifier: MIT
// Address sources: what may become one, and finding them again.
#include <string>

#include <coffer/chain/address.hpp>
#include <coffer/transaction/draft.hpp>

#include "wallet/crypto_parts.hpp"

namespace coffer {
namespace {

using wallet::NewRecord;
using wallet::RecordKind;
using wallet::StoredRecord;
using wallet::WalletRecords;

constexpr std::uint32_t gap_limit_max = 1'000'000;

Error wrong_node(std::string message) { return {Code::invalid_key, "node: " + std::move(message)}; }

std::string path_of(const chain::Network& network, const keys::Path& account) {
  switch (network.path_layout) {
    case chain::PathLayout::bip44: return account.to_text() + "/0/*";
    case chain::PathLayout::account: return account.to_text() + "/*'";
    case chain::PathLayout::account_change: return account.to_text() + "/*'/0'";
  }
  return {};
}

Status check_node(const chain::Network& network, const keys::Path& account,
                  const keys::ExtendedPublicKey& node) {
  if (node.curve() != network.curve) {
    return wrong_node("is on " + std::string(keys::name_of(node.curve())) + ", the network on " +
                      std::string(keys::name_of(network.curve)));
  }
  if (node.origin().depth != account.depth()) {
    return wrong_node("is at depth " + std::to_string(node.origin().depth) + ", the account " +
                      account.to_text() + " at " + std::to_string(account.depth()));
  }
  return node.origin().child_number == account.steps().back()
             ? Status{}
             : wrong_node("its child number is not that of the account " + account.to_text());
}

/// The source that a draft describes, without an id.
Result<AddressSource> source_of(const AddressSourceDraft& draft,
                                const chain::NetworkTable& networks) {
  if (draft.node == nullptr) {
    return Error{Code::null_argument, "node: is null"};
  }
  COFFER_TRY(wallet::check_key("name", draft.name));
  COFFER_TRY(wallet::check_text("key_name", draft.key_name, key_bytes_max));
  COFFER_TRY_ASSIGN(const chain::Network* const network, networks.find(draft.network));
  AddressSource source;
  source.form =
      draft.form == chain::AddressForm::network_default ? network->default_form : draft.form;
  COFFER_TRY_ASSIGN(const keys::Path account,
                    chain::account_path(*network, source.form, draft.account));
  COFFER_TRY(check_node(*network, account, *draft.node));
  COFFER_TRY(chain::address_of(*network, draft.node->public_key(), source.form));
  if (draft.first_index >= keys::hardened_bit) {
    return Error{Code::out_of_range, "first_index: must be below 2147483648"};
  }
  if (draft.gap_limit < 1 || draft.gap_limit > gap_limit_max) {
    return Error{Code::out_of_range, "gap_limit: must be 1 to 1000000"};
  }
  source.name = draft.name;
  source.network = draft.network;
  source.account = draft.account;
  source.path = path_of(*network, account);
  source.key_name = draft.key_name;
  source.kind = draft.kind;
  source.first_index = draft.first_index;
  source.next_index = draft.first_index;
  source.is_restored = draft.is_restored;
  source.gap_limit = draft.gap_limit;
  source.node = draft.node->public_key();
  if (network->curve == keys::Curve::secp256k1) {
    source.xpub = draft.node->with_version({});
  }
  return source;
}

Status require_unlike(WalletRecords& records, const AddressSource& wanted) {
  COFFER_TRY_ASSIGN(const std::vector<StoredRecord> all, records.list(RecordKind::source, 0, -1));
  for (const StoredRecord& record : all) {
    COFFER_TRY_ASSIGN(const AddressSource known, records.source(record.id));
    if (known.network == wanted.network && known.form == wanted.form && known.node == wanted.node) {
      return Error{Code::already_exists, "node: source '" + known.name +
                                             "' of this network has it, and would give out the "
                                             "same addresses"};
    }
  }
  return {};
}

}  // namespace

Result<AddedAddressSource> CryptoWallets::add_source(const AddressSourceDraft& draft) {
  COFFER_TRY_ASSIGN(const AddressSource wanted, source_of(draft, parts_->options.networks));
  COFFER_TRY(parts_->may(draft.actor, WalletAction::add_source, {}));
  const std::string text = wallet::source_text(wanted);
  const std::lock_guard lock(parts_->mutex);
  bool existed = false;
  const auto prepare = [&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const std::optional<StoredRecord> known,
                      records.find(RecordKind::source, draft.name));
    if (known) {
      existed = true;
      return known->data == text && known->position == wanted.first_index
                 ? Status{}
                 : Error{Code::exists_with_different_policy,
                         "name: source '" + wanted.name + "' exists with another content"};
    }
    COFFER_TRY(require_unlike(records, wanted));
    added.push_back({RecordKind::source, 0, wanted.first_index, 0, draft.name, draft.actor, text});
    if (wanted.gap_limit != AddressSourceDraft{}.gap_limit) {
      added.push_back({RecordKind::source_setting,
                       records.last_record() + 1,
                       static_cast<std::int64_t>(wallet::SourceSetting::gap_limit),
                       wanted.gap_limit,
                       {},
                       draft.actor,
                       {}});
    }
    return {};
  };
  COFFER_TRY(parts_->append(prepare));
  COFFER_TRY_ASSIGN(AddressSource source, find_source(draft.name));
  return AddedAddressSource{std::move(source), existed};
}

Result<AddressSource> CryptoWallets::find_source(AddressSourceId id) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  return records.source(id.value());
}

Result<AddressSource> CryptoWallets::find_source(std::string_view name) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const std::optional<StoredRecord> record,
                    records.find(RecordKind::source, name));
  if (!record) {
    return Error{Code::not_found, "address source '" + std::string(name) + "': not found"};
  }
  return records.source(record->id);
}

Result<std::vector<AddressSource>> CryptoWallets::sources() const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const std::vector<StoredRecord> all, records.list(RecordKind::source, 0, -1));
  std::vector<AddressSource> found;
  for (const StoredRecord& record : all) {
    COFFER_TRY_ASSIGN(AddressSource source, records.source(record.id));
    found.push_back(std::move(source));
  }
  return found;
}

Status CryptoWallets::set_gap_limit(AddressSourceId source, std::uint32_t limit,
                                    std::string_view actor) {
  if (limit < 1 || limit > gap_limit_max) {
    return Error{Code::out_of_range, "limit: must be 1 to 1000000"};
  }
  COFFER_TRY(parts_->may(actor, WalletAction::add_source, {}));
  const std::lock_guard lock(parts_->mutex);
  return parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const AddressSource known, records.source(source.value()));
    if (known.gap_limit != limit) {
      added.push_back({RecordKind::source_setting,
                       source.value(),
                       static_cast<std::int64_t>(wallet::SourceSetting::gap_limit),
                       limit,
                       {},
                       actor,
                       {}});
    }
    return {};
  });
}

Status CryptoWallets::set_balance_max(AddressSourceId source, const std::optional<Amount>& limit,
                                      std::string_view actor) {
  if (limit && limit->is_negative()) {
    return Error{Code::out_of_range, "limit: must not be negative"};
  }
  COFFER_TRY(parts_->may(actor, WalletAction::add_source, {}));
  const std::string text = limit ? to_integer_text(*limit) : std::string();
  const std::lock_guard lock(parts_->mutex);
  return parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const AddressSource known, records.source(source.value()));
    if (known.balance_max != limit) {
      added.push_back({RecordKind::source_setting,
                       source.value(),
                       static_cast<std::int64_t>(wallet::SourceSetting::balance_max),
                       1,
                       {},
                       actor,
                       text});
    }
    return {};
  });
}

}  // namespace coffer
