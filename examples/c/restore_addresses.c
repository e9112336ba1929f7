/* SPDX-License-Identifier: MIT */
/* Restores a wallet from its sentence and lists its first address on eight networks. */
#include <coffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static coffer_error err;

/** Ends the program with the reason when a call did not succeed. */
static void must(coffer_status status) {
  if (status != COFFER_OK) {
    fprintf(stderr, "%s: %s\n", coffer_status_name(status), err.message);
    exit(1);
  }
}

static void list(const char* name, const coffer_secret* seed) {
  coffer_network network;
  must(coffer_network_find(NULL, name, strlen(name), &network, &err));
  char path[64];
  must(coffer_network_address_path(NULL, name, strlen(name), COFFER_FORM_DEFAULT, 0, 0, 0, path,
                                   sizeof path, NULL, &err));
  coffer_xprv* master = NULL;
  coffer_xprv* key = NULL;
  coffer_xpub xpub;
  must(coffer_xprv_from_seed(seed, network.curve, 0, &master, &err));
  must(coffer_xprv_derive(master, path, strlen(path), &key, &err));
  must(coffer_xprv_public(key, &xpub, &err));
  char address[COFFER_ADDRESS_TEXT_SIZE];
  must(coffer_address_of_key(NULL, name, strlen(name), COFFER_FORM_DEFAULT, xpub.public_key,
                             COFFER_PUBLIC_KEY_SIZE, address, sizeof address, NULL, &err));
  printf("%s %s %s\n", name, path, address);
  coffer_xprv_destroy(key);
  coffer_xprv_destroy(master);
}

int main(void) {
  /* Everyone knows this sentence: never send money to its addresses. */
  const char* sentence =
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "about";
  const char* networks[] = {"bitcoin", "litecoin", "dogecoin",   "ethereum",
                            "tron",    "solana",   "cosmos-hub", "xrp"};
  coffer_mnemonic* mnemonic = NULL;
  coffer_secret* seed = NULL;
  must(coffer_mnemonic_parse(sentence, strlen(sentence), COFFER_LANGUAGE_ANY, &mnemonic, &err));
  must(coffer_mnemonic_seed(mnemonic, NULL, 0, &seed, &err));
  for (size_t i = 0; i < sizeof networks / sizeof networks[0]; ++i) {
    list(networks[i], seed);
  }
  coffer_secret_destroy(seed);
  coffer_mnemonic_destroy(mnemonic);
  return 0;
}
