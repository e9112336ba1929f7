// SPDX-License-Identifier: MIT
// Wallets, the reading half: finding wallets, balances, and history in the words of wallets.
#include <array>
#include <limits>
#include <string>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/wallet/wallets.hpp>

#include "wallet/directory.hpp"

namespace coffer {
namespace {

using storage::Cell;
using storage::ScanQuery;
using storage::WalletRow;
using wallet::Directory;

constexpr std::uint32_t lines_max = history_lines_max;

Error out_of_range(std::string_view field, std::int64_t value, std::string_view range) {
  return {Code::out_of_range,
          std::string(field) + ": " + std::to_string(value) + " is not " + std::string(range)};
}

WalletTransactionType type_of(const HistoryLine& line) {
  const bool is_incoming = line.side == Side::credit;
  switch (static_cast<WalletCode>(line.code)) {
    case WalletCode::deposit:
      return is_incoming ? WalletTransactionType::deposit : WalletTransactionType::other;
    case WalletCode::withdraw:
      return is_incoming ? WalletTransactionType::other : WalletTransactionType::withdraw;
    case WalletCode::transfer:
      return is_incoming ? WalletTransactionType::transfer_in : WalletTransactionType::transfer_out;
    case WalletCode::exchange:
      return is_incoming ? WalletTransactionType::exchange_in : WalletTransactionType::exchange_out;
  }
  return WalletTransactionType::other;
}

/// Narrows to the lines of one type, as far as the ledger's filters can.
void filter_by_type(HistoryQuery& query, WalletTransactionType type) {
  const auto narrow = [&query](WalletCode code, Side side) {
    query.code = static_cast<std::uint32_t>(code);
    query.side = side;
  };
  switch (type) {
    case WalletTransactionType::other: break;
    case WalletTransactionType::deposit: narrow(WalletCode::deposit, Side::credit); break;
    case WalletTransactionType::withdraw: narrow(WalletCode::withdraw, Side::debit); break;
    case WalletTransactionType::transfer_in: narrow(WalletCode::transfer, Side::credit); break;
    case WalletTransactionType::transfer_out: narrow(WalletCode::transfer, Side::debit); break;
    case WalletTransactionType::exchange_in: narrow(WalletCode::exchange, Side::credit); break;
    case WalletTransactionType::exchange_out: narrow(WalletCode::exchange, Side::debit); break;
  }
}

HistoryQuery history_query(const WalletQuery& query, AccountId account) {
  HistoryQuery history;
  history.account = account;
  history.is_oldest_first = query.is_oldest_first;
  history.after = query.after;
  history.limit = query.limit;
  history.reference = query.reference;
  history.recorded_from = query.recorded_from;
  history.recorded_to = query.recorded_to;
  history.amount_min = query.amount_min;
  history.amount_max = query.amount_max;
  if (query.type) {
    filter_by_type(history, *query.type);
  }
  return history;
}

bool is_wanted(const WalletQuery& query, const HistoryLine& line) {
  return !query.type || *query.type == type_of(line);
}

WalletTransaction transaction_of(WalletId wallet, HistoryLine line) {
  WalletTransaction transaction;
  transaction.id = line.transaction;
  transaction.wallet = wallet;
  transaction.type = type_of(line);
  transaction.is_incoming = line.side == Side::credit;
  transaction.amount = line.amount;
  transaction.balance_before = line.balance_before;
  transaction.balance_after = line.balance_after;
  transaction.reference = std::move(line.reference);
  transaction.recorded_at = line.recorded_at;
  transaction.effective_at = line.effective_at;
  return transaction;
}

Status add_descriptions(const Ledger& ledger, std::vector<WalletTransaction>& lines) {
  if (lines.empty()) {
    return {};
  }
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger.storage().snapshot());
  for (WalletTransaction& line : lines) {
    COFFER_TRY(reader->find<storage::NoteRow>(
        line.id.value(),
        [&line](const storage::NoteRow& note) { line.description = note.description; }));
  }
  return {};
}

Result<AccountId> account_of(Ledger& ledger, WalletId id) {
  Directory directory(ledger);
  COFFER_TRY_ASSIGN(const std::optional<wallet::WalletPlace> place, directory.place_of(id));
  if (!place) {
    return Error{Code::wallet_not_found, "wallet " + std::to_string(id.value()) + ": not found"};
  }
  return AccountId(place->account);
}

}  // namespace

std::string_view name_of(WalletTransactionType type) noexcept {
  switch (type) {
    case WalletTransactionType::other: return "other";
    case WalletTransactionType::deposit: return "deposit";
    case WalletTransactionType::withdraw: return "withdraw";
    case WalletTransactionType::transfer_in: return "transfer_in";
    case WalletTransactionType::transfer_out: return "transfer_out";
    case WalletTransactionType::exchange_in: return "exchange_in";
    case WalletTransactionType::exchange_out: return "exchange_out";
  }
  return "other";
}

Result<Wallet> Wallets::find(WalletId id) const { return Directory(*ledger_).wallet(id); }

Result<Wallet> Wallets::find(std::string_view user, std::string_view currency) const {
  Directory directory(*ledger_);
  COFFER_TRY_ASSIGN(const std::optional<RegisteredAsset> asset, directory.asset(currency));
  if (!asset) {
    return Error{Code::asset_not_found,
                 "currency: '" + std::string(currency) + "' is not registered"};
  }
  COFFER_TRY_ASSIGN(std::optional<Wallet> found, directory.wallet_of(user, asset->id));
  if (!found) {
    return Error{Code::wallet_not_found,
                 "user '" + std::string(user) + "': has no " + std::string(currency) + " wallet"};
  }
  return *std::move(found);
}

Result<std::vector<Wallet>> Wallets::list(std::string_view user, WalletId after,
                                          std::uint32_t limit) const {
  if (limit < 1 || limit > lines_max) {
    return out_of_range("limit", limit, "in 1..1000");
  }
  Directory directory(*ledger_);
  ScanQuery query;
  query.limit = limit;
  query.is_from_exclusive = true;
  if (user.empty()) {
    const Cell from = Cell::of(after.value());
    query.from = std::span(&from, 1);
    return directory.list(query);
  }
  const Cell equal = Cell::of_text(user);
  std::array<Cell, 2> from{};
  query.index = WalletRow::by_user;
  query.equal = std::span(&equal, 1);
  if (after) {
    COFFER_TRY_ASSIGN(const Wallet last, directory.wallet(after));
    if (last.user != user) {
      return Error{Code::wallet_not_found,
                   "after: wallet " + std::to_string(after.value()) + " is not one of this user"};
    }
    from = {Cell::of(last.asset_id.value()), Cell::of(after.value())};
    query.from = from;
  }
  return directory.list(query);
}

Result<bool> Wallets::is_frozen(WalletId wallet) const {
  COFFER_TRY_ASSIGN(const AccountId account, account_of(*ledger_, wallet));
  COFFER_TRY_ASSIGN(const Account found, ledger_->find_account(account));
  return found.policy.is_frozen;
}

Result<Balance> Wallets::balance(WalletId wallet) const {
  COFFER_TRY_ASSIGN(const AccountId account, account_of(*ledger_, wallet));
  return ledger_->balance(account);
}

Result<WalletPage> Wallets::transactions(const WalletQuery& query) const {
  COFFER_TRY_ASSIGN(const AccountId account, account_of(*ledger_, query.wallet));
  COFFER_TRY_ASSIGN(HistoryPage history, ledger_->history(history_query(query, account)));
  WalletPage page;
  page.next = history.next;
  page.has_more = history.has_more;
  for (HistoryLine& line : history.lines) {
    if (is_wanted(query, line)) {
      page.lines.push_back(transaction_of(query.wallet, std::move(line)));
    }
  }
  COFFER_TRY(add_descriptions(*ledger_, page.lines));
  return page;
}

Result<WalletNumberedPage> Wallets::transactions(const WalletQuery& query, std::int64_t page,
                                                 std::int64_t page_size) const {
  if (page_size < 1 || page_size > static_cast<std::int64_t>(lines_max)) {
    return out_of_range("page_size", page_size, "in 1..1000");
  }
  if (page < 1 || page - 1 > std::numeric_limits<std::int64_t>::max() / page_size) {
    return out_of_range("page", page, "a page number, counted from 1");
  }
  COFFER_TRY_ASSIGN(const AccountId account, account_of(*ledger_, query.wallet));
  HistoryQuery walk = history_query(query, account);
  walk.after = {};
  walk.limit = lines_max;
  WalletNumberedPage numbered;
  numbered.page = page;
  numbered.page_size = page_size;
  const std::int64_t first = (page - 1) * page_size;
  for (bool has_more = true; has_more;) {
    COFFER_TRY_ASSIGN(HistoryPage history, ledger_->history(walk));
    for (HistoryLine& line : history.lines) {
      if (!is_wanted(query, line)) {
        continue;
      }
      const std::int64_t place = numbered.total++;
      if (place >= first && place - first < page_size) {
        numbered.lines.push_back(transaction_of(query.wallet, std::move(line)));
      }
    }
    walk.after = history.next;
    has_more = history.has_more;
  }
  COFFER_TRY(add_descriptions(*ledger_, numbered.lines));
  return numbered;
}

}  // namespace coffer
