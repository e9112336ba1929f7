// SPDX-License-Identifier: MIT
// Looks through this process's memory for secrets after the calls that used them.
#include <coffer/keys/bip38.hpp>
#include <coffer/keys/bip85.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/keystore.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/signer.hpp>
#include <coffer/keys/slip39.hpp>
#include <coffer/keys/web3_keystore.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

using namespace coffer::keys;
using coffer::Secret;

namespace {

constexpr std::uint8_t disguise = 0x5a;
constexpr std::size_t trace_size = 16;
constexpr std::array<std::uint8_t, 32> digest{1, 2, 3};

// The first bytes of a secret, disguised so that the list itself is no trace.
class Traces {
 public:
  void remember(const char* name, std::span<const std::uint8_t> secret) {
    REQUIRE(secret.size() >= trace_size);
    names_.emplace_back(name);
    for (std::size_t i = 0; i < trace_size; ++i) {
      bytes_.push_back(secret[i] ^ disguise);
    }
  }

  // How often each secret stands in the memory that this process may write.
  [[nodiscard]] std::vector<std::pair<std::string, int>> count() const {
    std::vector<std::pair<std::string, int>> result;
    for (const std::string& name : names_) {
      result.emplace_back(name, 0);
    }
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
      unsigned long begin = 0;
      unsigned long end = 0;
      char mode[5] = {};
      if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, mode) == 3 && mode[0] == 'r' &&
          mode[1] == 'w' && line.find("[v") == std::string::npos) {
        scan(begin, end, result);
      }
    }
    return result;
  }

 private:
  // Reads memory that belongs to nobody any more, so the sanitizers must look away.
  __attribute__((no_sanitize("address", "undefined"))) void scan(
      unsigned long begin, unsigned long end,
      std::vector<std::pair<std::string, int>>& result) const {
    const auto* const memory = reinterpret_cast<const volatile std::uint8_t*>(begin);
    const std::size_t size = end - begin;
    for (std::size_t at = 0; at + trace_size <= size; ++at) {
      for (std::size_t s = 0; s < names_.size(); ++s) {
        const std::uint8_t* const trace = bytes_.data() + s * trace_size;
        std::size_t i = 0;
        while (i < trace_size && (memory[at + i] ^ disguise) == trace[i]) {
          ++i;
        }
        result[s].second += i == trace_size ? 1 : 0;
      }
    }
  }

  std::vector<std::string> names_;
  std::vector<std::uint8_t> bytes_;
};

// An entropy that is in no table and no test, built so that the program's text does not hold it.
Secret make_entropy() {
  Secret entropy(32);
  for (std::size_t i = 0; i < entropy.size(); ++i) {
    entropy.bytes()[i] = static_cast<std::uint8_t>(i * i * 7 + i * 41 + 0x93);
  }
  return entropy;
}

__attribute__((noinline)) void derive_everything(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.remember("entropy", entropy.bytes());
  const auto mnemonic = Mnemonic::from_entropy(entropy.bytes());
  const Secret sentence = mnemonic->sentence();
  traces.remember("sentence", sentence.bytes());
  const auto parsed = Mnemonic::parse(sentence.text());
  const auto seed = parsed->seed("a passphrase");
  traces.remember("seed", seed->bytes());
  const auto root = ExtendedPrivateKey::from_seed(seed->bytes());
  traces.remember("master key", root->private_key());
  const auto account = root->derive(Path::account(84, 0, 0));
  traces.remember("account key", account->private_key());
  const auto leaf = account->derive(Path{0, 5});
  traces.remember("leaf key", leaf->private_key());
  const auto text = leaf->to_text();
  traces.remember("extended key's text", text->bytes().subspan(60));
  const auto read = ExtendedPrivateKey::parse(text->text());
  const auto solana = ExtendedPrivateKey::from_seed(seed->bytes(), Curve::ed25519);
  traces.remember("ed25519 key", solana->private_key());
  const auto nist = ExtendedPrivateKey::from_seed(seed->bytes(), Curve::nist256p1);
  traces.remember("nist256p1 key", nist->derive(7)->private_key());
  const auto child = bip85_mnemonic(*root, 12, 0);
  traces.remember("BIP-85 entropy", child->entropy());
  std::vector<PublicKey> keys(10);
  CHECK(derive_children(*account, hardened(0), Path{1}, keys).has_value());
}

__attribute__((noinline)) void use_everything(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.remember("entropy", entropy.bytes());
  KeystoreContent content;
  content.kind = KeystoreKind::mnemonic;
  content.material = Secret::copy_of(entropy.bytes());
  const auto file = seal_keystore(content, "password", {10, 8, 1});
  CHECK(open_keystore(*file, "password").has_value());
  const std::vector<ShareGroup> groups = {{2, 3}};
  const auto shares = split_secret(entropy.bytes(), groups, "", {1, 0, true});
  traces.remember("share", (*shares)[0][0].bytes().subspan(40));
  const std::vector<std::string_view> two = {(*shares)[0][0].text(), (*shares)[0][2].text()};
  CHECK(combine_shares(two)->bytes()[0] == entropy.bytes()[0]);
  SoftwareSigner signer;
  auto root = ExtendedPrivateKey::from_seed(entropy.bytes());
  traces.remember("signing key", root->private_key());
  CHECK(signer.add("main", std::move(*root)).has_value());
  SignRequest request;
  request.key.name = "main";
  request.message = digest;
  for (int scheme = 1; scheme <= 4; ++scheme) {
    request.scheme = static_cast<SignatureScheme>(scheme);
    CHECK(signer.sign(request).has_value());
  }
}

__attribute__((noinline)) void use_foreign_files(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.remember("single key", entropy.bytes());
  const auto key = entropy.bytes().first<32>();
  const auto json = seal_web3_keystore(key, "password", {10, 8, 1});
  CHECK(open_web3_keystore(*json, "password")->bytes()[0] == entropy.bytes()[0]);
  CHECK_FALSE(open_web3_keystore(*json, "wrong").has_value());
  const auto text = bip38_encrypt(key, true, "password");
  CHECK(bip38_decrypt(*text, "password")->private_key.bytes()[0] == entropy.bytes()[0]);
  KeystoreContent content;
  content.kind = KeystoreKind::private_key;
  content.material = Secret::copy_of(entropy.bytes());
  const auto file =
      seal_keystore(content, "password", {10, 8, 1}, KeystoreCipher::chacha20_poly1305);
  const auto changed = change_keystore_password(*file, "password", "another", {10, 8, 1});
  CHECK(open_keystore(*changed, "another").has_value());
  CHECK_FALSE(open_keystore(*changed, "password").has_value());
}

__attribute__((noinline)) void sign_on_every_curve(Traces& traces) {
  const Secret entropy = make_entropy();
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1, Curve::ed25519}) {
    SoftwareSigner signer;
    auto root = ExtendedPrivateKey::from_seed(entropy.bytes(), curve);
    const Path path{hardened(44), hardened(0)};
    traces.remember("key of a path", root->derive(path)->private_key());
    CHECK(signer.add("main", std::move(*root)).has_value());
    SignRequest request;
    request.key = {"main", path, curve};
    request.message = digest;
    for (int scheme = 1; scheme <= 5; ++scheme) {
      request.scheme = static_cast<SignatureScheme>(scheme);
      request.taproot_tweak.reset();
      static_cast<void>(signer.sign(request));
      request.taproot_tweak = digest;
      static_cast<void>(signer.sign(request));
    }
    CHECK(signer.public_key(request.key).has_value());
    CHECK(signer.remove("main").has_value());
  }
}

void check_none(const Traces& traces) {
  for (const auto& found : traces.count()) {
    INFO(found.first);
    CHECK(found.second == 0);
  }
}

}  // namespace

TEST_CASE("the search finds a secret that is still alive") {
  Traces traces;
  const Secret entropy = make_entropy();
  traces.remember("entropy", entropy.bytes());
  CHECK(traces.count()[0].second == 1);
}

TEST_CASE("derivation leaves no secret on the stack or the heap") {
  Traces traces;
  derive_everything(traces);
  check_none(traces);
}

TEST_CASE("keystores, shares and signatures leave no secret on the stack or the heap") {
  Traces traces;
  use_everything(traces);
  check_none(traces);
}

TEST_CASE("other programs' keystores and changes of password leave no secret behind") {
  Traces traces;
  use_foreign_files(traces);
  check_none(traces);
}

TEST_CASE("signing by a path on every curve leaves no secret behind") {
  Traces traces;
  sign_on_every_curve(traces);
  check_none(traces);
}
