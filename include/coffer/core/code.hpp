// SPDX-License-Identifier: MIT
// The frozen list of status codes: one per reason that a caller may want to act on.
#pragma once

#include <cstdint>
#include <string_view>

namespace coffer {

/// Why an operation did not happen.
///
/// Values are frozen, grouped by hundreds, and equal to the `COFFER_ERR_*` constants of the C ABI
/// and to the Python exception classes. When several reasons apply, the operation answers with the
/// first one in the `Fails with` list of its own documentation.
enum class Code : std::int32_t {
  ok = 0,

  // 1xx: the call itself.
  invalid_argument = 100,  ///< An argument is wrong in itself, whatever the state of the books.
  out_of_range = 101,      ///< A number is outside the range that its documentation gives.
  null_argument = 102,     ///< A pointer that must point at something is NULL (C ABI only).
  buffer_too_small = 103,  ///< The caller's buffer is short; the needed size was reported.
  invalid_utf8 = 104,      ///< A text is not well-formed UTF-8.
  not_found = 105,         ///< What was asked for does not exist.
  cancelled = 106,         ///< The caller's callback asked to stop; work done so far is kept.
  out_of_memory = 107,     ///< An allocation failed; nothing was changed.
  internal = 108,          ///< A bug in coffer; please report it with the message.
  unsupported = 109,       ///< This build, backend or platform lacks the part that was asked for.
  already_exists = 110,    ///< The name is taken by something that is not the same.
  not_permitted = 111,     ///< The object was opened read-only, or its kind forbids this.
  closed = 112,            ///< The engine was closed, or is closing.

  // 2xx: money.
  amount_overflow = 200,         ///< The result does not fit 256 bits.
  amount_syntax = 201,           ///< A decimal text has a character that is not allowed there.
  amount_too_many_places = 202,  ///< A decimal text has more places than the asset's scale.
  division_by_zero = 203,        ///< A rate's denominator, or the sum of weights, is zero.
  asset_mismatch = 204,          ///< Two amounts or accounts of different assets were mixed.
  asset_not_found = 205,         ///< The asset is not registered in this file.
  asset_scale_fixed = 206,       ///< The scale of a registered asset never changes.

  // 3xx: transactions as the caller drafted them.
  unbalanced = 300,           ///< Debits and credits differ in some asset.
  no_entries = 301,           ///< A transaction needs at least two entries.
  too_many_entries = 302,     ///< More entries than a transaction may have.
  amount_not_positive = 303,  ///< An amount must be greater than zero.
  same_account = 304,         ///< Debit and credit name the same account.
  key_required = 305,         ///< The idempotency key is empty.
  key_too_long = 306,         ///< The idempotency key is longer than 128 bytes.
  text_too_long = 307,        ///< A reference, description or metadata text is too long.
  effective_in_future = 308,  ///< effective_at is later than the moment of recording.
  group_failed = 309,         ///< Another item of the same atomic group failed.
  not_attempted = 310,        ///< An earlier item failed and the batch was told to stop there.

  // 4xx: the ledger.
  account_not_found = 400,      ///< An entry names an account that does not exist.
  account_frozen = 401,         ///< The account is frozen against this movement.
  account_closed = 402,         ///< The account is closed.
  account_not_empty = 403,      ///< An account can be closed only at balance zero, without holds.
  exceeds_balance = 404,        ///< The available balance would fall below the account's minimum.
  exceeds_limit = 405,          ///< The balance would rise above the account's maximum.
  condition_not_met = 406,      ///< A condition on a balance, part of the transaction, is false.
  hold_not_found = 407,         ///< No such hold.
  hold_not_open = 408,          ///< The hold was released, fully captured or has expired.
  exceeds_hold = 409,           ///< A capture is larger than what is left of the hold.
  transaction_not_found = 410,  ///< No such transaction.
  already_reversed = 411,       ///< The transaction was reversed before.
  not_reversible = 412,         ///< A reversal can't itself be reversed.
  invalid_bounds = 413,         ///< Minimum above maximum, or the present balance outside them.
  exists_with_different_account = 420,       ///< Same key, but another account.
  exists_with_different_amount = 421,        ///< Same key, but another amount.
  exists_with_different_entries = 422,       ///< Same key, but other entries.
  exists_with_different_effective_at = 423,  ///< Same key, but another effective time.
  exists_with_different_reference = 424,     ///< Same key, but another reference or description.
  exists_with_different_kind = 425,          ///< Same key, but another kind of operation.
  exists_with_different_expiry = 426,        ///< Same key, but another expiry.
  exists_with_different_asset = 427,         ///< Same key or code, but another asset or scale.
  exists_with_different_owner = 428,         ///< Same key, but another owner or purpose.
  exists_with_different_policy = 429,        ///< Same key, but other bounds or normal side.

  // 5xx: reconciliation.
  invalid_range = 500,             ///< The time range is empty or reversed.
  source_unavailable = 501,        ///< The outside source could not be read.
  reconciliation_not_found = 502,  ///< No such reconciliation record.

  // 6xx: storage.
  storage_io = 600,             ///< The device or file system refused; nothing was committed.
  storage_full = 601,           ///< The disk is full; nothing was committed.
  storage_corrupt = 602,        ///< The file contradicts itself; run verify, restore a backup.
  storage_busy = 603,           ///< Another process writes this book.
  storage_fenced = 604,         ///< Another writer took the book over; this one must close.
  storage_read_only = 605,      ///< The file or its directory can't be written.
  storage_newer_version = 606,  ///< The file was written by a newer coffer.
  storage_foreign = 607,        ///< The file belongs to another application.
  storage_conflict = 608,       ///< A row with this key exists, or its version moved on.
  storage_backend = 609,        ///< A plugged-in backend failed with a reason of its own.
  storage_cannot_open = 610,    ///< The file can't be opened or created at that path.
  integrity_failure = 611,      ///< Verification found a record that does not hold.

  // 7xx: wallets.
  wallet_not_found = 700,      ///< No such wallet.
  wallet_frozen = 701,         ///< The wallet is frozen.
  insufficient_balance = 702,  ///< The wallet holds less than the amount asked for.

  // 8xx: keys.
  mnemonic_unknown_word = 800,  ///< A word is in no list; the message names its position.
  mnemonic_checksum = 801,      ///< Every word is known, but the checksum fails.
  mnemonic_length = 802,        ///< The number of words is not 12, 15, 18, 21 or 24.
  derivation_path = 803,        ///< A derivation path does not parse, or a step is out of range.
  extended_key = 804,           ///< An extended key does not parse or is not a valid key.
  hardened_from_public = 805,   ///< A hardened child can't be derived from a public key.
  invalid_key = 806,            ///< The bytes are not a valid private or public key.
  wrong_password = 807,         ///< The password does not open this keystore.
  keystore_damaged = 808,       ///< The keystore's bytes are damaged or of an unknown version.
  signature_invalid = 809,      ///< The signature does not verify.
  signing_refused = 810,        ///< Read-only mode, policy or the signer itself refused to sign.
  share_invalid = 811,          ///< A share does not parse, or the shares do not fit together.
  derivation_skipped = 812,     ///< This index has no valid child key; take the next one.

  // 9xx: chains.
  address_syntax = 900,     ///< The text is not an address of this network.
  address_checksum = 901,   ///< The address has a wrong checksum.
  address_network = 902,    ///< The address belongs to another network.
  network_not_found = 903,  ///< The network is not in the table.
};

/// The code's name as written above, e.g. "exceeds_balance"; "unknown" for a value not listed.
[[nodiscard]] std::string_view name_of(Code code) noexcept;

/// True when the very same call may succeed later, because time passes or a balance moves:
/// `out_of_memory`, `effective_in_future`, `exceeds_balance`, `exceeds_limit`, `condition_not_met`,
/// `insufficient_balance`, `source_unavailable`, `storage_busy`, `storage_full`.
[[nodiscard]] bool is_transient(Code code) noexcept;

}  // namespace coffer
