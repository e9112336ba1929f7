// SPDX-License-Identifier: MIT
// Looks through this process's memory for secrets after each C function that used them.
#include <coffer.h>

#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "support/secret_traces.hpp"

using coffer::Traces;

namespace {

using Bytes = std::array<std::uint8_t, 64>;

// A caller of C functions: what it made is released at its end, what it exported is wiped.
class Caller {
 public:
  explicit Caller(Traces& known) : traces(known) {
    for (std::size_t i = 0; i < 32; ++i) {
      own_[i] = static_cast<std::uint8_t>(i * i * 11 + i * 29 + 0x71);
    }
    traces.own("entropy", entropy_bytes());
    note(coffer_secret_create(own_.data(), 32, &entropy, nullptr));
    traces.own("entropy", entropy_bytes());
    traces.check("coffer_secret_create");
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  ~Caller() {
    coffer_secret_destroy(entropy);
    coffer_wipe(own_.data(), own_.size());
    traces.disown_all();
    traces.check("coffer_secret_destroy");
  }

  [[nodiscard]] std::span<const std::uint8_t> entropy_bytes() const {
    return std::span(own_).first<32>();
  }
  // A failure of a call that should go well is a finding too.
  void note(coffer_status status) { failures += status == COFFER_OK ? 0 : 1; }
  void expect_entropy(const char* call) {
    traces.own("entropy", entropy_bytes());
    traces.check(call);
  }
  // Shows the tracer what is in a handle, by an export that is wiped at once.
  void know(const char* name, const coffer_secret* secret) {
    Bytes bytes{};
    std::size_t size = 0;
    note(coffer_secret_export_bytes(secret, bytes.data(), bytes.size(), &size, nullptr));
    traces.own(name, std::span(bytes).first(size));
    coffer_wipe(bytes.data(), bytes.size());
  }

  Traces& traces;
  coffer_secret* entropy = nullptr;
  int failures = 0;

 private:
  Bytes own_{};
};

constexpr coffer_keystore_options cheap{sizeof(coffer_keystore_options), 10, 8, 1, 0, {}};

__attribute__((noinline)) int use_a_mnemonic(Traces& traces) {
  Caller caller(traces);
  coffer_mnemonic* mnemonic = nullptr;
  coffer_mnemonic* parsed = nullptr;
  coffer_secret* seed = nullptr;
  coffer_secret* again = nullptr;
  std::array<char, COFFER_MNEMONIC_TEXT_SIZE> text{};
  std::size_t size = 0;
  caller.note(coffer_mnemonic_from_entropy(caller.entropy, 0, &mnemonic, nullptr));
  caller.expect_entropy("coffer_mnemonic_from_entropy");
  caller.note(coffer_mnemonic_export_sentence(mnemonic, text.data(), text.size(), &size, nullptr));
  traces.own("sentence", {reinterpret_cast<const std::uint8_t*>(text.data()), size});
  traces.check("coffer_mnemonic_export_sentence");
  caller.note(coffer_mnemonic_parse(text.data(), std::strlen(text.data()), COFFER_LANGUAGE_ANY,
                                    &parsed, nullptr));
  caller.expect_entropy("coffer_mnemonic_parse");
  std::size_t count = 0;
  caller.note(coffer_mnemonic_unknown_words(text.data(), std::strlen(text.data()), 0, nullptr, 0,
                                            &count, nullptr));
  traces.check("coffer_mnemonic_unknown_words");
  caller.note(coffer_mnemonic_entropy(mnemonic, &again, nullptr));
  caller.expect_entropy("coffer_mnemonic_entropy");
  caller.note(coffer_mnemonic_seed(parsed, "a passphrase", 12, &seed, nullptr));
  caller.know("seed", seed);
  traces.check("coffer_mnemonic_seed and coffer_secret_export_bytes");
  coffer_wipe(text.data(), text.size());
  coffer_secret_destroy(seed);
  coffer_secret_destroy(again);
  coffer_mnemonic_destroy(parsed);
  coffer_mnemonic_destroy(mnemonic);
  return caller.failures;
}

__attribute__((noinline)) int derive_keys(Traces& traces) {
  Caller caller(traces);
  coffer_xprv* root = nullptr;
  coffer_xprv* leaf = nullptr;
  coffer_xprv* read = nullptr;
  coffer_secret* key = nullptr;
  coffer_secret* child = nullptr;
  std::array<char, 128> text{};
  std::array<std::uint8_t, 33> public_key{};
  std::array<std::uint8_t, 32> private_key{};
  caller.note(coffer_xprv_from_seed(caller.entropy, COFFER_CURVE_SECP256K1, 0, &root, nullptr));
  traces.check("coffer_xprv_from_seed");
  caller.note(coffer_xprv_derive(root, "m/84'/0'/0'/0/5", 15, &leaf, nullptr));
  caller.note(coffer_xprv_private_key(leaf, &key, nullptr));
  caller.know("leaf key", key);
  caller.know("leaf key", key);
  traces.check("coffer_xprv_derive and coffer_xprv_private_key");
  caller.note(coffer_xprv_export_text(leaf, text.data(), text.size(), nullptr, nullptr));
  traces.own("extended key's text",
             {reinterpret_cast<const std::uint8_t*>(text.data()) + 60, std::size_t{40}});
  traces.check("coffer_xprv_export_text");
  caller.note(coffer_xprv_parse(text.data(), std::strlen(text.data()), &read, nullptr));
  caller.know("leaf key", key);
  traces.check("coffer_xprv_parse");
  caller.note(coffer_xprv_export_many(root, 0, 1, nullptr, 0, nullptr, public_key.data(),
                                      private_key.data(), nullptr));
  traces.own("child key", private_key);
  traces.check("coffer_xprv_export_many");
  caller.note(coffer_bip85_bytes(root, 32, 0, &child, nullptr));
  caller.know("child bytes", child);
  traces.check("coffer_bip85_bytes");
  coffer_wipe(private_key.data(), private_key.size());
  coffer_wipe(text.data(), text.size());
  coffer_secret_destroy(child);
  coffer_secret_destroy(key);
  coffer_xprv_destroy(read);
  coffer_xprv_destroy(leaf);
  coffer_xprv_destroy(root);
  return caller.failures;
}

__attribute__((noinline)) int use_files(Traces& traces) {
  Caller caller(traces);
  coffer_secret* opened = nullptr;
  coffer_secret* from_web3 = nullptr;
  coffer_secret* from_bip38 = nullptr;
  coffer_keystore_content content{COFFER_KEYSTORE_SEED, 0, 0, {}};
  std::array<std::uint8_t, COFFER_KEYSTORE_SIZE_MAX> file{};
  std::array<std::uint8_t, COFFER_KEYSTORE_SIZE_MAX> changed{};
  std::array<char, COFFER_WEB3_KEYSTORE_TEXT_SIZE> json{};
  std::array<char, COFFER_BIP38_TEXT_SIZE> text{};
  std::size_t size = 0;
  std::size_t changed_size = 0;
  caller.note(coffer_keystore_seal(caller.entropy, &content, "password", 8, &cheap, file.data(),
                                   file.size(), &size, nullptr));
  traces.check("coffer_keystore_seal");
  caller.note(coffer_keystore_open(file.data(), size, "password", 8, &content, &opened, nullptr));
  caller.expect_entropy("coffer_keystore_open");
  caller.note(coffer_keystore_change_password(file.data(), size, "password", 8, "another", 7,
                                              &cheap, changed.data(), changed.size(), &changed_size,
                                              nullptr));
  traces.check("coffer_keystore_change_password");
  caller.note(coffer_web3_keystore_seal(caller.entropy, "password", 8, &cheap, json.data(),
                                        json.size(), nullptr, nullptr));
  traces.check("coffer_web3_keystore_seal");
  caller.note(coffer_web3_keystore_open(json.data(), std::strlen(json.data()), "password", 8,
                                        &from_web3, nullptr));
  caller.expect_entropy("coffer_web3_keystore_open");
  caller.note(coffer_bip38_encrypt(caller.entropy, 1, "password", 8, text.data(), text.size(),
                                   nullptr, nullptr));
  traces.check("coffer_bip38_encrypt");
  caller.note(coffer_bip38_decrypt(text.data(), std::strlen(text.data()), "password", 8,
                                   &from_bip38, nullptr, nullptr));
  caller.expect_entropy("coffer_bip38_decrypt");
  coffer_secret_destroy(from_bip38);
  coffer_secret_destroy(from_web3);
  coffer_secret_destroy(opened);
  return caller.failures;
}

__attribute__((noinline)) int use_guardians(Traces& traces) {
  Caller caller(traces);
  const coffer_share_group group{2, 3};
  coffer_share_set* set = nullptr;
  coffer_secret* combined = nullptr;
  std::array<std::array<char, COFFER_SHARE_TEXT_SIZE>, 2> text{};
  caller.note(coffer_share_split(caller.entropy, &group, 1, nullptr, 0, nullptr, &set, nullptr));
  traces.check("coffer_share_split");
  for (std::uint32_t member = 0; member < 2; ++member) {
    std::array<char, COFFER_SHARE_TEXT_SIZE>& one = text.at(member);
    caller.note(
        coffer_share_set_export_sentence(set, 0, member, one.data(), one.size(), nullptr, nullptr));
    const std::span share(reinterpret_cast<const std::uint8_t*>(one.data()), one.size());
    traces.own("share", share.subspan(40));
    traces.own("share", share.subspan(40));
    traces.check("coffer_share_set_export_sentence");
  }
  const coffer_share shares[] = {{text[0].data(), std::strlen(text[0].data())},
                                 {text[1].data(), std::strlen(text[1].data())}};
  caller.note(coffer_share_combine(shares, 2, nullptr, 0, &combined, nullptr));
  caller.expect_entropy("coffer_share_combine");
  coffer_wipe(text.data(), sizeof text);
  coffer_secret_destroy(combined);
  coffer_share_set_destroy(set);
  return caller.failures;
}

__attribute__((noinline)) int sign(Traces& traces) {
  Caller caller(traces);
  coffer_signer* signer = nullptr;
  coffer_signature signature{};
  const std::array<std::uint8_t, 32> digest{1, 2, 3};
  caller.note(coffer_signer_create(&signer, nullptr));
  caller.note(
      coffer_signer_add_single(signer, "one", 3, COFFER_CURVE_SECP256K1, caller.entropy, nullptr));
  caller.expect_entropy("coffer_signer_add_single");
  coffer_key_reference key{};
  key.struct_size = sizeof key;
  key.curve = COFFER_CURVE_SECP256K1;
  key.name = "one";
  key.name_length = 3;
  coffer_sign_request request{};
  request.struct_size = sizeof request;
  request.key = &key;
  request.message = digest.data();
  request.message_length = digest.size();
  for (coffer_signature_scheme scheme = 1; scheme <= 4; ++scheme) {
    request.scheme = scheme;
    caller.note(coffer_signer_sign(signer, &request, &signature, nullptr));
    traces.check("coffer_signer_sign");
  }
  caller.note(coffer_signer_set_read_only(signer, 1, nullptr));
  const coffer_status refused = coffer_signer_sign(signer, &request, &signature, nullptr);
  traces.check("coffer_signer_sign in read-only mode");
  caller.failures += refused == COFFER_ERR_SIGNING_REFUSED ? 0 : 1;
  coffer_signer_destroy(signer);
  return caller.failures;
}

void check_calls(int (*calls)(Traces&), int checks) {
  Traces traces;
  CHECK(calls(traces) == 0);
  for (const std::string& failed : traces.failed()) {
    FAIL_CHECK(failed);
  }
  CHECK(traces.checks() == checks);
}

}  // namespace

TEST_CASE("no C function about sentences and keys leaves a secret behind") {
  check_calls(use_a_mnemonic, 8);
  check_calls(derive_keys, 8);
}

TEST_CASE("no C function about keystores and shares leaves a secret behind") {
  check_calls(use_files, 9);
  check_calls(use_guardians, 6);
}

TEST_CASE("no C function that signs leaves a secret behind") { check_calls(sign, 8); }
