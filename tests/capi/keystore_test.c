/* SPDX-License-Identifier: MIT */
/* Keystores of three kinds, and a secret among guardians. */
#include "keys.h"

/** Cheap enough for a test. */
static coffer_keystore_options cheap(void) {
  coffer_keystore_options options;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.log2_cost = 10;
  return options;
}

static void a_keystore_opens_under_its_password_alone(void) {
  coffer_keystore_options options = cheap();
  coffer_keystore_content content;
  coffer_keystore_content opened;
  coffer_keystore_info info;
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_secret* material = NULL;
  uint8_t file[COFFER_KEYSTORE_SIZE_MAX];
  size_t size = 0;
  memset(&content, 0, sizeof content);
  content.kind = COFFER_KEYSTORE_MNEMONIC;
  content.language = COFFER_LANGUAGE_CZECH;
  options.cipher = COFFER_CIPHER_CHACHA20_POLY1305;
  EXPECT_OK(coffer_keystore_seal(seed, &content, TEXT("correct horse"), &options, file, sizeof file,
                                 &size, NULL));
  EXPECT_OK(coffer_keystore_inspect(file, size, &info, NULL));
  EXPECT(info.kind == COFFER_KEYSTORE_MNEMONIC && info.log2_cost == 10 && info.block_size == 8);
  EXPECT(info.cipher == COFFER_CIPHER_CHACHA20_POLY1305 && info.version == 1);
  EXPECT_OK(coffer_keystore_open(file, size, TEXT("correct horse"), &opened, &material, NULL));
  EXPECT(memcmp(&opened, &content, sizeof opened) == 0);
  EXPECT(strcmp(exported(material), "000102030405060708090a0b0c0d0e0f") == 0);
  coffer_secret_destroy(material);
  material = NULL;
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD,
                coffer_keystore_open(file, size, TEXT("wrong horse"), NULL, &material, NULL));
  file[40] ^= 1;
  EXPECT_STATUS(COFFER_ERR_KEYSTORE_DAMAGED,
                coffer_keystore_open(file, size, TEXT("correct horse"), NULL, &material, NULL));
  EXPECT_STATUS(COFFER_ERR_KEYSTORE_DAMAGED,
                coffer_keystore_open(file, 30, TEXT("correct horse"), NULL, &material, NULL));
  EXPECT(material == NULL);
  coffer_secret_destroy(seed);
}

static void a_password_is_changed_and_the_cipher_kept(void) {
  coffer_keystore_options options = cheap();
  coffer_keystore_content content;
  coffer_keystore_info info;
  coffer_secret* key =
      secret_of("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
  coffer_secret* material = NULL;
  uint8_t file[COFFER_KEYSTORE_SIZE_MAX];
  uint8_t changed[COFFER_KEYSTORE_SIZE_MAX];
  size_t size = 0;
  memset(&content, 0, sizeof content);
  content.kind = COFFER_KEYSTORE_PRIVATE_KEY;
  content.curve = COFFER_CURVE_SECP256K1;
  options.cipher = COFFER_CIPHER_CHACHA20_POLY1305;
  EXPECT_OK(
      coffer_keystore_seal(key, &content, TEXT("old"), &options, file, sizeof file, &size, NULL));
  EXPECT_OK(coffer_keystore_change_password(file, size, TEXT("old"), TEXT("new"), &options, changed,
                                            sizeof changed, &size, NULL));
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD,
                coffer_keystore_open(changed, size, TEXT("old"), NULL, &material, NULL));
  EXPECT_OK(coffer_keystore_open(changed, size, TEXT("new"), &content, &material, NULL));
  EXPECT(content.curve == COFFER_CURVE_SECP256K1);
  EXPECT_OK(coffer_keystore_inspect(changed, size, &info, NULL));
  EXPECT(info.cipher == COFFER_CIPHER_CHACHA20_POLY1305);
  coffer_secret_destroy(material);
  coffer_secret_destroy(key);
}

static void what_can_not_be_sealed_is_said_before_the_work(void) {
  coffer_keystore_options options = cheap();
  coffer_keystore_content content;
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  uint8_t file[COFFER_KEYSTORE_SIZE_MAX];
  size_t size = 0;
  coffer_error err;
  memset(&content, 0, sizeof content);
  content.kind = COFFER_KEYSTORE_SEED;
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_keystore_seal(seed, &content, TEXT("p"), NULL, file, 200, &size, NULL));
  EXPECT(size == COFFER_KEYSTORE_SIZE_MAX);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_keystore_seal(seed, &content, NULL, 0, &options,
                                                                  file, sizeof file, &size, NULL));
  options.log2_cost = 24;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_keystore_seal(seed, &content, TEXT("p"), &options,
                                                              file, sizeof file, &size, &err));
  EXPECT(strncmp(err.message, "log2_cost", 9) == 0);
  options.log2_cost = 10;
  options.cipher = 3;
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_keystore_seal(seed, &content, TEXT("p"), &options, file, sizeof file, &size, NULL));
  options.cipher = 0;
  content.kind = 0;
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_keystore_seal(seed, &content, TEXT("p"), &options, file, sizeof file, &size, NULL));
  content.kind = COFFER_KEYSTORE_PRIVATE_KEY;
  content.curve = COFFER_CURVE_SECP256K1;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_keystore_seal(seed, &content, TEXT("p"), &options,
                                                              file, sizeof file, &size, NULL));
  coffer_secret_destroy(seed);
}

static void the_published_web3_keystore_opens_and_ours_too(void) {
  static const char published[] =
      "{\"crypto\":{\"cipher\":\"aes-128-ctr\",\"cipherparams\":{\"iv\":"
      "\"6087dab2f9fdbbfaddc31a909735c1e6\"},\"ciphertext\":"
      "\"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46\",\"kdf\":\"pbkdf2\","
      "\"kdfparams\":{\"c\":262144,\"dklen\":32,\"prf\":\"hmac-sha256\",\"salt\":"
      "\"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd\"},\"mac\":"
      "\"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2\"},\"version\":3}";
  coffer_keystore_options options = cheap();
  coffer_secret* key = NULL;
  coffer_secret* again = NULL;
  char json[COFFER_WEB3_KEYSTORE_TEXT_SIZE];
  EXPECT_OK(coffer_web3_keystore_open(TEXT(published), TEXT("testpassword"), &key, NULL));
  EXPECT(strcmp(exported(key),
                "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d") == 0);
  EXPECT_OK(coffer_web3_keystore_seal(key, TEXT("mine"), &options, json, sizeof json, NULL, NULL));
  EXPECT(strstr(json, "008aeeda4d805471df9b2a5b0f38a0c3bcba786b") != NULL);
  EXPECT_OK(coffer_web3_keystore_open(TEXT(json), TEXT("mine"), &again, NULL));
  EXPECT(strcmp(exported(again),
                "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d") == 0);
  coffer_secret_destroy(again);
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD,
                coffer_web3_keystore_open(TEXT(json), TEXT("yours"), &again, NULL));
  EXPECT_STATUS(COFFER_ERR_KEYSTORE_DAMAGED,
                coffer_web3_keystore_open(TEXT("{\"version\":3"), TEXT("x"), &again, NULL));
  coffer_secret_destroy(key);
}

static void a_paper_wallet_is_that_of_bip38(void) {
  coffer_secret* key =
      secret_of("cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5");
  coffer_secret* again = NULL;
  char text[COFFER_BIP38_TEXT_SIZE];
  uint8_t is_compressed = 9;
  EXPECT_OK(
      coffer_bip38_encrypt(key, 0, TEXT("TestingOneTwoThree"), text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg") == 0);
  EXPECT_OK(
      coffer_bip38_decrypt(TEXT(text), TEXT("TestingOneTwoThree"), &again, &is_compressed, NULL));
  EXPECT(is_compressed == 0);
  EXPECT(strcmp(exported(again),
                "cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5") == 0);
  coffer_secret_destroy(again);
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD,
                coffer_bip38_decrypt(TEXT(text), TEXT("x"), &again, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_KEYSTORE_DAMAGED,
                coffer_bip38_decrypt(TEXT("6PRVW"), TEXT("x"), &again, NULL, NULL));
  coffer_secret_destroy(key);
}

static void guardians_bring_the_secret_back(void) {
  static const coffer_share_group groups[] = {{2, 3}, {1, 1}, {3, 5}};
  static char sentences[5][COFFER_SHARE_TEXT_SIZE];
  coffer_share_options options;
  coffer_secret* secret = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_secret* back = NULL;
  coffer_share_set* set = NULL;
  coffer_share shares[5];
  coffer_share_info info;
  coffer_error err;
  uint32_t i = 0;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.group_threshold = 2;
  EXPECT_OK(coffer_share_split(secret, groups, 3, TEXT("pass"), &options, &set, NULL));
  for (i = 0; i < 2; ++i) {
    EXPECT_OK(coffer_share_set_export_sentence(set, 0, i + 1, sentences[i], sizeof sentences[i],
                                               NULL, NULL));
  }
  for (i = 0; i < 3; ++i) {
    EXPECT_OK(coffer_share_set_export_sentence(set, 2, 4 - i, sentences[i + 2],
                                               sizeof sentences[i + 2], NULL, NULL));
  }
  for (i = 0; i < 5; ++i) {
    shares[i].sentence = sentences[i];
    shares[i].sentence_length = strlen(sentences[i]);
  }
  EXPECT_OK(coffer_share_inspect(shares[2].sentence, shares[2].sentence_length, &info, NULL));
  EXPECT(info.group_index == 2 && info.member_index == 4 && info.member_threshold == 3);
  EXPECT(info.group_threshold == 2 && info.group_count == 3 && info.secret_size == 16);
  EXPECT_OK(coffer_share_combine(shares, 5, TEXT("pass"), &back, NULL));
  EXPECT(strcmp(exported(back), "000102030405060708090a0b0c0d0e0f") == 0);
  coffer_secret_destroy(back);
  EXPECT_STATUS(COFFER_ERR_SHARE_INVALID, coffer_share_combine(shares, 4, NULL, 0, &back, NULL));
  sentences[1][0] = sentences[1][0] == 'a' ? 'b' : 'a';
  EXPECT_STATUS(COFFER_ERR_SHARE_INVALID, coffer_share_combine(shares, 5, NULL, 0, &back, &err));
  EXPECT(strstr(err.message, "2") != NULL);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_set_export_sentence(set, 3, 0, sentences[0], 10, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_set_export_sentence(set, 1, 1, sentences[0], 10, NULL, NULL));
  coffer_share_set_destroy(set);
  coffer_secret_destroy(secret);
}

static void a_published_share_gives_its_secret(void) {
  coffer_share share;
  coffer_secret* secret = NULL;
  share.sentence =
      "duckling enlarge academic academic agency result length solution fridge kidney coal piece "
      "deal husband erode duke ajar critical decision keyboard";
  share.sentence_length = strlen(share.sentence);
  EXPECT_OK(coffer_share_combine(&share, 1, TEXT("TREZOR"), &secret, NULL));
  EXPECT(strcmp(exported(secret), "bb54aac4b89dc868ba37d9cc21b2cece") == 0);
  coffer_secret_destroy(secret);
}

const test_case keystore_cases[] = {
    {"a keystore opens under its password alone", a_keystore_opens_under_its_password_alone},
    {"a password is changed and the cipher kept", a_password_is_changed_and_the_cipher_kept},
    {"what can not be sealed is said before the work",
     what_can_not_be_sealed_is_said_before_the_work},
    {"the published Web3 keystore opens and ours too",
     the_published_web3_keystore_opens_and_ours_too},
    {"a paper wallet is that of BIP-38", a_paper_wallet_is_that_of_bip38},
    {"guardians bring the secret back", guardians_bring_the_secret_back},
    {"a published share gives its secret", a_published_share_gives_its_secret},
    {NULL, NULL},
};
