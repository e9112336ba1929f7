// SPDX-License-Identifier: MIT
// Reads each draft field by field; the rules about their values are the ledger's.
#include "draft_input.hpp"

#include "input.hpp"

namespace coffer::capi {
namespace {

Policy policy_of(const coffer_policy& in) {
  Policy policy;
  policy.minimum = in.is_unbounded_below != 0 ? std::nullopt : std::optional(amount_of(in.minimum));
  policy.maximum = amount_if(in.has_maximum, in.maximum);
  policy.is_frozen = in.is_frozen != 0;
  policy.is_closed = in.is_closed != 0;
  return policy;
}

Result<std::vector<Entry>> entries_of(const coffer_draft& in) {
  if (in.entries_count > entries_max) {
    return Error{Code::too_many_entries,
                 "entries_count: " + std::to_string(in.entries_count) + ", at most 4096"};
  }
  if (in.entries_count > 0) {
    COFFER_TRY(require(in.entries, "entries"));
  }
  std::vector<Entry> entries;
  entries.reserve(in.entries_count);
  for (std::size_t i = 0; i < in.entries_count; ++i) {
    const coffer_entry& entry = in.entries[i];
    const auto side = constant_of(entry.side, Side::debit, "side");
    if (!side) {
      return at_item("entries", i, side.error());
    }
    entries.push_back({AccountId(entry.account), *side, amount_of(entry.amount)});
  }
  return entries;
}

Result<std::vector<Condition>> conditions_of(const coffer_draft& in) {
  if (in.conditions_count > entries_max) {
    return Error{Code::out_of_range,
                 "conditions_count: " + std::to_string(in.conditions_count) + ", at most 4096"};
  }
  if (in.conditions_count > 0) {
    COFFER_TRY(require(in.conditions, "conditions"));
  }
  std::vector<Condition> conditions;
  conditions.reserve(in.conditions_count);
  for (std::size_t i = 0; i < in.conditions_count; ++i) {
    conditions.push_back(
        {AccountId(in.conditions[i].account), amount_of(in.conditions[i].least_available)});
  }
  return conditions;
}

}  // namespace

Result<OwnedDraft> draft_of(const coffer_draft* pointer) {
  COFFER_TRY_ASSIGN(const coffer_draft in, read_struct(pointer, "draft"));
  OwnedDraft owned;
  Draft& draft = owned.draft;
  COFFER_TRY_ASSIGN(draft.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(draft.reference, text_of(in.reference, in.reference_length, "reference"));
  COFFER_TRY_ASSIGN(draft.description,
                    text_of(in.description, in.description_length, "description"));
  COFFER_TRY_ASSIGN(draft.metadata, text_of(in.metadata, in.metadata_length, "metadata"));
  COFFER_TRY_ASSIGN(draft.kind, constant_of(in.kind, TransactionKind::correction, "kind"));
  COFFER_TRY_ASSIGN(owned.entries, entries_of(in));
  COFFER_TRY_ASSIGN(owned.conditions, conditions_of(in));
  // The spans stay right when the whole moves, because a moved vector keeps its array.
  draft.entries = owned.entries;
  draft.conditions = owned.conditions;
  draft.code = in.code;
  draft.effective_at = Timestamp{in.effective_at};
  return owned;
}

Result<Transfer> transfer_of(const coffer_transfer& in) {
  Transfer transfer;
  COFFER_TRY_ASSIGN(transfer.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(transfer.reference, text_of(in.reference, in.reference_length, "reference"));
  transfer.debit = AccountId(in.debit);
  transfer.credit = AccountId(in.credit);
  transfer.amount = amount_of(in.amount);
  transfer.code = in.code;
  transfer.is_linked = in.is_linked != 0;
  transfer.effective_at = Timestamp{in.effective_at};
  return transfer;
}

Result<Reversal> reversal_of(const coffer_reversal* pointer) {
  COFFER_TRY_ASSIGN(const coffer_reversal in, read_struct(pointer, "reversal"));
  Reversal reversal;
  COFFER_TRY_ASSIGN(reversal.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(reversal.reference, text_of(in.reference, in.reference_length, "reference"));
  COFFER_TRY_ASSIGN(reversal.description,
                    text_of(in.description, in.description_length, "description"));
  reversal.original = TransactionId(in.original);
  reversal.code = in.code;
  reversal.effective_at = Timestamp{in.effective_at};
  return reversal;
}

Result<HoldDraft> hold_of(const coffer_hold_draft* pointer) {
  COFFER_TRY_ASSIGN(const coffer_hold_draft in, read_struct(pointer, "draft"));
  HoldDraft hold;
  COFFER_TRY_ASSIGN(hold.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(hold.reference, text_of(in.reference, in.reference_length, "reference"));
  COFFER_TRY_ASSIGN(hold.bucket, constant_of(in.bucket, Bucket::frozen, "bucket"));
  hold.account = AccountId(in.account);
  hold.amount = amount_of(in.amount);
  hold.destination = AccountId(in.destination);
  hold.expires_at = Timestamp{in.expires_at};
  return hold;
}

Result<Capture> capture_of(const coffer_capture* pointer) {
  COFFER_TRY_ASSIGN(const coffer_capture in, read_struct(pointer, "capture"));
  Capture capture;
  COFFER_TRY_ASSIGN(capture.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(capture.reference, text_of(in.reference, in.reference_length, "reference"));
  const Amount amount = amount_of(in.amount);
  if (!amount.is_zero()) {
    capture.amount = amount;
  }
  capture.hold = HoldId(in.hold);
  capture.destination = AccountId(in.destination);
  capture.is_final = in.is_final != 0;
  capture.code = in.code;
  capture.effective_at = Timestamp{in.effective_at};
  return capture;
}

Result<AccountDraft> account_of(const coffer_account_draft* pointer) {
  COFFER_TRY_ASSIGN(const coffer_account_draft in, read_struct(pointer, "draft"));
  AccountDraft account;
  COFFER_TRY_ASSIGN(account.key, key_of(in.key, in.key_length));
  COFFER_TRY_ASSIGN(account.owner, text_of(in.owner, in.owner_length, "owner"));
  COFFER_TRY_ASSIGN(account.purpose, text_of(in.purpose, in.purpose_length, "purpose"));
  COFFER_TRY_ASSIGN(account.metadata, text_of(in.metadata, in.metadata_length, "metadata"));
  COFFER_TRY_ASSIGN(account.normal_side, constant_of(in.normal_side, Side::debit, "normal_side"));
  account.asset = AssetId(in.asset);
  account.policy = policy_of(in.policy);
  return account;
}

Result<PolicyChange> policy_change_of(const coffer_policy_change* pointer) {
  COFFER_TRY_ASSIGN(const coffer_policy_change in, read_struct(pointer, "change"));
  PolicyChange change;
  change.account = AccountId(in.account);
  change.policy = policy_of(in.policy);
  if (in.sets_metadata != 0) {
    COFFER_TRY_ASSIGN(change.metadata, text_of(in.metadata, in.metadata_length, "metadata"));
  }
  return change;
}

}  // namespace coffer::capi
