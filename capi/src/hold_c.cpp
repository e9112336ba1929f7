// SPDX-License-Identifier: MIT
// C: holds.
#include "coffer_hold.h"

#include <vector>

#include "draft_input.hpp"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Engine;
using coffer::Hold;
using coffer::HoldId;
using coffer::Outcome;
using coffer::Status;

namespace {

coffer_hold to_struct(const Hold& hold) {
  coffer_hold out{};
  out.id = hold.id.value();
  out.account = hold.account.value();
  out.destination = hold.destination.value();
  out.amount = to_c(hold.amount);
  out.remaining = to_c(hold.remaining);
  out.captured = to_c(hold.captured);
  out.expires_at = hold.expires_at.ns;
  out.recorded_at = hold.recorded_at.ns;
  out.bucket = static_cast<coffer_bucket>(hold.bucket);
  out.state = static_cast<coffer_hold_state>(hold.state);
  out.key_length = put_text(out.key, hold.key);
  out.reference_length = put_text(out.reference, hold.reference);
  return out;
}

}  // namespace

coffer_status coffer_hold_reserve(coffer_engine* engine, const coffer_hold_draft* draft,
                                  coffer_outcome* outcome_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const coffer::HoldDraft hold, hold_of(draft));
    COFFER_TRY_ASSIGN(const Outcome outcome, opened->ledger().reserve(hold));
    put_if(outcome_out, to_c(outcome));
    return {};
  });
}

coffer_status coffer_hold_capture(coffer_engine* engine, const coffer_capture* capture,
                                  coffer_outcome* outcome_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const coffer::Capture wanted, capture_of(capture));
    COFFER_TRY_ASSIGN(const Outcome outcome, opened->ledger().capture(wanted));
    put_if(outcome_out, to_c(outcome));
    return {};
  });
}

coffer_status coffer_hold_release(coffer_engine* engine, coffer_id hold,
                                  coffer_outcome* outcome_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const Outcome outcome, opened->ledger().release(HoldId(hold)));
    put_if(outcome_out, to_c(outcome));
    return {};
  });
}

coffer_status coffer_hold_expire_due(coffer_engine* engine, int64_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const int64_t count, opened->ledger().expire_due_holds());
    put_if(count_out, count);
    return {};
  });
}

coffer_status coffer_hold_find(const coffer_engine* engine, coffer_id id, coffer_hold* hold_out,
                               coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(hold_out, "hold_out"));
    COFFER_TRY_ASSIGN(const Hold hold, opened->ledger().find_hold(HoldId(id)));
    *hold_out = to_struct(hold);
    return {};
  });
}

coffer_status coffer_hold_list_open(const coffer_engine* engine, coffer_id account,
                                    coffer_hold* holds_out, size_t capacity, size_t* count_out,
                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const std::vector<Hold> holds,
                      opened->ledger().open_holds(coffer::AccountId(account)));
    COFFER_TRY(put_count(holds.size(), holds_out, capacity, count_out));
    std::transform(holds.begin(), holds.end(), holds_out, to_struct);
    return {};
  });
}
