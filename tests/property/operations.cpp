// SPDX-License-Identifier: MIT
// How a command of the model is put to the ledger.
#include "operations.hpp"

namespace coffer::property {

namespace {

std::optional<Amount> to_optional(const std::optional<Units>& units) {
  return units ? std::optional<Amount>(to_amount(*units)) : std::nullopt;
}

Policy policy_of(const ModelPolicy& policy) {
  return {to_optional(policy.minimum), to_optional(policy.maximum), policy.is_frozen,
          policy.is_closed};
}

HoldDraft hold_of(const ModelHold& wanted) {
  HoldDraft draft;
  draft.key = wanted.key;
  draft.account = AccountId(wanted.account);
  draft.amount = to_amount(wanted.amount);
  draft.bucket = wanted.bucket;
  draft.destination = AccountId(wanted.destination);
  draft.expires_at = Timestamp{wanted.expires_at};
  draft.reference = wanted.reference;
  return draft;
}

Capture capture_of(const CaptureCommand& command) {
  Capture capture;
  capture.key = command.key;
  capture.hold = HoldId(command.hold);
  capture.amount = to_optional(command.amount);
  capture.destination = AccountId(command.destination);
  capture.is_final = command.is_final;
  capture.effective_at = Timestamp{command.effective_at};
  return capture;
}

AccountDraft account_of(const ModelAccount& wanted) {
  AccountDraft draft;
  draft.key = wanted.key;
  draft.owner = wanted.owner;
  draft.asset = AssetId(wanted.asset);
  draft.normal_side = wanted.is_debit_normal ? Side::debit : Side::credit;
  draft.policy = policy_of(wanted.first);
  return draft;
}

}  // namespace

Amount to_amount(const Units& units) {
  // All that the commands hold fits.
  return parse_integer_text(units.str()).value();
}

Units to_units(const Amount& amount) { return Units(to_integer_text(amount)); }

Transfer Operations::transfer_of(const PostCommand& command) {
  const ModelTransaction& wanted = command.wanted;
  Transfer transfer;
  transfer.key = wanted.key;
  transfer.debit = AccountId(wanted.entries[0].account);
  transfer.credit = AccountId(wanted.entries[1].account);
  transfer.amount = to_amount(wanted.entries[0].amount);
  transfer.code = wanted.code;
  transfer.effective_at = Timestamp{wanted.effective_at};
  transfer.reference = wanted.reference;
  return transfer;
}

Draft Operations::draft_of(const PostCommand& command) {
  const ModelTransaction& wanted = command.wanted;
  std::vector<Entry>& entries = entries_.emplace_back();
  for (const ModelEntry& entry : wanted.entries) {
    entries.push_back({AccountId(entry.account), entry.is_debit ? Side::debit : Side::credit,
                       to_amount(entry.amount)});
  }
  std::vector<Condition>& conditions = conditions_.emplace_back();
  for (const ModelCondition& condition : command.conditions) {
    conditions.push_back({AccountId(condition.account), to_amount(condition.least_available)});
  }
  Draft draft;
  draft.key = wanted.key;
  draft.entries = entries;
  draft.conditions = conditions;
  draft.code = wanted.code;
  draft.kind = wanted.kind;
  draft.effective_at = Timestamp{wanted.effective_at};
  draft.reference = wanted.reference;
  draft.description = wanted.description;
  return draft;
}

Operation Operations::of(const Command& command) {
  Operation operation;
  if (const auto* post = std::get_if<PostCommand>(&command)) {
    if (post->is_transfer) {
      operation.what = transfer_of(*post);
    } else {
      operation.what = draft_of(*post);
    }
  } else if (const auto* reserve = std::get_if<ReserveCommand>(&command)) {
    operation.what = hold_of(reserve->wanted);
  } else if (const auto* capture = std::get_if<CaptureCommand>(&command)) {
    operation.what = capture_of(*capture);
  } else if (const auto* release = std::get_if<ReleaseCommand>(&command)) {
    operation.what = Release{HoldId(release->hold)};
  } else if (const auto* reverse = std::get_if<ReverseCommand>(&command)) {
    Reversal reversal;
    reversal.key = reverse->key;
    reversal.original = TransactionId(reverse->original);
    reversal.effective_at = Timestamp{reverse->effective_at};
    operation.what = reversal;
  } else if (const auto* open = std::get_if<OpenCommand>(&command)) {
    operation.what = account_of(open->wanted);
  } else {
    const auto& change = std::get<ChangeCommand>(command);
    operation.what = PolicyChange{AccountId(change.account), policy_of(change.policy), {}};
  }
  return operation;
}

std::vector<Operation> Operations::of(const std::vector<Item>& items) {
  std::vector<Operation> operations;
  for (const Item& item : items) {
    operations.push_back(of(item.what));
    operations.back().is_linked = item.is_linked;
  }
  return operations;
}

}  // namespace coffer::property
