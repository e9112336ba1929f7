// SPDX-License-Identifier: MIT
// Looks through this process's memory for secrets after each call that used them.
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
#include <string>
#include <vector>

#include "support/secret_traces.hpp"

using namespace coffer::keys;
using coffer::Secret;
using coffer::Traces;

namespace {

constexpr std::array<std::uint8_t, 32> digest{1, 2, 3};

// An entropy that is in no table and no test, built so that the program's text does not hold it.
Secret make_entropy() {
  Secret entropy(32);
  for (std::size_t i = 0; i < entropy.size(); ++i) {
    entropy.bytes()[i] = static_cast<std::uint8_t>(i * i * 7 + i * 41 + 0x93);
  }
  return entropy;
}

// A call that forgets to wipe what it had.
__attribute__((noinline)) std::uint8_t forget_a_copy(std::span<const std::uint8_t> secret) {
  volatile std::uint8_t deep[4096];
  for (std::size_t i = 0; i < secret.size(); ++i) {
    deep[i + 64] = secret[i];
  }
  return deep[64];
}

// What happens between a call and the look at the memory overwrites what the call left on the
// stack. So there is no check of doctest in these functions.
__attribute__((noinline)) void read_a_sentence(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.own("entropy", entropy.bytes());
  const auto mnemonic = Mnemonic::from_entropy(entropy.bytes());
  traces.own("entropy", mnemonic->entropy());
  traces.check("Mnemonic::from_entropy");
  const Secret sentence = mnemonic->sentence();
  traces.own("sentence", sentence.bytes());
  traces.check("Mnemonic::sentence");
  const auto parsed = Mnemonic::parse(sentence.text(), Language::english);
  traces.own("entropy", parsed->entropy());
  traces.check("Mnemonic::parse");
  const auto found = Mnemonic::parse(sentence.text());
  traces.own("entropy", found->entropy());
  traces.check("Mnemonic::parse, any language");
  static_cast<void>(unknown_words(sentence.text(), Language::french));
  traces.check("unknown_words");
  static_cast<void>(Mnemonic::parse(sentence.text(), Language::french));
  traces.check("Mnemonic::parse that fails");
  const auto seed = parsed->seed("a passphrase");
  traces.own("seed", seed->bytes());
  traces.check("Mnemonic::seed");
}

__attribute__((noinline)) void derive_keys(Traces& traces) {
  const Secret seed = make_entropy();
  traces.own("seed", seed.bytes());
  const auto root = ExtendedPrivateKey::from_seed(seed.bytes());
  traces.own("master key", root->private_key());
  traces.check("ExtendedPrivateKey::from_seed");
  const auto account = root->derive(Path::account(84, 0, 0));
  traces.own("account key", account->private_key());
  traces.check("derive by a path");
  const auto leaf = account->derive(5);
  traces.own("leaf key", leaf->private_key());
  traces.check("derive one step");
  const auto text = leaf->to_text();
  traces.own("extended key's text", text->bytes().subspan(60));
  traces.check("ExtendedPrivateKey::to_text");
  const auto read = ExtendedPrivateKey::parse(text->text());
  traces.own("leaf key", read->private_key());
  traces.check("ExtendedPrivateKey::parse");
  const auto copy = leaf->copy();
  traces.own("leaf key", copy.private_key());
  traces.check("ExtendedPrivateKey::copy");
  std::vector<PublicKey> keys(10);
  static_cast<void>(derive_children(*account, hardened(0), Path{1}, keys));
  traces.check("derive_children");
  std::vector<PrivateKeyBytes> secrets(10);
  static_cast<void>(derive_children(*account, 0, Path{}, keys, secrets));
  traces.own("leaf key", secrets[5]);
  traces.check("derive_children with private keys");
  traces.disown(secrets[5]);
  coffer::wipe({secrets[0].data(), 32 * secrets.size()});
  traces.check("wiped private keys");
}

__attribute__((noinline)) void derive_on_other_curves(Traces& traces) {
  const Secret seed = make_entropy();
  traces.own("seed", seed.bytes());
  const auto solana = ExtendedPrivateKey::from_seed(seed.bytes(), Curve::ed25519);
  traces.own("ed25519 key", solana->private_key());
  traces.check("from_seed on ed25519");
  const auto hard = solana->derive(hardened(44));
  traces.own("ed25519 child", hard->private_key());
  traces.check("derive on ed25519");
  const auto nist = ExtendedPrivateKey::from_seed(seed.bytes(), Curve::nist256p1);
  traces.own("nist256p1 key", nist->private_key());
  traces.check("from_seed on nist256p1");
  const auto soft = nist->derive(7);
  traces.own("nist256p1 child", soft->private_key());
  traces.check("derive on nist256p1");
}

__attribute__((noinline)) void derive_child_secrets(Traces& traces) {
  const Secret seed = make_entropy();
  traces.own("seed", seed.bytes());
  const auto root = ExtendedPrivateKey::from_seed(seed.bytes());
  traces.own("master key", root->private_key());
  const auto child = bip85_mnemonic(*root, 24, 0);
  traces.own("child mnemonic", child->entropy());
  traces.check("bip85_mnemonic");
  const auto bytes = bip85_bytes(*root, 64, 0);
  traces.own("child bytes", bytes->bytes());
  traces.check("bip85_bytes");
  const auto key = bip85_private_key(*root, 0);
  traces.own("child key", key->bytes());
  traces.check("bip85_private_key");
  const auto master = bip85_master_key(*root, 0);
  traces.own("child master key", master->private_key());
  traces.check("bip85_master_key");
  const auto password = bip85_password(*root, 40, 0);
  traces.own("child password", password->bytes());
  traces.check("bip85_password");
}

__attribute__((noinline)) void use_keystores(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.own("entropy", entropy.bytes());
  for (const KeystoreCipher cipher :
       {KeystoreCipher::aes_256_gcm, KeystoreCipher::chacha20_poly1305}) {
    KeystoreContent content;
    content.kind = KeystoreKind::private_key;
    content.material = Secret::copy_of(entropy.bytes());
    traces.own("entropy", content.material.bytes());
    traces.check("Secret::copy_of");
    const auto file = seal_keystore(content, "password", {10, 8, 1}, cipher);
    traces.check("seal_keystore");
    const auto opened = open_keystore(*file, "password");
    traces.own("entropy", opened->material.bytes());
    traces.check("open_keystore");
    static_cast<void>(open_keystore(*file, "another"));
    traces.check("open_keystore with a wrong password");
    static_cast<void>(change_keystore_password(*file, "password", "another", {10, 8, 1}));
    traces.check("change_keystore_password");
    traces.disown(entropy.bytes());
    traces.disown(entropy.bytes());
  }
}

__attribute__((noinline)) void use_foreign_files(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.own("single key", entropy.bytes());
  const auto key = entropy.bytes().first<32>();
  const auto json = seal_web3_keystore(key, "password", {10, 8, 1});
  traces.check("seal_web3_keystore");
  const auto opened = open_web3_keystore(*json, "password");
  traces.own("single key", opened->bytes());
  traces.check("open_web3_keystore");
  static_cast<void>(open_web3_keystore(*json, "wrong"));
  traces.check("open_web3_keystore with a wrong password");
  const auto text = bip38_encrypt(key, true, "password");
  traces.check("bip38_encrypt");
  const auto decrypted = bip38_decrypt(*text, "password");
  traces.own("single key", decrypted->private_key.bytes());
  traces.check("bip38_decrypt");
  static_cast<void>(bip38_decrypt(*text, "wrong"));
  traces.check("bip38_decrypt with a wrong passphrase");
}

__attribute__((noinline)) void split_and_combine(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.own("entropy", entropy.bytes());
  const std::vector<ShareGroup> groups = {{2, 3}};
  const auto shares = split_secret(entropy.bytes(), groups, "", {1, 0, true});
  for (const Secret& share : (*shares)[0]) {
    traces.own("share", share.bytes().subspan(40));
  }
  traces.check("split_secret");
  const std::vector<std::string_view> two = {(*shares)[0][0].text(), (*shares)[0][2].text()};
  const auto combined = combine_shares(two);
  traces.own("entropy", combined->bytes());
  traces.check("combine_shares");
  static_cast<void>(combine_shares(std::span(two).first(1)));
  traces.check("combine_shares of too few");
  static_cast<void>(inspect_share(two[0]));
  traces.check("inspect_share");
}

__attribute__((noinline)) void sign_on_every_curve(Traces& traces) {
  const Secret entropy = make_entropy();
  traces.own("seed", entropy.bytes());
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1, Curve::ed25519}) {
    SoftwareSigner signer;
    auto root = ExtendedPrivateKey::from_seed(entropy.bytes(), curve);
    traces.own("signing key", root->private_key());
    const Path path{hardened(44), hardened(0)};
    {
      const auto child = root->derive(path);
      traces.own("key of a path", child->private_key());
      traces.disown(child->private_key());
    }
    static_cast<void>(signer.add("main", std::move(*root)));
    traces.check("SoftwareSigner::add");
    SignRequest request;
    request.key = {"main", Path{}, curve};
    request.message = digest;
    for (int scheme = 1; scheme <= 5; ++scheme) {
      request.scheme = static_cast<SignatureScheme>(scheme);
      request.taproot_tweak.reset();
      static_cast<void>(signer.sign(request));
      traces.check("sign");
      request.taproot_tweak = digest;
      static_cast<void>(signer.sign(request));
      traces.check("sign with a tweak");
    }
    static_cast<void>(signer.public_key(request.key));
    traces.check("public_key");
    static_cast<void>(signer.remove("main"));
    traces.disown_all();
    traces.own("seed", entropy.bytes());
    traces.check("SoftwareSigner::remove");
  }
}

// In a build without MuSig2 there is a refusal to look behind, and no session.
__attribute__((noinline)) void sign_with_others(Traces& traces) {
  const Secret entropy = make_entropy();
  SoftwareSigner signer;
  auto root = ExtendedPrivateKey::from_seed(entropy.bytes());
  traces.own("signing key", root->private_key());
  const std::array<PublicKey, 1> keys{root->to_public().public_key()};
  static_cast<void>(signer.add("main", std::move(*root)));
  traces.own("seed", entropy.bytes());
  const KeyReference key{"main", Path{}, Curve::secp256k1};
  const auto aggregate = MusigKeys::aggregate(keys);
  auto nonce = signer.musig_nonce({key, aggregate ? &*aggregate : nullptr, digest});
  traces.check("musig_nonce");
  if (nonce) {
    const std::array<MusigPublicNonce, 1> nonces{nonce->public_nonce()};
    const auto sum = aggregate_musig_nonces(nonces);
    const auto session = MusigSession::begin(*aggregate, *sum, digest);
    static_cast<void>(signer.musig_sign(key, *session, std::move(*nonce)));
  }
  traces.check("musig_sign");
}

// By a path the signer keeps the account's node for the next call, so only the end tells.
__attribute__((noinline)) void sign_by_a_path(Traces& traces) {
  const Secret entropy = make_entropy();
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1, Curve::ed25519}) {
    SoftwareSigner signer;
    auto root = ExtendedPrivateKey::from_seed(entropy.bytes(), curve);
    const Path path{hardened(44), hardened(0)};
    traces.own("key of a path", root->derive(path)->private_key());
    static_cast<void>(signer.add("main", std::move(*root)));
    SignRequest request;
    request.key = {"main", path, curve};
    request.message = digest;
    for (int scheme = 1; scheme <= 5; ++scheme) {
      request.scheme = static_cast<SignatureScheme>(scheme);
      static_cast<void>(signer.sign(request));
    }
    static_cast<void>(signer.remove("main"));
    traces.disown_all();
    traces.check("SoftwareSigner::remove");
  }
}

// After the calls, and once more when the objects are gone.
void check_calls(void (*calls)(Traces&), int checks) {
  Traces traces;
  calls(traces);
  traces.disown_all();
  traces.check("the end of all");
  for (const std::string& failed : traces.failed()) {
    FAIL_CHECK(failed);
  }
  CHECK(traces.checks() == checks);
}

}  // namespace

TEST_CASE("the search finds a secret that is still alive, and each of its copies") {
  Traces traces;
  const Secret entropy = make_entropy();
  traces.own("entropy", entropy.bytes());
  traces.check("one");
  CHECK(traces.failed().empty());
  const Secret second = Secret::copy_of(entropy.bytes());
  traces.check("two");
  REQUIRE(traces.failed().size() == 1);
  CHECK(traces.failed()[0] == "two: entropy stands in memory 2 times, not 1");
}

TEST_CASE("the search finds what a call left on the stack") {
  Traces traces;
  Secret entropy = make_entropy();
  entropy.bytes()[7] ^= 1;  // what it leaves behind is nothing that the other cases look for
  traces.own("entropy", entropy.bytes());
  static_cast<void>(forget_a_copy(entropy.bytes()));
  traces.check("the call");
  CHECK(traces.failed().size() == 1);
}

TEST_CASE("no call about sentences leaves a secret on the stack or the heap") {
  check_calls(read_a_sentence, 8);
}

TEST_CASE("no call of derivation leaves a secret on the stack or the heap") {
  check_calls(derive_keys, 10);
  check_calls(derive_on_other_curves, 5);
  check_calls(derive_child_secrets, 6);
}

TEST_CASE("no call about keystores leaves a secret on the stack or the heap") {
  check_calls(use_keystores, 11);
  check_calls(use_foreign_files, 7);
}

TEST_CASE("no call about guardians' shares leaves a secret on the stack or the heap") {
  check_calls(split_and_combine, 5);
}

TEST_CASE("no signature leaves a secret on the stack or the heap") {
  check_calls(sign_on_every_curve, 40);
  check_calls(sign_by_a_path, 4);
  check_calls(sign_with_others, 3);
}
