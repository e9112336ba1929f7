// SPDX-License-Identifier: MIT
// C: bulk transfers from structs and from columns, and batches of operations of any kind.
#include <deque>
#include <string>
#include <vector>

#include "coffer_posting.h"
#include "draft_input.hpp"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::AccountId;
using coffer::Amount;
using coffer::BatchMode;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::Operation;
using coffer::Outcome;
using coffer::Result;
using coffer::Status;
using coffer::Timestamp;
using coffer::Transfer;

namespace {

Status post_all(Engine* engine, const std::vector<Transfer>& transfers, BatchMode mode,
                coffer_outcome* outcomes_out, size_t* failed_out) {
  std::vector<Outcome> outcomes(transfers.size());
  COFFER_TRY(engine->ledger().post(transfers, mode, outcomes));
  put_outcomes(outcomes, outcomes_out, failed_out);
  return {};
}

/// A column of texts that stand one behind the other.
class TextColumn {
 public:
  static Result<TextColumn> of(const char* texts, std::size_t length, const uint32_t* ends,
                               std::size_t count, const char* name) {
    if (length > column_bytes_max) {
      return Error{Code::out_of_range,
                   std::string(name) + ": " + std::to_string(length) + " bytes are too many"};
    }
    if (length > 0) {
      COFFER_TRY(require(texts, name));
      COFFER_TRY(require(ends, std::string(name) + " ends"));
    }
    uint32_t end = 0;
    for (std::size_t i = 0; ends != nullptr && i < count; ++i) {
      if (ends[i] < end || ends[i] > length) {
        return at_item(std::string(name) + " ends", i,
                       {Code::out_of_range, std::to_string(ends[i]) +
                                                " lies before the end of the text before, or "
                                                "beyond the bytes given"});
      }
      end = ends[i];
    }
    return TextColumn(texts, ends);
  }

  [[nodiscard]] std::string_view at(std::size_t i) const noexcept {
    if (ends_ == nullptr) {
      return "";
    }
    const uint32_t start = i == 0 ? 0 : ends_[i - 1];
    return ends_[i] == start ? std::string_view("")
                             : std::string_view(texts_ + start, ends_[i] - start);
  }

 private:
  TextColumn(const char* texts, const uint32_t* ends) noexcept : texts_(texts), ends_(ends) {}

  const char* texts_;
  const uint32_t* ends_;
};

Result<std::vector<Transfer>> transfers_of(const coffer_transfer_columns& in) {
  COFFER_TRY_ASSIGN(const TextColumn keys,
                    TextColumn::of(in.keys, in.keys_length, in.key_ends, in.count, "keys"));
  COFFER_TRY_ASSIGN(const TextColumn references,
                    TextColumn::of(in.references, in.references_length, in.reference_ends, in.count,
                                   "references"));
  if (in.count > 0) {
    COFFER_TRY(require(in.debits, "debits"));
    COFFER_TRY(require(in.credits, "credits"));
    if (in.wide_amounts == nullptr) {
      COFFER_TRY(require(in.amounts, "amounts"));
    }
  }
  std::vector<Transfer> transfers(in.count);
  for (std::size_t i = 0; i < in.count; ++i) {
    Transfer& transfer = transfers[i];
    transfer.key = keys.at(i);
    transfer.debit = AccountId(in.debits[i]);
    transfer.credit = AccountId(in.credits[i]);
    transfer.amount =
        in.wide_amounts != nullptr ? amount_of(in.wide_amounts[i]) : Amount(in.amounts[i]);
    transfer.code = in.codes != nullptr ? in.codes[i] : 0;
    transfer.is_linked = in.links != nullptr && in.links[i] != 0;
    transfer.effective_at = Timestamp{in.effective_at != nullptr ? in.effective_at[i] : 0};
    transfer.reference = references.at(i);
  }
  return transfers;
}

/// Drafts view arrays, so those of all items live as long as the operations.
using OwnedDrafts = std::deque<OwnedDraft>;

Status read_operation(const coffer_operation& in, OwnedDrafts* drafts, Operation* out) {
  COFFER_TRY(require(in.what, "what"));
  switch (in.kind) {
    case COFFER_OPERATION_DRAFT: {
      COFFER_TRY_ASSIGN(OwnedDraft owned, draft_of(static_cast<const coffer_draft*>(in.what)));
      out->what = drafts->emplace_back(std::move(owned)).draft;
      return {};
    }
    case COFFER_OPERATION_TRANSFER: {
      COFFER_TRY_ASSIGN(out->what, transfer_of(*static_cast<const coffer_transfer*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_REVERSAL: {
      COFFER_TRY_ASSIGN(out->what, reversal_of(static_cast<const coffer_reversal*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_HOLD: {
      COFFER_TRY_ASSIGN(out->what, hold_of(static_cast<const coffer_hold_draft*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_CAPTURE: {
      COFFER_TRY_ASSIGN(out->what, capture_of(static_cast<const coffer_capture*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_RELEASE:
      out->what = coffer::Release{coffer::HoldId(*static_cast<const coffer_id*>(in.what))};
      return {};
    case COFFER_OPERATION_ACCOUNT: {
      COFFER_TRY_ASSIGN(out->what, account_of(static_cast<const coffer_account_draft*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_POLICY_CHANGE: {
      COFFER_TRY_ASSIGN(out->what,
                        policy_change_of(static_cast<const coffer_policy_change*>(in.what)));
      return {};
    }
    case COFFER_OPERATION_ASSET: {
      COFFER_TRY_ASSIGN(coffer::Asset asset, asset_of(*static_cast<const coffer_asset*>(in.what)));
      out->what = coffer::AssetRegistration{std::move(asset)};
      return {};
    }
    default:
      return Error{Code::invalid_argument,
                   "kind: " + std::to_string(in.kind) + " is no kind of operation"};
  }
}

/// `run` is `execute` or `dry_run` of the ledger.
template <class Run>
Status run_all(coffer_engine* engine, const coffer_operation* operations, size_t count,
               coffer_batch_mode mode, coffer_outcome* outcomes_out, size_t* failed_out,
               Run&& run) {
  COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
  COFFER_TRY(check_batch(operations, count, outcomes_out));
  COFFER_TRY_ASSIGN(const BatchMode how, constant_of(mode, BatchMode::atomic, "mode"));
  OwnedDrafts drafts;
  std::vector<Operation> items(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (Status status = read_operation(operations[i], &drafts, &items[i]); !status) {
      return at_item("operations", i, std::move(status).error());
    }
    items[i].is_linked = operations[i].is_linked != 0;
  }
  std::vector<Outcome> outcomes(count);
  COFFER_TRY(run(opened->ledger(), items, how, outcomes));
  put_outcomes(outcomes, outcomes_out, failed_out);
  return {};
}

}  // namespace

coffer_status coffer_transfer_post_many(coffer_engine* engine, const coffer_transfer* transfers,
                                        size_t count, coffer_batch_mode mode,
                                        coffer_outcome* outcomes_out, size_t* failed_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(check_batch(transfers, count, outcomes_out));
    COFFER_TRY_ASSIGN(const BatchMode how, constant_of(mode, BatchMode::atomic, "mode"));
    std::vector<Transfer> items(count);
    for (std::size_t i = 0; i < count; ++i) {
      auto transfer = transfer_of(transfers[i]);
      if (!transfer) {
        return at_item("transfers", i, std::move(transfer).error());
      }
      items[i] = *transfer;
    }
    return post_all(opened, items, how, outcomes_out, failed_out);
  });
}

coffer_status coffer_transfer_post_columns(coffer_engine* engine,
                                           const coffer_transfer_columns* columns,
                                           coffer_batch_mode mode, coffer_outcome* outcomes_out,
                                           size_t* failed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const coffer_transfer_columns in, read_struct(columns, "columns"));
    COFFER_TRY(check_batch(columns, in.count, outcomes_out));
    COFFER_TRY_ASSIGN(const BatchMode how, constant_of(mode, BatchMode::atomic, "mode"));
    COFFER_TRY_ASSIGN(const std::vector<Transfer> items, transfers_of(in));
    return post_all(opened, items, how, outcomes_out, failed_out);
  });
}

coffer_status coffer_operation_execute(coffer_engine* engine, const coffer_operation* operations,
                                       size_t count, coffer_batch_mode mode,
                                       coffer_outcome* outcomes_out, size_t* failed_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    return run_all(engine, operations, count, mode, outcomes_out, failed_out,
                   [](coffer::Ledger& ledger, const auto& items, BatchMode how, auto& outcomes) {
                     return ledger.execute(items, how, outcomes);
                   });
  });
}

coffer_status coffer_operation_dry_run(coffer_engine* engine, const coffer_operation* operations,
                                       size_t count, coffer_batch_mode mode,
                                       coffer_outcome* outcomes_out, size_t* failed_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    return run_all(engine, operations, count, mode, outcomes_out, failed_out,
                   [](coffer::Ledger& ledger, const auto& items, BatchMode how, auto& outcomes) {
                     return ledger.dry_run(items, how, outcomes);
                   });
  });
}
