// SPDX-License-Identifier: MIT
// The command wallets: address sources, and jobs that create crypto wallets in bulk.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>

#include <coffer/wallet/crypto_wallets.hpp>
#include <coffer/wallet/row_readers.hpp>

#include "admission_lists.hpp"
#include "book.hpp"
#include "commands.hpp"
#include "output.hpp"
#include "progress_bar.hpp"

namespace tool {
namespace {

using coffer::AddressSourceId;
using coffer::CryptoWallets;
using coffer::WalletJob;
using coffer::WalletJobId;
using coffer::WalletJobState;

class FilePieces final : public coffer::TextPieces {
 public:
  explicit FilePieces(const std::string& path) : file_(path, std::ios::binary) {}
  [[nodiscard]] bool is_open() const { return file_.is_open(); }
  Result<std::size_t> read(std::span<char> buffer) override {
    file_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (file_.bad()) {
      return Error{Code::source_unavailable, "can't be read any further"};
    }
    return static_cast<std::size_t>(file_.gcount());
  }

 private:
  std::ifstream file_;
};

/// The rows of a file: what is wrong in it is no word of the command line.
class FileRows final : public coffer::WalletRowReader {
 public:
  FileRows(std::string path, std::unique_ptr<coffer::WalletRowReader> rows)
      : path_(std::move(path)), rows_(std::move(rows)) {}
  Result<bool> next(Item& item) override {
    Result<bool> has_row = rows_->next(item);
    if (!has_row) {
      return Error{Code::source_unavailable, path_ + ": " + has_row.error().message};
    }
    return has_row;
  }

 private:
  std::string path_;
  std::unique_ptr<coffer::WalletRowReader> rows_;
};

Record record_of(const WalletJob& job) {
  Record record;
  record["job"] = job.id.value();
  record["key"] = job.key;
  record["state"] = std::string(name_of(job.state));
  record["rows"] = job.rows;
  record["done"] = job.done;
  record["created"] = job.created;
  record["existed"] = job.existed;
  record["failed"] = job.failed;
  return record;
}

Exit exit_of(const WalletJob& job) {
  const bool is_whole = job.failed == 0 && job.state != WalletJobState::failed;
  return is_whole ? Exit::done : Exit::refused;
}

Result<ProgressBar::When> progress_of(std::string_view when) {
  if (when.empty() || when == "auto") {
    return ProgressBar::When::terminal;
  }
  if (when == "always" || when == "never") {
    return when == "always" ? ProgressBar::When::always : ProgressBar::When::never;
  }
  return Error{Code::invalid_argument, "--progress: is auto, always or never"};
}

Result<coffer::CryptoWalletKind> kind_of(std::string_view word) {
  using coffer::CryptoWalletKind;
  for (const auto kind : {CryptoWalletKind::hot, CryptoWalletKind::warm, CryptoWalletKind::cold,
                          CryptoWalletKind::watch_only}) {
    if (word == name_of(kind)) {
      return kind;
    }
  }
  return Error{Code::invalid_argument, "--kind: is hot, warm, cold or watch_only"};
}

/// Who acts, for the record.
std::string_view actor_of(const Arguments& arguments) {
  return arguments.has("actor") ? arguments.text("actor") : "coffer";
}

Result<Exit> add_source(CryptoWallets& wallets, const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::int64_t account, arguments.number("account", 0));
  Result<coffer::keys::ExtendedPublicKey> node =
      coffer::keys::ExtendedPublicKey::parse(arguments.text("xpub"));
  if (!node) {
    return Error{node.error().code, "--xpub: " + node.error().message};
  }
  coffer::AddressSourceDraft draft;
  draft.name = arguments.text("name");
  draft.network = arguments.text("network");
  draft.account = static_cast<std::uint32_t>(account);
  draft.node = &*node;
  COFFER_TRY_ASSIGN(draft.kind,
                    kind_of(arguments.has("kind") ? arguments.text("kind") : "watch_only"));
  if (arguments.has("form")) {
    COFFER_TRY_ASSIGN(draft.form, coffer::chain::address_form_named(arguments.text("form")));
  }
  COFFER_TRY_ASSIGN(const auto added, wallets.add_source(draft));
  Record record;
  record["source"] = added.source.id.value();
  record["name"] = added.source.name;
  record["path"] = added.source.path;
  record["next_index"] = added.source.next_index;
  record["existed"] = added.existed;
  print(record, arguments.has("json"));
  return Exit::done;
}

Result<std::vector<AddressSourceId>> sources_of(const CryptoWallets& wallets,
                                                std::string_view names) {
  std::vector<AddressSourceId> ids;
  if (names.empty()) {
    COFFER_TRY_ASSIGN(const auto all, wallets.sources());
    for (const auto& source : all) {
      ids.push_back(source.id);
    }
    if (ids.empty()) {
      return Error{Code::not_found,
                   "the book has no address source yet; add one by coffer wallets source"};
    }
  }
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    COFFER_TRY_ASSIGN(const auto source, wallets.find_source(names.substr(0, comma)));
    ids.push_back(source.id);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return ids;
}

/// Stores the rows of the file as a job, or finds the job that has them.
Result<WalletJobId> submit(CryptoWallets& wallets, const Arguments& arguments) {
  if (arguments.has("csv") == arguments.has("rows_json")) {
    return Error{Code::invalid_argument, "--csv: give a file by --csv or by --rows_json"};
  }
  const std::string path(arguments.text(arguments.has("csv") ? "csv" : "rows_json"));
  FilePieces pieces(path);
  if (!pieces.is_open()) {
    return Error{Code::not_found, path + ": can't be read"};
  }
  COFFER_TRY_ASSIGN(const auto sources, sources_of(wallets, arguments.text("sources")));
  const std::string name = std::filesystem::path(path).filename().string();
  coffer::WalletJobDraft draft;
  draft.key = arguments.has("key") ? arguments.text("key") : std::string_view(name);
  draft.sources = sources;
  draft.is_all_or_nothing = arguments.has("all_or_nothing");
  draft.allows_several = arguments.has("several");
  draft.needs_approval = arguments.has("needs_approval");
  draft.actor = actor_of(arguments);
  std::unique_ptr<coffer::WalletRowReader> rows;
  if (arguments.has("csv")) {
    rows = std::make_unique<coffer::CsvRows>(pieces);
  } else {
    rows = std::make_unique<coffer::JsonRows>(pieces);
  }
  FileRows of_file(path, std::move(rows));
  COFFER_TRY_ASSIGN(const auto job, wallets.submit(draft, of_file));
  return job.id;
}

Status print_failures(const CryptoWallets& wallets, WalletJobId job, std::int64_t most) {
  const auto limit = static_cast<std::uint32_t>(std::clamp<std::int64_t>(most, 1, 1000));
  COFFER_TRY_ASSIGN(const auto failed, wallets.results(job, 0, limit, true));
  for (const coffer::WalletRowResult& result : failed) {
    if (most-- > 0) {
      print_problem(result.message);
    }
  }
  return {};
}

Result<Exit> create(CryptoWallets& wallets, const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const ProgressBar::When when, progress_of(arguments.text("progress")));
  COFFER_TRY_ASSIGN(const std::int64_t threads, arguments.number("threads", 1));
  COFFER_TRY_ASSIGN(const std::int64_t most, arguments.number("refusals", 20));
  watch_for_interrupts();
  const auto start = std::chrono::steady_clock::now();
  COFFER_TRY_ASSIGN(const WalletJobId id, submit(wallets, arguments));
  coffer::WalletRun options;
  options.rows_max = 1024;
  options.actor = actor_of(arguments);
  options.derivation.threads = static_cast<unsigned>(std::clamp<std::int64_t>(threads, 0, 256));
  COFFER_TRY_ASSIGN(WalletJob job, wallets.find_job(id));
  {
    ProgressBar bar("creating wallets", when);
    while (job.state == WalletJobState::ready && !is_interrupted()) {
      COFFER_TRY_ASSIGN(job, wallets.run(id, options));
      bar.show(job.done, job.rows, std::to_string(job.done) + " rows");
    }
  }
  COFFER_TRY(print_failures(wallets, id, most));
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  Record record = record_of(job);
  record["milliseconds"] = spent.count();
  record["rows_per_second"] = job.rows * 1000 / std::max<std::int64_t>(spent.count(), 1);
  print(record, arguments.has("json"));
  if (job.state == WalletJobState::ready) {
    print_problem("stopped; run the same command again to go on");
    return Exit::cancelled;
  }
  if (job.state == WalletJobState::waiting) {
    print_problem("waits for coffer wallets approve; then run the same command again");
  }
  return exit_of(job);
}

Result<Exit> print_results(const CryptoWallets& wallets, const WalletJob& job,
                           const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::int64_t after, arguments.number("after", 0));
  COFFER_TRY_ASSIGN(const std::int64_t limit, arguments.number("limit", 50));
  COFFER_TRY_ASSIGN(
      const auto results,
      wallets.results(job.id, after,
                      static_cast<std::uint32_t>(std::clamp<std::int64_t>(limit, 0, 1001)),
                      arguments.has("failed")));
  std::vector<Record> records;
  for (const coffer::WalletRowResult& result : results) {
    Record record;
    record["row"] = result.row;
    record["user"] = result.user;
    record["network"] = result.network;
    record["result"] = !result.is_done           ? "not yet"
                       : result.code != Code::ok ? std::string(name_of(result.code))
                       : result.existed          ? "existed"
                                                 : "created";
    record["wallet"] = result.wallet.value();
    record["address"] = result.address;
    record["status"] = result.wallet ? std::string(name_of(result.status)) : std::string();
    record["message"] = result.message;
    records.push_back(std::move(record));
  }
  print(records, arguments.has("json"));
  return Exit::done;
}

/// What is done with a job that is there.
Result<Exit> look_or_change(CryptoWallets& wallets, const Arguments& arguments) {
  const std::string& action = arguments.argument(0);
  COFFER_TRY_ASSIGN(WalletJob job, wallets.find_job(arguments.text("key")));
  const std::string_view actor = actor_of(arguments);
  if (action == "results") {
    return print_results(wallets, job, arguments);
  }
  if (action == "cancel") {
    COFFER_TRY_ASSIGN(job, wallets.cancel(job.id, actor, arguments.text("reason")));
  } else if (action == "approve") {
    COFFER_TRY_ASSIGN(job, wallets.approve(job.id, actor));
  } else if (action == "retry") {
    COFFER_TRY_ASSIGN(job, wallets.retry(job.id, actor));
  } else if (action == "roll_back") {
    COFFER_TRY_ASSIGN(job, wallets.roll_back(job.id, actor, arguments.text("reason")));
  }
  print(record_of(job), arguments.has("json"));
  return exit_of(job);
}

Result<Exit> run_wallets(const Arguments& arguments) {
  constexpr std::array<std::string_view, 8> actions{"source",  "create", "job",   "results",
                                                    "approve", "cancel", "retry", "roll_back"};
  const std::string& action = arguments.argument(0);
  if (std::find(actions.begin(), actions.end(), action) == actions.end()) {
    return Error{Code::invalid_argument, "ACTION: '" + action + "' is no action of wallets"};
  }
  const bool is_looking = action == "job" || action == "results";
  COFFER_TRY_ASSIGN(const auto lists, AdmissionLists::read(arguments));
  COFFER_TRY_ASSIGN(const auto engine,
                    open_book(arguments.argument(1), is_looking ? Access::read : Access::write,
                              Index::keep, &lists->options()));
  CryptoWallets& wallets = engine->crypto_wallets();
  Result<Exit> exit = action == "source"   ? add_source(wallets, arguments)
                      : action == "create" ? create(wallets, arguments)
                                           : look_or_change(wallets, arguments);
  COFFER_TRY(exit);
  COFFER_TRY(engine->close());
  return exit;
}

}  // namespace

const Command wallets_command{
    {"wallets",
     {"ACTION", "BOOK"},
     "creates crypto wallets in bulk from an account's public key",
     {{"name", "NAME", "source: a name for it"},
      {"network", "NETWORK", "source: e.g. bitcoin, ethereum, tron"},
      {"xpub", "XPUB", "source: the account's extended public key"},
      {"account", "NUMBER", "source: the account's number in its path (0)"},
      {"form", "FORM", "source: of its addresses, e.g. p2tr (the network's usual one)"},
      {"kind", "KIND", "source: hot, warm, cold or watch_only (watch_only)"},
      {"csv", "FILE", "create: rows with user, network, key, label, extra"},
      {"rows_json", "FILE", "create: the same as JSON objects"},
      {"sources", "NAMES", "create: names with commas between (all there are)"},
      {"key", "KEY", "the job's idempotency key (create: the file's name)"},
      {"all_or_nothing", "", "create: one bad row, and no wallet is made"},
      {"several", "", "create: more wallets of a user in a network, by the rows' keys"},
      {"needs_approval", "", "create: no wallet is made before approve"},
      {"allow", "FILE", "create: users whose wallets become active, one in a line"},
      {"deny", "FILE", "create: users whose wallets are refused, whoever allows them"},
      {"others", "STATUS", "create: for users on no list: active, pending, refused (active)"},
      {"threads", "NUMBER", "create: that derive addresses, 0 for all processors (1)"},
      {"refusals", "NUMBER", "create: failed rows to print (20)"},
      {"progress", "WHEN", "create: a bar: auto, always, never"},
      {"after", "ROW", "results: those behind this row"},
      {"limit", "NUMBER", "results: at most so many (50)"},
      {"failed", "", "results: failed rows only"},
      {"reason", "TEXT", "cancel, roll_back: why, for the record"},
      {"actor", "NAME", "who does it, for the record (coffer)"}},
     "ACTION is source, create, job, results, approve, cancel, retry or roll_back.\n\n"
     "  coffer wallets source BOOK --name btc --network bitcoin --xpub zpub...\n"
     "  coffer wallets create BOOK --csv users.csv\n\n"
     "The book gets addresses and public keys; no private key is asked for. A job that was\n"
     "stopped goes on when the same command is run again; nothing is made twice. The lists of\n"
     "users are not kept in the book: give them again.\n"},
    run_wallets};

}  // namespace tool
