// SPDX-License-Identifier: MIT
// C: opening and closing a book, its numbers, its proof and its backup.
#include "coffer_engine.h"

#include <string_view>
#include <utility>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using coffer::Amount;
using coffer::ChainHead;
using coffer::Code;
using coffer::CommitId;
using coffer::Engine;
using coffer::EngineOptions;
using coffer::Error;
using coffer::Result;
using coffer::Statistics;
using coffer::Status;
using coffer::Timestamp;

namespace coffer::capi {

void CallbackSink::on_event(const Event& event) noexcept {
  coffer_event out{};
  out.id = event.id;
  out.subject = event.subject;
  out.recorded_at = event.recorded_at.ns;
  out.code = static_cast<coffer_status>(event.code);
  out.kind = static_cast<coffer_event_kind>(event.kind);
  receive_(data_, &out);
}

Result<const Engine*> engine_of(const coffer_engine* handle) {
  COFFER_TRY_ASSIGN(const coffer_engine* known, handle_of(handle, "engine"));
  return static_cast<const Engine*>(known->held.engine.get());
}

Result<Engine*> engine_of(coffer_engine* handle) {
  COFFER_TRY_ASSIGN(coffer_engine * known, handle_of(handle, "engine"));
  return known->held.engine.get();
}

namespace {

Status read_tolerances(const coffer_engine_options& in, EngineOptions* options) {
  constexpr std::size_t tolerances_max = 100'000;
  if (in.tolerances_count > tolerances_max) {
    return Error{Code::out_of_range,
                 "tolerances_count: " + std::to_string(in.tolerances_count) + " is too many"};
  }
  if (in.tolerances_count > 0) {
    COFFER_TRY(require(in.tolerances, "tolerances"));
  }
  for (std::size_t i = 0; i < in.tolerances_count; ++i) {
    const coffer_tolerance& tolerance = in.tolerances[i];
    const auto code = text_of(tolerance.asset_code, tolerance.asset_code_length, "asset_code");
    if (!code) {
      return at_item("tolerances", i, code.error());
    }
    options->tolerances.push_back({std::string(*code), amount_of(tolerance.tolerance)});
  }
  return {};
}

}  // namespace

Result<Opening> begin_opening(const coffer_engine_options* options) {
  coffer_engine_options in{};
  if (options != nullptr) {
    COFFER_TRY_ASSIGN(in, read_struct(options, "options"));
  }
  Opening opening;
  EngineOptions& out = opening.options;
  out.sqlite.is_read_only = in.is_read_only != 0;
  out.sqlite.may_create = in.must_exist == 0;
  COFFER_TRY_ASSIGN(out.sqlite.durability,
                    constant_of(in.durability, storage::Durability::off, "durability"));
  COFFER_TRY_ASSIGN(out.ledger.takeover,
                    constant_of(in.takeover, storage::Takeover::take_over, "takeover"));
  if (in.takeover_wait_ns < 0 || in.cache_bytes < 0 || in.filter_bytes_max < 0) {
    return Error{Code::out_of_range, "options: a time or a size is negative"};
  }
  out.ledger.takeover_wait_ns = in.takeover_wait_ns;
  out.ledger.is_read_only = in.is_read_only != 0;
  out.ledger.use_builder_thread = in.is_one_threaded == 0;
  out.ledger.rebuild_index = in.rebuild_index != 0;
  if (in.cache_bytes > 0) {
    out.sqlite.cache_bytes = in.cache_bytes;
  }
  if (in.filter_bytes_max > 0) {
    out.ledger.filter_bytes_max = in.filter_bytes_max;
  }
  COFFER_TRY(read_tolerances(in, &out));
  if (in.clock != nullptr) {
    opening.held.clock = std::make_unique<CallbackClock>(in.clock, in.clock_data);
    out.clock = opening.held.clock.get();
  }
  if (in.event != nullptr) {
    opening.held.sink = std::make_unique<CallbackSink>(in.event, in.event_data);
    out.ledger.events = opening.held.sink.get();
  }
  return opening;
}

}  // namespace coffer::capi

using namespace coffer::capi;

namespace {

coffer_chain_head to_struct(const ChainHead& head) {
  coffer_chain_head out{};
  out.commit = head.commit.value();
  out.recorded_at = head.recorded_at.ns;
  std::copy(head.hash.begin(), head.hash.end(), out.hash);
  return out;
}

ChainHead from_struct(const coffer_chain_head& head) {
  ChainHead out;
  out.commit = CommitId(head.commit);
  out.recorded_at = Timestamp{head.recorded_at};
  std::copy(std::begin(head.hash), std::end(head.hash), out.hash.begin());
  return out;
}

coffer::storage::Progress progress_of(coffer_progress_function progress, void* data) {
  if (progress == nullptr) {
    return {};
  }
  return [progress, data](std::int64_t done, std::int64_t total) {
    return progress(data, done, total) == 0;
  };
}

}  // namespace

coffer_status coffer_engine_open(const char* path, size_t path_length,
                                 const coffer_engine_options* options, coffer_engine** engine_out,
                                 coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(engine_out, "engine_out"));
    COFFER_TRY_ASSIGN(const std::string_view file, text_of(path, path_length, "path"));
    if (file.find('\0') != std::string_view::npos) {
      return Error{Code::invalid_argument, "path: a NUL stands within it"};
    }
    COFFER_TRY_ASSIGN(Opening opening, begin_opening(options));
    COFFER_TRY_ASSIGN(opening.held.engine, Engine::open(file, opening.options));
    give(engine_out, std::move(opening.held));
    return {};
  });
}

coffer_status coffer_engine_open_in_memory(const coffer_engine_options* options,
                                           coffer_engine** engine_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(engine_out, "engine_out"));
    COFFER_TRY_ASSIGN(Opening opening, begin_opening(options));
    COFFER_TRY_ASSIGN(opening.held.engine, Engine::in_memory(opening.options));
    give(engine_out, std::move(opening.held));
    return {};
  });
}

coffer_status coffer_engine_close(coffer_engine* engine, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    return opened->close();
  });
}

void coffer_engine_destroy(coffer_engine* engine) { destroy_handle(engine); }

coffer_status coffer_engine_statistics(const coffer_engine* engine,
                                       coffer_statistics* statistics_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(statistics_out, "statistics_out"));
    COFFER_TRY_ASSIGN(const Statistics all, opened->ledger().statistics());
    *statistics_out = {all.transactions, all.accounts, all.holds,    all.commits,
                       all.posted,       all.repeated, all.rejected, all.expired_holds};
    return {};
  });
}

coffer_status coffer_engine_chain_head(const coffer_engine* engine, coffer_chain_head* head_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(head_out, "head_out"));
    COFFER_TRY_ASSIGN(const ChainHead head, opened->ledger().chain_head());
    *head_out = to_struct(head);
    return {};
  });
}

coffer_status coffer_engine_verify(const coffer_engine* engine, const coffer_chain_head* expected,
                                   coffer_progress_function progress, void* progress_data,
                                   coffer_verify_report* report_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    coffer::VerifyOptions options;
    if (expected != nullptr) {
      options.expected = from_struct(*expected);
    }
    options.progress = progress_of(progress, progress_data);
    COFFER_TRY_ASSIGN(const coffer::VerifyReport report, opened->ledger().verify(options));
    put_if(report_out, {to_struct(report.head), report.commits, report.transactions, report.entries,
                        report.accounts, report.holds});
    return {};
  });
}

coffer_status coffer_engine_backup(const coffer_engine* engine, const char* path,
                                   size_t path_length, coffer_progress_function progress,
                                   void* progress_data, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const std::string_view file, text_of(path, path_length, "path"));
    return opened->ledger().backup(file, progress_of(progress, progress_data));
  });
}
