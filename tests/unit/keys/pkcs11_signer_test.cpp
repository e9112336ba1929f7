// SPDX-License-Identifier: MIT
// Tests of the PKCS#11 signer: without the component, and with it against a token of SoftHSM.
#include <coffer/keys/pkcs11_signer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "../crypto/crypto_text.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::hex_of;

namespace {

constexpr const char* pin = "0987";

bool has_component() {
  const auto signer = Pkcs11Signer::open("/nowhere.so", "coffer", pin);
  REQUIRE_FALSE(signer.has_value());
  return signer.error().code != Code::unsupported;
}

// The path of the module whose token tests/pkcs11/with_token.sh has made; null without one.
const char* token_module() {
  const char* const module = has_component() ? std::getenv("COFFER_TEST_TOKEN") : nullptr;
  if (module == nullptr) {
    MESSAGE("skipped, there is no token, or no PKCS#11 in this build");
  }
  return module;
}

std::unique_ptr<Pkcs11Signer> open_token(const char* module) {
  auto opened = Pkcs11Signer::open(module, "coffer", pin);
  REQUIRE(opened.has_value());
  return std::move(*opened);
}

SignRequest request_for(const KeyReference& key, std::span<const std::uint8_t> message) {
  SignRequest request;
  request.key = key;
  request.message = message;
  return request;
}

const KeyReference bitcoin{"bitcoin", Path(), Curve::secp256k1};
const KeyReference nist{"nist", Path(), Curve::nist256p1};
const auto digest = fixed<32>("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

}  // namespace

TEST_CASE("a build without PKCS#11 says so, one with it names the module that is missing") {
  const auto signer = Pkcs11Signer::open("/nowhere.so", "coffer", pin);
  REQUIRE_FALSE(signer.has_value());
  CHECK(signer.error().message.starts_with(has_component()
                                               ? "module_path: '/nowhere.so' can't be loaded: "
                                               : "this library was built with COFFER_PKCS11=OFF"));
}

TEST_CASE("a token is opened by module, label and PIN, and what is wrong is named") {
  const char* const module = token_module();
  if (module == nullptr) {
    return;
  }
  const auto code_of = [](const std::string& path, std::string_view label, std::string_view word) {
    return Pkcs11Signer::open(path, label, word).error().code;
  };
  CHECK(code_of("", "coffer", pin) == Code::invalid_argument);
  CHECK(code_of(std::string("libc.so.6\0x", 11), "coffer", pin) == Code::invalid_argument);
  CHECK(code_of("libc.so.6", "coffer", pin) == Code::invalid_argument);
  CHECK(code_of(module, "another", pin) == Code::not_found);
  CHECK(code_of(module, "coffer", "1111") == Code::wrong_password);
  CHECK(code_of(module, "coffer", "") == Code::wrong_password);
  CHECK(open_token(module)->public_key(bitcoin).has_value());
}

TEST_CASE("a token signs through the port with both of its curves") {
  const char* const module = token_module();
  if (module == nullptr) {
    return;
  }
  const auto signer = open_token(module);
  const auto key = signer->public_key(bitcoin);
  REQUIRE(key.has_value());
  CHECK(hex_of(*key) == "02fd9f5467ea847be90619e3da80d3305910c744fba9e4da3fb054760a5e2199c7");
  CHECK(hex_of(*signer->public_key(nist)) ==
        "02833f4860ef154c55b57ee191cf1e96ec79baeaef9158d103bdb680aaad40c53e");

  SignRequest request = request_for(bitcoin, digest);
  for (const auto scheme :
       {SignatureScheme::ecdsa, SignatureScheme::ecdsa_low_r, SignatureScheme::ecdsa_recoverable}) {
    request.scheme = scheme;
    for (int round = 0; round < 8; ++round) {
      const auto signature = signer->sign(request);
      REQUIRE(signature.has_value());
      CHECK(verify_signature(Curve::secp256k1, *key, scheme, digest, *signature).has_value());
      CHECK((scheme != SignatureScheme::ecdsa_low_r || signature->bytes[0] < 0x80));
    }
  }
  CHECK(signer->sign(request_for(nist, digest)).has_value());
}

TEST_CASE("one session of a token serves many threads") {
  const char* const module = token_module();
  if (module == nullptr) {
    return;
  }
  const auto signer = open_token(module);
  std::array<int, 4> signatures{};
  std::vector<std::thread> threads;
  for (int& count : signatures) {
    threads.emplace_back([&] {
      for (int round = 0; round < 8; ++round) {
        count += signer->sign(request_for(bitcoin, digest)).has_value() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(signatures == std::array{8, 8, 8, 8});
}

TEST_CASE("what a token can't sign is refused with its reason") {
  const char* const module = token_module();
  if (module == nullptr) {
    return;
  }
  const auto signer = open_token(module);
  SignRequest request = request_for(bitcoin, digest);
  const auto refusal = [&] { return signer->sign(request).error().code; };
  request.key = {"bitcoin", Path(), Curve::nist256p1};
  CHECK(refusal() == Code::invalid_argument);
  request.key = {"bitcoin", Path(), Curve::ed25519};
  CHECK(refusal() == Code::unsupported);
  request.key = {"nobody", Path(), Curve::secp256k1};
  CHECK(refusal() == Code::not_found);
  request.key = {"bitcoin", Path{1}, Curve::secp256k1};
  CHECK(refusal() == Code::derivation_path);
  request.key = bitcoin;
  request.scheme = SignatureScheme::schnorr;
  CHECK(refusal() == Code::unsupported);
  request.scheme = SignatureScheme::ecdsa;
  request.message = std::span(digest).first(31);
  CHECK(refusal() == Code::invalid_argument);
  signer->set_read_only(true);
  CHECK(refusal() == Code::signing_refused);
}
