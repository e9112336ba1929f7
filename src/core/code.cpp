// SPDX-License-Identifier: MIT
// Names of the status codes, and which of them are worth a retry.
#include <coffer/core/code.hpp>

namespace coffer {

std::string_view name_of(Code code) noexcept {
  switch (code) {
    case Code::ok: return "ok";
    case Code::invalid_argument: return "invalid_argument";
    case Code::out_of_range: return "out_of_range";
    case Code::null_argument: return "null_argument";
    case Code::buffer_too_small: return "buffer_too_small";
    case Code::invalid_utf8: return "invalid_utf8";
    case Code::not_found: return "not_found";
    case Code::cancelled: return "cancelled";
    case Code::out_of_memory: return "out_of_memory";
    case Code::internal: return "internal";
    case Code::unsupported: return "unsupported";
    case Code::already_exists: return "already_exists";
    case Code::not_permitted: return "not_permitted";
    case Code::closed: return "closed";
    case Code::amount_overflow: return "amount_overflow";
    case Code::amount_syntax: return "amount_syntax";
    case Code::amount_too_many_places: return "amount_too_many_places";
    case Code::division_by_zero: return "division_by_zero";
    case Code::asset_mismatch: return "asset_mismatch";
    case Code::asset_not_found: return "asset_not_found";
    case Code::asset_scale_fixed: return "asset_scale_fixed";
    case Code::unbalanced: return "unbalanced";
    case Code::no_entries: return "no_entries";
    case Code::too_many_entries: return "too_many_entries";
    case Code::amount_not_positive: return "amount_not_positive";
    case Code::same_account: return "same_account";
    case Code::key_required: return "key_required";
    case Code::key_too_long: return "key_too_long";
    case Code::text_too_long: return "text_too_long";
    case Code::effective_in_future: return "effective_in_future";
    case Code::group_failed: return "group_failed";
    case Code::not_attempted: return "not_attempted";
    case Code::account_not_found: return "account_not_found";
    case Code::account_frozen: return "account_frozen";
    case Code::account_closed: return "account_closed";
    case Code::account_not_empty: return "account_not_empty";
    case Code::exceeds_balance: return "exceeds_balance";
    case Code::exceeds_limit: return "exceeds_limit";
    case Code::condition_not_met: return "condition_not_met";
    case Code::hold_not_found: return "hold_not_found";
    case Code::hold_not_open: return "hold_not_open";
    case Code::exceeds_hold: return "exceeds_hold";
    case Code::transaction_not_found: return "transaction_not_found";
    case Code::already_reversed: return "already_reversed";
    case Code::not_reversible: return "not_reversible";
    case Code::invalid_bounds: return "invalid_bounds";
    case Code::exists_with_different_account: return "exists_with_different_account";
    case Code::exists_with_different_amount: return "exists_with_different_amount";
    case Code::exists_with_different_entries: return "exists_with_different_entries";
    case Code::exists_with_different_effective_at: return "exists_with_different_effective_at";
    case Code::exists_with_different_reference: return "exists_with_different_reference";
    case Code::exists_with_different_kind: return "exists_with_different_kind";
    case Code::exists_with_different_expiry: return "exists_with_different_expiry";
    case Code::exists_with_different_asset: return "exists_with_different_asset";
    case Code::exists_with_different_owner: return "exists_with_different_owner";
    case Code::exists_with_different_policy: return "exists_with_different_policy";
    case Code::invalid_range: return "invalid_range";
    case Code::source_unavailable: return "source_unavailable";
    case Code::reconciliation_not_found: return "reconciliation_not_found";
    case Code::storage_io: return "storage_io";
    case Code::storage_full: return "storage_full";
    case Code::storage_corrupt: return "storage_corrupt";
    case Code::storage_busy: return "storage_busy";
    case Code::storage_fenced: return "storage_fenced";
    case Code::storage_read_only: return "storage_read_only";
    case Code::storage_newer_version: return "storage_newer_version";
    case Code::storage_foreign: return "storage_foreign";
    case Code::storage_conflict: return "storage_conflict";
    case Code::storage_backend: return "storage_backend";
    case Code::storage_cannot_open: return "storage_cannot_open";
    case Code::integrity_failure: return "integrity_failure";
    case Code::wallet_not_found: return "wallet_not_found";
    case Code::wallet_frozen: return "wallet_frozen";
    case Code::insufficient_balance: return "insufficient_balance";
    case Code::mnemonic_unknown_word: return "mnemonic_unknown_word";
    case Code::mnemonic_checksum: return "mnemonic_checksum";
    case Code::mnemonic_length: return "mnemonic_length";
    case Code::derivation_path: return "derivation_path";
    case Code::extended_key: return "extended_key";
    case Code::hardened_from_public: return "hardened_from_public";
    case Code::invalid_key: return "invalid_key";
    case Code::wrong_password: return "wrong_password";
    case Code::keystore_damaged: return "keystore_damaged";
    case Code::signature_invalid: return "signature_invalid";
    case Code::signing_refused: return "signing_refused";
    case Code::share_invalid: return "share_invalid";
    case Code::derivation_skipped: return "derivation_skipped";
    case Code::address_syntax: return "address_syntax";
    case Code::address_checksum: return "address_checksum";
    case Code::address_network: return "address_network";
    case Code::network_not_found: return "network_not_found";
  }
  return "unknown";
}

bool is_transient(Code code) noexcept {
  switch (code) {
    case Code::out_of_memory:
    case Code::effective_in_future:
    case Code::exceeds_balance:
    case Code::exceeds_limit:
    case Code::condition_not_met:
    case Code::insufficient_balance:
    case Code::source_unavailable:
    case Code::storage_busy:
    case Code::storage_full: return true;
    default: return false;
  }
}

}  // namespace coffer
