// SPDX-License-Identifier: MIT
// C: single transactions and their reversal, and why a draft would be refused.
#include <string>
#include <vector>

#include "coffer_posting.h"
#include "draft_input.hpp"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::Outcome;
using coffer::Status;

coffer_status coffer_draft_post(coffer_engine* engine, const coffer_draft* draft,
                                coffer_outcome* outcome_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const OwnedDraft owned, draft_of(draft));
    COFFER_TRY_ASSIGN(const Outcome outcome, opened->ledger().post(owned.draft));
    put_if(outcome_out, to_c(outcome));
    return {};
  });
}

coffer_status coffer_draft_check(const coffer_engine* engine, const coffer_draft* draft,
                                 coffer_error* reasons_out, size_t capacity, size_t* count_out,
                                 coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(count_out, "count_out"));
    if (capacity > 0) {
      COFFER_TRY(require(reasons_out, "reasons_out"));
    }
    COFFER_TRY_ASSIGN(const OwnedDraft owned, draft_of(draft));
    COFFER_TRY_ASSIGN(const std::vector<Error> reasons, opened->ledger().check(owned.draft));
    for (std::size_t i = 0; i < std::min(reasons.size(), capacity); ++i) {
      write_error(&reasons_out[i], reasons[i].code, reasons[i].message);
    }
    return put_count(reasons.size(), reasons_out, capacity, count_out);
  });
}

coffer_status coffer_transaction_reverse(coffer_engine* engine, const coffer_reversal* reversal,
                                         coffer_outcome* outcome_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const coffer::Reversal wanted, reversal_of(reversal));
    COFFER_TRY_ASSIGN(const Outcome outcome, opened->ledger().reverse(wanted));
    put_if(outcome_out, to_c(outcome));
    return {};
  });
}

coffer_status coffer_outcome_describe(const coffer_outcome* outcome, char* buffer, size_t size,
                                      size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(outcome, "outcome"));
    Outcome described;
    described.code = static_cast<Code>(outcome->code);
    described.existed = outcome->existed != 0;
    described.id = outcome->id;
    described.subject = outcome->subject;
    described.recorded_at = coffer::Timestamp{outcome->recorded_at};
    return put_text(coffer::describe(described), buffer, size, needed_out);
  });
}
