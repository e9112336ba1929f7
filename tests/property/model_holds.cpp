// SPDX-License-Identifier: MIT
// The naive model's holds: reserve, capture, release; expiry is only a comparison with the time.
#include "model.hpp"

namespace coffer::property {

namespace {

Code difference(const ModelHold& stored, const ModelHold& wanted) {
  if (stored.account != wanted.account || stored.destination != wanted.destination) {
    return Code::exists_with_different_account;
  }
  if (stored.amount != wanted.amount) {
    return Code::exists_with_different_amount;
  }
  if (stored.bucket != wanted.bucket) {
    return Code::exists_with_different_kind;
  }
  if (stored.expires_at != wanted.expires_at) {
    return Code::exists_with_different_expiry;
  }
  return stored.reference == wanted.reference ? Code::ok : Code::exists_with_different_reference;
}

}  // namespace

Verdict Model::apply_one(const ReserveCommand& command) {
  const ModelHold& wanted = command.wanted;
  if (wanted.amount <= 0) {
    return {Code::amount_not_positive};
  }
  for (std::size_t i = 0; i < holds.size(); ++i) {
    if (holds[i].key == wanted.key) {
      const Code code = difference(holds[i], wanted);
      return {code, code == Code::ok, static_cast<std::int64_t>(i) + 1};
    }
  }
  if (!has_account(wanted.account)) {
    return {Code::account_not_found};
  }
  const ModelAccount& source = account(wanted.account);
  if (source.policy.is_closed || source.policy.is_frozen) {
    return {source.policy.is_closed ? Code::account_closed : Code::account_frozen};
  }
  if (wanted.destination != 0) {
    if (!has_account(wanted.destination)) {
      return {Code::account_not_found};
    }
    if (wanted.destination == wanted.account) {
      return {Code::same_account};
    }
    if (account(wanted.destination).asset != source.asset) {
      return {Code::asset_mismatch};
    }
  }
  if (is_over(wanted)) {
    return {Code::invalid_argument};
  }
  const Units left = available(wanted.account) - wanted.amount;
  if (!fits(left) || !fits(reserved(wanted.account) + wanted.amount)) {
    return {Code::amount_overflow};
  }
  if (source.policy.minimum && left < *source.policy.minimum) {
    return {Code::exceeds_balance};
  }
  holds.push_back(wanted);
  holds.back().remaining = wanted.amount;
  return {Code::ok, false, static_cast<std::int64_t>(holds.size())};
}

Verdict Model::apply_one(const CaptureCommand& command) {
  if (command.amount && *command.amount <= 0) {
    return {Code::amount_not_positive};
  }
  if (command.hold < 1 || command.hold > static_cast<std::int64_t>(holds.size())) {
    return {Code::hold_not_found};
  }
  ModelHold& source = holds[static_cast<std::size_t>(command.hold - 1)];
  const std::int64_t to = command.destination != 0 ? command.destination : source.destination;
  PostCommand posting;
  posting.wanted.key = command.key;
  posting.wanted.kind = TransactionKind::capture;
  posting.wanted.hold = command.hold;
  posting.wanted.effective_at = command.effective_at;
  const bool is_debit_normal = account(source.account).is_debit_normal;
  const auto take = [&](const Units& amount) {
    posting.wanted.entries = {{source.account, !is_debit_normal, amount},
                              {to, is_debit_normal, amount}};
  };
  for (const ModelTransaction& stored : transactions) {
    if (stored.key == command.key) {
      if (to == 0) {
        return {Code::exists_with_different_account};
      }
      // All that was left then, when no amount is named.
      take(command.amount.value_or(stored.entries[0].amount));
      const Verdict first = *repeated(posting);
      const bool is_rest_as_asked =
          stored.is_last_of_hold ||
          (command.amount && (!command.is_final || stored.is_rest_released));
      return first.code == Code::ok && !is_rest_as_asked
                 ? Verdict{Code::exists_with_different_amount}
                 : first;
    }
  }
  if (!is_open(command.hold)) {
    return {Code::hold_not_open};
  }
  if (to == 0) {
    return {Code::invalid_argument};
  }
  const ModelHold before = source;
  const Units taken = command.amount.value_or(source.remaining);
  if (taken > source.remaining) {
    return {Code::exceeds_hold};
  }
  take(taken);
  source.remaining -= taken;
  source.captured += taken;
  posting.wanted.is_last_of_hold = source.remaining == 0;
  posting.wanted.is_rest_released = source.remaining > 0 && command.is_final;
  if (source.remaining == 0 || command.is_final) {
    source.ended_as = source.remaining == 0 ? HoldState::captured : HoldState::released;
    source.remaining = 0;
  }
  const Verdict verdict = apply_one(posting);
  if (verdict.code == Code::ok) {
    source.last_capture = verdict.id;
  } else {
    source = before;
  }
  return verdict;
}

Verdict Model::apply_one(const ReleaseCommand& command) {
  if (command.hold < 1 || command.hold > static_cast<std::int64_t>(holds.size())) {
    return {Code::hold_not_found};
  }
  if (!is_open(command.hold)) {
    return {Code::hold_not_open};
  }
  ModelHold& hold = holds[static_cast<std::size_t>(command.hold - 1)];
  hold.remaining = 0;
  hold.ended_as = HoldState::released;
  if (hold.last_capture != 0) {
    transactions[static_cast<std::size_t>(hold.last_capture - 1)].is_rest_released = true;
  }
  return {Code::ok, false, command.hold};
}

}  // namespace coffer::property
