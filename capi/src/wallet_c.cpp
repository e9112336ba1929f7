// SPDX-License-Identifier: MIT
// C: wallets: creating, finding, freezing them, and their histories.
#include "coffer_wallet.h"

#include <string>
#include <vector>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::Timestamp;
using coffer::Wallet;
using coffer::WalletDraft;
using coffer::WalletId;
using coffer::WalletQuery;
using coffer::WalletTransaction;
using coffer::WalletTransactionType;

namespace {

coffer_wallet to_struct(const Wallet& wallet) {
  coffer_wallet out{};
  out.id = wallet.id.value();
  out.asset_id = wallet.asset_id.value();
  out.account = wallet.account.value();
  out.recorded_at = wallet.recorded_at.ns;
  out.asset = to_c(wallet.asset);
  out.kind = static_cast<coffer_wallet_kind>(wallet.kind);
  out.user_length = put_text(out.user, wallet.user);
  out.label_length = put_text(out.label, wallet.label);
  return out;
}

coffer_wallet_transaction to_line(const WalletTransaction& line) {
  coffer_wallet_transaction out{};
  out.id = line.id.value();
  out.wallet = line.wallet.value();
  out.amount = to_c(line.amount);
  out.balance_before = to_c(line.balance_before);
  out.balance_after = to_c(line.balance_after);
  out.recorded_at = line.recorded_at.ns;
  out.effective_at = line.effective_at.ns;
  out.type = static_cast<coffer_wallet_transaction_type>(line.type);
  out.is_incoming = line.is_incoming ? 1 : 0;
  out.reference_length = put_text(out.reference, line.reference);
  out.description_length = put_text(out.description, line.description);
  return out;
}

Result<WalletDraft> draft_of(const coffer_wallet_draft* pointer) {
  COFFER_TRY_ASSIGN(const coffer_wallet_draft in, read_struct(pointer, "draft"));
  WalletDraft draft;
  COFFER_TRY_ASSIGN(draft.user, text_of(in.user, in.user_length, "user"));
  COFFER_TRY_ASSIGN(draft.currency, text_of(in.currency, in.currency_length, "currency"));
  COFFER_TRY_ASSIGN(draft.label, text_of(in.label, in.label_length, "label"));
  return draft;
}

Result<WalletQuery> query_of(const coffer_wallet_query* pointer) {
  COFFER_TRY_ASSIGN(const coffer_wallet_query in, read_struct(pointer, "query"));
  WalletQuery query;
  query.wallet = WalletId(in.wallet);
  query.is_oldest_first = in.is_oldest_first != 0;
  query.after = {coffer::TransactionId(in.after.transaction), in.after.line};
  if (in.has_type != 0) {
    COFFER_TRY_ASSIGN(query.type,
                      constant_of(in.type, WalletTransactionType::exchange_out, "type"));
  }
  COFFER_TRY_ASSIGN(query.reference, text_of(in.reference, in.reference_length, "reference"));
  query.recorded_from = Timestamp{in.recorded_from};
  query.recorded_to = Timestamp{in.recorded_to};
  query.amount_min = amount_if(in.has_amount_min, in.amount_min);
  query.amount_max = amount_if(in.has_amount_max, in.amount_max);
  return query;
}

/// Drafts that begin with their size may be longer than ours: they lie that far apart.
Result<std::vector<coffer::WalletOperation>> creations_of(const coffer_wallet_draft* drafts,
                                                          std::size_t count) {
  std::vector<coffer::WalletOperation> operations(count);
  if (count == 0) {
    return operations;
  }
  COFFER_TRY_ASSIGN(const std::size_t stride,
                    struct_size_of(drafts, sizeof(coffer_wallet_draft), "drafts"));
  const auto* bytes = reinterpret_cast<const unsigned char*>(drafts);
  for (std::size_t i = 0; i < count; ++i) {
    auto draft = draft_of(reinterpret_cast<const coffer_wallet_draft*>(bytes + i * stride));
    if (!draft) {
      return at_item("drafts", i, std::move(draft).error());
    }
    operations[i] = *draft;
  }
  return operations;
}

}  // namespace

const char* coffer_wallet_transaction_type_name(coffer_wallet_transaction_type type) {
  // The names are literals, so a NUL follows each.
  return type > COFFER_WALLET_EXCHANGE_OUT
             ? "unknown"
             : coffer::name_of(static_cast<WalletTransactionType>(type)).data();
}

coffer_status coffer_wallet_create(coffer_engine* engine, const coffer_wallet_draft* draft,
                                   coffer_wallet* wallet_out, uint8_t* existed_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const WalletDraft wanted, draft_of(draft));
    COFFER_TRY_ASSIGN(const coffer::CreatedWallet created, opened->wallets().create(wanted));
    put_if(wallet_out, to_struct(created.wallet));
    put_if<uint8_t>(existed_out, created.existed ? 1 : 0);
    return {};
  });
}

coffer_status coffer_wallet_create_many(coffer_engine* engine, const coffer_wallet_draft* drafts,
                                        size_t count, coffer_batch_mode mode,
                                        coffer_outcome* outcomes_out, size_t* failed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(check_batch(drafts, count, outcomes_out));
    COFFER_TRY_ASSIGN(const auto how, constant_of(mode, coffer::BatchMode::atomic, "mode"));
    COFFER_TRY_ASSIGN(const auto operations, creations_of(drafts, count));
    std::vector<coffer::Outcome> outcomes(count);
    COFFER_TRY(opened->wallets().execute(operations, how, outcomes));
    put_outcomes(outcomes, outcomes_out, failed_out);
    return {};
  });
}

coffer_status coffer_wallet_find(const coffer_engine* engine, coffer_id id,
                                 coffer_wallet* wallet_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(wallet_out, "wallet_out"));
    COFFER_TRY_ASSIGN(const Wallet wallet, opened->wallets().find(WalletId(id)));
    *wallet_out = to_struct(wallet);
    return {};
  });
}

coffer_status coffer_wallet_find_by_user(const coffer_engine* engine, const char* user,
                                         size_t user_length, const char* currency,
                                         size_t currency_length, coffer_wallet* wallet_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(wallet_out, "wallet_out"));
    COFFER_TRY_ASSIGN(const auto who, text_of(user, user_length, "user"));
    COFFER_TRY_ASSIGN(const auto code, text_of(currency, currency_length, "currency"));
    COFFER_TRY_ASSIGN(const Wallet wallet, opened->wallets().find(who, code));
    *wallet_out = to_struct(wallet);
    return {};
  });
}

coffer_status coffer_wallet_list(const coffer_engine* engine, const char* user, size_t user_length,
                                 coffer_id after, coffer_wallet* wallets_out, size_t capacity,
                                 size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const auto limit, page_limit(wallets_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const auto who, text_of(user, user_length, "user"));
    COFFER_TRY_ASSIGN(const std::vector<Wallet> wallets,
                      opened->wallets().list(who, WalletId(after), limit));
    std::transform(wallets.begin(), wallets.end(), wallets_out, to_struct);
    *count_out = wallets.size();
    return {};
  });
}

coffer_status coffer_wallet_freeze(coffer_engine* engine, coffer_id wallet, const char* reason,
                                   size_t reason_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const auto why, text_of(reason, reason_length, "reason"));
    return opened->wallets().freeze(WalletId(wallet), why);
  });
}

coffer_status coffer_wallet_thaw(coffer_engine* engine, coffer_id wallet, const char* reason,
                                 size_t reason_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const auto why, text_of(reason, reason_length, "reason"));
    return opened->wallets().thaw(WalletId(wallet), why);
  });
}

coffer_status coffer_wallet_is_frozen(const coffer_engine* engine, coffer_id wallet,
                                      uint8_t* is_frozen_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(is_frozen_out, "is_frozen_out"));
    COFFER_TRY_ASSIGN(const bool is_frozen, opened->wallets().is_frozen(WalletId(wallet)));
    *is_frozen_out = is_frozen ? 1 : 0;
    return {};
  });
}

coffer_status coffer_wallet_balance(const coffer_engine* engine, coffer_id wallet,
                                    coffer_balance* balance_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(balance_out, "balance_out"));
    COFFER_TRY_ASSIGN(const coffer::Balance balance, opened->wallets().balance(WalletId(wallet)));
    *balance_out = to_c(balance);
    return {};
  });
}

coffer_status coffer_wallet_transactions(const coffer_engine* engine,
                                         const coffer_wallet_query* query,
                                         coffer_wallet_transaction* lines_out, size_t capacity,
                                         size_t* count_out, coffer_cursor* next_out,
                                         uint8_t* has_more_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(WalletQuery wanted, query_of(query));
    COFFER_TRY_ASSIGN(wanted.limit, page_limit(lines_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const coffer::WalletPage page, opened->wallets().transactions(wanted));
    std::transform(page.lines.begin(), page.lines.end(), lines_out, to_line);
    *count_out = page.lines.size();
    put_if(next_out, to_c(page.next));
    put_if<uint8_t>(has_more_out, page.has_more ? 1 : 0);
    return {};
  });
}

coffer_status coffer_wallet_transactions_page(const coffer_engine* engine,
                                              const coffer_wallet_query* query, int64_t page,
                                              int64_t page_size,
                                              coffer_wallet_transaction* lines_out,
                                              size_t* count_out, int64_t* total_out,
                                              coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(lines_out, "lines_out"));
    COFFER_TRY(require(count_out, "count_out"));
    COFFER_TRY_ASSIGN(const WalletQuery wanted, query_of(query));
    COFFER_TRY_ASSIGN(const coffer::WalletNumberedPage found,
                      opened->wallets().transactions(wanted, page, page_size));
    std::transform(found.lines.begin(), found.lines.end(), lines_out, to_line);
    *count_out = found.lines.size();
    put_if(total_out, found.total);
    return {};
  });
}
