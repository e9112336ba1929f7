// SPDX-License-Identifier: MIT
// Small checks that several rules share: keys, texts, bounds.
#include <coffer/core/text.hpp>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

Refusal check_key(std::string_view key) {
  if (key.empty()) {
    return {Code::key_required, ItemField::key};
  }
  if (key.size() > key_bytes_max) {
    return {Code::key_too_long, ItemField::key};
  }
  return is_valid_utf8(key) ? Refusal() : Refusal(Code::invalid_utf8, ItemField::key);
}

Status check_currency(const Asset& asset) {
  const Currency* const currency = find_currency(asset.code);
  if (currency == nullptr || !currency->minor_units) {
    return {};
  }
  if (asset.scale != *currency->minor_units) {
    return Error{Code::invalid_argument,
                 "scale: " + asset.code + " has " + std::to_string(*currency->minor_units) +
                     " places by ISO 4217, not " + std::to_string(asset.scale) +
                     "; another unit needs another code"};
  }
  if (asset.kind != AssetKind::fiat) {
    return Error{Code::invalid_argument, "kind: " + asset.code +
                                             " is a currency of ISO 4217, so it is fiat; a coin "
                                             "needs another code"};
  }
  return {};
}

Refusal check_text(ItemField field, std::string_view text, std::size_t bytes_max) {
  if (text.empty()) {
    return {};
  }
  if (text.size() > bytes_max) {
    return {Code::text_too_long, field};
  }
  return is_valid_utf8(text) ? Refusal() : Refusal(Code::invalid_utf8, field);
}

bool balance_after(const AccountSlot& slot, Side side, const Amount& amount, Amount* after) {
  const bool rises = (side == Side::debit) == slot.is_debit_normal;
  return rises ? add_checked(slot.balance, amount, after)
               : subtract_checked(slot.balance, amount, after);
}

Amount available(Book& book, std::int64_t id, const AccountSlot& slot) {
  Amount left = slot.balance;
  if (slot.has_extra) {
    static_cast<void>(subtract_checked(slot.balance, book.slots().extra(id)->reserved, &left));
  }
  return left;
}

Code check_bounds(Book& book, std::int64_t id, const AccountSlot& slot, const Amount& before,
                  const Amount& after) {
  if (!slot.has_extra) {
    return slot.is_minimum_zero && after.is_negative() && after < before ? Code::exceeds_balance
                                                                         : Code::ok;
  }
  const AccountExtra& extra = *book.slots().extra(id);
  if (after < before) {
    Amount left;
    if (!subtract_checked(after, extra.reserved, &left)) {
      return Code::amount_overflow;
    }
    if (extra.minimum && left < *extra.minimum) {
      return Code::exceeds_balance;
    }
  }
  if (after > before && extra.maximum && after > *extra.maximum) {
    return Code::exceeds_limit;
  }
  return Code::ok;
}

}  // namespace coffer::ledger
