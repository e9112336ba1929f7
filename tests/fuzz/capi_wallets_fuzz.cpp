// SPDX-License-Identifier: MIT
// A stream of commands over the C functions of crypto wallets, with hooks that answer anything:
// nothing crashes, every answer is one of the codes, and the book verifies at the end.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <coffer.h>

#include "fuzz/capi_answer.hpp"
#include "fuzz/input_stream.hpp"

namespace {

using coffer::fuzz::answer;
using coffer::fuzz::Claimed;
using coffer::fuzz::demand;

class Stream : public coffer::fuzz::InputStream {
 public:
  using InputStream::InputStream;
  /// A text within the input, at times with a length that lies where that is noticed.
  const char* text(std::size_t* length) noexcept {
    const std::size_t wanted = byte() % 64;
    *length = wanted;
    const char* start = take(length);
    if (wanted == 63) {
      *length = SIZE_MAX;
    }
    return wanted == 62 ? nullptr : start;
  }
  coffer_id id() noexcept {
    return byte() % 8 == 7 ? static_cast<coffer_id>(number(8)) : byte() % 6;
  }
};

/// What hooks answer: mostly yes, else anything but what means a bug of coffer's.
coffer_status any_status(Stream& in, coffer_error* err) {
  const std::uint8_t kind = in.byte();
  if (kind < 192) {
    return COFFER_OK;
  }
  std::memset(err->message, kind, kind % 2 == 0 ? sizeof err->message : kind % 200);
  const auto status = static_cast<coffer_status>(in.number(kind % 4 == 0 ? 4 : 1));
  return status == COFFER_ERR_INTERNAL || status == COFFER_ERR_STORAGE_CORRUPT
             ? COFFER_ERR_NOT_FOUND
             : status;
}

coffer_status admit(void* data, const coffer_admission_request* request,
                    coffer_crypto_wallet_status* status_out, coffer_error* err) {
  Stream& in = *static_cast<Stream*>(data);
  demand(request->user[request->user_length] == '\0', "a NUL follows the user");
  demand(request->extra[request->extra_length] == '\0', "a NUL follows the JSON");
  const std::uint8_t choice = in.byte();
  *status_out = choice < 224 ? static_cast<coffer_crypto_wallet_status>(1 + choice % 3) : choice;
  return any_status(in, err);
}

coffer_status permit(void* data, const coffer_permission_request* request, coffer_error* err) {
  demand(request->action >= 1 && request->action <= 10, "there are ten actions");
  demand(request->actor[request->actor_length] == '\0', "a NUL follows the actor");
  return any_status(*static_cast<Stream*>(data), err);
}

coffer_status look(void* data, const char* network, const char* const* addresses, std::size_t count,
                   std::uint8_t* used_out, coffer_error* err) {
  Stream& in = *static_cast<Stream*>(data);
  demand(std::strcmp(network, "bitcoin") == 0 && count > 0, "it asks for addresses");
  for (std::size_t i = 0; i < count; ++i) {
    demand(std::strncmp(addresses[i], "bc1q", 4) == 0, "an address is one");
  }
  used_out[in.byte() % count] = in.byte();
  return any_status(in, err);
}

coffer_status read_piece(void* data, char* buffer, std::size_t size, std::size_t* read_out,
                         coffer_error* err) {
  Stream& in = *static_cast<Stream*>(data);
  std::size_t taken = std::min<std::size_t>(in.byte(), size);
  const char* from = in.take(&taken);
  std::copy_n(from, taken, buffer);
  *read_out = in.byte() == 255 ? SIZE_MAX : taken;
  return any_status(in, err);
}

/// What the commands work on.
struct Things {
  coffer_engine* engine = nullptr;
  coffer_crypto_wallets* wallets = nullptr;
  coffer_xpub node{};
  explicit Things(Stream& in) {
    constexpr std::string_view account =
        "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf"
        "31mGDtKsAYz2oz2AGutZYs";
    coffer_engine_options engine_options{};
    engine_options.struct_size = sizeof engine_options;
    engine_options.is_one_threaded = 1;
    coffer_crypto_wallets_options options{};
    options.struct_size = sizeof options;
    options.admission = admit;
    options.admission_data = &in;
    options.permission = permit;
    options.permission_data = &in;
    demand(coffer_engine_open_in_memory(&engine_options, &engine, nullptr) == COFFER_OK &&
               coffer_crypto_wallets_open(engine, &options, &wallets, nullptr) == COFFER_OK &&
               coffer_xpub_parse(account.data(), account.size(), &node, nullptr) == COFFER_OK,
           "setting up");
  }
  Things(const Things&) = delete;
  Things& operator=(const Things&) = delete;
  ~Things() {
    coffer_crypto_wallets_destroy(wallets);
    demand(coffer_engine_verify(engine, nullptr, nullptr, nullptr, nullptr, nullptr) == COFFER_OK,
           "the book verifies");
    coffer_engine_destroy(engine);
  }
};

void add_source(Things& things, Stream& in) {
  coffer_error err;
  Claimed<coffer_address_source_draft> claimed(in);
  coffer_address_source_draft& draft = claimed.value;
  draft.name = "btc";
  draft.name_length = 3;
  if (in.byte() % 8 == 0) {
    draft.name = in.text(&draft.name_length);
  }
  draft.network = "bitcoin";
  draft.network_length = 7;
  draft.node = in.byte() == 255 ? nullptr : &things.node;
  draft.first_index = in.byte() == 255 ? 0x7ffffffe : 0;
  draft.gap_limit = in.byte() % 4;
  draft.kind = in.byte() % 6;
  draft.is_restored = in.byte() % 2;
  draft.actor = in.text(&draft.actor_length);
  answer(coffer_address_source_add(things.wallets, &draft, nullptr, nullptr, &err), err);
}

void submit(Things& things, Stream& in) {
  coffer_error err;
  coffer_wallet_job_draft draft{};
  const std::array<coffer_id, 2> sources{1, in.id()};
  draft.struct_size = sizeof draft;
  draft.key = in.text(&draft.key_length);
  draft.sources = sources.data();
  draft.source_count = in.byte() % 8 == 0 ? in.byte() % 3 : 1;
  draft.is_all_or_nothing = in.byte() % 4 == 0;
  draft.allows_several = in.byte() % 2;
  draft.needs_approval = in.byte() % 4 == 0;
  coffer_wallet_job job;
  if (in.byte() % 2 == 0) {
    answer(coffer_wallet_job_submit_pieces(things.wallets, &draft, in.byte() % 3, read_piece, &in,
                                           &job, nullptr, &err),
           err);
    return;
  }
  std::array<coffer_wallet_row, 3> rows{};
  for (coffer_wallet_row& row : rows) {
    row.user = in.text(&row.user_length);
    row.key = in.text(&row.key_length);
    row.extra = in.text(&row.extra_length);
  }
  answer(coffer_wallet_job_submit(things.wallets, &draft, rows.data(), in.byte() % 4, &job, nullptr,
                                  &err),
         err);
}

void change_job(Things& things, Stream& in) {
  coffer_error err;
  coffer_wallet_job job{};
  const coffer_id id = in.id();
  std::size_t length = 0;
  const char* actor = in.text(&length);
  const std::int64_t rows = in.byte() - 2;
  switch (in.byte() % 6) {
    case 0:
      answer(coffer_wallet_job_approve(things.wallets, id, actor, length, &job, &err), err);
      break;
    case 1:
      answer(coffer_wallet_job_cancel(things.wallets, id, actor, length, actor, length, &job, &err),
             err);
      break;
    case 2:
      answer(coffer_wallet_job_retry(things.wallets, id, actor, length, &job, &err), err);
      break;
    case 3:
      answer(coffer_wallet_job_roll_back(things.wallets, id, actor, length, nullptr, 0, &job, &err),
             err);
      break;
    default:
      answer(coffer_wallet_job_run(things.wallets, id, rows, nullptr, nullptr, nullptr, 0, actor,
                                   length, &job, &err),
             err);
  }
  demand(job.done <= job.rows && job.created + job.existed + job.failed <= job.rows + job.rows,
         "a job counts its rows");
}

void ask(Things& things, Stream& in) {
  coffer_error err;
  std::array<coffer_wallet_job, 2> jobs;
  std::array<coffer_crypto_wallet, 2> wallets;
  std::array<coffer_wallet_row_result, 2> results;
  std::array<char, 64> text;
  std::size_t count = 0;
  std::size_t length = 0;
  const char* name = in.text(&length);
  const coffer_id after = in.id();
  const std::size_t capacity = in.byte() % 3;
  answer(coffer_wallet_job_list(things.wallets, after, name, length, jobs.data(), capacity, &count,
                                &err),
         err);
  answer(coffer_crypto_wallet_list(things.wallets, name, length, after, wallets.data(), capacity,
                                   &count, &err),
         err);
  answer(coffer_wallet_job_results(things.wallets, after, in.byte() - 1, in.byte() % 2, nullptr, 0,
                                   results.data(), capacity, &count, &err),
         err);
  answer(coffer_crypto_wallet_extra(things.wallets, after, text.data(), in.byte() % text.size(),
                                    nullptr, &err),
         err);
  answer(coffer_wallet_job_reason(things.wallets, after, name, length, text.data(), text.size(),
                                  nullptr, &err),
         err);
  answer(coffer_wallet_job_find_by_key(things.wallets, name, length, nullptr, 0, jobs.data(), &err),
         err);
  answer(coffer_crypto_wallet_set_status(things.wallets, after, in.byte() % 10, nullptr, 0, name,
                                         length, &err),
         err);
}

void use_pool(Things& things, Stream& in) {
  coffer_error err;
  const coffer_id source = in.byte() % 8 == 0 ? in.id() : 1;
  coffer_used_addresses found;
  coffer_assigned_address assigned;
  coffer_address_pool pool;
  std::size_t length = 0;
  const char* key = in.text(&length);
  switch (in.byte() % 6) {
    case 0:
      answer(coffer_address_pool_fill(things.wallets, source, in.byte() % 8, nullptr, nullptr,
                                      nullptr, 0, nullptr, &err),
             err);
      break;
    case 1:
      answer(coffer_address_pool_assign(things.wallets, source, key, length, key, length, nullptr,
                                        0, &assigned, &err),
             err);
      break;
    case 2:
      answer(coffer_address_pool_find_used(things.wallets, source, look, &in, nullptr, nullptr, 0,
                                           &found, &err),
             err);
      break;
    case 3:
      answer(coffer_address_pool_mark(things.wallets, in.id(), in.byte() % 10, nullptr, 0, &err),
             err);
      break;
    case 4: {
      const coffer_amount limit{
          {static_cast<std::uint64_t>(in.id()), 0, 0, static_cast<std::uint64_t>(in.id())}};
      answer(
          coffer_address_source_set_balance_max(things.wallets, source, &limit, key, length, &err),
          err);
      break;
    }
    default:
      answer(coffer_address_pool_set_gap_limit(things.wallets, source, in.byte() % 8, key, length,
                                               &err),
             err);
  }
  answer(coffer_address_pool_find(things.wallets, source, &pool, &err), err);
}

void run(const std::uint8_t* data, std::size_t size) {
  using Command = void (*)(Things&, Stream&);
  constexpr std::array<Command, 5> commands = {submit, change_job, ask, use_pool, add_source};
  Stream in(data, size);
  Things things(in);
  add_source(things, in);
  for (int i = 0; i < 10 && !in.is_empty(); ++i) {
    commands.at(in.byte() % commands.size())(things, in);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t handles = coffer_handle_count();
  run(data, size);
  demand(coffer_handle_count() == handles, "every handle was destroyed");
  return 0;
}
