// SPDX-License-Identifier: MIT
// Tests of EIP-712: the example of the standard, every type, and every way to be malformed.
#include <coffer/chain/typed_data.hpp>

#include <doctest/doctest.h>

#include <string>

#include "message_support.hpp"

using namespace message_test;

namespace {

constexpr std::string_view domain_types =
    R"("EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},)"
    R"({"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}])";
constexpr std::string_view domain =
    R"({"name":"Ether Mail","version":"1","chainId":1,)"
    R"("verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"})";

// The example of EIP-712.
std::string mail(std::string_view chain_id = "1") {
  std::string text =
      R"({"types":{)" + std::string(domain_types) +
      R"(,"Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],)"
      R"("Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},)"
      R"({"name":"contents","type":"string"}]},"primaryType":"Mail","domain":)" +
      std::string(domain) +
      R"(,"message":{"from":{"name":"Cow",)"
      R"("wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},"to":{"name":"Bob",)"
      R"("wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},)"
      R"("contents":"Hello, Bob!"}})";
  const std::string old = "\"chainId\":1,";
  return text.replace(text.find(old), old.size(), "\"chainId\":" + std::string(chain_id) + ",");
}

// One value of one type, alone in a message.
std::string one(std::string_view type, std::string_view value, std::string_view more_types = "") {
  return R"({"types":{"EIP712Domain":[],"M":[{"name":"v","type":")" + std::string(type) + R"("}])" +
         std::string(more_types) + R"(},"primaryType":"M","domain":{},"message":{"v":)" +
         std::string(value) + "}}";
}

std::string digest_of(std::string_view json) {
  const auto hashes = hash_typed_data(json);
  CHECK(message_of(hashes) == "");
  return hashes ? hex_of(hashes->digest) : "";
}

std::string refusal(std::string_view json, Code code = Code::invalid_argument) {
  const auto hashes = hash_typed_data(json);
  REQUIRE_FALSE(hashes.has_value());
  CHECK(hashes.error().code == code);
  return hashes.error().message;
}

}  // namespace

TEST_CASE("the example of EIP-712 has the hashes and the signature of the standard") {
  const auto hashes = hash_typed_data(mail());
  REQUIRE(hashes.has_value());
  CHECK(hex_of(hashes->domain) ==
        "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
  CHECK(hex_of(hashes->message) ==
        "c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
  CHECK(hex_of(hashes->digest) ==
        "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
  SoftwareSigner signer;
  add(signer, "cow", cow);
  const auto& ethereum = network("ethereum");
  const auto signature = sign_typed_data(signer, reference("cow"), ethereum, mail());
  REQUIRE(signature.has_value());
  CHECK(hex_of(*signature) ==
        "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d"
        "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c");
  constexpr std::string_view address = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826";
  CHECK(*recover_typed_data(ethereum, mail(), *signature) == address);
  CHECK(verify_typed_data(ethereum, address, mail(), *signature).has_value());
  CHECK(code_of(verify_typed_data(ethereum, address, mail("2"), *signature)) ==
        Code::signature_invalid);
}

TEST_CASE("typed data is signed for its own chain only, and not in read-only mode") {
  SoftwareSigner signer;
  add(signer, "cow", cow);
  const auto other = sign_typed_data(signer, reference("cow"), network("polygon"), mail());
  CHECK(other.error().code == Code::invalid_argument);
  CHECK(other.error().message == "domain.chainId: it is not that of 'polygon', 137");
  CHECK(sign_typed_data(signer, reference("cow"), network("polygon"), mail("137")).has_value());
  CHECK(
      sign_typed_data(signer, reference("cow"), network("polygon"), mail("\"0x89\"")).has_value());
  CHECK(sign_typed_data(signer, reference("cow"), network("polygon"), one("bool", "true"))
            .has_value());
  CHECK(sign_typed_data(signer, reference("cow"), network("tron"), mail()).error().code ==
        Code::unsupported);
  CHECK(recover_typed_data(network("solana"), mail(), {}).error().code == Code::unsupported);
  signer.set_read_only(true);
  CHECK(sign_typed_data(signer, reference("cow"), network("ethereum"), mail()).error().code ==
        Code::signing_refused);
}

TEST_CASE("every type is encoded as eth-account and MetaMask's library do") {
  struct Row {
    const char* type;
    const char* value;
    const char* digest;
  };
  constexpr Row rows[] = {
      {"bool", "true", "588f94867fcf6d4b300ca0242537ab8c34c5dcc8bae71535343c2f81f84d6a0c"},
      {"uint8", "255", "716e3edcb21e842f9870e3da6d744b4b33717bf6f0b88b56791d82b1d95814dc"},
      {"uint8", "\"0xfF\"", "716e3edcb21e842f9870e3da6d744b4b33717bf6f0b88b56791d82b1d95814dc"},
      {"uint8", "\"0x00ff\"", "716e3edcb21e842f9870e3da6d744b4b33717bf6f0b88b56791d82b1d95814dc"},
      {"int8", "-128", "7b3a42c92f96f34b7a515a7874dcb5865fe56039ea39df73ff7e8b9c6d12444d"},
      {"uint256", "115792089237316195423570985008687907853269984665640564039457584007913129639935",
       "eefc379799af702553146eabe8c4fee1e0efe61b69f7eea3b343c68ac6abf10c"},
      {"int256",
       "\"-57896044618658097711785492504343953926634992332820282019728792003956564819968\"",
       "36904bd5d736304a2e0f768a5240e59741e104107f7e7a3062c8b772051f6712"},
      {"int24", "-5", "93028cac0d994d4c15e6dfc3cc0ed2b310c32568c99ab7acbbedec391f0cdc3d"},
      {"bytes4", "\"0x01020304\"",
       "3e1ed9a79916a60d486427d75322701e4d1645b55545fabba213dbb32a15d54f"},
      {"bytes", "\"0x0102\"", "333af6b7ca45fca9f0af06d8b3822536f648c378726f40068a13cab15372b73f"},
      {"string", "\"grüße\"", "725f5d520b5ef136456268b85d38da8aa1bebebc26ecbb410e64f34948c74893"},
      {"string", "\"gr\\u00fc\\u00dfe\"",
       "725f5d520b5ef136456268b85d38da8aa1bebebc26ecbb410e64f34948c74893"},
      {"uint8[]", "[1,2,3]", "7777ba6e0da9dacb5dcdebe7a12eb0b54790d3bdc3545fbcd9a2a4e78cbdb30f"},
      {"uint8[2][]", "[[1,2],[3,4]]",
       "5ff8700a904b3c17bcd0a63dd82608a1f7cfe495ddcae7df2a27ed752e3ccde5"},
      {"uint8[]", "[]", "ae88b8abcdd76389b556383cd1d9187afdcfc54d2985a19d7330dbeba83d6055"},
      {"address", "\"0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826\"",
       "bd3ddb87162e75431cae73a94ad9d5aad822e61367925d64f0ac5b75ae97ae76"},
  };
  for (const Row& row : rows) {
    INFO(row.type << " " << row.value);
    CHECK(digest_of(one(row.type, row.value)) == row.digest);
  }
  constexpr std::string_view person = R"(,"P":[{"name":"a","type":"uint8"}])";
  CHECK(digest_of(one("P[]", R"([{"a":1},{"a":2}])", person)) ==
        "598004b0c3b2a66069cc54cfadf3a23e524405d4924285c9e8b32fb894627944");
  CHECK(digest_of(one("P", "null", person)) ==
        "f0305c72aa3182b7d2f8c2664e1b2db02bf8c762e21112dc75adc6e4d1f89610");
}

TEST_CASE("a type may contain itself; null ends it") {
  CHECK(digest_of(R"({"types":{"EIP712Domain":[],"N":[{"name":"x","type":"uint8"},)"
                  R"({"name":"next","type":"N"}]},"primaryType":"N","domain":{},)"
                  R"("message":{"x":1,"next":{"x":2,"next":null}}})") ==
        "c5a59a79b914359f4eeba0cdd700cf672e97c0395eeded7fdd2082693c79c820");
}

TEST_CASE("the domain alone can be signed") {
  const std::string text = R"({"types":{"EIP712Domain":[{"name":"name","type":"string"}]},)"
                           R"("primaryType":"EIP712Domain","domain":{"name":"x"},"message":{}})";
  CHECK(digest_of(text) == "06d6260154b6b6e10735bc5b5d4971474fca4a53806787df163604af5e78790d");
  CHECK(hash_typed_data(text)->message == MessageDigest{});
}

TEST_CASE("a value that its type does not allow is refused by its place") {
  CHECK(refusal(one("bool", "1")) == "message.v: it is neither true nor false");
  CHECK(refusal(one("uint8", "256"), Code::out_of_range) == "message.v: it is outside uint8");
  CHECK(refusal(one("uint8", "-1"), Code::out_of_range) == "message.v: it is outside uint8");
  CHECK(refusal(one("int8", "128"), Code::out_of_range) == "message.v: it is outside int8");
  CHECK(refusal(one("int8", "-129"), Code::out_of_range) == "message.v: it is outside int8");
  CHECK(refusal(one("uint256",
                    "1157920892373161954235709850086879078532699846656405640394575840079131296399"
                    "36"),
                Code::out_of_range) == "message.v: it is outside uint256");
  for (const char* const number :
       {"1.0", "1e3", "\"\"", "\"1 \"", "\"0x\"", "\"-0x1\"", "\"ff\"", "true", "null", "[]"}) {
    INFO(number);
    CHECK(refusal(one("uint8", number)) == "message.v: it is no whole number");
  }
  CHECK(refusal(one("uint8", "\"007\"")) == "message.v: a decimal number has no leading zeros");
  CHECK(refusal(one("bytes4", "\"0x010203\"")) == "message.v: it has 3 bytes, not 4");
  CHECK(refusal(one("bytes", "\"0102\"")) ==
        "message.v: it is no text of hexadecimal digits after 0x");
  CHECK(refusal(one("bytes", "\"0x012\"")).substr(0, 11) == "message.v: ");
  CHECK(refusal(one("string", "1")) == "message.v: it is no text");
  CHECK(refusal(one("address", "\"0x01\"")).substr(0, 11) == "message.v: ");
  CHECK(refusal(one("address", "\"0xcD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826\"")).substr(0, 11) ==
        "message.v: ");
  CHECK(refusal(one("address", "1")) == "message.v: it is no text of an address");
  CHECK(refusal(one("uint8[2]", "[1]"), Code::out_of_range) == "message.v: it has 1 items, not 2");
  CHECK(refusal(one("uint8[]", "1")) == "message.v: it is no array, as 'uint8[]' is");
  CHECK(refusal(one("uint8[2][]", "[[1,2],[3,256]]"), Code::out_of_range) ==
        "message.v[1][1]: it is outside uint8");
}

TEST_CASE("a struct's value has the members of its type, all and no others") {
  constexpr std::string_view person = R"(,"P":[{"name":"a","type":"uint8"}])";
  CHECK(refusal(one("P", "{}", person)) == "message.v.a: it is missing");
  CHECK(refusal(one("P", R"({"a":1,"b":2})", person)) ==
        "message.v.b: type 'P' has no such member");
  CHECK(refusal(one("P", R"({"a":1,"a":1})", person)) == "message.v.a: it is there twice");
  CHECK(refusal(one("P", R"({"A":1})", person)) == "message.v.a: it is missing");
  CHECK(refusal(one("P", "[]", person)) == "message.v: it is no object of type 'P'");
  CHECK(refusal(one("P[]", R"([{"a":1},{}])", person)) == "message.v[1].a: it is missing");
}

TEST_CASE("a definition that is no EIP-712 type is refused by its place") {
  const auto types = [](std::string_view more) { return one("bool", "true", more); };
  for (const char* const type :
       {"uint", "int", "uint7", "uint264", "uint08", "bytes0", "bytes33", "uint8[0]", "uint8[",
        "uint8]", "uint8[-1]", "uint8[1]x", "", "M,", "uint8[1000000000]"}) {
    INFO(type);
    CHECK(refusal(one(type, "1")) == "types.M[0].type: '" + std::string(type) + "' is no type");
  }
  CHECK(refusal(one("Nobody", "{}")) == "types.M[0].type: 'Nobody' is not defined");
  CHECK(refusal(types(R"(,"uint8":[])")) == "types.uint8: a struct can't have this name");
  CHECK(refusal(types(R"(,"a b":[])")) == "types.a b: a struct can't have this name");
  CHECK(refusal(types(R"(,"P":{})")) == "types.P: it is no array of members");
  CHECK(refusal(types(R"(,"M":[])")) == "types.M: it is there twice");
  CHECK(refusal(types(R"(,"P":[1])")) == "types.P[0]: it is no object of name and type alone");
  CHECK(refusal(types(R"(,"P":[{"name":"a","tipo":"bool"}])")) ==
        "types.P[0].type: it is missing or no text");
  CHECK(refusal(types(R"(,"P":[{"name":"1","type":"bool"}])")) ==
        "types.P[0].name: '1' is no identifier");
  CHECK(refusal(types(R"(,"P":[{"name":"a","type":"bool"},{"name":"a","type":"bool"}])")) ==
        "types.P[1].name: 'a' was there before");
  std::string many;
  for (int i = 0; i < 255; ++i) {
    many += ",\"P" + std::to_string(i) + "\":[]";
  }
  CHECK(refusal(types(many), Code::out_of_range) == "types: there are 257, at most 256 are read");
}

TEST_CASE("typed data that is not whole is refused") {
  CHECK(refusal("") == "typed data: no JSON at byte 1, or deeper than 32 there");
  CHECK(refusal("{\"types\":{},}") == "typed data: no JSON at byte 13, or deeper than 32 there");
  CHECK(refusal("[]") == "typed data: it is no object");
  CHECK(refusal("\xff") == "typed data: it is longer than 1 MiB or no UTF-8");
  CHECK(refusal("{}") == "types: it is missing");
  CHECK(refusal(R"({"types":{},"types":{}})") == "types: it is there twice");
  CHECK(refusal(R"({"extra":1})") == "extra: typed data has no such member");
  CHECK(refusal(R"({"types":[],"primaryType":"M","domain":{}})") == "types: it is no object");
  CHECK(refusal(R"({"types":{},"primaryType":"M","domain":{}})") ==
        "types.EIP712Domain: it is missing");
  CHECK(refusal(R"({"types":{"EIP712Domain":[]},"primaryType":"M","domain":{}})") ==
        "primaryType: it names no type that is defined");
  CHECK(refusal(R"({"types":{"EIP712Domain":[],"M":[]},"primaryType":"M","domain":{}})") ==
        "message: it is missing");
  CHECK(refusal(R"({"types":{"EIP712Domain":[],"M":[]},"primaryType":"M","domain":{"x":1},)"
                R"("message":{}})") == "domain.x: type 'EIP712Domain' has no such member");
  std::string deep;
  for (int i = 0; i < 40; ++i) {
    deep += "[";
  }
  CHECK(refusal(one("uint8", deep)).substr(0, 12) == "typed data: ");
}
