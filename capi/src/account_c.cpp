// SPDX-License-Identifier: MIT
// C: accounts and their balances.
#include "coffer_account.h"

#include <vector>

#include "draft_input.hpp"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Account;
using coffer::AccountId;
using coffer::Amount;
using coffer::Engine;
using coffer::OwnerTotal;
using coffer::Status;

namespace {

coffer_account to_struct(const Account& account) {
  coffer_account out{};
  out.id = account.id.value();
  out.asset = account.asset.value();
  out.recorded_at = account.recorded_at.ns;
  out.policy = to_c(account.policy);
  out.normal_side = static_cast<coffer_side>(account.normal_side);
  out.key_length = put_text(out.key, account.key);
  out.owner_length = put_text(out.owner, account.owner);
  out.purpose_length = put_text(out.purpose, account.purpose);
  out.metadata_length = static_cast<uint32_t>(account.metadata.size());
  return out;
}

}  // namespace

coffer_status coffer_account_open(coffer_engine* engine, const coffer_account_draft* draft,
                                  coffer_id* id_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(require(id_out, "id_out"));
    COFFER_TRY_ASSIGN(const coffer::AccountDraft account, account_of(draft));
    COFFER_TRY_ASSIGN(const AccountId id, opened->ledger().open_account(account));
    *id_out = id.value();
    return {};
  });
}

coffer_status coffer_account_change(coffer_engine* engine, const coffer_policy_change* change,
                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const coffer::PolicyChange wanted, policy_change_of(change));
    return opened->ledger().change_account(wanted);
  });
}

coffer_status coffer_account_find(const coffer_engine* engine, coffer_id id,
                                  coffer_account* account_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(account_out, "account_out"));
    COFFER_TRY_ASSIGN(const Account account, opened->ledger().find_account(AccountId(id)));
    *account_out = to_struct(account);
    return {};
  });
}

coffer_status coffer_account_find_by_key(const coffer_engine* engine, const char* key,
                                         size_t key_length, coffer_account* account_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(account_out, "account_out"));
    COFFER_TRY_ASSIGN(const auto name, key_of(key, key_length));
    COFFER_TRY_ASSIGN(const Account account, opened->ledger().find_account(name));
    *account_out = to_struct(account);
    return {};
  });
}

coffer_status coffer_account_metadata(const coffer_engine* engine, coffer_id id, char* buffer,
                                      size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const Account account, opened->ledger().find_account(AccountId(id)));
    return put_text(account.metadata, buffer, size, needed_out);
  });
}

coffer_status coffer_account_list(const coffer_engine* engine, const char* owner,
                                  size_t owner_length, coffer_id after,
                                  coffer_account* accounts_out, size_t capacity, size_t* count_out,
                                  coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const auto limit, page_limit(accounts_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const auto name, text_of(owner, owner_length, "owner"));
    COFFER_TRY_ASSIGN(const std::vector<Account> accounts,
                      opened->ledger().accounts(name, AccountId(after), limit));
    std::transform(accounts.begin(), accounts.end(), accounts_out, to_struct);
    *count_out = accounts.size();
    return {};
  });
}

coffer_status coffer_account_balance(const coffer_engine* engine, coffer_id account,
                                     coffer_balance* balance_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(balance_out, "balance_out"));
    COFFER_TRY_ASSIGN(const coffer::Balance balance, opened->ledger().balance(AccountId(account)));
    *balance_out = to_c(balance);
    return {};
  });
}

coffer_status coffer_account_balance_as_of(const coffer_engine* engine, coffer_id account,
                                           coffer_timestamp time, coffer_time_axis axis,
                                           coffer_amount* posted_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(posted_out, "posted_out"));
    COFFER_TRY_ASSIGN(const auto which, constant_of(axis, coffer::TimeAxis::effective, "axis"));
    COFFER_TRY_ASSIGN(const Amount posted, opened->ledger().balance_as_of(
                                               AccountId(account), coffer::Timestamp{time}, which));
    *posted_out = to_c(posted);
    return {};
  });
}

coffer_status coffer_owner_totals(const coffer_engine* engine, const char* owner,
                                  size_t owner_length, coffer_owner_total* totals_out,
                                  size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const auto name, text_of(owner, owner_length, "owner"));
    COFFER_TRY_ASSIGN(const std::vector<OwnerTotal> totals, opened->ledger().totals(name));
    COFFER_TRY(put_count(totals.size(), totals_out, capacity, count_out));
    std::transform(totals.begin(), totals.end(), totals_out, [](const OwnerTotal& total) {
      return coffer_owner_total{total.asset.value(), total.accounts, to_c(total.balance)};
    });
    return {};
  });
}
