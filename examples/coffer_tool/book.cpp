// SPDX-License-Identifier: MIT
// Opening a book, and wallets by name.
#include "book.hpp"

#include <charconv>

namespace tool {

Result<std::unique_ptr<coffer::Engine>> open_book(
    std::string_view path, Access access, Index index,
    const coffer::CryptoWalletsOptions* crypto_wallets) {
  coffer::EngineOptions options;
  options.sqlite.may_create = access == Access::create;
  options.ledger.is_read_only = access == Access::read;
  options.ledger.rebuild_index = index == Index::rebuild;
  options.ledger.takeover = coffer::storage::Takeover::wait;
  options.ledger.takeover_wait_ns = 5'000'000'000;
  options.crypto_wallets = crypto_wallets;
  return coffer::Engine::open(path, options);
}

Result<std::int64_t> parse_id(std::string_view field, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) {
    return Error{Code::invalid_argument,
                 std::string(field) + ": '" + std::string(text) + "' is no id"};
  }
  return value;
}

Result<const coffer::Wallet*> WalletNames::find(std::string_view id, std::string_view user,
                                                std::string_view currency,
                                                std::string_view prefix) {
  const std::string start(prefix);
  if (id.empty() && user.empty()) {
    return Error{Code::invalid_argument, start + "wallet: name it by id, or by " + start +
                                             "user and " + start + "currency"};
  }
  if (!id.empty() && !user.empty()) {
    return Error{Code::invalid_argument, start + "wallet: it is named by its id, so " + start +
                                             "user is one name too many"};
  }
  if (id.empty() && currency.empty()) {
    return Error{Code::invalid_argument, start + "currency: is missing beside " + start + "user"};
  }
  // A currency's code holds no slash, so the two forms and any two names stay apart.
  const std::string name =
      id.empty() ? std::string(currency) + "/" + std::string(user) : "#" + std::string(id);
  if (const auto known = known_.find(name); known != known_.end()) {
    return &known->second;
  }
  Result<coffer::Wallet> found = Error{};
  if (id.empty()) {
    found = wallets_.find(user, currency);
  } else {
    COFFER_TRY_ASSIGN(const std::int64_t number, parse_id(start + "wallet", id));
    found = wallets_.find(coffer::WalletId(number));
  }
  if (!found) {
    return std::move(found).error();
  }
  return &known_.emplace(name, *std::move(found)).first->second;
}

}  // namespace tool
