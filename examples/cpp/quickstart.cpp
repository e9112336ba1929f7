// SPDX-License-Identifier: MIT
// Opens a book, moves 12.50 USD between two accounts, looks at them and verifies.
#include <iostream>

#include <coffer/engine/engine.hpp>

namespace {

coffer::Status run(std::string_view path) {
  COFFER_TRY_ASSIGN(auto engine, coffer::Engine::open(path));
  coffer::Ledger& book = engine->ledger();
  COFFER_TRY_ASSIGN(auto usd, book.register_asset(*coffer::find_preset("USD")));
  coffer::AccountDraft account;
  account.key = "alice";
  account.asset = usd;
  COFFER_TRY_ASSIGN(auto alice, book.open_account(account));
  account.key = "cash";
  account.normal_side = coffer::Side::debit;
  account.policy.minimum = std::nullopt;
  COFFER_TRY_ASSIGN(auto cash, book.open_account(account));

  COFFER_TRY_ASSIGN(auto amount, coffer::parse_decimal("12.50", 2));
  const coffer::Entry entries[] = {{cash, coffer::Side::debit, amount},
                                   {alice, coffer::Side::credit, amount}};
  coffer::Draft draft;
  draft.key = "deposit-1";
  draft.entries = entries;
  COFFER_TRY_ASSIGN(auto posted, book.post(draft));
  std::cout << "posted transaction " << posted.id << '\n';

  COFFER_TRY_ASSIGN(auto balance, book.balance(alice));
  std::cout << "alice has " << coffer::format_decimal(balance.available, 2) << " USD\n";
  coffer::HistoryQuery query;
  query.account = alice;
  COFFER_TRY_ASSIGN(auto page, book.history(query));
  for (const coffer::HistoryLine& line : page.lines) {
    std::cout << "  " << line.key << ' ' << coffer::format_decimal(line.change, 2) << '\n';
  }
  COFFER_TRY_ASSIGN(auto report, book.verify({}));
  std::cout << "verified " << report.transactions << " transaction\n";
  return engine->close();
}

}  // namespace

int main(int count, char** arguments) {
  const coffer::Status status = run(count > 1 ? arguments[1] : "quickstart.db");
  if (!status) {
    std::cerr << status.error().message << '\n';
  }
  return status ? 0 : 1;
}
