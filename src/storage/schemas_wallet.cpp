// SPDX-License-Identifier: MIT
// The schemas of wallets, crypto wallets and reconciliations.
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
    integer("checksum", offsetof(WalletRow, checksum), Presence::optional),
};
constexpr std::uint8_t wallets_by_user_columns[] = {position(wallets_columns, "user"),
                                                    position(wallets_columns, "asset")};
constexpr std::uint8_t wallets_by_account_columns[] = {position(wallets_columns, "account")};
constexpr Index wallets_indexes[] = {
    {"wallets_by_user", wallets_by_user_columns, false},
    {"wallets_by_account", wallets_by_account_columns, true},
};
constexpr Schema wallets_schema = {RowKind::wallet,
                                   "wallets",
                                   wallets_columns,
                                   1,
                                   wallets_indexes,
                                   true,
                                   0xff,
                                   sizeof(WalletRow),
                                   position(wallets_columns, "checksum")};

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
    integer("checksum", offsetof(ReconciliationRow, checksum), Presence::optional),
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
                                           sizeof(ReconciliationRow),
                                           position(reconciliations_columns, "checksum")};

}  // namespace

const Schema& ReconciliationRow::schema() { return reconciliations_schema; }

namespace {

constexpr Column crypto_wallets_columns[] = {
    integer("id", offsetof(CryptoWalletRow, id)),
    text("user", offsetof(CryptoWalletRow, user), Presence::optional),
    text("network", offsetof(CryptoWalletRow, network)),
    text("address", offsetof(CryptoWalletRow, address)),
    integer("source", offsetof(CryptoWalletRow, source), Presence::optional),
    integer("address_index", offsetof(CryptoWalletRow, address_index)),
    blob("public_key", offsetof(CryptoWalletRow, public_key)),
    integer("kind", offsetof(CryptoWalletRow, kind)),
    integer("status", offsetof(CryptoWalletRow, status)),
    integer("job", offsetof(CryptoWalletRow, job), Presence::optional),
    text("key", offsetof(CryptoWalletRow, key), Presence::optional),
    text("label", offsetof(CryptoWalletRow, label), Presence::optional),
    text("extra", offsetof(CryptoWalletRow, extra), Presence::optional),
    integer("recorded_at", offsetof(CryptoWalletRow, recorded_at)),
    integer("checksum", offsetof(CryptoWalletRow, checksum), Presence::optional),
};
constexpr std::uint8_t crypto_wallets_by_user_columns[] = {
    position(crypto_wallets_columns, "user"), position(crypto_wallets_columns, "network")};
constexpr std::uint8_t crypto_wallets_by_address_columns[] = {
    position(crypto_wallets_columns, "address")};
constexpr std::uint8_t crypto_wallets_by_source_columns[] = {
    position(crypto_wallets_columns, "source"), position(crypto_wallets_columns, "address_index")};
constexpr Index crypto_wallets_indexes[] = {
    {"crypto_wallets_by_user", crypto_wallets_by_user_columns, false},
    {"crypto_wallets_by_address", crypto_wallets_by_address_columns, false},
    {"crypto_wallets_by_source", crypto_wallets_by_source_columns, true},
};
constexpr Schema crypto_wallets_schema = {RowKind::crypto_wallet,
                                          "crypto_wallets",
                                          crypto_wallets_columns,
                                          1,
                                          crypto_wallets_indexes,
                                          true,
                                          0xff,
                                          sizeof(CryptoWalletRow),
                                          position(crypto_wallets_columns, "checksum")};

}  // namespace

const Schema& CryptoWalletRow::schema() { return crypto_wallets_schema; }

namespace {

constexpr Column wallet_records_columns[] = {
    integer("id", offsetof(WalletRecordRow, id)),
    integer("kind", offsetof(WalletRecordRow, kind)),
    integer("subject", offsetof(WalletRecordRow, subject)),
    integer("position", offsetof(WalletRecordRow, position)),
    integer("status", offsetof(WalletRecordRow, status), Presence::optional),
    text("key", offsetof(WalletRecordRow, key), Presence::optional),
    text("actor", offsetof(WalletRecordRow, actor), Presence::optional),
    blob("data", offsetof(WalletRecordRow, data)),
    integer("recorded_at", offsetof(WalletRecordRow, recorded_at)),
    integer("checksum", offsetof(WalletRecordRow, checksum), Presence::optional),
};
constexpr std::uint8_t wallet_records_by_subject_columns[] = {
    position(wallet_records_columns, "kind"), position(wallet_records_columns, "subject"),
    position(wallet_records_columns, "position")};
constexpr std::uint8_t wallet_records_by_key_columns[] = {position(wallet_records_columns, "kind"),
                                                          position(wallet_records_columns, "key")};
constexpr Index wallet_records_indexes[] = {
    {"wallet_records_by_subject", wallet_records_by_subject_columns, false},
    {"wallet_records_by_key", wallet_records_by_key_columns, true},
};
constexpr Schema wallet_records_schema = {RowKind::wallet_record,
                                          "wallet_records",
                                          wallet_records_columns,
                                          1,
                                          wallet_records_indexes,
                                          true,
                                          0xff,
                                          sizeof(WalletRecordRow),
                                          position(wallet_records_columns, "checksum")};

}  // namespace

const Schema& WalletRecordRow::schema() { return wallet_records_schema; }

}  // namespace coffer::storage
