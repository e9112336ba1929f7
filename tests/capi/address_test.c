/* SPDX-License-Identifier: MIT */
/* Networks and addresses: those that known wallets show for a known sentence, and what is refused.
 */
#include "keys.h"

static const char* const sentence =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

static coffer_xprv* wallet_master(coffer_curve curve) {
  coffer_mnemonic* mnemonic = NULL;
  coffer_secret* seed = NULL;
  coffer_xprv* master = NULL;
  EXPECT_OK(coffer_mnemonic_parse(TEXT(sentence), COFFER_LANGUAGE_ENGLISH, &mnemonic, NULL));
  EXPECT_OK(coffer_mnemonic_seed(mnemonic, NULL, 0, &seed, NULL));
  EXPECT_OK(coffer_xprv_from_seed(seed, curve, 0, &master, NULL));
  coffer_secret_destroy(seed);
  coffer_mnemonic_destroy(mnemonic);
  return master;
}

static void each_network_has_the_address_that_its_wallets_show(void) {
  static const struct {
    const char* network;
    coffer_address_form form;
    const char* path;
    const char* address;
  } cases[] = {
      {"bitcoin", COFFER_FORM_P2PKH, "m/44'/0'/0'/0/0", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"},
      {"bitcoin", COFFER_FORM_P2SH_P2WPKH, "m/49'/0'/0'/0/0", "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf"},
      {"bitcoin", COFFER_FORM_DEFAULT, "m/84'/0'/0'/0/0",
       "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"},
      {"bitcoin", COFFER_FORM_P2TR, "m/86'/0'/0'/0/0",
       "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"},
      {"ethereum", COFFER_FORM_DEFAULT, "m/44'/60'/0'/0/0",
       "0x9858EfFD232B4033E47d90003D41EC34EcaEda94"},
      {"tron", COFFER_FORM_DEFAULT, "m/44'/195'/0'/0/0", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH"},
      {"solana", COFFER_FORM_DEFAULT, "m/44'/501'/0'/0'",
       "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk"},
      {"dogecoin", COFFER_FORM_DEFAULT, "m/44'/3'/0'/0/0", "DBus3bamQjgJULBJtYXpEzDWQRwF5iwxgC"},
      {"xrp", COFFER_FORM_DEFAULT, "m/44'/144'/0'/0/0", "rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v3"},
      {"cosmos-hub", COFFER_FORM_DEFAULT, "m/44'/118'/0'/0/0",
       "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"},
  };
  size_t i = 0;
  for (i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    coffer_network network;
    coffer_xprv* master = NULL;
    coffer_xprv* key = NULL;
    coffer_xpub xpub;
    coffer_address read;
    char text[COFFER_ADDRESS_TEXT_SIZE];
    char path[64];
    EXPECT_OK(coffer_network_find(NULL, TEXT(cases[i].network), &network, NULL));
    EXPECT_OK(coffer_network_address_path(NULL, TEXT(cases[i].network), cases[i].form, 0, 0, 0,
                                          path, sizeof path, NULL, NULL));
    EXPECT(strcmp(path, cases[i].path) == 0);
    master = wallet_master(network.curve);
    EXPECT_OK(coffer_xprv_derive(master, TEXT(path), &key, NULL));
    EXPECT_OK(coffer_xprv_public(key, &xpub, NULL));
    EXPECT_OK(coffer_address_of_key(NULL, TEXT(cases[i].network), cases[i].form, xpub.public_key,
                                    33, text, sizeof text, NULL, NULL));
    EXPECT(strcmp(text, cases[i].address) == 0);
    EXPECT_OK(coffer_address_parse(NULL, TEXT(cases[i].network), TEXT(text), &read, NULL));
    memset(text, 0, sizeof text);
    EXPECT_OK(
        coffer_address_format(NULL, TEXT(cases[i].network), &read, text, sizeof text, NULL, NULL));
    EXPECT(strcmp(text, cases[i].address) == 0);
    coffer_xprv_destroy(key);
    coffer_xprv_destroy(master);
  }
}

static void an_address_is_refused_with_the_reason(void) {
  coffer_error err;
  EXPECT_OK(coffer_address_parse(NULL, TEXT("bitcoin"),
                                 TEXT("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"), NULL, NULL));
  EXPECT_STATUS(
      COFFER_ERR_ADDRESS_CHECKSUM,
      coffer_address_parse(NULL, TEXT("bitcoin"),
                           TEXT("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyx"), NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_ADDRESS_NETWORK,
                coffer_address_parse(NULL, TEXT("bitcoin"),
                                     TEXT("TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH"), NULL, &err));
  EXPECT(strstr(err.message, "tron") != NULL);
  EXPECT_STATUS(COFFER_ERR_ADDRESS_SYNTAX,
                coffer_address_parse(NULL, TEXT("ethereum"), TEXT("0x12"), NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NETWORK_NOT_FOUND,
                coffer_address_parse(NULL, TEXT("bitcion"), TEXT("x"), NULL, &err));
  EXPECT(strstr(err.message, "bitcoin") != NULL);
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8,
                coffer_address_parse(NULL, TEXT("bitcoin"), TEXT("\xff"), NULL, NULL));
}

static void the_networks_of_a_text_are_found(void) {
  static coffer_address_match matches[200];
  size_t count = 0;
  EXPECT_OK(coffer_address_match_networks(NULL, TEXT("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"),
                                          matches, 200, &count, NULL));
  EXPECT(count == 1 && strcmp(matches[0].network, "bitcoin") == 0);
  EXPECT(matches[0].address.form == COFFER_FORM_P2WPKH && matches[0].address.payload_size == 20);
  EXPECT_STATUS(
      COFFER_ERR_BUFFER_TOO_SMALL,
      coffer_address_match_networks(NULL, TEXT("0x9858EfFD232B4033E47d90003D41EC34EcaEda94"),
                                    matches, 1, &count, NULL));
  EXPECT(count > 3);
  EXPECT_OK(coffer_address_match_networks(NULL, TEXT("\xff no"), NULL, 0, &count, NULL));
  EXPECT(count == 0);
}

static void many_addresses_are_those_that_come_one_by_one(void) {
  enum { count = 300 };
  static char texts[count][COFFER_ADDRESS_TEXT_SIZE];
  static uint8_t keys[count * COFFER_PUBLIC_KEY_SIZE];
  coffer_xprv* master = wallet_master(COFFER_CURVE_SECP256K1);
  coffer_xprv* account = NULL;
  coffer_xpub xpub;
  coffer_xpub chain;
  char one[COFFER_ADDRESS_TEXT_SIZE];
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/84'/0'/0'"), &account, NULL));
  EXPECT_OK(coffer_xprv_public(account, &xpub, NULL));
  EXPECT_OK(coffer_xpub_derive(&xpub, TEXT("m/0"), &chain, NULL));
  EXPECT_OK(coffer_address_derive_many(NULL, TEXT("bitcoin"), COFFER_FORM_DEFAULT, &chain, 0, count,
                                       NULL, texts[0], sizeof texts[0], keys, NULL));
  EXPECT(strcmp(texts[0], "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu") == 0);
  EXPECT(strcmp(texts[1], "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g") == 0);
  EXPECT_OK(coffer_address_of_key(NULL, TEXT("bitcoin"), 0, keys + 299 * 33, 33, one, sizeof one,
                                  NULL, NULL));
  EXPECT(strcmp(texts[299], one) == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_address_derive_many(NULL, TEXT("bitcoin"), 0, &chain, 0, 2, NULL, texts[0],
                                           20, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY,
                coffer_address_derive_many(NULL, TEXT("solana"), 0, &chain, 0, 2, NULL, texts[0],
                                           sizeof texts[0], NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_address_derive_many(NULL, TEXT("bitcoin"), COFFER_FORM_EVM, &chain, 0, 2,
                                           NULL, texts[0], sizeof texts[0], NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_address_derive_many(NULL, TEXT("bitcoin"), 0, &chain, 0, SIZE_MAX, NULL,
                                           texts[0], sizeof texts[0], NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_address_derive_many(NULL, TEXT("bitcoin"), 0, &chain, 0, 2, NULL, texts[0],
                                           SIZE_MAX, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_derive_many(NULL, TEXT("bitcoin"), 0, &chain, 0, 2, NULL, NULL, 96,
                                           NULL, NULL));
  coffer_xprv_destroy(account);
  coffer_xprv_destroy(master);
  master = wallet_master(COFFER_CURVE_ED25519);
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/44'/501'"), &account, NULL));
  EXPECT_OK(coffer_address_derive_many_private(NULL, TEXT("solana"), 0, account, 0x80000000U, 2,
                                               TEXT("0'"), NULL, texts[0], sizeof texts[0], NULL,
                                               NULL));
  EXPECT(strcmp(texts[0], "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk") == 0);
  coffer_xprv_destroy(account);
  coffer_xprv_destroy(master);
}

static void a_host_adds_a_network_by_a_row(void) {
  coffer_network_table* table = NULL;
  coffer_network row;
  coffer_network found;
  coffer_error err;
  size_t built_in = 0;
  size_t count = 0;
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL, coffer_network_list(NULL, NULL, 0, &built_in, NULL));
  EXPECT_OK(coffer_network_table_create(&table, NULL));
  memset(&row, 0, sizeof row);
  strcpy(row.name, "our-chain");
  strcpy(row.symbol, "OUR");
  row.family = COFFER_FAMILY_ETHEREUM;
  row.coin_type = 60;
  row.scale = 18;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_network_table_add(table, &row, &err));
  EXPECT(strstr(err.message, "chain_id") != NULL);
  row.chain_id = 4242;
  EXPECT_OK(coffer_network_table_add(table, &row, NULL));
  EXPECT_STATUS(COFFER_ERR_ALREADY_EXISTS, coffer_network_table_add(table, &row, NULL));
  EXPECT_OK(coffer_network_find(table, TEXT("our-chain"), &found, NULL));
  EXPECT(found.chain_id == 4242 && found.default_form == COFFER_FORM_EVM && found.curve == 1);
  EXPECT_STATUS(COFFER_ERR_NETWORK_NOT_FOUND,
                coffer_network_find(NULL, TEXT("our-chain"), &found, NULL));
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL, coffer_network_list(table, NULL, 0, &count, NULL));
  EXPECT(count == built_in + 1);
  EXPECT_OK(coffer_address_parse(table, TEXT("our-chain"),
                                 TEXT("0x9858EfFD232B4033E47d90003D41EC34EcaEda94"), NULL, NULL));
  row.family = 99;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_network_table_add(table, &row, NULL));
  memset(&row, 'x', sizeof row);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_network_table_add(table, &row, NULL));
  coffer_network_table_destroy(table);
}

static void forms_and_versions_have_names(void) {
  coffer_address_form form = 0;
  coffer_key_version version;
  char path[32];
  EXPECT_OK(coffer_address_form_find(TEXT("p2tr"), &form, NULL));
  EXPECT(form == COFFER_FORM_P2TR);
  EXPECT(strcmp(coffer_address_form_name(COFFER_FORM_STELLAR), "stellar") == 0);
  EXPECT(strcmp(coffer_address_form_name(99), "unknown") == 0);
  EXPECT_OK(coffer_network_key_version(NULL, TEXT("bitcoin"), COFFER_FORM_P2WPKH, &version, NULL));
  EXPECT(strcmp(version.public_name, "zpub") == 0);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_network_key_version(NULL, TEXT("solana"), 0, &version, NULL));
  EXPECT_OK(
      coffer_network_account_path(NULL, TEXT("litecoin"), 0, 7, path, sizeof path, NULL, NULL));
  EXPECT(strcmp(path, "m/84'/2'/7'") == 0);
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_network_account_path(NULL, TEXT("bitcoin"), 99, 0, path, sizeof path, NULL, NULL));
}

static void scripts_have_addresses_and_addresses_scripts(void) {
  /* The vector of BIP-67 with two keys. */
  static const char* const keys_hex =
      "02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8"
      "02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f";
  uint8_t keys[66];
  uint8_t script[200];
  char text[COFFER_ADDRESS_TEXT_SIZE];
  size_t size = 0;
  (void)bytes_of(keys_hex, keys);
  EXPECT_OK(coffer_script_of_multisig(2, keys, 2, script, sizeof script, &size, NULL));
  EXPECT_OK(coffer_address_of_script(NULL, TEXT("bitcoin"), COFFER_FORM_P2SH, script, size, text,
                                     sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z") == 0);
  EXPECT_OK(coffer_script_of_address(NULL, TEXT("bitcoin"), TEXT(text), script, sizeof script,
                                     &size, NULL));
  EXPECT(size == 23 && script[0] == 0xa9);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_script_of_multisig(3, keys, 2, script, sizeof script, &size, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_script_of_multisig(1, keys, SIZE_MAX, script, sizeof script, &size, NULL));
}

static void output_scripts_have_addresses(void) {
  static const struct {
    const char* network;
    const char* script;
    const char* address;
  } known[] = {
      {"bitcoin", "0014c0cebcd6c3d3ca8c75dc5ec62ebe55330ef910e2",
       "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"},
      {"bitcoin", "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c",
       "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"},
      {"litecoin", "0014751e76e8199196d454941c45d1b3a323f1433bd6",
       "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"},
      {"bitcoin-cash", "76a91476a04053bda0a88bda5177b86a15c3b29f55987388ac",
       "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"},
  };
  uint8_t script[64];
  char text[COFFER_ADDRESS_TEXT_SIZE];
  coffer_error err;
  size_t size = 0;
  size_t i = 0;
  for (i = 0; i < sizeof known / sizeof known[0]; ++i) {
    size = bytes_of(known[i].script, script);
    EXPECT_OK(coffer_address_of_output_script(NULL, TEXT(known[i].network), script, size, text,
                                              sizeof text, NULL, NULL));
    EXPECT(strcmp(text, known[i].address) == 0);
  }
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_address_of_output_script(NULL, TEXT("bitcoin-cash"), script, size, text, 9,
                                                &size, NULL));
  EXPECT(size == 55);
  size = bytes_of("0014751e76e8199196d454941c45d1b3a323f1433bd6", script);
  EXPECT_STATUS(COFFER_ERR_ADDRESS_SYNTAX,
                coffer_address_of_output_script(NULL, TEXT("dogecoin"), script, size, text,
                                                sizeof text, NULL, &err));
  EXPECT(strcmp(err.message, "address: network dogecoin has no address for p2wpkh") == 0);
  EXPECT_STATUS(COFFER_ERR_ADDRESS_SYNTAX,
                coffer_address_of_output_script(NULL, TEXT("bitcoin"), NULL, 0, text, sizeof text,
                                                NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_address_of_output_script(NULL, TEXT("tron"), script, size, text, sizeof text,
                                                NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_of_output_script(NULL, TEXT("bitcoin"), NULL, 22, text, sizeof text,
                                                NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_of_output_script(NULL, TEXT("bitcoin"), script, size, NULL,
                                                sizeof text, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_address_of_output_script(NULL, TEXT("bitcoin"), script, SIZE_MAX, text,
                                                sizeof text, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NETWORK_NOT_FOUND,
                coffer_address_of_output_script(NULL, TEXT("bitcion"), script, size, text,
                                                sizeof text, NULL, NULL));
}

/** The example of BIP-86, and one of BIP-341 with a script tree. */
static void taproot_keys_are_those_of_the_standards(void) {
  uint8_t internal[33];
  uint8_t root[32];
  uint8_t key[32];
  uint8_t is_odd = 9;
  char text[COFFER_ADDRESS_TEXT_SIZE];
  coffer_error err;
  (void)bytes_of("cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115", internal);
  EXPECT_OK(coffer_taproot_output_key(internal, 32, NULL, key, &is_odd, NULL));
  EXPECT(is_odd <= 1);
  EXPECT(strcmp(hex_of(key, 32),
                "a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c") == 0);
  (void)bytes_of("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27", internal);
  (void)bytes_of("5b75adecf53548f3ec6ad7d78383bf84cc57b55a3127c72b9a2481752dd88b21", root);
  EXPECT_OK(coffer_taproot_output_key(internal, 32, root, key, NULL, NULL));
  EXPECT(strcmp(hex_of(key, 32),
                "147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3") == 0);
  EXPECT_OK(coffer_address_of_taproot(NULL, TEXT("bitcoin"), internal, 32, root, text, sizeof text,
                                      NULL, NULL));
  EXPECT(strcmp(text, "bc1pz37fc4cn9ah8anwm4xqqhvxygjf9rjf2resrw8h8w4tmvcs0863sa2e586") == 0);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_address_of_taproot(NULL, TEXT("dogecoin"), internal, 32, root, text,
                                          sizeof text, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_of_taproot(NULL, TEXT("bitcoin"), internal, 32, NULL, text,
                                          sizeof text, NULL, NULL));
  EXPECT_STATUS(
      COFFER_ERR_BUFFER_TOO_SMALL,
      coffer_address_of_taproot(NULL, TEXT("bitcoin"), internal, 32, root, text, 5, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_taproot_output_key(NULL, 32, NULL, key, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_taproot_output_key(internal, 32, NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY,
                coffer_taproot_output_key(internal, SIZE_MAX, NULL, key, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY,
                coffer_taproot_output_key(internal, 31, NULL, key, NULL, &err));
  EXPECT(strcmp(err.message, "internal_key: has 31 bytes, not 32 or 33") == 0);
  memset(internal, 0xff, sizeof internal);
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY,
                coffer_taproot_output_key(internal, 32, NULL, key, NULL, NULL));
}

const test_case address_cases[] = {
    {"each network has the address that its wallets show",
     each_network_has_the_address_that_its_wallets_show},
    {"an address is refused with the reason", an_address_is_refused_with_the_reason},
    {"the networks of a text are found", the_networks_of_a_text_are_found},
    {"many addresses are those that come one by one",
     many_addresses_are_those_that_come_one_by_one},
    {"a host adds a network by a row", a_host_adds_a_network_by_a_row},
    {"forms and versions have names", forms_and_versions_have_names},
    {"scripts have addresses and addresses scripts", scripts_have_addresses_and_addresses_scripts},
    {"output scripts have addresses", output_scripts_have_addresses},
    {"taproot keys are those of the standards", taproot_keys_are_those_of_the_standards},
    {NULL, NULL},
};
