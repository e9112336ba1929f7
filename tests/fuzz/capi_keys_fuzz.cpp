// SPDX-License-Identifier: MIT
// A stream of commands over the C functions of keys and addresses: nothing crashes, every answer is
// one of the codes, and what is read prints as it was.
#include <algorithm>
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
using coffer::fuzz::Claimed;
using coffer::fuzz::demand;

/// The input as the arguments of the commands.
class Stream : public coffer::fuzz::InputStream {
 public:
  using InputStream::InputStream;
  std::uint32_t number() noexcept { return static_cast<std::uint32_t>(InputStream::number(4)); }
  /// A text within the input, at times with a length that lies where that is noticed.
  const char* text(std::size_t* length) noexcept {
    std::size_t wanted = byte();
    const char* start = take(&wanted);
    *length = wanted == 255 ? SIZE_MAX : wanted;
    return wanted == 254 ? nullptr : start;
  }
};

/// What the commands work on.
struct Things {
  coffer_secret* seed = nullptr;
  coffer_xprv* key = nullptr;
  coffer_xpub xpub{};
  coffer_signer* signer = nullptr;
  coffer_network_table* table = nullptr;
  Things() {
    const std::array<std::uint8_t, 16> bytes{1, 2, 3};
    demand(coffer_secret_create(bytes.data(), bytes.size(), &seed, nullptr) == COFFER_OK &&
               coffer_xprv_from_seed(seed, COFFER_CURVE_SECP256K1, 0, &key, nullptr) == COFFER_OK &&
               coffer_xprv_public(key, &xpub, nullptr) == COFFER_OK &&
               coffer_signer_create(&signer, nullptr) == COFFER_OK &&
               coffer_signer_add(signer, "k", 1, key, nullptr) == COFFER_OK &&
               coffer_network_table_create(&table, nullptr) == COFFER_OK,
           "setting up");
  }
  Things(const Things&) = delete;
  Things& operator=(const Things&) = delete;
  ~Things() {
    coffer_network_table_destroy(table);
    coffer_signer_destroy(signer);
    coffer_xprv_destroy(key);
    coffer_secret_destroy(seed);
  }
};

void read_mnemonic(Things&, Stream& in) {
  coffer_error err;
  std::size_t length = 0;
  const coffer_language language = in.byte();
  const char* sentence = in.text(&length);
  coffer_mnemonic* mnemonic = nullptr;
  std::array<coffer_unknown_word, 3> words;
  std::size_t count = 0;
  answer(coffer_mnemonic_parse(sentence, length, language, &mnemonic, &err), err);
  answer(coffer_mnemonic_unknown_words(sentence, length, language, words.data(), words.size(),
                                       &count, &err),
         err);
  answer(coffer_mnemonic_word(language, in.number() % 4096, &words[0].suggestions[0], &err), err);
  coffer_mnemonic_destroy(mnemonic);
}

void read_path(Things& things, Stream& in) {
  coffer_error err;
  std::size_t length = 0;
  const char* path = in.text(&length);
  std::array<std::uint32_t, COFFER_PATH_STEPS_MAX> steps;
  std::size_t count = 0;
  if (answer(coffer_path_parse(path, length, steps.data(), steps.size(), &count, &err), err) ==
      COFFER_OK) {
    std::array<char, 4096> text;
    std::array<std::uint32_t, COFFER_PATH_STEPS_MAX> again;
    std::size_t same = 0;
    demand(coffer_path_format(steps.data(), count, text.data(), text.size(), nullptr, &err) ==
                   COFFER_OK &&
               coffer_path_parse(text.data(), std::strlen(text.data()), again.data(), again.size(),
                                 &same, &err) == COFFER_OK &&
               same == count &&
               std::equal(steps.begin(), steps.begin() + static_cast<long>(count), again.begin()),
           "a path reads as it prints");
  }
  if (count <= 4) {
    coffer_xprv* child = nullptr;
    coffer_xpub xpub;
    answer(coffer_xprv_derive(things.key, path, length, &child, &err), err);
    answer(coffer_xpub_derive(&things.xpub, path, length, &xpub, &err), err);
    coffer_xprv_destroy(child);
  }
}

void read_keys(Things& things, Stream& in) {
  coffer_error err;
  std::size_t length = 0;
  const char* text = in.text(&length);
  coffer_xprv* key = nullptr;
  coffer_xpub xpub;
  if (answer(coffer_xpub_parse(text, length, &xpub, &err), err) == COFFER_OK) {
    std::array<char, COFFER_EXTENDED_KEY_TEXT_SIZE> again;
    demand(coffer_xpub_format(&xpub, again.data(), again.size(), nullptr, &err) == COFFER_OK &&
               std::string_view(again.data()) == std::string_view(text, length),
           "an xpub prints as it was read");
  }
  answer(coffer_xprv_parse(text, length, &key, &err), err);
  coffer_xprv_destroy(key);
  xpub = things.xpub;
  auto* bytes = reinterpret_cast<std::uint8_t*>(&xpub);
  bytes[in.byte() % sizeof xpub] ^= in.byte();
  std::array<std::uint8_t, 4 * COFFER_PUBLIC_KEY_SIZE> keys;
  const Claimed<coffer_bulk_options> options(in);
  // With more threads than one the fuzzer would measure the scheduler.
  answer(
      coffer_xpub_derive_many(&xpub, in.number(), in.byte() % 5, &options.value, keys.data(), &err),
      err);
  answer(coffer_xprv_derive_many(things.key, in.number(), in.byte() % 3, text,
                                 std::min<std::size_t>(length, 6), nullptr, keys.data(), &err),
         err);
}

void read_shares(Things& things, Stream& in) {
  coffer_error err;
  std::array<coffer_share, 2> shares{};
  for (coffer_share& share : shares) {
    share.sentence = in.text(&share.sentence_length);
  }
  coffer_secret* secret = nullptr;
  coffer_share_info info;
  answer(coffer_share_inspect(shares[0].sentence, shares[0].sentence_length, &info, &err), err);
  answer(coffer_share_combine(shares.data(), in.byte() % 3, nullptr, 0, &secret, &err), err);
  coffer_secret_destroy(secret);
  const coffer_share_group group = {in.byte() % 4U, in.byte() % 4U};
  coffer_share_options options{};
  options.struct_size = sizeof options;
  options.group_threshold = in.byte() % 3;
  coffer_share_set* set = nullptr;
  answer(coffer_share_split(things.seed, &group, in.byte() % 2, nullptr, 0, &options, &set, &err),
         err);
  coffer_share_set_destroy(set);
}

void read_keystores(Things&, Stream& in) {
  coffer_error err;
  std::size_t length = 0;
  const char* file = in.text(&length);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file);
  coffer_keystore_info info;
  coffer_secret* secret = nullptr;
  if (answer(coffer_keystore_inspect(bytes, length, &info, &err), err) == COFFER_OK &&
      info.log2_cost <= 10 && info.block_size <= 8 && info.parallelism <= 2) {
    answer(coffer_keystore_open(bytes, length, "p", 1, nullptr, &secret, &err), err);
  }
  coffer_secret_destroy(secret);
}

void sign(Things& things, Stream& in) {
  coffer_error err;
  coffer_key_reference key{};
  key.struct_size = sizeof key;
  key.curve = in.byte() % 5;
  key.name = "k";
  key.name_length = 1;
  if (in.byte() % 4 == 0) {
    key.name = in.text(&key.name_length);
  }
  key.path = "m/0/1";
  key.path_length = in.byte() % 6;
  Claimed<coffer_sign_request> claimed(in);
  coffer_sign_request& request = claimed.value;
  request.scheme = in.byte() % 7;
  request.key = in.byte() == 255 ? nullptr : &key;
  std::size_t length = 0;
  const char* message = in.text(&length);
  request.message = reinterpret_cast<const std::uint8_t*>(message);
  request.message_length = length;
  request.has_taproot_tweak = in.byte() % 2;
  request.taproot_tweak[0] = in.byte();
  coffer_signature signature{};
  std::array<std::uint8_t, COFFER_PUBLIC_KEY_SIZE> public_key{};
  if (answer(coffer_signer_sign(things.signer, &request, &signature, &err), err) == COFFER_OK &&
      request.has_taproot_tweak == 0) {
    demand(coffer_signer_public_key(things.signer, &key, public_key.data(), &err) == COFFER_OK &&
               coffer_signature_verify(key.curve, public_key.data(), request.scheme,
                                       request.message, length, &signature, &err) == COFFER_OK,
           "what was signed verifies");
  }
  signature.bytes[in.byte() % 64] ^= 1;
  answer(coffer_signature_verify(in.byte() % 4, public_key.data(), in.byte() % 7, request.message,
                                 length, &signature, &err),
         err);
}

void read_addresses(Things& things, Stream& in) {
  constexpr std::array<const char*, 9> names = {"bitcoin",    "litecoin", "bitcoin-cash",
                                                "ethereum",   "tron",     "solana",
                                                "cosmos-hub", "xrp",      "stellar"};
  coffer_error err;
  const std::string name = names.at(in.byte() % names.size());
  std::size_t length = 0;
  const char* text = in.text(&length);
  coffer_address address;
  std::array<char, COFFER_ADDRESS_TEXT_SIZE> again;
  if (answer(coffer_address_parse(things.table, name.data(), name.size(), text, length, &address,
                                  &err),
             err) == COFFER_OK &&
      address.form != COFFER_FORM_WITNESS_UNKNOWN) {
    coffer_address same;
    demand(coffer_address_format(things.table, name.data(), name.size(), &address, again.data(),
                                 again.size(), nullptr, &err) == COFFER_OK &&
               coffer_address_parse(things.table, name.data(), name.size(), again.data(),
                                    std::strlen(again.data()), &same, &err) == COFFER_OK &&
               std::memcmp(&same, &address, sizeof same) == 0,
           "an address reads as it prints");
  }
  std::array<coffer_address_match, 2> matches;
  std::size_t count = 0;
  answer(coffer_address_match_networks(nullptr, text, length, matches.data(), matches.size(),
                                       &count, &err),
         err);
  std::memset(&address, 0, sizeof address);
  address.form = in.byte();
  address.payload_size = in.byte() % 48;
  address.witness_version = in.byte() % 20;
  answer(coffer_address_format(nullptr, name.data(), name.size(), &address, again.data(),
                               again.size(), nullptr, &err),
         err);
  answer(coffer_address_of_key(nullptr, name.data(), name.size(), in.byte(), things.xpub.public_key,
                               in.byte() % 34, again.data(), again.size(), nullptr, &err),
         err);
  std::array<char, 3 * COFFER_ADDRESS_TEXT_SIZE> texts;
  answer(coffer_address_derive_many(nullptr, name.data(), name.size(), in.byte() % 8, &things.xpub,
                                    in.number(), in.byte() % 4, nullptr, texts.data(),
                                    in.byte() % 97, nullptr, &err),
         err);
}

void add_network(Things& things, Stream& in) {
  coffer_error err;
  coffer_network row{};
  std::size_t length = 0;
  const char* text = in.text(&length);
  if (text != nullptr && length < sizeof row) {
    std::memcpy(&row, text, length);
  }
  row.family = in.byte() % 9;
  row.chain_id = in.number();
  answer(coffer_network_table_add(things.table, &row, &err), err);
}

void run(const std::uint8_t* data, std::size_t size) {
  using Command = void (*)(Things&, Stream&);
  constexpr std::array<Command, 8> commands = {read_mnemonic,  read_path,      read_keys,
                                               read_shares,    read_keystores, sign,
                                               read_addresses, add_network};
  Things things;
  Stream in(data, size);
  for (int i = 0; i < 8 && !in.is_empty(); ++i) {
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
