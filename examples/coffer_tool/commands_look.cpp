// SPDX-License-Identifier: MIT
// Commands that only look: accounts, balance, history, stats. They open the book read-only.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "book.hpp"
#include "commands.hpp"
#include "output.hpp"

namespace tool {
namespace {

using coffer::Account;
using coffer::AccountId;
using coffer::Asset;
using coffer::Balance;
using coffer::Engine;
using coffer::format_decimal;
using coffer::Ledger;

constexpr std::int64_t lines_max = 1000;

Result<std::uint32_t> limit_of(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::int64_t limit, arguments.number("limit", 50));
  if (limit < 1 || limit > lines_max) {
    return Error{Code::invalid_argument, "--limit: is not in 1..1000"};
  }
  return static_cast<std::uint32_t>(limit);
}

/// What `balance` and `history` are about: a wallet's account or any other.
struct Subject {
  AccountId account;
  Asset asset;
  std::int64_t wallet = 0;
};

Result<Subject> subject_of(Engine& engine, const Arguments& arguments) {
  if (arguments.has("account")) {
    if (arguments.has("wallet") || arguments.has("user")) {
      return Error{Code::invalid_argument, "--account: stands in place of a wallet's name"};
    }
    COFFER_TRY_ASSIGN(const std::int64_t id, parse_id("--account", arguments.text("account")));
    COFFER_TRY_ASSIGN(const Account account, engine.ledger().find_account(AccountId(id)));
    COFFER_TRY_ASSIGN(const auto asset, engine.ledger().find_asset(account.asset));
    return Subject{account.id, asset.asset, 0};
  }
  WalletNames names(engine.wallets());
  COFFER_TRY_ASSIGN(const coffer::Wallet* wallet,
                    names.find(arguments.text("wallet"), arguments.text("user"),
                               arguments.text("currency"), "--"));
  return Subject{wallet->account, wallet->asset, wallet->id.value()};
}

void add_buckets(Record& record, const Balance& balance, const Asset& asset) {
  record["asset"] = asset.code;
  record["posted"] = format_decimal(balance.posted, asset.scale);
  record["available"] = format_decimal(balance.available, asset.scale);
  record["held"] = format_decimal(balance.held, asset.scale);
  record["pending"] = format_decimal(balance.pending, asset.scale);
  record["frozen"] = format_decimal(balance.frozen, asset.scale);
}

std::string_view state_of(const Account& account) {
  if (account.policy.is_closed) {
    return "closed";
  }
  return account.policy.is_frozen ? "frozen" : "open";
}

Result<Record> account_record(const Ledger& ledger, const Account& account) {
  COFFER_TRY_ASSIGN(const auto asset, ledger.find_asset(account.asset));
  COFFER_TRY_ASSIGN(const Balance balance, ledger.balance(account.id));
  Record record;
  record["account"] = account.id.value();
  record["owner"] = account.owner;
  record["purpose"] = account.purpose;
  record["side"] = account.normal_side == coffer::Side::debit ? "debit" : "credit";
  record["state"] = state_of(account);
  record["asset"] = asset.asset.code;
  record["posted"] = format_decimal(balance.posted, asset.asset.scale);
  record["available"] = format_decimal(balance.available, asset.asset.scale);
  return record;
}

Result<Exit> run_accounts(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const std::uint32_t limit, limit_of(arguments));
  COFFER_TRY_ASSIGN(const std::int64_t after, arguments.number("after", 0));
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::read));
  COFFER_TRY_ASSIGN(const auto accounts,
                    engine->ledger().accounts(arguments.text("owner"), AccountId(after), limit));
  std::vector<Record> records;
  for (const Account& account : accounts) {
    COFFER_TRY_ASSIGN(Record record, account_record(engine->ledger(), account));
    records.push_back(std::move(record));
  }
  print(records, arguments.has("json"));
  return Exit::done;
}

Result<Exit> run_balance(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const coffer::Timestamp time, arguments.time("at"));
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::read));
  COFFER_TRY_ASSIGN(const Subject subject, subject_of(*engine, arguments));
  Record record;
  if (subject.wallet != 0) {
    record["wallet"] = subject.wallet;
  }
  record["account"] = subject.account.value();
  if (time) {
    COFFER_TRY_ASSIGN(const auto posted, engine->ledger().balance_as_of(
                                             subject.account, time, coffer::TimeAxis::recorded));
    record["at"] = text_of(time);
    record["asset"] = subject.asset.code;
    record["posted"] = format_decimal(posted, subject.asset.scale);
  } else {
    COFFER_TRY_ASSIGN(const Balance balance, engine->ledger().balance(subject.account));
    add_buckets(record, balance, subject.asset);
  }
  print(record, arguments.has("json"));
  return Exit::done;
}

/// A cursor as `history` prints it: the transaction, and the line within it when that is not 0.
Result<coffer::Cursor> cursor_of(std::string_view text) {
  if (text.empty()) {
    return coffer::Cursor{};
  }
  const std::size_t colon = std::min(text.find(':'), text.size());
  COFFER_TRY_ASSIGN(const std::int64_t id, parse_id("--after", text.substr(0, colon)));
  coffer::Cursor cursor{coffer::TransactionId(id), 0};
  if (colon < text.size()) {
    const auto [end, error] =
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), cursor.line);
    if (error != std::errc() || end != text.data() + text.size()) {
      return Error{Code::invalid_argument,
                   "--after: is written as TRANSACTION or TRANSACTION:LINE"};
    }
  }
  return cursor;
}

Record line_record(const coffer::HistoryLine& line, int scale) {
  Record record;
  record["transaction"] = line.transaction.value();
  record["recorded_at"] = text_of(line.recorded_at);
  record["side"] = line.side == coffer::Side::debit ? "debit" : "credit";
  record["change"] = format_decimal(line.change, scale);
  record["before"] = format_decimal(line.balance_before, scale);
  record["after"] = format_decimal(line.balance_after, scale);
  record["key"] = line.key;
  record["reference"] = line.reference;
  return record;
}

Result<coffer::TransactionKind> kind_of(std::string_view name) {
  constexpr std::array<std::string_view, 4> names{"posting", "reversal", "capture", "correction"};
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return Error{Code::invalid_argument, "--type: is posting, reversal, capture or correction"};
  }
  return static_cast<coffer::TransactionKind>(found - names.begin());
}

Result<coffer::Amount> bound_of(const Arguments& arguments, std::string_view option, int scale) {
  auto amount = coffer::parse_decimal(arguments.text(option), scale);
  if (!amount) {
    return Error{amount.error().code, "--" + std::string(option) + ": " + amount.error().message};
  }
  return amount;
}

Status read_filters(const Arguments& arguments, int scale, coffer::HistoryQuery& query) {
  if (arguments.has("type")) {
    COFFER_TRY_ASSIGN(query.kind, kind_of(arguments.text("type")));
  }
  if (arguments.has("least")) {
    COFFER_TRY_ASSIGN(query.amount_min, bound_of(arguments, "least", scale));
  }
  if (arguments.has("most")) {
    COFFER_TRY_ASSIGN(query.amount_max, bound_of(arguments, "most", scale));
  }
  if (arguments.has("reversed")) {
    const std::string_view answer = arguments.text("reversed");
    if (answer != "yes" && answer != "no") {
      return Error{Code::invalid_argument, "--reversed: is yes or no"};
    }
    query.is_reversed = answer == "yes";
  }
  return {};
}

Result<Exit> run_history(const Arguments& arguments) {
  coffer::HistoryQuery query;
  COFFER_TRY_ASSIGN(query.limit, limit_of(arguments));
  COFFER_TRY_ASSIGN(query.after, cursor_of(arguments.text("after")));
  COFFER_TRY_ASSIGN(query.recorded_from, arguments.time("from"));
  COFFER_TRY_ASSIGN(query.recorded_to, arguments.time("to"));
  query.is_oldest_first = arguments.has("oldest-first");
  query.reference = arguments.text("reference");
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::read));
  COFFER_TRY_ASSIGN(const Subject subject, subject_of(*engine, arguments));
  query.account = subject.account;
  COFFER_TRY(read_filters(arguments, subject.asset.scale, query));
  COFFER_TRY_ASSIGN(const auto page, engine->ledger().history(query));
  std::vector<Record> records;
  for (const coffer::HistoryLine& line : page.lines) {
    records.push_back(line_record(line, subject.asset.scale));
  }
  std::string next = std::to_string(page.next.transaction.value());
  if (page.next.line != 0) {
    next += ":" + std::to_string(page.next.line);
  }
  if (page.has_more && arguments.has("json") && !records.empty()) {
    records.back()["next"] = next;
  }
  print(records, arguments.has("json"));
  if (page.has_more) {
    print_problem("there is more: --after " + next);
  }
  return Exit::done;
}

Result<Exit> run_stats(const Arguments& arguments) {
  COFFER_TRY_ASSIGN(const auto engine, open_book(arguments.argument(0), Access::read));
  COFFER_TRY_ASSIGN(const auto statistics, engine->ledger().statistics());
  COFFER_TRY_ASSIGN(const auto assets, engine->ledger().assets());
  COFFER_TRY_ASSIGN(const auto head, engine->ledger().chain_head());
  Record record;
  record["storage"] = engine->storage().description();
  record["transactions"] = statistics.transactions;
  record["accounts"] = statistics.accounts;
  record["holds"] = statistics.holds;
  record["commits"] = statistics.commits;
  record["assets"] = assets.size();
  record["last_commit_at"] = text_of(head.recorded_at);
  print(record, arguments.has("json"));
  return Exit::done;
}

const std::vector<Option> subject_options{
    {"wallet", "ID", "the wallet"},
    {"user", "USER", "with --currency, in place of --wallet"},
    {"currency", "CODE", "e.g. USD"},
    {"account", "ID", "any account of the ledger, in place of a wallet"}};

std::vector<Option> subject_and(std::vector<Option> options) {
  options.insert(options.begin(), subject_options.begin(), subject_options.end());
  return options;
}

}  // namespace

const Command accounts_command{{"accounts",
                                {"BOOK"},
                                "Lists accounts with their balances, in the order of their ids.",
                                {{"owner", "OWNER", "only those of this owner (a wallet's user)"},
                                 {"after", "ID", "only those after this one"},
                                 {"limit", "COUNT", "at most so many, 1..1000, default 50"}},
                                {}},
                               run_accounts};

const Command balance_command{
    {"balance",
     {"BOOK"},
     "Shows the money of a wallet or account, in its buckets.",
     subject_and({{"at", "TIME", "the posted balance as it was recorded by then"}}),
     {}},
    run_balance};

const Command history_command{
    {"history",
     {"BOOK"},
     "Lists the transactions of a wallet or account, newest first.",
     subject_and({{"limit", "COUNT", "lines, 1..1000, default 50"},
                  {"after", "CURSOR", "go on where the page before ended"},
                  {"from", "TIME", "recorded at or after"},
                  {"to", "TIME", "recorded before"},
                  {"reference", "TEXT", "only with this reference"},
                  {"type", "KIND", "only posting, reversal, capture or correction"},
                  {"least", "AMOUNT", "only lines that change the balance by so much or more"},
                  {"most", "AMOUNT", "only lines that change it by so much or less"},
                  {"reversed", "yes|no", "only what a reversal took back, or what still stands"},
                  {"oldest-first", "", "in the order of recording"}}),
     "Where a page is full, stderr says how to go on; with --json its last line has the cursor as\n"
     "\"next\".\n"},
    run_history};

const Command stats_command{{"stats", {"BOOK"}, "Shows how much is in the book.", {}, {}},
                            run_stats};

}  // namespace tool
