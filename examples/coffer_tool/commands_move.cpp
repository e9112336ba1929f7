// SPDX-License-Identifier: MIT
// Commands that write: init, post, import.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "book.hpp"
#include "commands.hpp"
#include "importer.hpp"
#include "output.hpp"
#include "progress_bar.hpp"
#include "rows.hpp"

namespace tool {
namespace {

using coffer::Engine;
using coffer::Outcome;

/// "GOLD:4" is an asset of four places; "USD" is built in.
Result<coffer::Asset> parse_asset(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    const std::optional<coffer::Asset> preset = coffer::find_preset(text);
    if (!preset) {
      return Error{Code::invalid_argument,
                   "--asset: '" + std::string(text) + "' is not built in; write CODE:PLACES"};
    }
    return *preset;
  }
  coffer::Asset asset;
  asset.code = text.substr(0, colon);
  const std::string_view places = text.substr(colon + 1);
  if (places.empty() || places.size() > 2 ||
      places.find_first_not_of("0123456789") != std::string_view::npos) {
    return Error{Code::invalid_argument,
                 "--asset: '" + std::string(places) + "' is no number of places"};
  }
  asset.scale = std::stoi(std::string(places));
  return asset;
}

/// An asset of the list, and why a book that does not have it yet would not take it.
struct WantedAsset {
  coffer::Asset asset;
  bool names_all = true;  ///< not only code and places
  Status refusal;
};

/// The assets of the list; one in memory says which of them an empty book would take.
Result<std::vector<WantedAsset>> parse_assets(std::string_view list) {
  const auto storage = coffer::storage::make_memory_storage();
  COFFER_TRY_ASSIGN(const auto trial, coffer::Ledger::open(*storage, coffer::system_clock(), {}));
  std::vector<WantedAsset> assets;
  while (!list.empty()) {
    const std::string_view text = list.substr(0, list.find(','));
    WantedAsset wanted;
    COFFER_TRY_ASSIGN(wanted.asset, parse_asset(text));
    wanted.names_all = text.find(':') == std::string_view::npos;
    if (const auto taken = trial->register_asset(wanted.asset); !taken) {
      wanted.refusal = Error{Code::invalid_argument,
                             "--asset: '" + std::string(text) + "', " + taken.error().message};
    }
    assets.push_back(std::move(wanted));
    list.remove_prefix(std::min(text.size() + 1, list.size()));
  }
  return assets;
}

/// Refuses all before the first is registered when the book has one of them otherwise, or has not
/// what it would not take. What it has as asked for is fine, whatever a new book would say.
Status check_against(const coffer::Ledger& ledger, const std::vector<WantedAsset>& assets) {
  for (const WantedAsset& wanted : assets) {
    const coffer::Asset& asset = wanted.asset;
    const auto known = ledger.find_asset(asset.code);
    if (!known) {
      COFFER_TRY(wanted.refusal);
    } else if (known->asset.scale != asset.scale) {
      return Error{Code::asset_scale_fixed,
                   "--asset: " + asset.code + " has " + std::to_string(known->asset.scale) +
                       " places in this book, not " + std::to_string(asset.scale) +
                       ", and that never changes"};
    } else if (wanted.names_all && known->asset != asset) {
      return Error{Code::exists_with_different_asset,
                   "--asset: " + asset.code + " is another asset in this book"};
    }
  }
  return {};
}

/// Before anything is created.
Status check_without_book(const std::string& path, const std::vector<WantedAsset>& assets) {
  std::error_code unknown;
  if (std::filesystem::file_size(path, unknown) > 0 && !unknown) {
    return {};
  }
  for (const WantedAsset& wanted : assets) {
    COFFER_TRY(wanted.refusal);
  }
  return {};
}

Result<Exit> run_init(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::vector<WantedAsset> assets, parse_assets(arguments.text("asset")));
  COFFER_TRY(check_without_book(arguments.argument(0), assets));
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::create));
  Record record;
  record["book"] = arguments.argument(0);
  record["storage"] = engine->storage().description();
  COFFER_TRY(check_against(engine->ledger(), assets));
  for (const WantedAsset& wanted : assets) {
    if (!engine->ledger().find_asset(wanted.asset.code)) {
      COFFER_TRY(engine->ledger().register_asset(wanted.asset));
    }
  }
  COFFER_TRY_ASSIGN(const auto registered, engine->ledger().assets());
  record["assets"] = registered.size();
  COFFER_TRY(engine->close());
  print(record, arguments.has("json"));
  return Exit::done;
}

Result<Outcome> post_entry(Engine& engine, const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::int64_t debit, parse_id("--debit", arguments.text("debit")));
  COFFER_TRY_ASSIGN(const std::int64_t credit, parse_id("--credit", arguments.text("credit")));
  COFFER_TRY_ASSIGN(const auto account, engine.ledger().find_account(coffer::AccountId(debit)));
  COFFER_TRY_ASSIGN(const auto asset, engine.ledger().find_asset(account.asset));
  COFFER_TRY_ASSIGN(const auto amount,
                    coffer::parse_decimal(arguments.text("amount"), asset.asset.scale));
  COFFER_TRY_ASSIGN(const auto effective_at, arguments.time("effective_at"));
  const std::array<coffer::Entry, 2> entries{
      coffer::Entry{coffer::AccountId(debit), coffer::Side::debit, amount},
      coffer::Entry{coffer::AccountId(credit), coffer::Side::credit, amount}};
  coffer::Draft draft;
  draft.key = arguments.text("key");
  draft.entries = entries;
  draft.effective_at = effective_at;
  draft.description = arguments.text("description");
  return engine.ledger().post(draft);
}

/// What single calls of Wallets say in words, the bulk call says by codes only.
Result<Outcome> post_row(coffer::Wallets& wallets, const Row& row) {
  WalletNames names(wallets);
  COFFER_TRY_ASSIGN(const auto operation, operation_of(row, names));
  const auto receipt = [](Result<coffer::Receipt> done) -> Result<Outcome> {
    if (!done) {
      return std::move(done).error();
    }
    return Outcome{Code::ok, done->existed, done->transaction.value(), 0, done->recorded_at};
  };
  if (const auto* draft = std::get_if<coffer::WalletDraft>(&operation)) {
    COFFER_TRY_ASSIGN(const auto made, wallets.create(*draft));
    return Outcome{Code::ok, made.existed, made.wallet.id.value(), 0, made.wallet.recorded_at};
  }
  if (const auto* deposit = std::get_if<coffer::Deposit>(&operation)) {
    return receipt(wallets.deposit(*deposit));
  }
  if (const auto* withdrawal = std::get_if<coffer::Withdrawal>(&operation)) {
    return receipt(wallets.withdraw(*withdrawal));
  }
  if (const auto* transfer = std::get_if<coffer::WalletTransfer>(&operation)) {
    return receipt(wallets.transfer(*transfer));
  }
  COFFER_TRY_ASSIGN(const auto done, wallets.exchange(std::get<coffer::WalletExchange>(operation)));
  return receipt(done.receipt);
}

Result<Exit> run_post(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::write));
  const std::string& op = arguments.argument(1);
  Result<Outcome> outcome = Error{};
  if (op == "entry") {
    outcome = post_entry(*engine, arguments);
  } else {
    Row row;
    row[Field::op] = op;
    for (std::size_t i = 1; i < field_names.size(); ++i) {
      row.values[i] = arguments.text(field_names[i]);
    }
    outcome = post_row(engine->wallets(), row);
  }
  if (!outcome) {
    return std::move(outcome).error();
  }
  Record record;
  record["op"] = op;
  record[op == "create" ? "wallet" : "transaction"] = outcome->id;
  record["existed"] = outcome->existed;
  record["recorded_at"] = text_of(outcome->recorded_at);
  print(record, arguments.has("json"));
  return Exit::done;
}

Result<ProgressBar::When> progress_of(const Arguments& arguments) {
  const std::string_view when = arguments.text("progress");
  if (when.empty() || when == "auto") {
    return ProgressBar::When::terminal;
  }
  if (when == "always" || when == "never") {
    return when == "always" ? ProgressBar::When::always : ProgressBar::When::never;
  }
  return Error{Code::invalid_argument, "--progress: is auto, always or never"};
}

/// Prints the first refused rows as they come; a bar that was drawn is wiped first.
std::function<void(std::int64_t, const std::string&)> refusals_printer(ProgressBar& bar,
                                                                       std::int64_t* printed,
                                                                       std::int64_t most) {
  return [&bar, printed, most](std::int64_t line, const std::string& problem) {
    if (++*printed <= most) {
      bar.wipe();
      print_problem("line " + std::to_string(line) + ": " + problem);
    } else if (*printed == most + 1) {
      print_problem("further refused rows are only counted (--refusals shows more)");
    }
  };
}

Result<Exit> run_import(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::int64_t batch, arguments.number("batch", 4096));
  COFFER_TRY_ASSIGN(const std::int64_t most, arguments.number("refusals", 20));
  COFFER_TRY_ASSIGN(const ProgressBar::When when, progress_of(arguments));
  if (batch < 1 || batch > 65'536) {
    return Error{Code::invalid_argument, "--batch: is not in 1..65536"};
  }
  const std::string& path = arguments.argument(1);
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    return Error{Code::not_found, path + ": can't be read"};
  }
  // A pipe has no size; its rows are counted without a bar.
  std::error_code unknown;
  const auto size = std::filesystem::file_size(path, unknown);
  const std::int64_t bytes_total = unknown ? 0 : static_cast<std::int64_t>(size);
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::write));
  watch_for_interrupts();
  const auto start = std::chrono::steady_clock::now();
  std::int64_t printed = 0;
  std::int64_t rows_done = 0;
  ImportOptions options;
  options.batch = static_cast<std::size_t>(batch);
  Result<ImportReport> report = Error{};
  {
    ProgressBar bar("importing", when);
    options.refused = refusals_printer(bar, &printed, most);
    options.progress = [&](std::int64_t bytes, std::int64_t rows) {
      bar.show(bytes, bytes_total, std::to_string(rows) + " rows");
      rows_done = rows;
      return !is_interrupted();
    };
    report = import_rows(*engine, file, options);
  }
  if (!report) {
    const Exit failed = print_file_problem(report.error());
    if (rows_done > 0) {
      print_problem("what was done before stands; run the same command again to go on from there");
    }
    return failed;
  }
  COFFER_TRY(engine->close());
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  Record record;
  record["rows"] = report->rows;
  record["done"] = report->done;
  record["done_before"] = report->existed;
  record["refused"] = report->refused;
  record["cancelled"] = report->is_cancelled;
  record["milliseconds"] = spent.count();
  record["rows_per_second"] = report->rows * 1000 / std::max<std::int64_t>(spent.count(), 1);
  print(record, arguments.has("json"));
  if (report->is_cancelled) {
    print_problem("stopped; run the same command again to go on");
    return Exit::cancelled;
  }
  return report->refused == 0 ? Exit::done : Exit::refused;
}

const std::string& post_details() {
  static const std::string text =
      std::string(rows_help) +
      "\nAn entry moves money between any two accounts of the ledger, which `coffer accounts`\n"
      "lists. It reads key, debit, credit, amount, description? and effective_at?.\n";
  return text;
}

const std::string& import_details() {
  static const std::string text =
      "FILE is CSV (RFC 4180, UTF-8); a pipe such as /dev/stdin will do. Its first line names the\n"
      "columns, in any order:\n"
      "op, key, wallet, user, currency, amount, to_wallet, to_user, to_currency, rate,\n"
      "rounding, description, effective_at, label. Columns that no row needs may be left out.\n\n" +
      std::string(rows_help) +
      "\nEach batch is one commit. Stop the import at any time (Ctrl-C, or pull the plug) and run\n"
      "the same command again: rows that were done are counted as done_before. Each is read and\n"
      "looked up again, which took 1.3 s for 100,000 rows where it was measured. A row that was\n"
      "refused is reported with its line and tried again the next time; the others go on. Within\n"
      "a batch wallets are created first.\n";
  return text;
}

}  // namespace

const Command init_command{
    {"init",
     {"BOOK"},
     "Creates a book in a new file, or opens the one that is there.",
     {{"asset", "CODE[:PLACES],..", "register these assets, e.g. USD,BTC,GOLD:4"}},
     "Currencies of ISO 4217 and common coins are also registered when a wallet first needs "
     "them.\n"},
    run_init};

const Command post_command{
    {"post",
     {"BOOK", "OP"},
     "Does one operation: create, deposit, withdraw, transfer, exchange, or entry.",
     {{"key", "KEY", "names the operation: the same key again is not done again"},
      {"wallet", "ID", "the wallet"},
      {"user", "USER", "with --currency, in place of --wallet"},
      {"currency", "CODE", "e.g. USD"},
      {"amount", "DECIMAL", "greater than zero"},
      {"to_wallet", "ID", "the receiving wallet"},
      {"to_user", "USER", "with --to_currency, in place of --to_wallet"},
      {"to_currency", "CODE", "default: the same currency"},
      {"rate", "RATE", "of an exchange"},
      {"rounding", "HOW", "of an exchange, default down"},
      {"description", "TEXT", "kept with the transaction"},
      {"effective_at", "TIME", "value date, default now"},
      {"label", "TEXT", "of a wallet that is created"},
      {"debit", "ACCOUNT", "of an entry"},
      {"credit", "ACCOUNT", "of an entry"}},
     post_details()},
    run_post};

const Command import_command{
    {"import",
     {"BOOK", "FILE"},
     "Does every row of a CSV file, thousands with one commit; can be stopped and run again.",
     {{"batch", "ROWS", "rows per commit, 1..65536, default 4096"},
      {"progress", "WHEN", "auto (when stderr is a terminal), always or never"},
      {"refusals", "COUNT", "how many refused rows are printed, default 20"}},
     import_details()},
    run_import};

}  // namespace tool
