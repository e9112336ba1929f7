// SPDX-License-Identifier: MIT
// The schemas of wallets and reconciliations.
#include <coffer/storage/rows_wallet.hpp>

#include <cstddef>

#include "storage/column.hpp"

namespace coffer::storage {
namespace {

constexpr Column wallets_columns[] = {
    integer("id", offsetof(WalletRow, id)),
    text("user", offsetof(WalletRow, user)),
    integer("asset", offsetof(WalletRow, asset)),
    integer("account", offsetof(WalletRow, account)),
    integer("kind", offsetof(WalletRow, kind)),
    text("label", offsetof(WalletRow, label), Presence::optional),
    integer("recorded_at", offsetof(WalletRow, recorded_at)),
};
constexpr std::uint8_t wallets_by_user_columns[] = {position(wallets_columns, "user"),
                                                    position(wallets_columns, "asset")};
constexpr std::uint8_t wallets_by_account_columns[] = {position(wallets_columns, "account")};
constexpr Index wallets_indexes[] = {
    {"wallets_by_user", wallets_by_user_columns, false},
    {"wallets_by_account", wallets_by_account_columns, true},
};
constexpr Schema wallets_schema = {
    RowKind::wallet, "wallets", wallets_columns, 1, wallets_indexes, true, 0xff, sizeof(WalletRow)};

}  // namespace

const Schema& WalletRow::schema() { return wallets_schema; }

namespace {

constexpr Column reconciliations_columns[] = {
    integer("id", offsetof(ReconciliationRow, id)),
    integer("wallet", offsetof(ReconciliationRow, wallet)),
    integer("start_at", offsetof(ReconciliationRow, start_at)),
    integer("end_at", offsetof(ReconciliationRow, end_at)),
    amount("system_balance", offsetof(ReconciliationRow, system_balance)),
    amount("external_balance", offsetof(ReconciliationRow, external_balance)),
    amount("difference", offsetof(ReconciliationRow, difference)),
    amount("tolerance", offsetof(ReconciliationRow, tolerance)),
    integer("status", offsetof(ReconciliationRow, status)),
    text("notes", offsetof(ReconciliationRow, notes), Presence::optional),
    integer("recorded_at", offsetof(ReconciliationRow, recorded_at)),
};
constexpr std::uint8_t reconciliations_by_wallet_columns[] = {
    position(reconciliations_columns, "wallet")};
constexpr std::uint8_t reconciliations_by_range_columns[] = {
    position(reconciliations_columns, "wallet"), position(reconciliations_columns, "start_at"),
    position(reconciliations_columns, "end_at")};
constexpr Index reconciliations_indexes[] = {
    {"reconciliations_by_wallet", reconciliations_by_wallet_columns, false},
    {"reconciliations_by_range", reconciliations_by_range_columns, false},
};
constexpr Schema reconciliations_schema = {RowKind::reconciliation,
                                           "reconciliations",
                                           reconciliations_columns,
                                           1,
                                           reconciliations_indexes,
                                           true,
                                           0xff,
                                           sizeof(ReconciliationRow)};

}  // namespace

const Schema& ReconciliationRow::schema() { return reconciliations_schema; }

}  // namespace coffer::storage
