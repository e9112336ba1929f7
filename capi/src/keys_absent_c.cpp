// SPDX-License-Identifier: MIT
// C: the functions of keys and chains in a library that was built without them (COFFER_KEYS=OFF).
#include "coffer_address.h"
#include "coffer_address_pool.h"
#include "coffer_crypto_wallet.h"
#include "coffer_key.h"
#include "coffer_keystore.h"
#include "coffer_message.h"
#include "coffer_mnemonic.h"
#include "coffer_musig.h"
#include "coffer_network.h"
#include "coffer_secret.h"
#include "coffer_share.h"
#include "coffer_signer.h"
#include "coffer_wallet_job.h"

#include "guard.hpp"

using coffer::Code;
using coffer::Error;
using coffer::Status;

// The ABI does not depend on how the library was built: all functions are there. A handle of a key
// can't exist, so arguments are not looked at.
#define COFFER_ABSENT(name, ...)                                                      \
  coffer_status name(__VA_ARGS__, coffer_error* err) {                                \
    return guard(err, []() -> Status {                                                \
      return Error{Code::unsupported, "this library was built with COFFER_KEYS=OFF"}; \
    });                                                                               \
  }

using coffer::capi::guard;

const char* coffer_curve_name(coffer_curve) { return "unknown"; }
void coffer_xprv_destroy(coffer_xprv*) {}  // none was ever made
const char* coffer_language_name(coffer_language) { return "unknown"; }
void coffer_mnemonic_destroy(coffer_mnemonic*) {}              // none was ever made
void coffer_share_set_destroy(coffer_share_set*) {}            // none was ever made
void coffer_signer_destroy(coffer_signer*) {}                  // none was ever made
void coffer_musig_keys_destroy(coffer_musig_keys*) {}          // none was ever made
void coffer_musig_nonce_destroy(coffer_musig_nonce*) {}        // none was ever made
void coffer_musig_session_destroy(coffer_musig_session*) {}    // none was ever made
void coffer_network_table_destroy(coffer_network_table*) {}    // none was ever made
void coffer_crypto_wallets_destroy(coffer_crypto_wallets*) {}  // none was ever made
const char* coffer_address_form_name(coffer_address_form) { return "unknown"; }

COFFER_ABSENT(coffer_secret_generate, size_t, coffer_secret**)
COFFER_ABSENT(coffer_path_parse, const char*, size_t, uint32_t*, size_t, size_t*)
COFFER_ABSENT(coffer_path_format, const uint32_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_key_version_find, const char*, size_t, coffer_key_version*)
COFFER_ABSENT(coffer_key_version_list, coffer_key_version*, size_t, size_t*)
COFFER_ABSENT(coffer_xpub_parse, const char*, size_t, coffer_xpub*)
COFFER_ABSENT(coffer_xpub_format, const coffer_xpub*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_xpub_derive, const coffer_xpub*, const char*, size_t, coffer_xpub*)
COFFER_ABSENT(coffer_xpub_identify, const coffer_xpub*, uint8_t*, uint32_t*)
COFFER_ABSENT(coffer_xpub_derive_many, const coffer_xpub*, uint32_t, size_t,
              const coffer_bulk_options*, uint8_t*)
COFFER_ABSENT(coffer_xprv_from_seed, const coffer_secret*, coffer_curve, uint32_t, coffer_xprv**)
COFFER_ABSENT(coffer_xprv_parse, const char*, size_t, coffer_xprv**)
COFFER_ABSENT(coffer_xprv_from_private_key, const coffer_secret*, coffer_curve, coffer_xprv**)
COFFER_ABSENT(coffer_xprv_derive, const coffer_xprv*, const char*, size_t, coffer_xprv**)
COFFER_ABSENT(coffer_xprv_public, const coffer_xprv*, coffer_xpub*)
COFFER_ABSENT(coffer_xprv_private_key, const coffer_xprv*, coffer_secret**)
COFFER_ABSENT(coffer_xprv_export_text, const coffer_xprv*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_xprv_derive_many, const coffer_xprv*, uint32_t, size_t, const char*, size_t,
              const coffer_bulk_options*, uint8_t*)
COFFER_ABSENT(coffer_xprv_export_many, const coffer_xprv*, uint32_t, size_t, const char*, size_t,
              const coffer_bulk_options*, uint8_t*, uint8_t*)
COFFER_ABSENT(coffer_language_find, const char*, size_t, coffer_language*)
COFFER_ABSENT(coffer_mnemonic_generate, uint32_t, coffer_language, coffer_mnemonic**)
COFFER_ABSENT(coffer_mnemonic_from_entropy, const coffer_secret*, coffer_language,
              coffer_mnemonic**)
COFFER_ABSENT(coffer_mnemonic_parse, const char*, size_t, coffer_language, coffer_mnemonic**)
COFFER_ABSENT(coffer_mnemonic_describe, const coffer_mnemonic*, coffer_language*, uint32_t*)
COFFER_ABSENT(coffer_mnemonic_entropy, const coffer_mnemonic*, coffer_secret**)
COFFER_ABSENT(coffer_mnemonic_seed, const coffer_mnemonic*, const char*, size_t, coffer_secret**)
COFFER_ABSENT(coffer_mnemonic_export_sentence, const coffer_mnemonic*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_mnemonic_unknown_words, const char*, size_t, coffer_language,
              coffer_unknown_word*, size_t, size_t*)
COFFER_ABSENT(coffer_mnemonic_word, coffer_language, uint32_t, coffer_word*)
COFFER_ABSENT(coffer_mnemonic_complete_word, const char*, size_t, coffer_language, coffer_word*,
              size_t, size_t*)
COFFER_ABSENT(coffer_bip85_entropy, const coffer_xprv*, const char*, size_t, coffer_secret**)
COFFER_ABSENT(coffer_bip85_mnemonic, const coffer_xprv*, uint32_t, uint32_t, coffer_language,
              coffer_mnemonic**)
COFFER_ABSENT(coffer_bip85_bytes, const coffer_xprv*, size_t, uint32_t, coffer_secret**)
COFFER_ABSENT(coffer_bip85_private_key, const coffer_xprv*, uint32_t, coffer_secret**)
COFFER_ABSENT(coffer_bip85_master_key, const coffer_xprv*, uint32_t, coffer_xprv**)
COFFER_ABSENT(coffer_bip85_password, const coffer_xprv*, uint32_t, uint32_t, coffer_secret**)
COFFER_ABSENT(coffer_keystore_seal, const coffer_secret*, const coffer_keystore_content*,
              const char*, size_t, const coffer_keystore_options*, uint8_t*, size_t, size_t*)
COFFER_ABSENT(coffer_keystore_open, const uint8_t*, size_t, const char*, size_t,
              coffer_keystore_content*, coffer_secret**)
COFFER_ABSENT(coffer_keystore_inspect, const uint8_t*, size_t, coffer_keystore_info*)
COFFER_ABSENT(coffer_keystore_change_password, const uint8_t*, size_t, const char*, size_t,
              const char*, size_t, const coffer_keystore_options*, uint8_t*, size_t, size_t*)
COFFER_ABSENT(coffer_web3_keystore_seal, const coffer_secret*, const char*, size_t,
              const coffer_keystore_options*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_web3_keystore_open, const char*, size_t, const char*, size_t, coffer_secret**)
COFFER_ABSENT(coffer_bip38_encrypt, const coffer_secret*, uint8_t, const char*, size_t, char*,
              size_t, size_t*)
COFFER_ABSENT(coffer_bip38_decrypt, const char*, size_t, const char*, size_t, coffer_secret**,
              uint8_t*)
COFFER_ABSENT(coffer_share_split, const coffer_secret*, const coffer_share_group*, size_t,
              const char*, size_t, const coffer_share_options*, coffer_share_set**)
COFFER_ABSENT(coffer_share_set_export_sentence, const coffer_share_set*, uint32_t, uint32_t, char*,
              size_t, size_t*)
COFFER_ABSENT(coffer_share_combine, const coffer_share*, size_t, const char*, size_t,
              coffer_secret**)
COFFER_ABSENT(coffer_share_inspect, const char*, size_t, coffer_share_info*)
COFFER_ABSENT(coffer_signer_create, coffer_signer**)
COFFER_ABSENT(coffer_signer_create_with_callbacks, const coffer_signer_vtable*, coffer_signer**)
COFFER_ABSENT(coffer_signer_add, coffer_signer*, const char*, size_t, const coffer_xprv*)
COFFER_ABSENT(coffer_signer_add_single, coffer_signer*, const char*, size_t, coffer_curve,
              const coffer_secret*)
COFFER_ABSENT(coffer_signer_open_pkcs11, const char*, size_t, const char*, size_t, const char*,
              size_t, coffer_signer**)
COFFER_ABSENT(coffer_signer_remove, coffer_signer*, const char*, size_t)
COFFER_ABSENT(coffer_signer_set_read_only, coffer_signer*, uint8_t)
COFFER_ABSENT(coffer_signer_is_read_only, const coffer_signer*, uint8_t*)
COFFER_ABSENT(coffer_signer_public_key, coffer_signer*, const coffer_key_reference*, uint8_t*)
COFFER_ABSENT(coffer_signer_sign, coffer_signer*, const coffer_sign_request*, coffer_signature*)
COFFER_ABSENT(coffer_signer_sign_many, coffer_signer*, const coffer_sign_request*, size_t,
              const coffer_bulk_options*, coffer_signature*, coffer_status*)
COFFER_ABSENT(coffer_signature_verify, coffer_curve, const uint8_t*, coffer_signature_scheme,
              const uint8_t*, size_t, const coffer_signature*)
COFFER_ABSENT(coffer_musig_sort_keys, uint8_t*, size_t)
COFFER_ABSENT(coffer_musig_keys_aggregate, const uint8_t*, size_t, coffer_musig_keys**)
COFFER_ABSENT(coffer_musig_keys_tweak, const coffer_musig_keys*, coffer_musig_tweak, const uint8_t*,
              coffer_musig_keys**)
COFFER_ABSENT(coffer_musig_keys_taproot, const coffer_musig_keys*, const uint8_t*,
              coffer_musig_keys**)
COFFER_ABSENT(coffer_musig_keys_xpub, const coffer_musig_keys*, coffer_xpub*)
COFFER_ABSENT(coffer_musig_keys_derive, const coffer_musig_keys*, const char*, size_t,
              coffer_musig_keys**)
COFFER_ABSENT(coffer_musig_keys_public_key, const coffer_musig_keys*, uint8_t*)
COFFER_ABSENT(coffer_musig_nonce_make, coffer_signer*, const coffer_key_reference*,
              const coffer_musig_keys*, const uint8_t*, coffer_musig_nonce**, uint8_t*)
COFFER_ABSENT(coffer_musig_nonces_aggregate, const uint8_t*, size_t, uint8_t*)
COFFER_ABSENT(coffer_musig_session_begin, const coffer_musig_keys*, const uint8_t*, const uint8_t*,
              coffer_musig_session**)
COFFER_ABSENT(coffer_musig_session_sign, const coffer_musig_session*, coffer_signer*,
              const coffer_key_reference*, coffer_musig_nonce*, uint8_t*)
COFFER_ABSENT(coffer_musig_session_verify, const coffer_musig_session*, size_t, const uint8_t*,
              const uint8_t*)
COFFER_ABSENT(coffer_musig_session_aggregate, const coffer_musig_session*, const uint8_t*, size_t,
              const uint8_t*, uint8_t*)
COFFER_ABSENT(coffer_network_table_create, coffer_network_table**)
COFFER_ABSENT(coffer_network_table_add, coffer_network_table*, const coffer_network*)
COFFER_ABSENT(coffer_network_find, const coffer_network_table*, const char*, size_t,
              coffer_network*)
COFFER_ABSENT(coffer_network_list, const coffer_network_table*, coffer_network*, size_t, size_t*)
COFFER_ABSENT(coffer_address_form_find, const char*, size_t, coffer_address_form*)
COFFER_ABSENT(coffer_network_key_version, const coffer_network_table*, const char*, size_t,
              coffer_address_form, coffer_key_version*)
COFFER_ABSENT(coffer_network_account_path, const coffer_network_table*, const char*, size_t,
              coffer_address_form, uint32_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_network_address_path, const coffer_network_table*, const char*, size_t,
              coffer_address_form, uint32_t, uint32_t, uint32_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_address_of_key, const coffer_network_table*, const char*, size_t,
              coffer_address_form, const uint8_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_address_parse, const coffer_network_table*, const char*, size_t, const char*,
              size_t, coffer_address*)
COFFER_ABSENT(coffer_address_format, const coffer_network_table*, const char*, size_t,
              const coffer_address*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_address_match_networks, const coffer_network_table*, const char*, size_t,
              coffer_address_match*, size_t, size_t*)
COFFER_ABSENT(coffer_address_derive_many, const coffer_network_table*, const char*, size_t,
              coffer_address_form, const coffer_xpub*, uint32_t, size_t, const coffer_bulk_options*,
              char*, size_t, uint8_t*)
COFFER_ABSENT(coffer_address_derive_many_private, const coffer_network_table*, const char*, size_t,
              coffer_address_form, const coffer_xprv*, uint32_t, size_t, const char*, size_t,
              const coffer_bulk_options*, char*, size_t, uint8_t*)
COFFER_ABSENT(coffer_script_of_address, const coffer_network_table*, const char*, size_t,
              const char*, size_t, uint8_t*, size_t, size_t*)
COFFER_ABSENT(coffer_script_of_multisig, uint32_t, const uint8_t*, size_t, uint8_t*, size_t,
              size_t*)
COFFER_ABSENT(coffer_address_of_script, const coffer_network_table*, const char*, size_t,
              coffer_address_form, const uint8_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_address_of_output_script, const coffer_network_table*, const char*, size_t,
              const uint8_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_taproot_output_key, const uint8_t*, size_t, const uint8_t*, uint8_t*, uint8_t*)
COFFER_ABSENT(coffer_address_of_taproot, const coffer_network_table*, const char*, size_t,
              const uint8_t*, size_t, const uint8_t*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_message_sign_account, coffer_signer*, const coffer_key_reference*,
              const coffer_network_table*, const char*, size_t, const uint8_t*, size_t, uint8_t*)
COFFER_ABSENT(coffer_message_recover_account, const coffer_network_table*, const char*, size_t,
              const uint8_t*, size_t, const uint8_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_message_verify_account, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const uint8_t*, size_t, const uint8_t*, size_t)
COFFER_ABSENT(coffer_message_sign_solana, coffer_signer*, const coffer_key_reference*,
              const coffer_network_table*, const char*, size_t, const uint8_t*, size_t, uint8_t*)
COFFER_ABSENT(coffer_message_verify_solana, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const uint8_t*, size_t, const uint8_t*, size_t)
COFFER_ABSENT(coffer_typed_data_hash, const char*, size_t, coffer_typed_data_hashes*)
COFFER_ABSENT(coffer_typed_data_sign, coffer_signer*, const coffer_key_reference*,
              const coffer_network_table*, const char*, size_t, const char*, size_t, uint8_t*)
COFFER_ABSENT(coffer_typed_data_recover, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const uint8_t*, size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_typed_data_verify, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const char*, size_t, const uint8_t*, size_t)
COFFER_ABSENT(coffer_message_sign_legacy, coffer_signer*, const coffer_key_reference*,
              const coffer_network_table*, const char*, size_t, coffer_legacy_kind, const uint8_t*,
              size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_message_verify_legacy, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const uint8_t*, size_t, const char*, size_t)
COFFER_ABSENT(coffer_message_sign_bip322, coffer_signer*, const coffer_key_reference*,
              const coffer_network_table*, const char*, size_t, coffer_address_form, const uint8_t*,
              size_t, const coffer_bip322_times*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_message_sign_bip322_multisig, coffer_signer*,
              const coffer_key_reference* const*, size_t, const coffer_network_table*, const char*,
              size_t, coffer_address_form, const uint8_t*, size_t, const uint8_t*, size_t,
              const coffer_bip322_times*, char*, size_t, size_t*)
COFFER_ABSENT(coffer_message_verify_bip322, const coffer_network_table*, const char*, size_t,
              const char*, size_t, const uint8_t*, size_t, const char*, size_t,
              coffer_bip322_times*, coffer_proven_output*, size_t, size_t*)
COFFER_ABSENT(coffer_crypto_wallets_open, coffer_engine*, const coffer_crypto_wallets_options*,
              coffer_crypto_wallets**)
COFFER_ABSENT(coffer_address_source_add, coffer_crypto_wallets*, const coffer_address_source_draft*,
              coffer_address_source*, uint8_t*)
COFFER_ABSENT(coffer_address_source_find, const coffer_crypto_wallets*, const char*, size_t,
              coffer_address_source*)
COFFER_ABSENT(coffer_address_source_find_by_id, const coffer_crypto_wallets*, coffer_id,
              coffer_address_source*)
COFFER_ABSENT(coffer_address_source_list, const coffer_crypto_wallets*, coffer_address_source*,
              size_t, size_t*)
COFFER_ABSENT(coffer_address_source_set_balance_max, coffer_crypto_wallets*, coffer_id,
              const coffer_amount*, const char*, size_t)
COFFER_ABSENT(coffer_crypto_wallet_find, const coffer_crypto_wallets*, coffer_id,
              coffer_crypto_wallet*)
COFFER_ABSENT(coffer_crypto_wallet_find_by_user, const coffer_crypto_wallets*, const char*, size_t,
              const char*, size_t, coffer_crypto_wallet*)
COFFER_ABSENT(coffer_crypto_wallet_find_by_address, const coffer_crypto_wallets*, const char*,
              size_t, const char*, size_t, coffer_crypto_wallet*)
COFFER_ABSENT(coffer_crypto_wallet_list, const coffer_crypto_wallets*, const char*, size_t,
              coffer_id, coffer_crypto_wallet*, size_t, size_t*)
COFFER_ABSENT(coffer_crypto_wallet_extra, const coffer_crypto_wallets*, coffer_id, char*, size_t,
              size_t*)
COFFER_ABSENT(coffer_crypto_wallet_set_status, coffer_crypto_wallets*, coffer_id,
              coffer_crypto_wallet_status, const char*, size_t, const char*, size_t)
COFFER_ABSENT(coffer_wallet_job_submit, coffer_crypto_wallets*, const coffer_wallet_job_draft*,
              const coffer_wallet_row*, size_t, coffer_wallet_job*, uint8_t*)
COFFER_ABSENT(coffer_wallet_job_submit_text, coffer_crypto_wallets*, const coffer_wallet_job_draft*,
              coffer_wallet_rows_format, const char*, size_t, coffer_wallet_job*, uint8_t*)
COFFER_ABSENT(coffer_wallet_job_submit_pieces, coffer_crypto_wallets*,
              const coffer_wallet_job_draft*, coffer_wallet_rows_format, coffer_text_read_function,
              void*, coffer_wallet_job*, uint8_t*)
COFFER_ABSENT(coffer_wallet_job_run, coffer_crypto_wallets*, coffer_id, int64_t,
              const coffer_bulk_options*, const coffer_id*, const coffer_xprv* const*, size_t,
              const char*, size_t, coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_find, const coffer_crypto_wallets*, coffer_id, const char*, size_t,
              coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_find_by_key, const coffer_crypto_wallets*, const char*, size_t,
              const char*, size_t, coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_list, const coffer_crypto_wallets*, coffer_id, const char*, size_t,
              coffer_wallet_job*, size_t, size_t*)
COFFER_ABSENT(coffer_wallet_job_reason, const coffer_crypto_wallets*, coffer_id, const char*,
              size_t, char*, size_t, size_t*)
COFFER_ABSENT(coffer_wallet_job_approve, coffer_crypto_wallets*, coffer_id, const char*, size_t,
              coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_cancel, coffer_crypto_wallets*, coffer_id, const char*, size_t,
              const char*, size_t, coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_retry, coffer_crypto_wallets*, coffer_id, const char*, size_t,
              coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_roll_back, coffer_crypto_wallets*, coffer_id, const char*, size_t,
              const char*, size_t, coffer_wallet_job*)
COFFER_ABSENT(coffer_wallet_job_results, const coffer_crypto_wallets*, coffer_id, int64_t, uint8_t,
              const char*, size_t, coffer_wallet_row_result*, size_t, size_t*)
COFFER_ABSENT(coffer_address_pool_find, const coffer_crypto_wallets*, coffer_id,
              coffer_address_pool*)
COFFER_ABSENT(coffer_address_pool_fill, coffer_crypto_wallets*, coffer_id, uint32_t,
              const coffer_bulk_options*, const coffer_xprv*, const char*, size_t, int64_t*)
COFFER_ABSENT(coffer_address_pool_assign, coffer_crypto_wallets*, coffer_id, const char*, size_t,
              const char*, size_t, const char*, size_t, coffer_assigned_address*)
COFFER_ABSENT(coffer_address_pool_mark, coffer_crypto_wallets*, coffer_id,
              coffer_crypto_wallet_status, const char*, size_t)
COFFER_ABSENT(coffer_address_pool_set_gap_limit, coffer_crypto_wallets*, coffer_id, uint32_t,
              const char*, size_t)
COFFER_ABSENT(coffer_address_pool_find_used, coffer_crypto_wallets*, coffer_id,
              coffer_chain_use_function, void*, const coffer_xprv*, const char*, size_t,
              coffer_used_addresses*)
