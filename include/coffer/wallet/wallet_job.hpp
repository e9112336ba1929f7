// SPDX-License-Identifier: MIT
// Jobs that create wallets in bulk: what goes in, how far they are, what became of each row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/wallet/address_source.hpp>
#include <coffer/wallet/crypto_wallet.hpp>

namespace coffer {

/// One wallet that is asked for.
///
/// `key` makes a repeat recognisable: it is unique for ever within (user, network), and needed only
/// for the second and further wallets of a user in one network.
struct WalletRow {
  std::string_view user = {};     ///< 1..128 bytes of UTF-8
  std::string_view network = {};  ///< may be empty when the job has a single source
  std::string_view key = {};      ///< at most 128 bytes of UTF-8
  std::string_view label = {};    ///< at most 256 bytes of UTF-8
  std::string_view extra = {};    ///< a JSON object of at most 4096 bytes, or empty
};

/// Where a job's rows come from: an array, a CSV or JSON text (`row_readers.hpp`), your own.
class WalletRowReader {
 public:
  virtual ~WalletRowReader() = default;

  /// What `next` found. The row's text lives until the next call.
  struct Item {
    WalletRow row;
    /// Not ok: the row can't be read; it gets this as its result, the rows after it go on.
    Error error{Code::ok, {}};
  };
  /// The next row; false after the last one. Fails when nothing after this place can be read (a
  /// broken file): then the job is not submitted.
  [[nodiscard]] virtual Result<bool> next(Item& item) = 0;
};

/// What a job is. The rows come from a reader beside it. Text is read during the call only.
struct WalletJobDraft {
  std::string_view key = {};                      ///< the caller's idempotency key, 1..128 bytes
  std::span<const AddressSourceId> sources = {};  ///< 1..64, of different networks
  /// One bad row and none is made. Without it a bad row has its own result and the others go on.
  bool is_all_or_nothing = false;
  bool allows_several = false;  ///< wallets for one (user, network), told apart by the rows' keys
  bool needs_approval = false;  ///< `approve` has to come before `run`
  std::string_view actor = {};  ///< who asks, for the record and the permissions
};

/// Values are frozen: they stand in files.
enum class WalletJobState : std::uint8_t {
  receiving = 1,    ///< its input is not whole yet: repeat `submit` with the same key and rows
  waiting = 2,      ///< for its approval
  ready = 3,        ///< `run` takes it on
  completed = 4,    ///< every row has its result
  cancelled = 5,    ///< what was made stays
  failed = 6,       ///< all or nothing: a row failed, and nothing of it is in use
  rolled_back = 7,  ///< every wallet that it made is retired
};

/// The state in words: "ready", "rolled_back"; "unknown" for another value. Lifetime: static.
[[nodiscard]] std::string_view name_of(WalletJobState state) noexcept;

struct WalletJob {
  WalletJobId id;
  std::string key;
  std::string actor;  ///< who submitted it
  WalletJobState state = WalletJobState::receiving;
  std::string reason;             ///< of the newest state, where one was given
  std::int64_t rows = 0;          ///< all of them; while receiving: so far
  std::int64_t done = 0;          ///< rows with a result, always the first ones
  std::int64_t created = 0;       ///< of these: wallets made
  std::int64_t existed = 0;       ///< wallets that were there before
  std::int64_t failed = 0;        ///< rows whose result is an error
  std::int64_t attempt = 1;       ///< raised by `retry`
  std::int64_t attempt_done = 0;  ///< rows that this attempt has looked at
  bool is_all_or_nothing = false;
  Timestamp recorded_at;
  Timestamp updated_at;
};

/// What `submit` made or found. The job comes with it, because who may submit may not query.
struct SubmittedJob {
  WalletJobId id;
  bool existed = false;
  WalletJob job;  ///< as it is now
};

/// How far one call of `run` goes.
struct WalletRun {
  /// Rows that this call takes on, at least 1. A commit has at most 4096, and the call returns
  /// after the one that reaches this.
  std::int64_t rows_max = 4096;
  keys::BulkOptions derivation;                ///< threads, observer
  std::span<const PrivateNode> private_nodes;  ///< for sources that need them
  std::string_view actor = {};
};

/// What became of a row.
struct WalletRowResult {
  std::int64_t row = 0;   ///< counted from 1
  bool is_done = false;   ///< false: not yet
  Code code = Code::ok;   ///< ok, or why there is no wallet
  std::string message;    ///< of an error: names the row and the field
  CryptoWalletId wallet;  ///< made or found
  bool existed = false;   ///< it was there before
  std::string user;       ///< as given
  std::string network;
  std::string address;                                      ///< of the wallet
  CryptoWalletStatus status = CryptoWalletStatus::pending;  ///< as it is now
};

}  // namespace coffer
