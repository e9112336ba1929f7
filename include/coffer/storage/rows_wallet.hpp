// SPDX-License-Identifier: MIT
// The rows of users' wallets, crypto wallets and reconciliations; append-only, in the audit chain.
#pragma once

#include <cstdint>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::storage {

struct WalletRow {
  std::int64_t id = 0;
  std::string_view user;
  std::int64_t asset = 0;
  std::int64_t account = 0;
  std::int64_t kind = 0;  ///< 0 traditional, 1 crypto
  std::string_view label;
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_user = 1;     ///< user, asset
  static constexpr std::uint8_t by_account = 2;  ///< unique
  static const Schema& schema();
};

struct ReconciliationRow {
  std::int64_t id = 0;
  std::int64_t wallet = 0;
  std::int64_t start_at = 0;  ///< inclusive
  std::int64_t end_at = 0;    ///< exclusive
  Amount system_balance;
  Amount external_balance;
  Amount difference;  ///< external - system
  Amount tolerance;
  std::int64_t status = 0;  ///< 1 matched, 2 mismatch
  std::string_view notes;
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_wallet = 1;
  static constexpr std::uint8_t by_range = 2;  ///< wallet, start_at, end_at
  static const Schema& schema();
};

/// An address of a network and what it was made for. Never a private key: `source` names the record
/// that says which key reference and path its addresses come from (R43, decision c).
struct CryptoWalletRow {
  std::int64_t id = 0;
  std::string_view user;  ///< empty: derived ahead for a pool
  std::string_view network;
  std::string_view address;
  std::int64_t source = 0;  ///< the WalletRecordRow of the source; 0: an address from outside
  std::int64_t address_index = 0;  ///< within the source: from its first index on, without gaps
  std::string_view public_key;     ///< 33 bytes; empty for an address from outside
  std::int64_t kind = 0;           ///< 1 hot, 2 warm, 3 cold, 4 watch-only
  std::int64_t status =
      0;                 ///< at first: 1 pending, 2 active, 3 refused, 4 frozen, 5 retired, 6 free
  std::int64_t job = 0;  ///< the WalletRecordRow of the job that made it; 0: none
  std::string_view key;  ///< the caller's, unique within (user, network)
  std::string_view label;
  std::string_view extra;  ///< JSON
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_user = 1;     ///< user, network
  static constexpr std::uint8_t by_address = 2;  ///< address: several networks may share one
  static constexpr std::uint8_t by_source = 3;   ///< unique: source, address_index
  static const Schema& schema();
};

/// One event in the life of address sources, jobs and crypto wallets. What a thing is now, is told
/// by its newest record of a kind.
struct WalletRecordRow {
  std::int64_t id = 0;
  std::int64_t kind = 0;      ///< 1 source, 2 source setting, 3 job, 4 job input, 5 job result,
                              ///< 6 job state, 7 wallet state, 8 address state
  std::int64_t subject = 0;   ///< the source, job or wallet; for kinds 1 and 3 this row's own id
  std::int64_t position = 0;  ///< in an order of its own: first row, address, first index
  std::int64_t status = 0;    ///< the new state, for the kinds that have one
  std::string_view key;       ///< the caller's, unique within the kind
  std::string_view actor;     ///< who asked for it, as the host said
  std::string_view data;      ///< JSON text, or packed rows for job input and results
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_subject = 1;  ///< kind, subject, position
  static constexpr std::uint8_t by_key = 2;      ///< unique: kind, key
  static const Schema& schema();
};

}  // namespace coffer::storage
