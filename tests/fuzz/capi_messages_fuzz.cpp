// SPDX-License-Identifier: MIT
// A stream of commands over the C functions of messages, scripts and child secrets: nothing
// crashes, every answer is one of the codes, what is signed verifies, and no handle is left behind.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <coffer.h>

#include "fuzz/capi_answer.hpp"
#include "fuzz/input_stream.hpp"

namespace {

using coffer::fuzz::answer;
using coffer::fuzz::demand;

struct Bytes {
  const char* text = nullptr;
  std::size_t size = 0;
  [[nodiscard]] const std::uint8_t* data() const noexcept {
    return reinterpret_cast<const std::uint8_t*>(text);
  }
};

class Stream : public coffer::fuzz::InputStream {
 public:
  using InputStream::InputStream;
  std::uint32_t number() noexcept { return static_cast<std::uint32_t>(InputStream::number(4)); }
  /// A text within the input, at times null or with a length that lies.
  Bytes text() noexcept {
    Bytes bytes{nullptr, byte()};
    const std::size_t wanted = bytes.size;
    bytes.text = take(&bytes.size);
    if (wanted == 255) {
      bytes.size = SIZE_MAX;
    } else if (wanted == 254) {
      bytes.text = nullptr;
    }
    return bytes;
  }
};

/// A signer with the key "k", and the rest of a call that the input does not choose.
struct Things {
  coffer_secret* seed = nullptr;
  coffer_xprv* key = nullptr;
  coffer_xpub xpub{};
  coffer_signer* signer = nullptr;
  coffer_key_reference reference{};
  std::string network;
  std::array<char, 8192> buffer{};

  Things() {
    const std::array<std::uint8_t, 16> bytes{1, 2, 3};
    demand(coffer_secret_create(bytes.data(), bytes.size(), &seed, nullptr) == COFFER_OK &&
               coffer_xprv_from_seed(seed, COFFER_CURVE_SECP256K1, 0, &key, nullptr) == COFFER_OK &&
               coffer_xprv_public(key, &xpub, nullptr) == COFFER_OK &&
               coffer_signer_create(&signer, nullptr) == COFFER_OK &&
               coffer_signer_add(signer, "k", 1, key, nullptr) == COFFER_OK,
           "setting up");
    reference.struct_size = sizeof reference;
    reference.curve = COFFER_CURVE_SECP256K1;
    reference.name = "k";
    reference.name_length = 1;
  }
  Things(const Things&) = delete;
  Things& operator=(const Things&) = delete;
  ~Things() {
    coffer_signer_destroy(signer);
    coffer_xprv_destroy(key);
    coffer_secret_destroy(seed);
  }
};

void account_messages(Things& things, Stream& in) {
  coffer_error err;
  const std::string& network = things.network;
  const Bytes message = in.text();
  std::array<std::uint8_t, 65> signature{};
  std::array<char, COFFER_ADDRESS_TEXT_SIZE> address{};
  if (answer(coffer_message_sign_account(things.signer, &things.reference, nullptr, network.data(),
                                         network.size(), message.data(), message.size,
                                         signature.data(), &err),
             err) == COFFER_OK) {
    demand(
        coffer_message_recover_account(
            nullptr, network.data(), network.size(), message.data(), message.size, signature.data(),
            signature.size(), address.data(), address.size(), nullptr, &err) == COFFER_OK &&
            coffer_message_verify_account(nullptr, network.data(), network.size(), address.data(),
                                          std::strlen(address.data()), message.data(), message.size,
                                          signature.data(), signature.size(), &err) == COFFER_OK,
        "a signed message tells its signer");
  }
  signature.at(in.byte() % signature.size()) ^= in.byte();
  const Bytes given = in.text();
  answer(coffer_message_verify_account(nullptr, network.data(), network.size(), given.text,
                                       given.size, message.data(), message.size, signature.data(),
                                       in.byte() % 66, &err),
         err);
  answer(coffer_message_verify_solana(nullptr, "solana", 6, given.text, given.size, message.data(),
                                      message.size, signature.data(), 64, &err),
         err);
}

void typed_data(Things& things, Stream& in) {
  coffer_error err;
  const std::string& network = things.network;
  const Bytes json = in.text();
  std::array<std::uint8_t, 65> signature{};
  coffer_typed_data_hashes hashes;
  const coffer_status hashed = coffer_typed_data_hash(json.text, json.size, &hashes, &err);
  answer(hashed, err);
  const coffer_status status =
      coffer_typed_data_sign(things.signer, &things.reference, nullptr, network.data(),
                             network.size(), json.text, json.size, signature.data(), &err);
  answer(status, err);
  demand(status != COFFER_OK || hashed == COFFER_OK, "what has no hash is not signed");
  answer(coffer_typed_data_recover(nullptr, network.data(), network.size(), json.text, json.size,
                                   signature.data(), signature.size(), things.buffer.data(),
                                   in.byte(), nullptr, &err),
         err);
}

void bitcoin_messages(Things& things, Stream& in) {
  coffer_error err;
  const std::string& network = things.network;
  const Bytes message = in.text();
  const Bytes signature = in.text();
  const Bytes address = in.text();
  coffer_bip322_times times{in.byte() % 3U, in.number(), in.number()};
  std::array<coffer_proven_output, 2> outputs;
  std::size_t count = 0;
  answer(coffer_message_verify_legacy(nullptr, network.data(), network.size(), address.text,
                                      address.size, message.data(), message.size, signature.text,
                                      signature.size, &err),
         err);
  answer(coffer_message_verify_bip322(nullptr, network.data(), network.size(), address.text,
                                      address.size, message.data(), message.size, signature.text,
                                      signature.size, &times, outputs.data(), outputs.size(),
                                      &count, &err),
         err);
  answer(coffer_message_sign_legacy(things.signer, &things.reference, nullptr, network.data(),
                                    network.size(), in.byte() % 5, message.data(), message.size,
                                    things.buffer.data(), things.buffer.size(), nullptr, &err),
         err);
  const coffer_address_form form = in.byte() % 10;
  if (answer(coffer_message_sign_bip322(things.signer, &things.reference, nullptr, network.data(),
                                        network.size(), form, message.data(), message.size,
                                        in.byte() % 2 == 0 ? nullptr : &times, things.buffer.data(),
                                        things.buffer.size(), nullptr, &err),
             err) == COFFER_OK) {
    std::array<char, COFFER_ADDRESS_TEXT_SIZE> own{};
    demand(
        coffer_address_of_key(nullptr, network.data(), network.size(), form, things.xpub.public_key,
                              33, own.data(), own.size(), nullptr, &err) == COFFER_OK &&
            coffer_message_verify_bip322(nullptr, network.data(), network.size(), own.data(),
                                         std::strlen(own.data()), message.data(), message.size,
                                         things.buffer.data(), std::strlen(things.buffer.data()),
                                         nullptr, outputs.data(), outputs.size(), &count,
                                         &err) == COFFER_OK,
        "a message signed by BIP-322 verifies");
  }
}

void scripts(Things& things, Stream& in) {
  coffer_error err;
  const std::string& network = things.network;
  const Bytes script = in.text();
  std::size_t needed = 0;
  std::array<std::uint8_t, 4096> bytes;
  if (answer(coffer_address_of_output_script(nullptr, network.data(), network.size(), script.data(),
                                             script.size, things.buffer.data(),
                                             things.buffer.size(), &needed, &err),
             err) == COFFER_OK) {
    demand(coffer_script_of_address(nullptr, network.data(), network.size(), things.buffer.data(),
                                    std::strlen(things.buffer.data()), bytes.data(), bytes.size(),
                                    &needed, &err) == COFFER_OK &&
               needed == script.size && std::memcmp(bytes.data(), script.data(), needed) == 0,
           "an output script is that of its address");
  }
  answer(coffer_address_of_script(nullptr, network.data(), network.size(), in.byte() % 10,
                                  script.data(), script.size, things.buffer.data(), in.byte(),
                                  &needed, &err),
         err);
  answer(coffer_script_of_multisig(in.byte() % 18U, script.data(), script.size / 33, bytes.data(),
                                   bytes.size(), &needed, &err),
         err);
  const coffer_key_reference* const keys[] = {&things.reference, nullptr};
  answer(coffer_message_sign_bip322_multisig(
             things.signer, keys, in.byte() % 3, nullptr, network.data(), network.size(),
             in.byte() % 10, script.data(), script.size, bytes.data(), 3, nullptr,
             things.buffer.data(), things.buffer.size(), &needed, &err),
         err);
  std::uint8_t is_odd = 0;
  const std::uint8_t* const root = in.byte() % 2 == 0 ? nullptr : bytes.data();
  bytes.fill(in.byte());
  answer(
      coffer_taproot_output_key(script.data(), script.size, root, bytes.data() + 32, &is_odd, &err),
      err);
  answer(
      coffer_address_of_taproot(nullptr, network.data(), network.size(), script.data(), script.size,
                                root, things.buffer.data(), things.buffer.size(), &needed, &err),
      err);
}

void child_secrets(Things& things, Stream& in) {
  coffer_error err;
  const Bytes path = in.text();
  std::array<coffer_secret*, 4> secrets{};
  coffer_mnemonic* mnemonic = nullptr;
  coffer_xprv* master = nullptr;
  const std::uint32_t index = in.number();
  answer(coffer_bip85_entropy(things.key, path.text, path.size, secrets.data(), &err), err);
  answer(coffer_bip85_bytes(things.key, in.byte(), index, &secrets[1], &err), err);
  answer(coffer_bip85_password(things.key, in.byte(), index, &secrets[2], &err), err);
  answer(coffer_bip85_private_key(things.key, index, &secrets[3], &err), err);
  answer(coffer_bip85_mnemonic(things.key, in.byte(), index, in.byte() % 12, &mnemonic, &err), err);
  answer(coffer_bip85_master_key(things.key, index, &master, &err), err);
  coffer_xprv_destroy(master);
  coffer_mnemonic_destroy(mnemonic);
  for (coffer_secret* secret : secrets) {
    coffer_secret_destroy(secret);
  }
}

void paths_of_networks(Things& things, Stream& in) {
  coffer_error err;
  const std::string& network = things.network;
  std::size_t needed = 0;
  answer(coffer_network_account_path(nullptr, network.data(), network.size(), in.byte() % 10,
                                     in.number(), things.buffer.data(), in.byte(), &needed, &err),
         err);
  answer(coffer_network_address_path(nullptr, network.data(), network.size(), in.byte() % 10,
                                     in.number(), in.byte(), in.number(), things.buffer.data(),
                                     in.byte(), &needed, &err),
         err);
  coffer_word words[3];
  const Bytes prefix = in.text();
  answer(coffer_mnemonic_complete_word(prefix.text, prefix.size, in.byte() % 12, words, 3, &needed,
                                       &err),
         err);
}

void run(const std::uint8_t* data, std::size_t size) {
  using Command = void (*)(Things&, Stream&);
  constexpr std::array<Command, 6> commands = {account_messages, typed_data,    bitcoin_messages,
                                               scripts,          child_secrets, paths_of_networks};
  constexpr std::array<const char*, 7> networks = {
      "bitcoin", "bitcoin-testnet", "bitcoin-cash", "ethereum", "tron", "solana", "none"};
  Things things;
  Stream in(data, size);
  for (int i = 0; i < 8 && !in.is_empty(); ++i) {
    things.network = networks.at(in.byte() % networks.size());
    commands.at(in.byte() % commands.size())(things, in);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t handles = coffer_handle_count();
  run(data, size);
  demand(coffer_handle_count() == handles, "every handle was destroyed");
  return 0;
}
