// SPDX-License-Identifier: MIT
// Ledger's writing half: each call is a decision for the writer.
#include <coffer/ledger/ledger.hpp>

#include "ledger/ledger_parts.hpp"
#include "ledger/rules/rules.hpp"

namespace coffer {

namespace {

using ledger::Book;

Error error_of(const Outcome& outcome) { return {outcome.code, describe(outcome)}; }

}  // namespace

Result<Outcome> Ledger::Parts::decide_one(const Operation& operation) {
  Outcome outcome;
  COFFER_TRY(decide({&operation, 1}, BatchMode::independent, {&outcome, 1}, false));
  if (outcome.code != Code::ok) {
    return error_of(outcome);
  }
  return outcome;
}

Status Ledger::Parts::require_writer() const {
  if (!writer) {
    return Error{Code::not_permitted, "the ledger was opened read-only"};
  }
  return {};
}

void Ledger::Parts::count(std::span<const Outcome> outcomes) {
  std::int64_t existed = 0;
  std::int64_t refused = 0;
  for (const Outcome& outcome : outcomes) {
    existed += outcome.existed ? 1 : 0;
    refused += outcome.code != Code::ok ? 1 : 0;
  }
  repeated.fetch_add(existed, std::memory_order_relaxed);
  rejected.fetch_add(refused, std::memory_order_relaxed);
}

Status Ledger::Parts::decide(std::span<const Operation> operations, BatchMode mode,
                             std::span<Outcome> outcomes, bool is_dry) {
  COFFER_TRY(require_writer());
  if (operations.size() != outcomes.size()) {
    return Error{Code::invalid_argument, "outcomes: must be as many as operations"};
  }
  COFFER_TRY(writer->submit(
      [&](Book& book) { return ledger::run(book, operations, mode, outcomes); }, is_dry));
  if (!is_dry) {
    count(outcomes);
  }
  return {};
}

Result<std::unique_ptr<Ledger>> Ledger::open(storage::Storage& storage, Clock& clock,
                                             const LedgerOptions& options) {
  auto parts = std::make_unique<Parts>(storage, clock);
  if (options.is_read_only && options.rebuild_index) {
    return Error{Code::invalid_argument,
                 "rebuild_index: a book that is opened read-only keeps its index as it is"};
  }
  if (options.is_read_only) {
    ledger::IndexOptions index_options;
    index_options.filter_bytes_max = options.filter_bytes_max;
    index_options.use_builder_thread = false;
    COFFER_TRY_ASSIGN(parts->follower, ledger::HistoryIndex::load(storage, index_options));
  } else {
    COFFER_TRY_ASSIGN(parts->writer, ledger::Writer::open(storage, clock, options));
  }
  return std::unique_ptr<Ledger>(new Ledger(std::move(parts)));
}

Ledger::Ledger(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Ledger::~Ledger() { static_cast<void>(close()); }

Status Ledger::close() { return parts_->writer ? parts_->writer->close() : Status{}; }

Result<AssetId> Ledger::register_asset(const Asset& asset) {
  COFFER_TRY(validate(asset));
  Result<Outcome> outcome = parts_->decide_one({AssetRegistration{asset}});
  if (!outcome && outcome.error().code == Code::invalid_argument) {
    // The asset is valid in itself, so it is the standard that it is against.
    COFFER_TRY(ledger::check_currency(asset));
  }
  COFFER_TRY(outcome);
  return AssetId(outcome->id);
}

Result<AccountId> Ledger::open_account(const AccountDraft& draft) {
  COFFER_TRY_ASSIGN(const Outcome outcome, parts_->decide_one({draft}));
  return AccountId(outcome.id);
}

Status Ledger::change_account(const PolicyChange& change) {
  COFFER_TRY(parts_->decide_one({change}));
  return {};
}

Result<Outcome> Ledger::post(const Draft& draft) { return parts_->decide_one({draft}); }

Status Ledger::post(std::span<const Transfer> transfers, BatchMode mode,
                    std::span<Outcome> outcomes) {
  COFFER_TRY(parts_->require_writer());
  if (transfers.size() != outcomes.size()) {
    return Error{Code::invalid_argument, "outcomes: must be as many as transfers"};
  }
  COFFER_TRY(parts_->writer->submit(
      [&](Book& book) { return ledger::run(book, transfers, mode, outcomes); }));
  parts_->count(outcomes);
  return {};
}

Result<Outcome> Ledger::reverse(const Reversal& reversal) { return parts_->decide_one({reversal}); }

Status Ledger::execute(std::span<const Operation> operations, BatchMode mode,
                       std::span<Outcome> outcomes) {
  return parts_->decide(operations, mode, outcomes, false);
}

Status Ledger::dry_run(std::span<const Operation> operations, BatchMode mode,
                       std::span<Outcome> outcomes) {
  return parts_->decide(operations, mode, outcomes, true);
}

Result<std::vector<Error>> Ledger::check(const Draft& draft) const {
  COFFER_TRY(parts_->require_writer());
  std::vector<Error> reasons;
  COFFER_TRY(parts_->writer->submit(
      [&](Book& book) -> Status {
        COFFER_TRY_ASSIGN(reasons, ledger::reasons_against(book, draft));
        return {};
      },
      true));
  return reasons;
}

Result<Outcome> Ledger::reserve(const HoldDraft& draft) { return parts_->decide_one({draft}); }

Result<Outcome> Ledger::capture(const Capture& capture) { return parts_->decide_one({capture}); }

Result<Outcome> Ledger::release(HoldId hold) { return parts_->decide_one({Release{hold}}); }

Result<std::int64_t> Ledger::expire_due_holds() {
  COFFER_TRY(parts_->require_writer());
  std::int64_t expired = 0;
  COFFER_TRY(parts_->writer->submit([&](Book& book) -> Status {
    COFFER_TRY_ASSIGN(expired, book.expire_all_due());
    return {};
  }));
  return expired;
}

}  // namespace coffer
