// SPDX-License-Identifier: MIT
// Tests of RLP.
#include "crypto/rlp.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

// A decimal text as big-endian bytes.
std::vector<std::uint8_t> number_bytes(const std::string& decimal) {
  std::vector<std::uint8_t> bytes;
  for (const char c : decimal) {
    unsigned carry = static_cast<unsigned>(c - '0');
    for (std::uint8_t& byte : bytes) {
      carry += byte * 10U;
      byte = static_cast<std::uint8_t>(carry);
      carry >>= 8;
    }
    if (carry != 0) {
      bytes.push_back(static_cast<std::uint8_t>(carry));
    }
  }
  return {bytes.rbegin(), bytes.rend()};
}

void write(RlpWriter& writer, const nlohmann::json& value) {
  if (value.is_array()) {
    writer.begin_list();
    for (const auto& item : value) {
      write(writer, item);
    }
    writer.end_list();
  } else if (value.is_number()) {
    writer.number(value.get<std::uint64_t>());
  } else if (const auto text = value.get<std::string>(); !text.empty() && text[0] == '#') {
    writer.number(number_bytes(text.substr(1)));
  } else {
    writer.bytes(bytes_of(text));
  }
}

}  // namespace

TEST_CASE("rlp encodes strings, numbers and nested lists") {
  CHECK(hex_of(RlpWriter().bytes(bytes_of("dog")).data()) == "83646f67");
  CHECK(hex_of(RlpWriter().number(0).data()) == "80");
  CHECK(hex_of(RlpWriter().number(127).data()) == "7f");
  CHECK(hex_of(RlpWriter().number(1024).data()) == "820400");
  RlpWriter writer;
  writer.begin_list().begin_list().end_list().begin_list().begin_list().end_list().end_list();
  CHECK(hex_of(writer.end_list().data()) == "c3c0c1c0");
  CHECK(hex_of(RlpWriter().bytes(std::vector<std::uint8_t>(56)).data()).substr(0, 4) == "b838");
}

TEST_CASE("rlp gives views of items and refuses what is not the shortest form") {
  const auto encoded = from_hex("c88363617483646f67");
  std::span<const std::uint8_t> rest = encoded;
  const auto list = rlp_take(rest);
  REQUIRE(list.has_value());
  CHECK(list->is_list);
  CHECK(rest.empty());
  const auto items = rlp_items(list->content);
  REQUIRE(items.has_value());
  REQUIRE(items->size() == 2);
  CHECK(hex_of((*items)[1].content) == "646f67");
  CHECK(hex_of((*items)[1].encoded) == "83646f67");
  for (const char* wrong : {"", "8100", "b800", "b90010", "bf0f000000000000021111", "83646f", "c1",
                            "ffffffffffffffffff", "b83700", "c3c0c1c000"}) {
    CHECK_FALSE(rlp_is_valid(from_hex(wrong)));
  }
}

TEST_CASE("rlp passes the valid and the invalid cases of ethereum/tests") {
  const auto valid = shared_vectors::json("ethereum-tests/RLPTests/rlptest.json");
  const auto invalid = shared_vectors::json("ethereum-tests/RLPTests/invalidRLPTest.json");
  const auto random = shared_vectors::json("ethereum-tests/RLPTests/RandomRLPTests/example.json");
  if (!valid || !invalid || !random) {
    return;
  }
  for (const auto& test : random->items()) {
    INFO(test.key());
    const std::string hex = test.value()["out"].get<std::string>().substr(2);
    CHECK(rlp_is_valid(from_hex(hex)) == (test.value()["in"] == "VALID"));
  }
  for (const auto& test : valid->items()) {
    INFO(test.key());
    RlpWriter writer;
    write(writer, test.value()["in"]);
    CHECK("0x" + hex_of(writer.data()) == test.value()["out"].get<std::string>());
    CHECK(rlp_is_valid(writer.data()));
  }
  for (const auto& test : invalid->items()) {
    INFO(test.key());
    // Some cases of the file lack the "0x".
    std::string hex = test.value()["out"].get<std::string>();
    hex.erase(0, hex.starts_with("0x") ? 2 : 0);
    CHECK_FALSE(rlp_is_valid(from_hex(hex)));
  }
}

TEST_CASE("rlp does not follow lists deeper than its limit") {
  CHECK_FALSE(rlp_is_valid(std::vector<std::uint8_t>(100000, 0xc1)));
  RlpWriter writer;
  for (int i = 0; i < 200; ++i) {
    writer.begin_list();
  }
  for (int i = 0; i < 200; ++i) {
    writer.end_list();
  }
  CHECK(rlp_is_valid(writer.data()));
}
