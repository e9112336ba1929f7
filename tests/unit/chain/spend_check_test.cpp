// SPDX-License-Identifier: MIT
// Tests of the script checks behind BIP-322: digests, the stack machine, and what it refuses.
#include "chain/bitcoin/spend_check.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../../support/shared_vectors.hpp"
#include "chain/bitcoin/script_machine.hpp"
#include "message_support.hpp"

using namespace coffer::chain::bitcoin;
using message_test::fixed;
using message_test::from_hex;
using message_test::hex_of;

namespace {

// Takes the signature 01 for right, whatever the key.
class Stub final : public SpendContext {
 public:
  Verdict check_signature(std::span<const std::uint8_t> signature, std::span<const std::uint8_t>,
                          std::span<const std::uint8_t>, bool& is_right) override {
    is_right = signature.size() == 1 && signature[0] == 1;
    return {};
  }
  [[nodiscard]] bool reaches_lock_time(std::int64_t time) const override { return time <= 100; }
  [[nodiscard]] bool reaches_sequence(std::int64_t age) const override { return age <= 10; }
};

// What is left on the stack, the top one last, or the reason.
std::string run(std::string_view script, ScriptRules rules = ScriptRules::segwit,
                const std::vector<std::string>& start = {}) {
  Stub context;
  ScriptStack stack;
  for (const std::string& element : start) {
    stack.push(from_hex(element));
  }
  const Verdict verdict = run_script(from_hex(script), rules, context, stack);
  if (!verdict.is_valid()) {
    return (verdict.judgement == Judgement::open ? "open: " : "invalid: ") +
           std::string(verdict.reason);
  }
  std::string text;
  for (Bytes element; stack.pop(element);) {
    text = "[" + hex_of(element) + "]" + text;
  }
  return text;
}

}  // namespace

TEST_CASE("the signed examples of BIP-143 satisfy their outputs and nothing else") {
  auto transaction = parse_transaction(from_hex(
      "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000"
      "494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be02204052"
      "9b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d1"
      "82d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb2060000000019"
      "76a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e"
      "4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0"
      "d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de6"
      "7eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000"));
  REQUIRE(transaction.has_value());
  const std::vector<Output> spent = {
      {625000000, from_hex("2103c9f4836b9a4f77fc0d81f7bcb01b7f1b35916864b9476c241ce9fc198bd25432"
                           "ac")},
      {600000000, from_hex("00141d0f172a0ecb48aee1be1f2687d2963ae33f71a1")}};
  CHECK(hex_of(segwit_digest(
            *transaction, 1, key_hash_script(from_hex("1d0f172a0ecb48aee1be1f2687d2963ae33f71a1")),
            600000000)) == "c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670");
  CHECK(check_input(*transaction, 0, spent).is_valid());
  CHECK(check_input(*transaction, 1, spent).is_valid());
  auto poorer = spent;
  poorer[1].value -= 1;
  CHECK(check_input(*transaction, 1, poorer).reason ==
        "a signature is not that of its key over this message");
  transaction->lock_time = 18;
  CHECK_FALSE(check_input(*transaction, 0, spent).is_valid());
  CHECK_FALSE(check_input(*transaction, 1, spent).is_valid());

  const auto nested = parse_transaction(from_hex(
      "01000000000101db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092ac4d3ceb1a547701000000"
      "1716001479091972186c449eb1ded22b78e40d009bdf0089feffffff02b8b4eb0b000000001976a914a457"
      "b684d7f0d539a46a45bbc043f35b59d0d96388ac0008af2f000000001976a914fd270b1ee6abcaea97fea7"
      "ad0402e8bd8ad6d77c88ac02473044022047ac8e878352d3ebbde1c94ce3a10d057c24175747116f8288e5"
      "d794d12d482f0220217f36a485cae903c713331d877c1f64677e3622ad4010726870540656fe9dcb012103"
      "ad1d8e89212f0b92c74d23bb710c00662ad1470198ac48c43f7d6f93a2a2687392040000"));
  REQUIRE(nested.has_value());
  const std::vector<Output> nested_spent = {
      {1000000000, from_hex("a9144733f37cf4db86fbc2efed2500b4f4e49f31202387")}};
  CHECK(check_input(*nested, 0, nested_spent).is_valid());
  auto altered = *nested;
  altered.inputs[0].script.insert(altered.inputs[0].script.begin(), 0x00);
  CHECK(check_input(altered, 0, nested_spent).reason ==
        "the script of the input pushes more than the witness program");
  altered = *nested;
  altered.inputs[0].script.back() ^= 1;
  CHECK(check_input(altered, 0, nested_spent).reason == "the script is not that of the address");
  altered = *nested;
  altered.inputs[0].witness[0].back() = 3;
  CHECK(check_input(altered, 0, nested_spent).reason == "a signature does not cover all");
}

TEST_CASE("the signed transaction of BIP-341 holds where its signatures cover all") {
  const auto file = shared_vectors::json("bip341/wallet-test-vectors.json");
  if (!file) {
    return;
  }
  const auto& vector = (*file)["keyPathSpending"][0];
  const auto transaction =
      parse_transaction(from_hex(std::string(vector["auxiliary"]["fullySignedTx"])));
  REQUIRE(transaction.has_value());
  std::vector<Output> spent;
  for (const auto& output : vector["given"]["utxosSpent"]) {
    spent.push_back({output["amountSats"], from_hex(std::string(output["scriptPubKey"]))});
  }
  for (const auto& input : vector["inputSpending"]) {
    const std::size_t at = input["given"]["txinIndex"];
    const int type = input["given"]["hashType"];
    const Verdict verdict = check_input(*transaction, at, spent);
    if (type > 1) {
      CHECK(verdict.reason == "a Schnorr signature is not 64 bytes, or does not cover all");
      continue;
    }
    CHECK(verdict.is_valid());
    CHECK(hex_of(taproot_digest(*transaction, at, spent, static_cast<std::uint8_t>(type),
                                std::nullopt)) == input["intermediary"]["sigHash"]);
  }
}

TEST_CASE("a chain tx is written as it was read") {
  for (const std::string_view text :
       {"02000000000101000000000000000000000000000000000000000000000000000000000000000001000000"
        "0151ffffffff01e80300000000000001510201aa0007000000",
        "010000000100000000000000000000000000000000000000000000000000000000000000000000000000"
        "ffffffff01e803000000000000015100000000"}) {
    const auto transaction = parse_transaction(from_hex(text));
    REQUIRE(transaction.has_value());
    CHECK(hex_of(serialise(*transaction)) == text);
    for (std::size_t size = 0; size < text.size() / 2; ++size) {
      CHECK_FALSE(parse_transaction(from_hex(text.substr(0, 2 * size))).has_value());
    }
    CHECK_FALSE(parse_transaction(from_hex(std::string(text) + "00")).has_value());
  }
}

TEST_CASE("the machine runs what wallets' scripts are made of") {
  CHECK(run("5193") == "invalid: the script takes more than the stack has");
  CHECK(run("525393") == "[05]");
  CHECK(run("4f4f93") == "[82]");
  CHECK(run("000051609a") == "[][][01]");
  CHECK(run("00519b") == "[01]");
  CHECK(run("00009b") == "[]");
  CHECK(run("00925291") == "[][]");
  CHECK(run("52529c") == "[01]");
  CHECK(run("52539d") == "invalid: a condition of the script does not hold");
  CHECK(run("51737600737682") == "[01][01][01][][][]");
  CHECK(run("51527c7878747400") == "[02][01][02][01][04][05][]");
  CHECK(run("516b526c87") == "[]");
  CHECK(run("51516b6c88") == "");
  CHECK(run("516375") == "invalid: the script takes more than the stack has");
  CHECK(run("51635267536868") == "invalid: the script ends a condition that it did not begin");
  CHECK(run("5163526753") == "invalid: the script ends within a condition");
  CHECK(run("51635267536800635267536851645267536800645267536854") == "[02][03][03][02][04]");
  CHECK(run("526352676868") == "invalid: a condition of the script is neither empty nor 1");
  CHECK(run("0069") == "invalid: a condition of the script does not hold");
  CHECK(run("5169") == "");
  CHECK(run("6a") == "invalid: the script fails by itself");
  CHECK(run("00a8") == "[e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855]");
  CHECK(run("00a6") == "[9c1185a5c5e9fc54612808977ee8f548b2258d31]");
  CHECK(run("00a9") == "[b472a266d0bd89c13706a4132ccfb16f7c3b9fcb]");
  CHECK(run("00aa") == "[5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456]");
}

TEST_CASE("the machine keeps pushes minimal, times reached and limits kept") {
  CHECK(run("0101") == "invalid: a push of the script is not in its shortest form");
  CHECK(run("0181") == "invalid: a push of the script is not in its shortest form");
  CHECK(run("4c0102") == "invalid: a push of the script is not in its shortest form");
  CHECK(run("4d000000") == "invalid: a push of the script is not in its shortest form");
  CHECK(run("0180") == "[80]");
  CHECK(run("02ff") == "invalid: the script ends within a push");
  CHECK(run("4e00") == "invalid: the script ends within a push");
  CHECK(run("0164b1") == "[64]");
  CHECK(run("0165b1") == "invalid: a time lock of the script is not reached");
  CHECK(run("5ab2") == "[0a]");
  CHECK(run("5bb2") == "invalid: a time lock of the script is not reached");
  CHECK(run("4fb2") == "invalid: a time lock of the script is not a number");
  CHECK(run("020100"
            "5193") == "invalid: a number of the script is too long or not minimal");
  CHECK(run("050102030405"
            "5193") == "invalid: a number of the script is too long or not minimal");
  CHECK(run("4d0902" + std::string(1042, '0')) == "invalid: the script pushes more than 520 bytes");
  std::string operations;
  for (int i = 0; i < 202; ++i) {
    operations += "92";
  }
  CHECK(run("51" + operations) == "invalid: the script has more than 201 operations");
  CHECK(run("51" + operations, ScriptRules::tapscript) == "[01]");
  std::string pushes;
  for (int i = 0; i < 1001; ++i) {
    pushes += "51";
  }
  CHECK(run(pushes) == "invalid: the script's stack holds more than 1,000 elements");
  CHECK(run(std::string(20'002, '0')) == "invalid: the script is longer than 10,000 bytes");
}

TEST_CASE("what the machine does not know leaves the answer open, even where it would not run") {
  for (const char* const script : {"61", "b0", "7e",
                                   "006362"
                                   "68",
                                   "ff", "50", "a7", "65", "00637e68"}) {
    INFO(script);
    CHECK(run(script) == "open: the script has an operation that is not known here");
  }
  CHECK(run("000051ba") == "open: the script has an operation that is not known here");
  CHECK(run("ab") == "invalid: the script has a code separator");
  CHECK(run("00ab") == "invalid: the script has a code separator");
}

TEST_CASE("signatures that are wrong are empty, and a multisig counts the right ones in order") {
  CHECK(run("51ac", ScriptRules::segwit, {"01"}) == "[01]");
  CHECK(run("51ac", ScriptRules::segwit, {""}) == "[]");
  CHECK(run("51ac", ScriptRules::segwit, {"02"}) ==
        "invalid: a signature is not that of its key over this message");
  CHECK(run("51ad", ScriptRules::segwit, {""}) ==
        "invalid: a condition of the script does not hold");
  CHECK(run("51ba", ScriptRules::tapscript, {"01", "05"}) == "[06]");
  CHECK(run("51ba", ScriptRules::tapscript, {"", "05"}) == "[05]");
  CHECK(run("52"
            "515253"
            "53ae",
            ScriptRules::segwit, {"", "01", "01"}) == "[01]");
  CHECK(run("52"
            "515253"
            "53af",
            ScriptRules::segwit, {"", "01", "01"}) == "");
  CHECK(run("52"
            "515253"
            "53ae",
            ScriptRules::segwit, {"", "", ""}) == "[]");
  CHECK(run("52"
            "515253"
            "53ae",
            ScriptRules::segwit,
            {"", "01", "02"}) == "invalid: a signature is not that of its key over this message");
  CHECK(run("52"
            "515253"
            "53ae",
            ScriptRules::segwit, {"01", "01", "01"}) ==
        "invalid: the element below a multisig's signatures is not empty");
  CHECK(run("52"
            "515253"
            "53ae",
            ScriptRules::segwit,
            {"01", "01"}) == "invalid: the script takes more than the stack has");
  CHECK(run("54"
            "515253"
            "53ae",
            ScriptRules::segwit, {"", "01"}) == "invalid: a multisig of the script counts wrongly");
  CHECK(run("00"
            "0115ae",
            ScriptRules::segwit, {""}) == "invalid: a multisig of the script counts wrongly");
  CHECK(run("000000ae") == "[01]");
  CHECK(run("000000ae", ScriptRules::tapscript) ==
        "invalid: tapscript has no multisig of this kind");
}
