// SPDX-License-Identifier: MIT
// C: reconciliations and their records.
#include "coffer_reconciliation.h"

#include <string>
#include <vector>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Amount;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::Reconciliation;
using coffer::ReconciliationId;
using coffer::ReconciliationOutcome;
using coffer::ReconciliationRequest;
using coffer::Result;
using coffer::Status;
using coffer::Timestamp;
using coffer::WalletId;

namespace {

Result<ReconciliationRequest> request_of(const coffer_reconciliation_request* pointer) {
  COFFER_TRY_ASSIGN(const coffer_reconciliation_request in, read_struct(pointer, "request"));
  ReconciliationRequest request;
  request.wallet = WalletId(in.wallet);
  request.start_at = Timestamp{in.start_at};
  request.end_at = Timestamp{in.end_at};
  request.external_balance = amount_of(in.external_balance);
  request.tolerance = amount_if(in.has_tolerance, in.tolerance);
  COFFER_TRY_ASSIGN(request.notes, text_of(in.notes, in.notes_length, "notes"));
  return request;
}

Result<std::vector<ReconciliationRequest>> requests_of(const coffer_reconciliation_request* in,
                                                       std::size_t count) {
  std::vector<ReconciliationRequest> requests(count);
  if (count == 0) {
    return requests;
  }
  // Structs that begin with their size may be longer than ours: they lie that far apart.
  COFFER_TRY_ASSIGN(const std::size_t stride,
                    struct_size_of(in, sizeof(coffer_reconciliation_request), "requests"));
  const auto* bytes = reinterpret_cast<const unsigned char*>(in);
  for (std::size_t i = 0; i < count; ++i) {
    auto request =
        request_of(reinterpret_cast<const coffer_reconciliation_request*>(bytes + i * stride));
    if (!request) {
      return at_item("requests", i, std::move(request).error());
    }
    requests[i] = *request;
  }
  return requests;
}

coffer_reconciliation to_struct(const Reconciliation& record) {
  coffer_reconciliation out{};
  out.id = record.id.value();
  out.wallet = record.wallet.value();
  out.start_at = record.start_at.ns;
  out.end_at = record.end_at.ns;
  out.recorded_at = record.recorded_at.ns;
  out.system_balance = to_c(record.system_balance);
  out.external_balance = to_c(record.external_balance);
  out.difference = to_c(record.difference);
  out.tolerance = to_c(record.tolerance);
  out.status = static_cast<coffer_reconciliation_status>(record.status);
  out.notes_length = static_cast<uint32_t>(record.notes.size());
  return out;
}

void put_records(const std::vector<ReconciliationOutcome>& outcomes,
                 coffer_reconciliation_outcome* outcomes_out, size_t* failed_out) {
  size_t failed = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const ReconciliationOutcome& outcome = outcomes[i];
    coffer_reconciliation_outcome out{};
    out.wallet = outcome.wallet.value();
    if (outcome.status) {
      out.record = to_struct(outcome.record);
    } else {
      write_error(&out.error, outcome.status.error().code, outcome.status.error().message);
      ++failed;
    }
    outcomes_out[i] = out;
  }
  put_if(failed_out, failed);
}

/// An outside party that the caller asks.
class CallbackSource final : public coffer::BalanceSource {
 public:
  CallbackSource(coffer_balance_source_function ask, void* data) noexcept
      : ask_(ask), data_(data) {}

  [[nodiscard]] Result<Amount> balance_at(WalletId wallet, std::string_view asset_code,
                                          Timestamp end_at) override {
    coffer_amount balance{};
    coffer_error error{};
    const std::string code(asset_code);
    const coffer_status status =
        ask_(data_, wallet.value(), code.c_str(), end_at.ns, &balance, &error);
    if (status != COFFER_OK) {
      const auto reason = array_text(error.message, "message");
      return Error{Code::source_unavailable,
                   reason && !reason->empty()
                       ? std::string(*reason)
                       : "the source answered with status " + std::to_string(status)};
    }
    return amount_of(balance);
  }

 private:
  coffer_balance_source_function ask_;
  void* data_;
};

}  // namespace

coffer_status coffer_reconciliation_run(coffer_engine* engine,
                                        const coffer_reconciliation_request* request,
                                        coffer_reconciliation* record_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(require(record_out, "record_out"));
    COFFER_TRY_ASSIGN(const ReconciliationRequest wanted, request_of(request));
    COFFER_TRY_ASSIGN(const Reconciliation record, opened->reconciler().run(wanted));
    *record_out = to_struct(record);
    return {};
  });
}

coffer_status coffer_reconciliation_run_many(coffer_engine* engine,
                                             const coffer_reconciliation_request* requests,
                                             size_t count,
                                             coffer_reconciliation_outcome* outcomes_out,
                                             size_t* failed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(check_batch(requests, count, outcomes_out));
    COFFER_TRY_ASSIGN(const auto wanted, requests_of(requests, count));
    std::vector<ReconciliationOutcome> outcomes(count);
    COFFER_TRY(opened->reconciler().run(wanted, outcomes));
    put_records(outcomes, outcomes_out, failed_out);
    return {};
  });
}

coffer_status coffer_reconciliation_run_incremental(coffer_engine* engine, const coffer_id* wallets,
                                                    size_t count, coffer_timestamp end_at,
                                                    coffer_balance_source_function source,
                                                    void* source_data,
                                                    coffer_reconciliation_outcome* outcomes_out,
                                                    size_t* failed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(check_batch(wallets, count, outcomes_out));
    if (source == nullptr) {
      return null_error("source");
    }
    std::vector<WalletId> wanted;
    wanted.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      wanted.emplace_back(wallets[i]);
    }
    CallbackSource outside(source, source_data);
    std::vector<ReconciliationOutcome> outcomes(count);
    COFFER_TRY(opened->reconciler().run_incremental(wanted, Timestamp{end_at}, outside, outcomes));
    put_records(outcomes, outcomes_out, failed_out);
    return {};
  });
}

coffer_status coffer_reconciliation_find(const coffer_engine* engine, coffer_id id,
                                         coffer_reconciliation* record_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(record_out, "record_out"));
    COFFER_TRY_ASSIGN(const Reconciliation record, opened->reconciler().find(ReconciliationId(id)));
    *record_out = to_struct(record);
    return {};
  });
}

coffer_status coffer_reconciliation_notes(const coffer_engine* engine, coffer_id id, char* buffer,
                                          size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const Reconciliation record, opened->reconciler().find(ReconciliationId(id)));
    return put_text(record.notes, buffer, size, needed_out);
  });
}

coffer_status coffer_reconciliation_list(const coffer_engine* engine, coffer_id wallet,
                                         coffer_id before, uint8_t only_differences,
                                         coffer_reconciliation* records_out, size_t capacity,
                                         size_t* count_out, coffer_id* next_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    coffer::ReconciliationQuery query;
    COFFER_TRY_ASSIGN(query.limit, page_limit(records_out, capacity, count_out));
    query.wallet = WalletId(wallet);
    query.before = ReconciliationId(before);
    query.only_differences = only_differences != 0;
    COFFER_TRY_ASSIGN(const coffer::ReconciliationPage page, opened->reconciler().history(query));
    std::transform(page.records.begin(), page.records.end(), records_out, to_struct);
    *count_out = page.records.size();
    put_if<coffer_id>(next_out, page.has_more ? page.next.value() : 0);
    return {};
  });
}

coffer_status coffer_reconciliation_detail_find(const coffer_engine* engine, coffer_id id,
                                                coffer_reconciliation_detail* detail_out,
                                                coffer_history_line* lines_out, size_t capacity,
                                                size_t* count_out, coffer_cursor* next_out,
                                                uint8_t* has_more_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(detail_out, "detail_out"));
    COFFER_TRY_ASSIGN(const auto limit, page_limit(lines_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const coffer::ReconciliationDetail detail,
                      opened->reconciler().detail(ReconciliationId(id), limit));
    *detail_out = {to_struct(detail.record), to_c(detail.opening_balance), to_c(detail.turnover)};
    put_lines(detail.lines, lines_out, count_out, next_out, has_more_out);
    return {};
  });
}
