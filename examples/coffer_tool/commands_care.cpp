// SPDX-License-Identifier: MIT
// Commands of proof and care: verify, rebuild-index, backup, reconcile.
#include <fstream>

#include <coffer/core/text.hpp>

#include "book.hpp"
#include "commands.hpp"
#include "csv_reader.hpp"
#include "output.hpp"
#include "progress_bar.hpp"

namespace tool {
namespace {

using coffer::Amount;
using coffer::Engine;
using coffer::format_decimal;
using coffer::Reconciliation;
using coffer::Timestamp;
using coffer::Wallet;

std::string text_of_head(const coffer::ChainHead& head) {
  return std::to_string(head.commit.value()) + ":" + coffer::to_hex(head.hash);
}

/// What `verify` printed as "head" earlier.
Result<coffer::ChainHead> parse_head(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  COFFER_TRY_ASSIGN(const std::int64_t commit, parse_id("--head", text.substr(0, colon)));
  const auto bytes = coffer::parse_hex(text.substr(std::min(colon + 1, text.size())));
  coffer::ChainHead head;
  if (!bytes || bytes->size() != head.hash.size()) {
    return Error{Code::invalid_argument, "--head: is written as COMMIT:HASH, 64 hex digits"};
  }
  head.commit = coffer::CommitId(commit);
  std::copy(bytes->begin(), bytes->end(), head.hash.begin());
  return head;
}

Result<coffer::VerifyReport> verified(const std::string& path, coffer::VerifyOptions* options) {
  COFFER_TRY_ASSIGN(const auto engine, open_book(path, Access::read));
  ProgressBar bar("verifying", ProgressBar::When::terminal);
  options->progress = [&bar](std::int64_t done, std::int64_t total) {
    bar.show(done, total);
    return !is_interrupted();
  };
  return engine->ledger().verify(*options);
}

/// People read the problem on stderr; a program gets it as an answer like any other.
Exit print_damage(const Error& problem, bool is_json) {
  print_problem(problem.message);
  if (is_json) {
    Record record;
    record["verified"] = false;
    record["code"] = std::string(name_of(problem.code));
    record["problem"] = problem.message;
    print(record, is_json);
  }
  return Exit::damaged;
}

Result<Exit> run_verify(const Arguments& arguments) {
  coffer::VerifyOptions options;
  if (arguments.has("head")) {
    COFFER_TRY_ASSIGN(options.expected, parse_head(arguments.text("head")));
  }
  watch_for_interrupts();
  Result<coffer::VerifyReport> report = verified(arguments.argument(0), &options);
  if (!report) {
    const Code code = report.error().code;
    if (code == Code::integrity_failure || code == Code::storage_corrupt) {
      return print_damage(report.error(), arguments.has("json"));
    }
    return code == Code::cancelled ? Result<Exit>(Exit::cancelled) : std::move(report).error();
  }
  Record record;
  record["verified"] = true;
  record["transactions"] = report->transactions;
  record["entries"] = report->entries;
  record["accounts"] = report->accounts;
  record["holds"] = report->holds;
  record["commits"] = report->commits;
  record["head"] = text_of_head(report->head);
  print(record, arguments.has("json"));
  return Exit::done;
}

Result<Exit> run_rebuild_index(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const auto engine,
                    open_book(arguments.argument(0), Access::write, Index::rebuild));
  COFFER_TRY(engine->close());
  Record record;
  record["book"] = arguments.argument(0);
  record["index_rebuilt"] = true;
  print(record, arguments.has("json"));
  return Exit::done;
}

Result<Exit> run_backup(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::read));
  watch_for_interrupts();
  Status copied;
  {
    ProgressBar bar("copying", ProgressBar::When::terminal);
    copied = engine->ledger().backup(arguments.argument(1),
                                     [&bar](std::int64_t done, std::int64_t total) {
                                       bar.show(done, total);
                                       return !is_interrupted();
                                     });
  }
  if (!copied) {
    return copied.error().code == Code::cancelled ? Result<Exit>(Exit::cancelled)
                                                  : std::move(copied).error();
  }
  Record record;
  record["book"] = arguments.argument(0);
  record["backup"] = arguments.argument(1);
  print(record, arguments.has("json"));
  return Exit::done;
}

Record record_of(const Reconciliation& reconciliation, const Wallet& wallet) {
  const auto decimal = [&wallet](const Amount& amount) {
    return format_decimal(amount, wallet.asset.scale);
  };
  Record record;
  record["reconciliation"] = reconciliation.id.value();
  record["wallet"] = wallet.id.value();
  record["user"] = wallet.user;
  record["asset"] = wallet.asset.code;
  record["start_at"] = text_of(reconciliation.start_at);
  record["end_at"] = text_of(reconciliation.end_at);
  record["system"] = decimal(reconciliation.system_balance);
  record["external"] = decimal(reconciliation.external_balance);
  record["difference"] = decimal(reconciliation.difference);
  record["tolerance"] = decimal(reconciliation.tolerance);
  record["status"] = name_of(reconciliation.status);
  return record;
}

/// One line of a statement: what the outside says that a wallet holds.
struct StatementLine {
  std::int64_t line = 0;
  Wallet wallet;
  Amount balance;
};

/// A statement is CSV with the columns user, currency, balance in this order.
Result<std::vector<StatementLine>> read_statement(const std::string& path, WalletNames& names) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return Error{Code::not_found, path + ": can't be read"};
  }
  CsvReader csv(file);
  const std::vector<std::string> header{"user", "currency", "balance"};
  if (csv.next() != CsvReader::Kind::record || csv.fields() != header) {
    return Error{Code::invalid_argument, path + ": line 1 is not 'user,currency,balance'"};
  }
  std::vector<StatementLine> lines;
  for (CsvReader::Kind kind = csv.next(); kind != CsvReader::Kind::end; kind = csv.next()) {
    const std::string start = path + ": line " + std::to_string(csv.line()) + ": ";
    const std::vector<std::string>& fields = csv.fields();
    if (kind == CsvReader::Kind::bad || fields.size() != header.size()) {
      return Error{Code::invalid_argument,
                   start + (kind == CsvReader::Kind::bad ? csv.problem() : "has not 3 fields")};
    }
    const Result<const Wallet*> wallet = names.find({}, fields[0], fields[1]);
    if (!wallet) {
      return Error{wallet.error().code, start + wallet.error().message};
    }
    const Result<Amount> balance = coffer::parse_decimal(fields[2], (*wallet)->asset.scale);
    if (!balance) {
      return Error{balance.error().code, start + balance.error().message};
    }
    lines.push_back({csv.line(), **wallet, *balance});
  }
  return lines;
}

/// The statement as a source of balances; wallets are asked in the order of its lines.
class Statement final : public coffer::BalanceSource {
 public:
  explicit Statement(const std::vector<StatementLine>& lines) : lines_(lines) {}
  Result<Amount> balance_at(coffer::WalletId /*wallet*/, std::string_view /*asset_code*/,
                            Timestamp /*end_at*/) override {
    return lines_[next_++].balance;
  }

 private:
  const std::vector<StatementLine>& lines_;
  std::size_t next_ = 0;
};

Result<Exit> reconcile_statement(Engine& engine, const Arguments& arguments, Timestamp end_at) {
  WalletNames names(engine.wallets());
  const auto lines_read = read_statement(std::string(arguments.text("statement")), names);
  if (!lines_read) {
    return print_file_problem(lines_read.error());
  }
  const std::vector<StatementLine>& lines = *lines_read;
  std::vector<coffer::WalletId> wallets;
  for (const StatementLine& line : lines) {
    wallets.push_back(line.wallet.id);
  }
  Statement statement(lines);
  std::vector<coffer::ReconciliationOutcome> outcomes(lines.size());
  COFFER_TRY(engine.reconciler().run_incremental(wallets, end_at, statement, outcomes));
  std::int64_t matched = 0;
  std::vector<Record> differences;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].status) {
      print_problem("line " + std::to_string(lines[i].line) + ": " +
                    outcomes[i].status.error().message);
      continue;
    }
    const Reconciliation& record = outcomes[i].record;
    matched += record.status == coffer::ReconciliationStatus::matched ? 1 : 0;
    if (!record.difference.is_zero()) {
      differences.push_back(record_of(record, lines[i].wallet));
    }
  }
  const auto all = static_cast<std::int64_t>(outcomes.size());
  Record summary;
  summary["wallets"] = all;
  summary["matched"] = matched;
  summary["not_matched"] = all - matched;
  print(summary, arguments.has("json"));
  if (!differences.empty()) {
    print(differences, arguments.has("json"));
  }
  return matched == all ? Exit::done : Exit::refused;
}

Result<Exit> reconcile_one(Engine& engine, const Arguments& arguments, Timestamp end_at) {
  WalletNames names(engine.wallets());
  COFFER_TRY_ASSIGN(const Wallet* wallet,
                    names.find(arguments.text("wallet"), arguments.text("user"),
                               arguments.text("currency"), "--"));
  coffer::ReconciliationRequest request;
  request.wallet = wallet->id;
  request.end_at = end_at;
  request.notes = arguments.text("notes");
  COFFER_TRY_ASSIGN(request.start_at, arguments.time("start"));
  if (!request.start_at) {
    request.start_at = wallet->recorded_at;
  }
  const Result<Amount> external =
      coffer::parse_decimal(arguments.text("external"), wallet->asset.scale);
  if (!external) {
    return Error{external.error().code, "--external, " + external.error().message};
  }
  request.external_balance = *external;
  if (arguments.has("tolerance")) {
    const Result<Amount> tolerance =
        coffer::parse_decimal(arguments.text("tolerance"), wallet->asset.scale);
    if (!tolerance) {
      return Error{tolerance.error().code, "--tolerance, " + tolerance.error().message};
    }
    request.tolerance = *tolerance;
  }
  COFFER_TRY_ASSIGN(const Reconciliation record, engine.reconciler().run(request));
  print(record_of(record, *wallet), arguments.has("json"));
  return record.status == coffer::ReconciliationStatus::matched ? Exit::done : Exit::refused;
}

Result<Exit> run_reconcile(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(Timestamp end_at, arguments.time("end"));
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::write));
  if (!end_at) {
    end_at = engine->ledger().clock().now();
  }
  return arguments.has("statement") ? reconcile_statement(*engine, arguments, end_at)
                                    : reconcile_one(*engine, arguments, end_at);
}

}  // namespace

const Command verify_command{
    {"verify",
     {"BOOK"},
     "Re-adds everything and checks the audit chain; names the first bad record.",
     {{"head", "COMMIT:HASH", "an earlier head that must still be part of the chain"}},
     "Keep the head that it prints outside of the file: given back later by --head, it proves "
     "that\n"
     "nothing before it was rewritten and that the tail was not cut off.\n"},
    run_verify};

const Command rebuild_index_command{
    {"rebuild-index",
     {"BOOK"},
     "Builds the index again from the journal, when verify or an error says so.",
     {},
     "The index of keys and histories is derived: nothing of the books is in it alone. Needs "
     "about\n"
     "130 bytes of memory a transaction.\n"},
    run_rebuild_index};

const Command backup_command{{"backup",
                              {"BOOK", "TARGET"},
                              "Copies the book to a new file while others read and write it.",
                              {},
                              {}},
                             run_backup};

const Command reconcile_command{
    {"reconcile",
     {"BOOK"},
     "Compares the books with an outside balance and keeps the result.",
     {{"wallet", "ID", "the wallet"},
      {"user", "USER", "with --currency, in place of --wallet"},
      {"currency", "CODE", "e.g. USD"},
      {"external", "DECIMAL", "the outside balance at the end of the range"},
      {"start", "TIME", "inclusive, default the wallet's creation"},
      {"end", "TIME", "exclusive, default now"},
      {"tolerance", "DECIMAL", "largest difference that still matches, default 0"},
      {"notes", "TEXT", "kept with the record"},
      {"statement", "FILE", "many wallets with one commit, in place of the above"}},
     "A statement is CSV with the columns user,currency,balance. Each wallet is reconciled from "
     "the\n"
     "end of its last record. Every difference is listed, also those that are tolerated.\n"},
    run_reconcile};

}  // namespace tool
