// SPDX-License-Identifier: MIT
// C: crypto wallets: address sources and look-ups.
#include "coffer_crypto_wallet.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto_wallet_handle.hpp"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "network_handle.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::AddressSource;
using coffer::AddressSourceDraft;
using coffer::Code;
using coffer::CryptoWallet;
using coffer::CryptoWalletId;
using coffer::CryptoWalletKind;
using coffer::CryptoWallets;
using coffer::CryptoWalletStatus;
using coffer::Engine;
using coffer::Error;
using coffer::Result;
using coffer::Status;

namespace coffer::capi {

Result<CryptoWallets*> wallets_of(coffer_crypto_wallets* handle) {
  COFFER_TRY_ASSIGN(coffer_crypto_wallets * known, handle_of(handle, "wallets"));
  return known->held.wallets.get();
}

Result<const CryptoWallets*> wallets_of(const coffer_crypto_wallets* handle) {
  COFFER_TRY_ASSIGN(const coffer_crypto_wallets* known, handle_of(handle, "wallets"));
  return static_cast<const CryptoWallets*>(known->held.wallets.get());
}

coffer_crypto_wallet to_c(const CryptoWallet& wallet) noexcept {
  coffer_crypto_wallet out{};
  out.id = wallet.id.value();
  out.source = wallet.source.value();
  out.job = wallet.job.value();
  out.recorded_at = wallet.recorded_at.ns;
  out.address_index = wallet.address_index;
  out.kind = static_cast<coffer_crypto_wallet_kind>(wallet.kind);
  out.status = static_cast<coffer_crypto_wallet_status>(wallet.status);
  if (wallet.public_key.size() == sizeof out.public_key) {
    out.has_public_key = 1;
    std::copy(wallet.public_key.begin(), wallet.public_key.end(), out.public_key);
  }
  put_text(out.user, wallet.user);
  put_text(out.network, wallet.network);
  put_text(out.address, wallet.address);
  put_text(out.path, wallet.path);
  put_text(out.key_name, wallet.key_name);
  put_text(out.key, wallet.key);
  put_text(out.label, wallet.label);
  return out;
}

}  // namespace coffer::capi

namespace {

coffer_address_source to_struct(const AddressSource& source) {
  coffer_address_source out{};
  out.id = source.id.value();
  out.recorded_at = source.recorded_at.ns;
  out.account = source.account;
  out.first_index = source.first_index;
  out.next_index = source.next_index;
  out.gap_limit = source.gap_limit;
  out.form = static_cast<coffer_address_form>(source.form);
  out.kind = static_cast<coffer_crypto_wallet_kind>(source.kind);
  out.is_restored = source.is_restored ? 1 : 0;
  put_text(out.name, source.name);
  put_text(out.network, source.network);
  put_text(out.path, source.path);
  put_text(out.key_name, source.key_name);
  out.has_balance_max = source.balance_max ? 1 : 0;
  out.balance_max = to_c(source.balance_max.value_or(coffer::Amount()));
  return out;
}

Status put_wallet(const Result<CryptoWallet>& found, coffer_crypto_wallet* wallet_out) {
  if (!found) {
    return found.error();
  }
  COFFER_TRY(require(wallet_out, "wallet_out"));
  *wallet_out = to_c(*found);
  return {};
}

/// Reads a draft; `node` keeps the key that it points at.
Result<AddressSourceDraft> draft_of(const coffer_address_source_draft* pointer,
                                    std::optional<coffer::keys::ExtendedPublicKey>* node) {
  COFFER_TRY_ASSIGN(const coffer_address_source_draft in, read_struct(pointer, "draft"));
  AddressSourceDraft draft;
  COFFER_TRY_ASSIGN(draft.name, key_of(in.name, in.name_length));
  COFFER_TRY_ASSIGN(draft.network, text_of(in.network, in.network_length, "network"));
  COFFER_TRY_ASSIGN(draft.key_name, text_of(in.key_name, in.key_name_length, "key_name"));
  COFFER_TRY(require(in.node, "node"));
  COFFER_TRY_ASSIGN(*node, xpub_of(in.node));
  draft.node = &**node;
  COFFER_TRY_ASSIGN(draft.form, form_of(in.form));
  COFFER_TRY_ASSIGN(draft.kind, constant_of(in.kind, CryptoWalletKind::watch_only, "kind"));
  if (in.kind == 0) {
    draft.kind = CryptoWalletKind::hot;
  }
  draft.account = in.account;
  draft.first_index = in.first_index;
  draft.gap_limit = in.gap_limit == 0 ? draft.gap_limit : in.gap_limit;
  draft.is_restored = in.is_restored != 0;
  COFFER_TRY_ASSIGN(draft.actor, text_of(in.actor, in.actor_length, "actor"));
  return draft;
}

Result<std::vector<std::string_view>> users_of(const char* const* users, size_t count,
                                               std::string_view name) {
  if (count > batch_max) {
    return Error{Code::out_of_range, std::string(name) + ": more than 1000000"};
  }
  COFFER_TRY(count == 0 ? Status{} : require(users, name));
  std::vector<std::string_view> views;
  views.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (users[i] == nullptr) {
      return at_item(name, i, null_error("user"));
    }
    const void* const end = std::memchr(users[i], 0, coffer::key_bytes_max + 1);
    if (end == nullptr) {
      return at_item(name, i, {Code::key_too_long, "user: is longer than 128 bytes"});
    }
    views.emplace_back(users[i], static_cast<const char*>(end));
  }
  return views;
}

/// How the options decide about new wallets: by lists, by the host's function, or by both.
Status read_admission(const coffer_crypto_wallets_options& in, HeldWallets* held,
                      coffer::CryptoWalletsOptions* asked) {
  if (in.admission != nullptr) {
    held->admission = std::make_unique<CallbackAdmission>(in.admission, in.admission_data);
  }
  COFFER_TRY_ASSIGN(const auto allowed,
                    users_of(in.allowed_users, in.allowed_count, "allowed_users"));
  COFFER_TRY_ASSIGN(const auto denied, users_of(in.denied_users, in.denied_count, "denied_users"));
  COFFER_TRY_ASSIGN(auto otherwise,
                    constant_of(in.otherwise, CryptoWalletStatus::refused, "otherwise"));
  if (in.otherwise == 0) {
    otherwise = CryptoWalletStatus::active;
  }
  held->lists = held->admission ? std::make_unique<coffer::StaticAdmission>(*held->admission)
                                : std::make_unique<coffer::StaticAdmission>(otherwise);
  held->lists->allow(allowed);
  held->lists->deny(denied);
  asked->admission = held->lists.get();
  return {};
}

}  // namespace

coffer_status coffer_crypto_wallets_open(coffer_engine* engine,
                                         const coffer_crypto_wallets_options* options,
                                         coffer_crypto_wallets** wallets_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(require(wallets_out, "wallets_out"));
    coffer_crypto_wallets_options in{};
    if (options != nullptr) {
      COFFER_TRY_ASSIGN(in, read_struct(options, "options"));
    }
    HeldWallets held;
    coffer::CryptoWalletsOptions asked;
    COFFER_TRY(read_admission(in, &held, &asked));
    if (in.permission != nullptr) {
      held.permissions = std::make_unique<CallbackPermissions>(in.permission, in.permission_data);
      asked.permissions = held.permissions.get();
    }
    COFFER_TRY_ASSIGN(const coffer::chain::NetworkTable* networks, table_of(in.networks));
    asked.networks = *networks;
    held.wallets = std::make_unique<CryptoWallets>(opened->ledger(), std::move(asked));
    give(wallets_out, std::move(held));
    return {};
  });
}

void coffer_crypto_wallets_destroy(coffer_crypto_wallets* wallets) { destroy_handle(wallets); }

coffer_status coffer_address_source_add(coffer_crypto_wallets* wallets,
                                        const coffer_address_source_draft* draft,
                                        coffer_address_source* source_out, uint8_t* existed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    std::optional<coffer::keys::ExtendedPublicKey> node;
    COFFER_TRY_ASSIGN(const AddressSourceDraft wanted, draft_of(draft, &node));
    COFFER_TRY_ASSIGN(const coffer::AddedAddressSource added, known->add_source(wanted));
    put_if(source_out, to_struct(added.source));
    put_if<uint8_t>(existed_out, added.existed ? 1 : 0);
    return {};
  });
}

coffer_status coffer_address_source_find(const coffer_crypto_wallets* wallets, const char* name,
                                         size_t name_length, coffer_address_source* source_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY(require(source_out, "source_out"));
    COFFER_TRY_ASSIGN(const auto key, key_of(name, name_length));
    COFFER_TRY_ASSIGN(const AddressSource source, known->find_source(key));
    *source_out = to_struct(source);
    return {};
  });
}

coffer_status coffer_address_source_find_by_id(const coffer_crypto_wallets* wallets, coffer_id id,
                                               coffer_address_source* source_out,
                                               coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY(require(source_out, "source_out"));
    COFFER_TRY_ASSIGN(const AddressSource source, known->find_source(coffer::AddressSourceId(id)));
    *source_out = to_struct(source);
    return {};
  });
}

coffer_status coffer_address_source_list(const coffer_crypto_wallets* wallets,
                                         coffer_address_source* sources_out, size_t capacity,
                                         size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const std::vector<AddressSource> sources, known->sources());
    COFFER_TRY(put_count(sources.size(), sources_out, capacity, count_out));
    std::transform(sources.begin(), sources.end(), sources_out, to_struct);
    return {};
  });
}

coffer_status coffer_address_source_set_balance_max(coffer_crypto_wallets* wallets,
                                                    coffer_id source, const coffer_amount* limit,
                                                    const char* actor, size_t actor_length,
                                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    return known->set_balance_max(
        coffer::AddressSourceId(source),
        limit == nullptr ? std::nullopt : std::optional(amount_of(*limit)), who);
  });
}

coffer_status coffer_crypto_wallet_find(const coffer_crypto_wallets* wallets, coffer_id id,
                                        coffer_crypto_wallet* wallet_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    return put_wallet(known->find(CryptoWalletId(id)), wallet_out);
  });
}

coffer_status coffer_crypto_wallet_find_by_user(const coffer_crypto_wallets* wallets,
                                                const char* user, size_t user_length,
                                                const char* network, size_t network_length,
                                                coffer_crypto_wallet* wallet_out,
                                                coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto whose, text_of(user, user_length, "user"));
    COFFER_TRY_ASSIGN(const auto where, text_of(network, network_length, "network"));
    return put_wallet(known->find(whose, where), wallet_out);
  });
}

coffer_status coffer_crypto_wallet_find_by_address(const coffer_crypto_wallets* wallets,
                                                   const char* network, size_t network_length,
                                                   const char* address, size_t address_length,
                                                   coffer_crypto_wallet* wallet_out,
                                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto where, text_of(network, network_length, "network"));
    COFFER_TRY_ASSIGN(const auto text, text_of(address, address_length, "address"));
    return put_wallet(known->find_address(where, text), wallet_out);
  });
}

coffer_status coffer_crypto_wallet_list(const coffer_crypto_wallets* wallets, const char* user,
                                        size_t user_length, coffer_id after,
                                        coffer_crypto_wallet* wallets_out, size_t capacity,
                                        size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto whose, text_of(user, user_length, "user"));
    COFFER_TRY_ASSIGN(const std::uint32_t limit, page_limit(wallets_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const std::vector<CryptoWallet> page,
                      known->list(whose, CryptoWalletId(after), limit));
    std::transform(page.begin(), page.end(), wallets_out,
                   [](const CryptoWallet& wallet) { return to_c(wallet); });
    *count_out = page.size();
    return {};
  });
}

coffer_status coffer_crypto_wallet_extra(const coffer_crypto_wallets* wallets, coffer_id id,
                                         char* buffer, size_t size, size_t* needed_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const CryptoWallet wallet, known->find(CryptoWalletId(id)));
    return put_text(wallet.extra, buffer, size, needed_out);
  });
}

coffer_status coffer_crypto_wallet_set_status(coffer_crypto_wallets* wallets, coffer_id id,
                                              coffer_crypto_wallet_status status, const char* actor,
                                              size_t actor_length, const char* reason,
                                              size_t reason_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto wanted, constant_of(status, CryptoWalletStatus::used, "status"));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const auto why, text_of(reason, reason_length, "reason"));
    COFFER_TRY(known->set_status(CryptoWalletId(id), wanted, who, why));
    return {};
  });
}
