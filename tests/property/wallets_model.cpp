// SPDX-License-Identifier: MIT
// The rules of users' wallets, written from the documentation and not from the engine.
#include "wallets_model.hpp"

namespace coffer::property {

namespace {

bool fits_256_bits(const Units& units) {
  const Units limit = Units(1) << 255;
  return units >= -limit && units < limit;
}

bool is_exchange(const Movement& movement) { return movement.kind == MovementKind::exchange; }

/// amount * rate, in minor units of the other currency, rounded once.
Units exchanged(const Movement& movement, int from_scale, int to_scale) {
  const Units ten = 10;
  const Units numerator = movement.amount * movement.rate_numerator *
                          boost::multiprecision::pow(ten, static_cast<unsigned>(to_scale));
  const Units denominator = Units(movement.rate_denominator) *
                            boost::multiprecision::pow(ten, static_cast<unsigned>(from_scale));
  const Units whole = numerator / denominator;
  const Units rest = numerator % denominator;
  switch (movement.rounding) {
    case Rounding::up: return rest == 0 ? whole : Units(whole + 1);
    case Rounding::half_up: return 2 * rest >= denominator ? Units(whole + 1) : whole;
    case Rounding::half_even:
      return 2 * rest > denominator || (2 * rest == denominator && whole % 2 == 1)
                 ? Units(whole + 1)
                 : whole;
    default: return whole;
  }
}

/// References are unique in (wallet, kind); a transfer's and an exchange's wallet is the giving
/// one.
bool has_same_reference(const Movement& a, const Movement& b) {
  const auto wallet = [](const Movement& movement) {
    return movement.kind == MovementKind::deposit ? movement.to : movement.from;
  };
  return a.kind == b.kind && wallet(a) == wallet(b) && a.reference == b.reference;
}

/// Which difference is named. What has a description is compared as entries, as an exchange is.
Code difference(const Movement& stored, const Movement& wanted) {
  const bool is_plain = wanted.description.empty() && !is_exchange(wanted);
  if (stored.to != wanted.to) {
    return is_plain ? Code::exists_with_different_account : Code::exists_with_different_entries;
  }
  if (stored.amount != wanted.amount || stored.received != wanted.received) {
    return is_plain ? Code::exists_with_different_amount : Code::exists_with_different_entries;
  }
  if (stored.effective_at != wanted.effective_at) {
    return Code::exists_with_different_effective_at;
  }
  const bool has_same_terms = stored.rate_numerator * wanted.rate_denominator ==
                                  wanted.rate_numerator * stored.rate_denominator &&
                              stored.rounding == wanted.rounding;
  return stored.description == wanted.description && (has_same_terms || !is_exchange(wanted))
             ? Code::ok
             : Code::exists_with_different_reference;
}

}  // namespace

bool WalletsModel::has_wallet(std::int64_t id) const {
  return id >= 1 && id <= static_cast<std::int64_t>(wallets.size());
}

const ModelWallet& WalletsModel::wallet(std::int64_t id) const {
  return wallets.at(static_cast<std::size_t>(id - 1));
}

int WalletsModel::scale_of(const std::string& currency) {
  return currency == "WEI36" ? 36 : currency == "BTC" ? 8 : currency == "JPY" ? 0 : 2;
}

Units WalletsModel::change(const Movement& movement, std::int64_t wallet) {
  Units change = 0;
  if (movement.from == wallet) {
    change -= movement.amount;
  }
  if (movement.to == wallet) {
    change += movement.received;
  }
  return change;
}

Units WalletsModel::balance(std::int64_t wallet, std::int64_t end_at) const {
  Units sum = 0;
  for (const Movement& movement : movements) {
    if (end_at == 0 || movement.recorded_at < end_at) {
      sum += change(movement, wallet);
    }
  }
  return sum;
}

WalletVerdict WalletsModel::create(const ModelWallet& wanted) {
  if (wanted.user.empty() || wanted.currency.empty()) {
    return {Code::invalid_argument, false, 0, {}};
  }
  if (wanted.currency == "NONE") {
    return {Code::asset_not_found, false, 0, {}};
  }
  for (std::size_t i = 0; i < wallets.size(); ++i) {
    if (wallets[i].user == wanted.user && wallets[i].currency == wanted.currency) {
      return {Code::ok, true, static_cast<std::int64_t>(i) + 1, {}};
    }
  }
  wallets.push_back(wanted);
  return {Code::ok, false, static_cast<std::int64_t>(wallets.size()), {}};
}

Code WalletsModel::check_wallets(const Movement& wanted) const {
  const bool has_from = wanted.kind != MovementKind::deposit;
  const bool has_to = wanted.kind != MovementKind::withdraw;
  if ((has_from && !has_wallet(wanted.from)) || (has_to && !has_wallet(wanted.to))) {
    return Code::wallet_not_found;
  }
  if (!has_from || !has_to) {
    return Code::ok;
  }
  if (!is_exchange(wanted) && wanted.from == wanted.to) {
    return Code::same_account;
  }
  const bool has_one_currency = wallet(wanted.from).currency == wallet(wanted.to).currency;
  return has_one_currency == is_exchange(wanted) ? Code::asset_mismatch : Code::ok;
}

Units WalletsModel::given(const std::string& currency, bool is_by_exchange) const {
  Units sum = 0;
  for (const Movement& movement : movements) {
    if (is_exchange(movement) != is_by_exchange || movement.kind == MovementKind::transfer) {
      continue;
    }
    if (movement.to != 0 && wallet(movement.to).currency == currency) {
      sum += movement.received;
    }
    if (movement.from != 0 && wallet(movement.from).currency == currency) {
      sum -= movement.amount;
    }
  }
  return sum;
}

/// Whether what it adds to its wallets and takes from the clearing still fits.
bool WalletsModel::fits(const Movement& wanted) const {
  const bool is_inside = wanted.kind == MovementKind::transfer;
  const auto fits_one = [&](std::int64_t id) {
    const Units added = change(wanted, id);
    return fits_256_bits(balance(id) + added) &&
           (is_inside || fits_256_bits(given(wallet(id).currency, is_exchange(wanted)) + added));
  };
  return (wanted.from == 0 || fits_one(wanted.from)) && (wanted.to == 0 || fits_one(wanted.to));
}

WalletVerdict WalletsModel::move(Movement wanted) {
  if (const Code code = check_wallets(wanted); code != Code::ok) {
    return {code, false, 0, {}};
  }
  if (wanted.amount <= 0) {
    return {Code::amount_not_positive, false, 0, {}};
  }
  wanted.received = wanted.amount;
  if (is_exchange(wanted)) {
    wanted.received = exchanged(wanted, scale_of(wallet(wanted.from).currency),
                                scale_of(wallet(wanted.to).currency));
    if (!fits_256_bits(wanted.received)) {
      return {Code::amount_overflow, false, 0, {}};
    }
    if (wanted.received == 0) {
      return {Code::amount_not_positive, false, 0, {}};
    }
  }
  if (wanted.reference.empty()) {
    return {Code::key_required, false, 0, {}};
  }
  for (std::size_t i = 0; i < movements.size(); ++i) {
    if (has_same_reference(movements[i], wanted)) {
      const Code code = difference(movements[i], wanted);
      return {code, code == Code::ok, static_cast<std::int64_t>(i) + 1, wanted.received};
    }
  }
  const auto is_frozen = [this](std::int64_t id) { return id != 0 && wallet(id).is_frozen; };
  if (is_frozen(wanted.from) || is_frozen(wanted.to)) {
    return {Code::wallet_frozen, false, 0, {}};
  }
  if (wanted.effective_at > now) {
    return {Code::effective_in_future, false, 0, {}};
  }
  if (!fits(wanted)) {
    return {Code::amount_overflow, false, 0, {}};
  }
  if (wanted.from != 0 && wanted.amount > balance(wanted.from)) {
    return {Code::insufficient_balance, false, 0, {}};
  }
  movements.push_back(wanted);
  return {Code::ok, false, static_cast<std::int64_t>(movements.size()), wanted.received};
}

}  // namespace coffer::property
