// SPDX-License-Identifier: MIT
// Two users' wallets, a deposit of 50.00 USD, a payment of 12.50, and what is left.
#include <iostream>

#include <coffer/engine/engine.hpp>

coffer::Status pay() {
  COFFER_TRY_ASSIGN(auto book, coffer::Engine::open("money.db"));
  coffer::Wallets& wallets = book->wallets();
  COFFER_TRY_ASSIGN(auto ann, wallets.create({"ann", "USD"}));
  COFFER_TRY_ASSIGN(auto bob, wallets.create({"bob", "USD"}));
  COFFER_TRY_ASSIGN(auto fifty, coffer::parse_decimal("50", 2));
  COFFER_TRY(wallets.deposit({ann.wallet.id, fifty, "deposit-1"}));
  COFFER_TRY_ASSIGN(auto price, coffer::parse_decimal("12.50", 2));
  COFFER_TRY(wallets.transfer({ann.wallet.id, bob.wallet.id, price, "payment-1"}));
  COFFER_TRY_ASSIGN(auto left, wallets.balance(ann.wallet.id));
  std::cout << "ann has " << coffer::format_decimal(left.available, 2) << " USD\n";
  return book->close();
}

int main() {
  const coffer::Status paid = pay();
  std::cerr << paid.error().message;
  return paid ? 0 : 1;
}
