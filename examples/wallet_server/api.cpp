// SPDX-License-Identifier: MIT
// Api: each handler reads its fields, asks the engine, and writes the documents' form.
#include "api.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "fields.hpp"

namespace demo {
namespace {

using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::Receipt;
using coffer::Result;
using coffer::Timestamp;
using coffer::Wallet;
using coffer::WalletId;

constexpr std::int64_t page_size_default = 10;
constexpr std::uint32_t wallets_max = 1000;
constexpr std::int64_t lines_max = 1000;
constexpr std::int64_t pages_max = 1'000'000;

/// Handlers are written with COFFER_TRY; what they leave with becomes a refusal.
Answer answer_of(Result<Answer> answer) {
  return answer ? *std::move(answer) : refusal(answer.error());
}

Result<Json> wallet_form(Engine& engine, const Wallet& wallet, Zone zone) {
  coffer::WalletQuery newest;
  newest.wallet = wallet.id;
  newest.limit = 1;
  COFFER_TRY_ASSIGN(const auto balance, engine.wallets().balance(wallet.id));
  COFFER_TRY_ASSIGN(const auto page, engine.wallets().transactions(newest));
  const Timestamp updated_at =
      page.lines.empty() ? wallet.recorded_at : page.lines.front().recorded_at;
  return form_of(wallet, balance.posted, updated_at, zone);
}

/// What a deposit and a withdrawal carry.
struct Movement {
  WalletId wallet;
  std::string amount;
  std::string reference;
  std::string description;
};

Result<Movement> parse_movement(const Request& request) {
  Movement movement;
  COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
  movement.wallet = WalletId(id);
  COFFER_TRY_ASSIGN(const Json body, parse_body(request));
  COFFER_TRY_ASSIGN(movement.amount, text_field(body, "amount"));
  COFFER_TRY_ASSIGN(movement.reference, text_field(body, "tx_hash"));
  COFFER_TRY_ASSIGN(movement.description, optional_text_field(body, "description"));
  return movement;
}

/// The documents answer a repeat with an error, and so does the demo; the library would give the
/// first result again.
Result<Answer> message_unless_repeated(const Receipt& receipt, std::string_view message) {
  if (receipt.existed) {
    return refusal(409, "transaction already processed");
  }
  return Answer{200, {{"message", message}}};
}

/// One page by number. The documents' array has no total, so what lies behind the page is not
/// walked, as `Wallets::transactions` with a page number would, to count it.
Result<std::vector<coffer::WalletTransaction>> lines_of(const coffer::Wallets& wallets,
                                                        coffer::WalletQuery query,
                                                        std::int64_t page, std::int64_t page_size) {
  if (page_size < 1 || page_size > lines_max || page < 1 || page > pages_max) {
    return Error{Code::out_of_range, "page, page_size: are not in 1..1000000 and 1..1000"};
  }
  std::int64_t skipped = (page - 1) * page_size;
  std::vector<coffer::WalletTransaction> lines;
  for (bool has_more = true; has_more;) {
    const std::int64_t missing = page_size - static_cast<std::int64_t>(lines.size());
    query.limit = static_cast<std::uint32_t>(skipped > 0 ? std::min(skipped, lines_max) : missing);
    COFFER_TRY_ASSIGN(coffer::WalletPage found, wallets.transactions(query));
    if (skipped > 0) {
      skipped -= static_cast<std::int64_t>(found.lines.size());
    } else {
      std::move(found.lines.begin(), found.lines.end(), std::back_inserter(lines));
    }
    query.after = found.next;
    has_more = found.has_more && static_cast<std::int64_t>(lines.size()) < page_size;
  }
  return lines;
}

/// The fields of a request have other names than those of the library.
std::string in_words_of_requests(const Error& error) {
  constexpr std::string_view reference = "reference: ";
  if (error.code == Code::invalid_range) {
    return "end_time: is not after start_time";
  }
  return error.message.compare(0, reference.size(), reference) == 0
             ? "tx_hash: " + error.message.substr(reference.size())
             : error.message;
}

bool is_between(Code code, Code first, Code last) { return code >= first && code <= last; }

int status_of(Code code) {
  if (is_between(code, Code::exists_with_different_account, Code::exists_with_different_policy)) {
    return 409;
  }
  switch (code) {
    case Code::wallet_not_found:
    case Code::reconciliation_not_found:
    case Code::not_found: return 404;
    case Code::insufficient_balance:
    case Code::exceeds_limit:
    case Code::asset_not_found:
    case Code::amount_overflow:
    case Code::invalid_range: return 422;
    case Code::wallet_frozen:
    case Code::account_closed: return 423;
    case Code::closed:
    case Code::storage_busy:
    case Code::storage_fenced: return 503;
    case Code::storage_full: return 507;
    default: break;
  }
  const auto number = static_cast<std::int32_t>(code);
  const bool is_ours = (number >= 600 && number < 700) || code == Code::internal ||
                       code == Code::out_of_memory || code == Code::not_permitted;
  return is_ours ? 500 : 400;
}

}  // namespace

Answer refusal(int status, const std::string& message) {
  return Answer{status, {{"error", message}}};
}

Answer refusal(const Error& error) {
  return refusal(status_of(error.code), in_words_of_requests(error));
}

Answer Api::create_wallet(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const Json body, parse_body(request));
    COFFER_TRY_ASSIGN(const std::string user, user_field(body));
    COFFER_TRY_ASSIGN(const std::string currency, text_field(body, "currency"));
    COFFER_TRY_ASSIGN(const auto created, engine_.wallets().create({user, currency, {}}));
    COFFER_TRY_ASSIGN(Json form, wallet_form(engine_, created.wallet, zone_));
    return Answer{created.existed ? 200 : 201, std::move(form)};
  }());
}

Answer Api::list_wallets(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const std::int64_t user, number_parameter(request, "user_id", 0));
    if (user < 1) {
      return refusal(400, "user_id: must be a whole number greater than zero");
    }
    COFFER_TRY_ASSIGN(const auto wallets,
                      engine_.wallets().list(std::to_string(user), {}, wallets_max));
    Json forms = Json::array();
    for (const Wallet& wallet : wallets) {
      COFFER_TRY_ASSIGN(Json form, wallet_form(engine_, wallet, zone_));
      forms.push_back(std::move(form));
    }
    return Answer{200, std::move(forms)};
  }());
}

Answer Api::find_wallet(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
    COFFER_TRY_ASSIGN(const Wallet wallet, engine_.wallets().find(WalletId(id)));
    COFFER_TRY_ASSIGN(Json form, wallet_form(engine_, wallet, zone_));
    return Answer{200, std::move(form)};
  }());
}

Answer Api::deposit(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const Movement movement, parse_movement(request));
    COFFER_TRY_ASSIGN(const Receipt receipt,
                      engine_.wallets().deposit(movement.wallet, movement.amount,
                                                movement.reference, movement.description));
    return message_unless_repeated(receipt, "deposit successful");
  }());
}

Answer Api::withdraw(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const Movement movement, parse_movement(request));
    COFFER_TRY_ASSIGN(const Receipt receipt,
                      engine_.wallets().withdraw(movement.wallet, movement.amount,
                                                 movement.reference, movement.description));
    return message_unless_repeated(receipt, "withdrawal successful");
  }());
}

Answer Api::transactions(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    coffer::WalletQuery query;
    COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
    COFFER_TRY_ASSIGN(const std::int64_t page, number_parameter(request, "page", 1));
    COFFER_TRY_ASSIGN(const std::int64_t page_size,
                      number_parameter(request, "page_size", page_size_default));
    COFFER_TRY_ASSIGN(query.type, type_parameter(request));
    COFFER_TRY_ASSIGN(query.recorded_from, time_parameter(request, "start_time"));
    COFFER_TRY_ASSIGN(query.recorded_to, time_parameter(request, "end_time"));
    query.wallet = WalletId(id);
    COFFER_TRY_ASSIGN(const Wallet wallet, engine_.wallets().find(query.wallet));
    COFFER_TRY_ASSIGN(const auto lines, lines_of(engine_.wallets(), query, page, page_size));
    Json forms = Json::array();
    for (const coffer::WalletTransaction& line : lines) {
      forms.push_back(form_of(line, wallet.asset, zone_));
    }
    return Answer{200, std::move(forms)};
  }());
}

Answer Api::reconcile(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
    COFFER_TRY_ASSIGN(const Json body, parse_body(request));
    COFFER_TRY_ASSIGN(const Wallet wallet, engine_.wallets().find(WalletId(id)));
    COFFER_TRY_ASSIGN(const std::string external, text_field(body, "external_balance"));
    COFFER_TRY_ASSIGN(const std::string notes, optional_text_field(body, "notes"));
    coffer::ReconciliationRequest asked;
    asked.wallet = wallet.id;
    asked.notes = notes;
    COFFER_TRY_ASSIGN(asked.start_at, time_field(body, "start_time"));
    COFFER_TRY_ASSIGN(asked.end_at, time_field(body, "end_time"));
    // A day that is not over yet is reconciled up to now.
    const Timestamp now = engine_.ledger().clock().now();
    asked.start_at = asked.start_at ? asked.start_at : wallet.recorded_at;
    asked.end_at = asked.end_at ? std::min(asked.end_at, now) : now;
    const auto amount = coffer::parse_decimal(external, wallet.asset.scale);
    if (!amount) {
      return refusal(400, "external_balance: " + amount.error().message);
    }
    asked.external_balance = *amount;
    COFFER_TRY_ASSIGN(const auto record, engine_.reconciler().run(asked));
    return Answer{201, form_of(record, wallet.asset, zone_)};
  }());
}

Answer Api::reconciliation_history(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
    COFFER_TRY_ASSIGN(const std::int64_t page, number_parameter(request, "page", 1));
    COFFER_TRY_ASSIGN(const std::int64_t page_size,
                      number_parameter(request, "page_size", page_size_default));
    COFFER_TRY_ASSIGN(const Wallet wallet, engine_.wallets().find(WalletId(id)));
    COFFER_TRY_ASSIGN(const auto found, engine_.reconciler().history(wallet.id, page, page_size));
    Json records = Json::array();
    for (const coffer::Reconciliation& record : found.records) {
      records.push_back(form_of(record, wallet.asset, zone_));
    }
    return Answer{200,
                  {{"total", found.total},
                   {"page", found.page},
                   {"page_size", found.page_size},
                   {"reconciliations", std::move(records)}}};
  }());
}

Answer Api::reconciliation(const Request& request) {
  return answer_of([&]() -> Result<Answer> {
    COFFER_TRY_ASSIGN(const std::int64_t id, path_id(request));
    COFFER_TRY_ASSIGN(const auto record, engine_.reconciler().find(coffer::ReconciliationId(id)));
    COFFER_TRY_ASSIGN(const Wallet wallet, engine_.wallets().find(record.wallet));
    coffer::WalletQuery range;
    range.wallet = wallet.id;
    range.recorded_from = record.start_at;
    range.recorded_to = record.end_at;
    COFFER_TRY_ASSIGN(const std::int64_t page, number_parameter(request, "page", 1));
    COFFER_TRY_ASSIGN(const std::int64_t page_size,
                      number_parameter(request, "page_size", page_size_default));
    COFFER_TRY_ASSIGN(const auto found, engine_.wallets().transactions(range, page, page_size));
    Json lines = Json::array();
    for (const coffer::WalletTransaction& line : found.lines) {
      lines.push_back(form_of(line, wallet.asset, zone_));
    }
    return Answer{200,
                  {{"reconciliation", form_of(record, wallet.asset, zone_)},
                   {"transactions", std::move(lines)},
                   {"total", found.total},
                   {"page", found.page},
                   {"page_size", found.page_size}}};
  }());
}

}  // namespace demo
