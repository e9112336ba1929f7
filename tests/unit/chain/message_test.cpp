// SPDX-License-Identifier: MIT
// Tests of personal messages on Ethereum and TRON, of Solana's, and of bare Schnorr signatures.
#include <coffer/chain/message.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "../../support/shared_vectors.hpp"
#include "message_support.hpp"

using namespace message_test;

namespace {

constexpr std::string_view cow_address = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826";
constexpr std::string_view hello_signature =
    "2452a50a1b27db559e685e82ef59445ff08ca6843b5089aa1c32a70db206d47d"
    "693e5ae94daffccbbf590c5d2a72ad5706994748d2c8d3a8b39355589e16e8751c";

SoftwareSigner& signer() {
  static SoftwareSigner made;
  static const bool is_ready = [] {
    add(made, "cow", cow);
    add(made, "solana", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        Curve::ed25519);
    return true;
  }();
  REQUIRE(is_ready);
  return made;
}

}  // namespace

TEST_CASE("a personal message's digest is that of EIP-191") {
  const auto& ethereum = network("ethereum");
  CHECK(hex_of(*account_message_digest(ethereum, bytes_of("hello"))) ==
        "50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750");
  CHECK(hex_of(*account_message_digest(ethereum, bytes_of(""))) ==
        "5f35dce98ba4fba25530a026ed80b2cecdaa31091ba4958b99b52ea1d068adad");
  CHECK(hex_of(*account_message_digest(ethereum, bytes_of("grüße 🦊"))) ==
        "7d006830194d57dd54b9541c20b878f07148d18c2a80b596d4f2a014236e7bc7");
  CHECK(account_message_digest(network("bitcoin"), bytes_of("hello")).error().code ==
        Code::unsupported);
}

TEST_CASE("a personal message is signed as Ethereum's wallets do and leads back to its account") {
  for (const char* const name : {"ethereum", "polygon"}) {
    const auto& chain = network(name);
    const auto signature =
        sign_account_message(signer(), reference("cow"), chain, bytes_of("hello"));
    REQUIRE(signature.has_value());
    CHECK(hex_of(*signature) == hello_signature);
    CHECK(*recover_account_message(chain, bytes_of("hello"), *signature) == cow_address);
    CHECK(verify_account_message(chain, cow_address, bytes_of("hello"), *signature).has_value());
    const auto other = verify_account_message(chain, cow_address, bytes_of("hellO"), *signature);
    CHECK(code_of(other) == Code::signature_invalid);
  }
}

TEST_CASE("a personal message is signed as TRON's wallets do") {
  const auto& tron = network("tron");
  constexpr std::string_view address = "TUg28KYvCXWW81EqMUeZvCZmZw2BChk1HQ";
  const auto signature = sign_account_message(signer(), reference("cow"), tron, bytes_of("hello"));
  REQUIRE(signature.has_value());
  CHECK(hex_of(*signature) ==
        "3d215ec507eab7d32aa45132833eccd72bdf87cc9cdabf0cb26fc6afc67de4bd"
        "38105d48211722a2823927614bd996901feb0cf9ef8108dfaf0279026dd8281a1b");
  CHECK(*recover_account_message(tron, bytes_of("hello"), *signature) == address);
  CHECK(verify_account_message(tron, address, bytes_of("hello"), *signature).has_value());
  CHECK(verify_account_message(tron, "41cd2a3d9f938e13cd947ec05abc7fe734df8dd826",
                               bytes_of("hello"), *signature)
            .has_value());
  CHECK(code_of(verify_account_message(tron, "TUg28KYvCXWW81EqMUeZvCZmZw2BChk1HR",
                                       bytes_of("hello"), *signature)) == Code::address_checksum);
}

TEST_CASE("a malformed account signature is refused with what is wrong") {
  const auto& ethereum = network("ethereum");
  const auto refusal = [&](std::span<const std::uint8_t> signature) {
    const auto result = recover_account_message(ethereum, bytes_of("hello"), signature);
    CHECK(result.error().code == Code::signature_invalid);
    return message_of(result);
  };
  const auto good = from_hex(hello_signature);
  auto bytes = good;
  bytes[64] = 1;
  CHECK(*recover_account_message(ethereum, bytes_of("hello"), bytes) == cow_address);
  bytes[64] = 29;
  CHECK(refusal(bytes) == "signature: its v is 29, not 27 or 28");
  bytes[64] = 2;
  CHECK(refusal(bytes) == "signature: its v is 2, not 27 or 28");
  CHECK(refusal(std::span(good).first(64)) == "signature: it has 64 bytes, not 65");
  bytes = good;
  std::fill_n(bytes.begin(), 32, std::uint8_t{0xff});
  CHECK(refusal(bytes) == "signature: its r or s is not below the order of the curve");
  bytes = good;
  std::fill_n(bytes.begin() + 32, 32, std::uint8_t{0x80});
  CHECK(refusal(bytes) == "signature: its s is in the upper half");
  bytes = good;
  std::fill_n(bytes.begin(), 32, std::uint8_t{0});
  CHECK(refusal(bytes) == "signature: no key can have made it");
}

TEST_CASE("messages are not signed in read-only mode") {
  SoftwareSigner made;
  add(made, "cow", cow);
  made.set_read_only(true);
  CHECK(sign_account_message(made, reference("cow"), network("ethereum"), bytes_of("x"))
            .error()
            .code == Code::signing_refused);
  CHECK(
      sign_solana_message(made, reference("cow"), network("solana"), bytes_of("x")).error().code ==
      Code::signing_refused);
}

TEST_CASE("the key of a personal message lives on secp256k1") {
  CHECK(sign_account_message(signer(), reference("solana", Curve::ed25519), network("ethereum"),
                             bytes_of("x"))
            .error()
            .code == Code::invalid_argument);
  CHECK(sign_account_message(signer(), reference("nobody"), network("ethereum"), bytes_of("x"))
            .error()
            .code == Code::not_found);
}

TEST_CASE("Solana signs bytes as they are (RFC 8032, test 1)") {
  const auto& solana = network("solana");
  constexpr std::string_view address = "FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z";
  const auto signature =
      sign_solana_message(signer(), reference("solana", Curve::ed25519), solana, {});
  REQUIRE(signature.has_value());
  CHECK(hex_of(*signature) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b");
  CHECK(verify_solana_message(solana, address, {}, *signature).has_value());
  CHECK(code_of(verify_solana_message(solana, address, bytes_of("x"), *signature)) ==
        Code::signature_invalid);
  CHECK(code_of(verify_solana_message(solana, address, {}, bytes_of("short"))) ==
        Code::signature_invalid);
  CHECK(code_of(verify_solana_message(network("ethereum"), address, {}, *signature)) ==
        Code::unsupported);
  CHECK(sign_solana_message(signer(), reference("cow"), network("tron"), {}).error().code ==
        Code::unsupported);
}

TEST_CASE("Solana refuses to sign a chain tx as a message") {
  const auto sign = [](std::span<const std::uint8_t> message) {
    const auto result = sign_solana_message(signer(), reference("solana", Curve::ed25519),
                                            network("solana"), message);
    return result ? Code::ok : result.error().code;
  };
  // One signer, two keys, a recent block's hash, one instruction: 0 to 1 with two bytes.
  std::vector<std::uint8_t> transfer = {1, 0, 1, 2};
  transfer.resize(4 + 64 + 32, 7);
  for (const int byte : {1, 1, 1, 0, 2, 0xaa, 0xbb}) {
    transfer.push_back(static_cast<std::uint8_t>(byte));
  }
  CHECK(sign(transfer) == Code::signing_refused);
  transfer.insert(transfer.begin(), 0x80);
  transfer.push_back(0);
  CHECK(sign(transfer) == Code::signing_refused);
  transfer[0] = 0x81;
  CHECK(sign(transfer) == Code::signing_refused);
  transfer.erase(transfer.begin());
  CHECK(sign(transfer) == Code::ok);  // A byte too many: no chain tx any more.
  CHECK(sign(bytes_of("Привет, 世界")) == Code::ok);
  CHECK(sign(bytes_of("sign in to example.com")) == Code::ok);
}

TEST_CASE("the vectors of BIP-340 hold through the signer") {
  const auto file = shared_vectors::text("bip340/test-vectors.csv");
  if (!file) {
    return;
  }
  std::istringstream lines(*file);
  int count = 0;
  int signed_count = 0;
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> fields;
    std::istringstream row(line);
    for (std::string field; std::getline(row, field, ',');) {
      fields.push_back(field);
    }
    if (fields.size() < 7 || fields[0] == "index") {
      continue;
    }
    INFO(line);
    coffer::keys::PublicKey key{2};
    const auto x = fixed<32>(fields[2]);
    std::copy(x.begin(), x.end(), key.begin() + 1);
    const auto message = from_hex(fields[4]);
    coffer::keys::Signature signature;
    signature.bytes = fixed<64>(fields[5]);
    const auto verified = coffer::keys::verify_signature(
        Curve::secp256k1, key, coffer::keys::SignatureScheme::schnorr, message, signature);
    CHECK(verified.has_value() == (fields[6].substr(0, 4) == "TRUE"));
    ++count;
    if (!fields[1].empty()) {
      SoftwareSigner one;
      add(one, "key", fields[1]);
      coffer::keys::SignRequest request;
      request.key = reference("key");
      request.scheme = coffer::keys::SignatureScheme::schnorr;
      request.message = message;
      request.auxiliary = fixed<32>(fields[3]);
      const auto made = one.sign(request);
      REQUIRE(made.has_value());
      CHECK(made->bytes == signature.bytes);
      ++signed_count;
    }
  }
  CHECK(count == 19);
  CHECK(signed_count == 8);
}
