// SPDX-License-Identifier: MIT
// Engine: wires a storage, a ledger and the modules over them.
#include <coffer/engine/engine.hpp>

#include <utility>

namespace coffer {
namespace {

Status check(const EngineOptions& options) {
  for (const AssetTolerance& tolerance : options.tolerances) {
    if (tolerance.tolerance.is_negative()) {
      return Error{Code::invalid_argument,
                   "tolerances: that of " + tolerance.asset_code + " is negative"};
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(std::string_view path, const EngineOptions& options) {
  if (path.empty()) {
    return Error{Code::invalid_argument, "path: is empty"};
  }
  COFFER_TRY(check(options));
  storage::SqliteOptions sqlite = options.sqlite;
  sqlite.is_read_only = sqlite.is_read_only || options.ledger.is_read_only;
  COFFER_TRY_ASSIGN(std::unique_ptr<storage::Storage> storage, storage::open_sqlite(path, sqlite));
  return open(std::move(storage), options);
}

Result<std::unique_ptr<Engine>> Engine::open(std::unique_ptr<storage::Storage> storage,
                                             const EngineOptions& options) {
  if (storage == nullptr) {
    return Error{Code::null_argument, "storage: is null"};
  }
  COFFER_TRY(check(options));
  Clock& clock = options.clock != nullptr ? *options.clock : system_clock();
  COFFER_TRY_ASSIGN(std::unique_ptr<Ledger> ledger, Ledger::open(*storage, clock, options.ledger));
  return std::unique_ptr<Engine>(new Engine(std::move(storage), std::move(ledger), options));
}

Result<std::unique_ptr<Engine>> Engine::in_memory(const EngineOptions& options) {
  return open(storage::make_memory_storage(), options);
}

Engine::Engine(std::unique_ptr<storage::Storage> storage, std::unique_ptr<Ledger> ledger,
               const EngineOptions& options)
    : storage_(std::move(storage)),
      ledger_(std::move(ledger)),
      wallets_(*ledger_),
      reconciler_(*ledger_, options.tolerances),
      crypto_wallets_(make_crypto_wallets(*ledger_, options.crypto_wallets)) {}

Engine::~Engine() = default;

Status Engine::close() { return ledger_->close(); }

}  // namespace coffer
