// SPDX-License-Identifier: MIT
// C: the sizes of all structs, for bindings that declare them again, and the number of handles.
#include <array>
#include <string_view>

#include "coffer.h"
#include "coffer_storage.h"
#include "handle_table.hpp"

namespace {

struct StructSize {
  std::string_view name;
  size_t size;
};

#define COFFER_SIZE_OF(type) \
  StructSize { #type, sizeof(type) }

constexpr std::array sizes = {
    COFFER_SIZE_OF(coffer_account),
    COFFER_SIZE_OF(coffer_account_draft),
    COFFER_SIZE_OF(coffer_address),
    COFFER_SIZE_OF(coffer_address_match),
    COFFER_SIZE_OF(coffer_address_pool),
    COFFER_SIZE_OF(coffer_address_source),
    COFFER_SIZE_OF(coffer_address_source_draft),
    COFFER_SIZE_OF(coffer_admission_request),
    COFFER_SIZE_OF(coffer_amount),
    COFFER_SIZE_OF(coffer_asset),
    COFFER_SIZE_OF(coffer_assigned_address),
    COFFER_SIZE_OF(coffer_balance),
    COFFER_SIZE_OF(coffer_bip322_times),
    COFFER_SIZE_OF(coffer_bulk_options),
    COFFER_SIZE_OF(coffer_capture),
    COFFER_SIZE_OF(coffer_cell),
    COFFER_SIZE_OF(coffer_chain_head),
    COFFER_SIZE_OF(coffer_column),
    COFFER_SIZE_OF(coffer_condition),
    COFFER_SIZE_OF(coffer_crypto_wallet),
    COFFER_SIZE_OF(coffer_crypto_wallets_options),
    COFFER_SIZE_OF(coffer_currency),
    COFFER_SIZE_OF(coffer_cursor),
    COFFER_SIZE_OF(coffer_draft),
    COFFER_SIZE_OF(coffer_engine_options),
    COFFER_SIZE_OF(coffer_entry),
    COFFER_SIZE_OF(coffer_error),
    COFFER_SIZE_OF(coffer_event),
    COFFER_SIZE_OF(coffer_history_line),
    COFFER_SIZE_OF(coffer_history_query),
    COFFER_SIZE_OF(coffer_hold),
    COFFER_SIZE_OF(coffer_hold_draft),
    COFFER_SIZE_OF(coffer_index),
    COFFER_SIZE_OF(coffer_key_reference),
    COFFER_SIZE_OF(coffer_key_version),
    COFFER_SIZE_OF(coffer_keystore_content),
    COFFER_SIZE_OF(coffer_keystore_info),
    COFFER_SIZE_OF(coffer_keystore_options),
    COFFER_SIZE_OF(coffer_movement),
    COFFER_SIZE_OF(coffer_network),
    COFFER_SIZE_OF(coffer_operation),
    COFFER_SIZE_OF(coffer_outcome),
    COFFER_SIZE_OF(coffer_owner_total),
    COFFER_SIZE_OF(coffer_permission_request),
    COFFER_SIZE_OF(coffer_policy),
    COFFER_SIZE_OF(coffer_policy_change),
    COFFER_SIZE_OF(coffer_posted_entry),
    COFFER_SIZE_OF(coffer_proven_output),
    COFFER_SIZE_OF(coffer_rate),
    COFFER_SIZE_OF(coffer_receipt),
    COFFER_SIZE_OF(coffer_reconciliation),
    COFFER_SIZE_OF(coffer_reconciliation_detail),
    COFFER_SIZE_OF(coffer_reconciliation_outcome),
    COFFER_SIZE_OF(coffer_reconciliation_request),
    COFFER_SIZE_OF(coffer_registered_asset),
    COFFER_SIZE_OF(coffer_reversal),
    COFFER_SIZE_OF(coffer_scan),
    COFFER_SIZE_OF(coffer_schema),
    COFFER_SIZE_OF(coffer_share),
    COFFER_SIZE_OF(coffer_share_group),
    COFFER_SIZE_OF(coffer_share_info),
    COFFER_SIZE_OF(coffer_share_options),
    COFFER_SIZE_OF(coffer_sign_request),
    COFFER_SIZE_OF(coffer_signature),
    COFFER_SIZE_OF(coffer_signer_vtable),
    COFFER_SIZE_OF(coffer_statistics),
    COFFER_SIZE_OF(coffer_storage_vtable),
    COFFER_SIZE_OF(coffer_tolerance),
    COFFER_SIZE_OF(coffer_transaction),
    COFFER_SIZE_OF(coffer_transfer),
    COFFER_SIZE_OF(coffer_transfer_columns),
    COFFER_SIZE_OF(coffer_typed_data_hashes),
    COFFER_SIZE_OF(coffer_unknown_word),
    COFFER_SIZE_OF(coffer_used_addresses),
    COFFER_SIZE_OF(coffer_verify_report),
    COFFER_SIZE_OF(coffer_wallet),
    COFFER_SIZE_OF(coffer_wallet_draft),
    COFFER_SIZE_OF(coffer_wallet_job),
    COFFER_SIZE_OF(coffer_wallet_job_draft),
    COFFER_SIZE_OF(coffer_wallet_query),
    COFFER_SIZE_OF(coffer_wallet_row),
    COFFER_SIZE_OF(coffer_wallet_row_result),
    COFFER_SIZE_OF(coffer_wallet_transaction),
    COFFER_SIZE_OF(coffer_word),
    COFFER_SIZE_OF(coffer_xpub),
};

}  // namespace

size_t coffer_abi_sizeof(const char* struct_name) {
  if (struct_name == nullptr) {
    return 0;
  }
  for (const StructSize& known : sizes) {
    if (known.name == struct_name) {
      return known.size;
    }
  }
  return 0;
}

size_t coffer_handle_count(void) { return coffer::capi::HandleTable::instance().size(); }
