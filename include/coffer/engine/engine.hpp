// SPDX-License-Identifier: MIT
// Engine: one opened book with everything that works on it; the face that users start from.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/reconcile/reconciler.hpp>
#include <coffer/storage/storage.hpp>
#include <coffer/wallet/wallets.hpp>

namespace coffer {

class CryptoWallets;
struct CryptoWalletsOptions;

struct EngineOptions {
  /// How the file is opened; only `Engine::open` with a path reads it.
  storage::SqliteOptions sqlite;
  /// `is_read_only` here also opens the file read-only, whatever `sqlite` says.
  LedgerOptions ledger;
  /// What a reconciliation tolerates when its request does not say; an asset that is not listed
  /// tolerates nothing.
  std::vector<AssetTolerance> tolerances;
  Clock* clock = nullptr;  ///< outlives the engine; nullptr: the clock of the operating system
  /// Copied while the engine is opened, what it points at outlives the engine; nullptr: every
  /// wallet becomes active, everybody may do everything, the networks of coffer. Without a meaning
  /// in a library that was built without keys.
  const CryptoWalletsOptions* crypto_wallets = nullptr;
};

/// Owns the storage and the modules that share it.
///
/// References that it hands out live as long as it does. There is no global state: any number of
/// engines may be open in one process, each on its own book.
///
/// Threads: every member function may be called from any thread, `close` too.
class Engine {
 public:
  /// Opens or creates the book in the SQLite file at `path` (UTF-8).
  ///
  /// Fails with `invalid_argument` (an empty path, a negative tolerance, `rebuild_index` of a
  /// reader), `storage_cannot_open`, `storage_foreign`, `storage_newer_version`,
  /// `storage_read_only`, `storage_busy` (another process writes it), `storage_corrupt`,
  /// `storage_io`.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(std::string_view path,
                                                            const EngineOptions& options = {});
  /// Opens the book in a storage of the caller's; the engine owns it from now on, also when this
  /// fails.
  ///
  /// Fails with `null_argument`, `invalid_argument` (a negative tolerance) and as `Ledger::open`.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(
      std::unique_ptr<storage::Storage> storage, const EngineOptions& options = {});
  /// Creates an empty book in memory; it is gone with the engine. Fails with `invalid_argument` (a
  /// negative tolerance).
  [[nodiscard]] static Result<std::unique_ptr<Engine>> in_memory(const EngineOptions& options = {});

  /// Closes the book when `close` was not called.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Writes what is only in memory and lets another process write the book. Later writes fail with
  /// `closed`. Safe to repeat. Fails as `Ledger::close`.
  [[nodiscard]] Status close();

  [[nodiscard]] Ledger& ledger() noexcept { return *ledger_; }
  [[nodiscard]] const Ledger& ledger() const noexcept { return *ledger_; }
  [[nodiscard]] Wallets& wallets() noexcept { return wallets_; }
  [[nodiscard]] const Wallets& wallets() const noexcept { return wallets_; }
  /// Users' wallets whose money is on a chain; include `coffer/wallet/crypto_wallets.hpp` to use
  /// them. A library that was built without keys (`COFFER_KEYS=OFF`) has no such function.
  [[nodiscard]] CryptoWallets& crypto_wallets() noexcept;
  [[nodiscard]] const CryptoWallets& crypto_wallets() const noexcept;
  [[nodiscard]] Reconciler& reconciler() noexcept { return reconciler_; }
  [[nodiscard]] const Reconciler& reconciler() const noexcept { return reconciler_; }
  [[nodiscard]] storage::Storage& storage() noexcept { return *storage_; }

 private:
  Engine(std::unique_ptr<storage::Storage> storage, std::unique_ptr<Ledger> ledger,
         const EngineOptions& options);
  /// None in a library without keys.
  [[nodiscard]] static std::shared_ptr<CryptoWallets> make_crypto_wallets(
      Ledger& ledger, const CryptoWalletsOptions* options);

  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;  ///< after the storage: it is destroyed first
  Wallets wallets_;
  Reconciler reconciler_;
  /// Shared, because that type is destroyed by who made it: a library without keys has no such
  /// code.
  std::shared_ptr<CryptoWallets> crypto_wallets_;
};

}  // namespace coffer
