// SPDX-License-Identifier: MIT
// C: jobs that create crypto wallets in bulk.
#include "coffer_wallet_job.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/text.hpp>

#include "crypto_wallet_handle.hpp"
#include "guard.hpp"
#include "key_handles.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::AddressSourceId;
using coffer::Code;
using coffer::CryptoWallets;
using coffer::Error;
using coffer::Result;
using coffer::Status;
using coffer::WalletJob;
using coffer::WalletJobDraft;
using coffer::WalletJobId;
using coffer::WalletRow;
using coffer::WalletRowReader;
using coffer::WalletRowResult;

namespace coffer::capi {

coffer_wallet_job to_c(const WalletJob& job) noexcept {
  coffer_wallet_job out{};
  out.id = job.id.value();
  out.recorded_at = job.recorded_at.ns;
  out.updated_at = job.updated_at.ns;
  out.rows = job.rows;
  out.done = job.done;
  out.created = job.created;
  out.existed = job.existed;
  out.failed = job.failed;
  out.attempt = job.attempt;
  out.attempt_done = job.attempt_done;
  out.state = static_cast<coffer_wallet_job_state>(job.state);
  out.is_all_or_nothing = job.is_all_or_nothing ? 1 : 0;
  put_text(out.key, job.key);
  put_text(out.actor, job.actor);
  return out;
}

}  // namespace coffer::capi

namespace {

coffer_wallet_row_result to_struct(const WalletRowResult& result) {
  coffer_wallet_row_result out{};
  out.row = result.row;
  out.wallet = result.wallet.value();
  out.code = static_cast<coffer_status>(result.code);
  out.is_done = result.is_done ? 1 : 0;
  out.existed = result.existed ? 1 : 0;
  out.status = result.wallet ? static_cast<coffer_crypto_wallet_status>(result.status)
                             : coffer_crypto_wallet_status{0};
  put_text(out.user, result.user);
  put_text(out.network, result.network);
  put_text(out.address, result.address);
  // What a host's check said may be longer than a message of C.
  std::string_view message(result.message);
  if (message.size() >= sizeof out.message) {
    message = message.substr(0, sizeof out.message - 1);
    message = message.substr(0, coffer::valid_utf8_prefix(message));
  }
  put_text(out.message, message);
  return out;
}

/// Rows as they lie in the caller's memory.
class CRows final : public WalletRowReader {
 public:
  CRows(const coffer_wallet_row* rows, std::size_t count) : rows_(rows), count_(count) {}
  Result<bool> next(Item& item) override {
    if (at_ == count_) {
      return false;
    }
    item = Item{};
    Status read = fill(rows_[at_++], item.row);
    if (!read) {
      item.error =
          Error{read.error().code, "row " + std::to_string(at_) + ", " + read.error().message};
    }
    return true;
  }

 private:
  static Status fill(const coffer_wallet_row& in, WalletRow& row) {
    COFFER_TRY_ASSIGN(row.user, text_of(in.user, in.user_length, "user"));
    COFFER_TRY_ASSIGN(row.network, text_of(in.network, in.network_length, "network"));
    COFFER_TRY_ASSIGN(row.key, key_of(in.key, in.key_length));
    COFFER_TRY_ASSIGN(row.label, text_of(in.label, in.label_length, "label"));
    COFFER_TRY_ASSIGN(row.extra, text_of(in.extra, in.extra_length, "extra"));
    return {};
  }

  const coffer_wallet_row* rows_;
  std::size_t count_;
  std::size_t at_ = 0;
};

Status submit(coffer_crypto_wallets* wallets, const coffer_wallet_job_draft* pointer,
              WalletRowReader& rows, coffer_wallet_job* job_out, uint8_t* existed_out) {
  COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
  COFFER_TRY_ASSIGN(const coffer_wallet_job_draft in, read_struct(pointer, "draft"));
  WalletJobDraft draft;
  COFFER_TRY_ASSIGN(draft.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(draft.actor, text_of(in.actor, in.actor_length, "actor"));
  if (in.source_count > 64) {
    return Error{Code::invalid_argument, "sources: there must be 1 to 64"};
  }
  if (in.source_count > 0) {
    COFFER_TRY(require(in.sources, "sources"));
  }
  std::vector<AddressSourceId> sources;
  for (std::size_t i = 0; i < in.source_count; ++i) {
    sources.emplace_back(in.sources[i]);
  }
  draft.sources = sources;
  draft.is_all_or_nothing = in.is_all_or_nothing != 0;
  draft.allows_several = in.allows_several != 0;
  draft.needs_approval = in.needs_approval != 0;
  COFFER_TRY_ASSIGN(const coffer::SubmittedJob made, known->submit(draft, rows));
  put_if(job_out, to_c(made.job));
  put_if<uint8_t>(existed_out, made.existed ? 1 : 0);
  return {};
}

/// The same with the rows of a text.
Status submit_text(coffer_crypto_wallets* wallets, const coffer_wallet_job_draft* pointer,
                   coffer_wallet_rows_format format, coffer::TextPieces& text,
                   coffer_wallet_job* job_out, uint8_t* existed_out) {
  if (format == COFFER_WALLET_ROWS_CSV) {
    coffer::CsvRows rows(text);
    return submit(wallets, pointer, rows, job_out, existed_out);
  }
  if (format == COFFER_WALLET_ROWS_JSON) {
    coffer::JsonRows rows(text);
    return submit(wallets, pointer, rows, job_out, existed_out);
  }
  return Error{Code::invalid_argument, "format: must be CSV or JSON"};
}

/// Does with a job what its actor asks for, and tells what it is then.
template <class Change>
coffer_status guarded(coffer_crypto_wallets* wallets, const char* actor, size_t actor_length,
                      coffer_wallet_job* job_out, coffer_error* err, Change&& change) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const WalletJob job, change(*known, who));
    put_if(job_out, to_c(job));
    return {};
  });
}

/// The private nodes of a run. Fails as `handle_of`.
Result<std::vector<coffer::PrivateNode>> nodes_of(const coffer_id* sources,
                                                  const coffer_xprv* const* nodes,
                                                  std::size_t count) {
  std::vector<coffer::PrivateNode> given;
  if (count > 64) {
    return Error{Code::out_of_range, "node_count: must be at most 64"};
  }
  if (count > 0) {
    COFFER_TRY(require(sources, "node_sources"));
    COFFER_TRY(require(nodes, "nodes"));
  }
  for (std::size_t i = 0; i < count; ++i) {
    COFFER_TRY_ASSIGN(const coffer_xprv* node, handle_of(nodes[i], "nodes"));
    given.push_back({AddressSourceId(sources[i]), &node->held});
  }
  return given;
}

}  // namespace

coffer_status coffer_wallet_job_submit(coffer_crypto_wallets* wallets,
                                       const coffer_wallet_job_draft* draft,
                                       const coffer_wallet_row* rows, size_t count,
                                       coffer_wallet_job* job_out, uint8_t* existed_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    if (count > batch_max) {
      return Error{Code::out_of_range, "count: " + std::to_string(count) +
                                           " rows, at most 1000000 in one array; give a text"};
    }
    if (count > 0) {
      COFFER_TRY(require(rows, "rows"));
    }
    CRows reader(rows, count);
    return submit(wallets, draft, reader, job_out, existed_out);
  });
}

coffer_status coffer_wallet_job_submit_text(coffer_crypto_wallets* wallets,
                                            const coffer_wallet_job_draft* draft,
                                            coffer_wallet_rows_format format, const char* text,
                                            size_t text_length, coffer_wallet_job* job_out,
                                            uint8_t* existed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    if (text_length > column_bytes_max) {
      return Error{Code::out_of_range, "text: " + std::to_string(text_length) +
                                           " bytes, at most 4294967295; give it in pieces"};
    }
    if (text_length > 0) {
      COFFER_TRY(require(text, "text"));
    }
    coffer::WholeText whole(std::string_view(text, text_length));
    return submit_text(wallets, draft, format, whole, job_out, existed_out);
  });
}

coffer_status coffer_wallet_job_submit_pieces(coffer_crypto_wallets* wallets,
                                              const coffer_wallet_job_draft* draft,
                                              coffer_wallet_rows_format format,
                                              coffer_text_read_function read, void* read_data,
                                              coffer_wallet_job* job_out, uint8_t* existed_out,
                                              coffer_error* err) {
  return guard(err, [&]() -> Status {
    if (read == nullptr) {
      return null_error("read");
    }
    CallbackPieces pieces(read, read_data);
    return submit_text(wallets, draft, format, pieces, job_out, existed_out);
  });
}

coffer_status coffer_wallet_job_run(coffer_crypto_wallets* wallets, coffer_id job, int64_t rows_max,
                                    const coffer_bulk_options* options,
                                    const coffer_id* node_sources, const coffer_xprv* const* nodes,
                                    size_t node_count, const char* actor, size_t actor_length,
                                    coffer_wallet_job* job_out, coffer_error* err) {
  return guarded(wallets, actor, actor_length, job_out, err,
                 [&](CryptoWallets& known, std::string_view who) -> Result<WalletJob> {
                   BulkRun bulk;
                   COFFER_TRY(bulk.read(options));
                   COFFER_TRY_ASSIGN(const auto given, nodes_of(node_sources, nodes, node_count));
                   coffer::WalletRun run;
                   run.rows_max = rows_max;
                   run.derivation = bulk.options();
                   run.private_nodes = given;
                   run.actor = who;
                   return known.run(WalletJobId(job), run);
                 });
}

coffer_status coffer_wallet_job_find(const coffer_crypto_wallets* wallets, coffer_id job,
                                     const char* actor, size_t actor_length,
                                     coffer_wallet_job* job_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY(require(job_out, "job_out"));
    COFFER_TRY_ASSIGN(const WalletJob found, known->find_job(WalletJobId(job), who));
    *job_out = to_c(found);
    return {};
  });
}

coffer_status coffer_wallet_job_find_by_key(const coffer_crypto_wallets* wallets, const char* key,
                                            size_t key_length, const char* actor,
                                            size_t actor_length, coffer_wallet_job* job_out,
                                            coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto text, key_of(key, key_length));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY(require(job_out, "job_out"));
    COFFER_TRY_ASSIGN(const WalletJob found, known->find_job(text, who));
    *job_out = to_c(found);
    return {};
  });
}

coffer_status coffer_wallet_job_list(const coffer_crypto_wallets* wallets, coffer_id after,
                                     const char* actor, size_t actor_length,
                                     coffer_wallet_job* jobs_out, size_t capacity,
                                     size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const std::uint32_t limit, page_limit(jobs_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const std::vector<WalletJob> page,
                      known->jobs(WalletJobId(after), limit, who));
    std::transform(page.begin(), page.end(), jobs_out,
                   [](const WalletJob& job) { return to_c(job); });
    *count_out = page.size();
    return {};
  });
}

coffer_status coffer_wallet_job_reason(const coffer_crypto_wallets* wallets, coffer_id job,
                                       const char* actor, size_t actor_length, char* buffer,
                                       size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const WalletJob found, known->find_job(WalletJobId(job), who));
    return put_text(found.reason, buffer, size, needed_out);
  });
}

coffer_status coffer_wallet_job_approve(coffer_crypto_wallets* wallets, coffer_id job,
                                        const char* actor, size_t actor_length,
                                        coffer_wallet_job* job_out, coffer_error* err) {
  return guarded(wallets, actor, actor_length, job_out, err,
                 [&](CryptoWallets& known, std::string_view who) {
                   return known.approve(WalletJobId(job), who);
                 });
}

coffer_status coffer_wallet_job_cancel(coffer_crypto_wallets* wallets, coffer_id job,
                                       const char* actor, size_t actor_length, const char* reason,
                                       size_t reason_length, coffer_wallet_job* job_out,
                                       coffer_error* err) {
  return guarded(wallets, actor, actor_length, job_out, err,
                 [&](CryptoWallets& known, std::string_view who) -> Result<WalletJob> {
                   COFFER_TRY_ASSIGN(const auto why, text_of(reason, reason_length, "reason"));
                   return known.cancel(WalletJobId(job), who, why);
                 });
}

coffer_status coffer_wallet_job_retry(coffer_crypto_wallets* wallets, coffer_id job,
                                      const char* actor, size_t actor_length,
                                      coffer_wallet_job* job_out, coffer_error* err) {
  return guarded(wallets, actor, actor_length, job_out, err,
                 [&](CryptoWallets& known, std::string_view who) {
                   return known.retry(WalletJobId(job), who);
                 });
}

coffer_status coffer_wallet_job_roll_back(coffer_crypto_wallets* wallets, coffer_id job,
                                          const char* actor, size_t actor_length,
                                          const char* reason, size_t reason_length,
                                          coffer_wallet_job* job_out, coffer_error* err) {
  return guarded(wallets, actor, actor_length, job_out, err,
                 [&](CryptoWallets& known, std::string_view who) -> Result<WalletJob> {
                   COFFER_TRY_ASSIGN(const auto why, text_of(reason, reason_length, "reason"));
                   return known.roll_back(WalletJobId(job), who, why);
                 });
}

coffer_status coffer_wallet_job_results(const coffer_crypto_wallets* wallets, coffer_id job,
                                        int64_t after, uint8_t failed_only, const char* actor,
                                        size_t actor_length, coffer_wallet_row_result* results_out,
                                        size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const std::uint32_t limit, page_limit(results_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const auto found,
                      known->results(WalletJobId(job), after, limit, failed_only != 0, who));
    std::transform(found.begin(), found.end(), results_out, to_struct);
    *count_out = found.size();
    return {};
  });
}
