// SPDX-License-Identifier: MIT
// Keys: bulk derivation and addresses beside a plain loop over libsecp256k1, seeds beside OpenSSL's
// PBKDF2.
#include <coffer/chain/address_bulk.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/keys/mnemonic.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <secp256k1.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "bench_support.hpp"
#include "chain/ethereum/checksum_case.hpp"
#include "crypto/bech32.hpp"
#include "crypto/hash160.hpp"
#include "crypto/keccak256.hpp"

namespace {

using namespace coffer::keys;

constexpr std::size_t children = 10000;
constexpr int rounds = 9;

struct Way {
  const char* name;
  std::function<void()> work;
};

// The first way is the floor. All take turns, and a ratio is the median of those of single rounds,
// because the processor's speed changes during a run.
void in_turns(std::size_t count, const std::vector<Way>& ways) {
  std::vector<std::vector<double>> seconds(ways.size());
  std::vector<std::vector<double>> ratios(ways.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const coffer::bench::Stopwatch watch;
      ways[i].work();
      seconds[i].push_back(watch.seconds());
      ratios[i].push_back(seconds[0].back() / seconds[i].back());
    }
  }
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const double middle = coffer::bench::quantile(seconds[i], 0.5);
    fmt::print("{:44} {:>10.0f}/s  {:>6.2f} x the plain way ({:.2f} to {:.2f})\n", ways[i].name,
               static_cast<double>(count) / middle, coffer::bench::quantile(ratios[i], 0.5),
               coffer::bench::quantile(ratios[i], 0.0), coffer::bench::quantile(ratios[i], 1.0));
  }
}

// What anyone would write first: HMAC, tweak the private key, create the public key, which is
// written compressed (33 bytes) or not (65).
template <class Key>
void plain_loop(const secp256k1_context* context, const ExtendedPrivateKey& parent,
                std::vector<Key>& out) {
  const auto& above = parent.to_public();
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    std::array<std::uint8_t, 37> message{};
    std::copy(above.public_key().begin(), above.public_key().end(), message.begin());
    for (unsigned byte = 0; byte < 4; ++byte) {
      message[33 + byte] = static_cast<std::uint8_t>(i >> (24 - 8 * byte));
    }
    std::array<std::uint8_t, 64> mac{};
    unsigned size = 64;
    HMAC(EVP_sha512(), above.chain_code().data(), 32, message.data(), message.size(), mac.data(),
         &size);
    std::array<std::uint8_t, 32> secret{};
    std::copy(parent.private_key().begin(), parent.private_key().end(), secret.begin());
    secp256k1_pubkey key;
    std::size_t written = out[i].size();
    if (secp256k1_ec_seckey_tweak_add(context, secret.data(), mac.data()) != 1 ||
        secp256k1_ec_pubkey_create(context, &key, secret.data()) != 1 ||
        secp256k1_ec_pubkey_serialize(
            context, out[i].data(), &written, &key,
            written == 33 ? SECP256K1_EC_COMPRESSED : SECP256K1_EC_UNCOMPRESSED) != 1) {
      fmt::print("the plain loop failed\n");
    }
  }
}

void derivation() {
  const auto root = ExtendedPrivateKey::from_seed(std::vector<std::uint8_t>(32, 7));
  const auto node = root->derive(Path{hardened(84), hardened(0), hardened(0), 0});
  secp256k1_context* context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
  std::vector<PublicKey> floor_keys(children);
  std::vector<PublicKey> keys(children);
  std::vector<PrivateKeyBytes> secrets(children);
  bool done = true;
  const auto derive_public = [&](unsigned threads) {
    done =
        derive_public_children(node->to_public(), 0, keys, {threads, nullptr}).has_value() && done;
  };
  // The first call makes the table, which is no part of what follows.
  const coffer::bench::Stopwatch first;
  derive_public(1);
  fmt::print("the first call took {:.1f} ms\n", first.seconds() * 1e3);
  in_turns(children,
           {{"plain loop: HMAC, tweak, create", [&] { plain_loop(context, *node, floor_keys); }},
            {"public children, 1 thread", [&] { derive_public(1); }},
            {"public children, 2 threads", [&] { derive_public(2); }},
            {"private children with their public keys", [&] {
               done = derive_children(*node, 0, Path(), keys, secrets).has_value() && done;
             }}});
  done = done && keys == floor_keys;
  in_turns(children,
           {{"plain loop once more", [&] { plain_loop(context, *node, floor_keys); }},
            {"hardened children with their public keys", [&] {
               done =
                   derive_children(*node, hardened(0), Path(), keys, secrets).has_value() && done;
             }}});
  fmt::print("{}\n", done ? "all keys agree with the plain loop" : "KEYS DIFFER");
  secp256k1_context_destroy(context);
}

// The same with the address of each key at the end: hashes and text by the fast functions of
// coffer, so that the floor is not low because of them.
void plain_addresses(const secp256k1_context* context, const ExtendedPrivateKey& parent,
                     const coffer::chain::Network& network, std::vector<char>& text) {
  constexpr std::size_t stride = coffer::chain::address_stride;
  const auto put = [&](std::size_t number, std::string_view address) {
    std::copy(address.begin(), address.end(),
              text.begin() + static_cast<std::ptrdiff_t>(number * stride));
  };
  if (network.family == coffer::chain::Family::ethereum) {
    std::vector<std::array<std::uint8_t, 65>> points(children);
    plain_loop(context, parent, points);
    for (std::size_t i = 0; i < children; ++i) {
      const auto hash = coffer::crypto::keccak256(std::span(points[i]).subspan(1));
      const auto digits =
          coffer::chain::ethereum::checksum_case(std::span(hash).subspan<12, 20>(), 0);
      put(i, "0x");
      std::copy(digits.begin(), digits.end(),
                text.begin() + static_cast<std::ptrdiff_t>(i * stride + 2));
    }
    return;
  }
  std::vector<PublicKey> keys(children);
  plain_loop(context, parent, keys);
  constexpr std::array<std::uint8_t, 1> version{0};
  std::array<char, 90> address{};
  for (std::size_t i = 0; i < children; ++i) {
    const std::size_t size =
        coffer::crypto::bech32_write(coffer::crypto::Bech32::bech32, network.prefix, version,
                                     coffer::crypto::hash160(keys[i]), address);
    put(i, std::string_view(address.data(), size));
  }
}

void addresses() {
  const auto root = ExtendedPrivateKey::from_seed(std::vector<std::uint8_t>(32, 7));
  const auto node = root->derive(Path{hardened(44), hardened(0), hardened(0), 0});
  secp256k1_context* context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
  const coffer::chain::NetworkTable table;
  bool is_same = true;
  for (const char* name : {"bitcoin", "ethereum"}) {
    const auto& network = **table.find(name);
    std::vector<char> floor_text(children * coffer::chain::address_stride);
    std::vector<char> text(floor_text.size());
    std::vector<PublicKey> keys(children);
    const auto derive = [&](unsigned threads) {
      is_same = coffer::chain::derive_addresses(network, network.default_form, node->to_public(), 0,
                                                {text}, keys, {threads, nullptr})
                    .has_value() &&
                is_same;
    };
    in_turns(children, {{name == std::string_view("bitcoin") ? "P2WPKH: plain loop, hash and text"
                                                             : "EVM: plain loop, hash and text",
                         [&] { plain_addresses(context, *node, network, floor_text); }},
                        {"  derive_addresses, 1 thread", [&] { derive(1); }},
                        {"  derive_addresses, 2 threads", [&] { derive(2); }}});
    is_same = is_same && text == floor_text;
  }
  fmt::print("{}\n", is_same ? "all addresses agree with the plain loop" : "ADDRESSES DIFFER");
  secp256k1_context_destroy(context);
}

void seeds() {
  constexpr std::size_t count = 50;
  const auto mnemonic = Mnemonic::from_entropy(std::vector<std::uint8_t>(16));
  const auto sentence = mnemonic->sentence();
  constexpr std::string_view salt = "mnemonic";
  std::array<std::uint8_t, 64> out{};
  const auto plain = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      PKCS5_PBKDF2_HMAC(sentence.text().data(), static_cast<int>(sentence.size()),
                        reinterpret_cast<const unsigned char*>(salt.data()),
                        static_cast<int>(salt.size()), 2048, EVP_sha512(), 64, out.data());
    }
  };
  const auto own = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      static_cast<void>(mnemonic->seed());
    }
  };
  in_turns(count, {{"PKCS5_PBKDF2_HMAC, 2048 rounds", plain}, {"Mnemonic::seed", own}});
}

}  // namespace

int main() {
  fmt::print("libsecp256k1 {}\n", COFFER_SECP256K1_FROM);
  derivation();
  addresses();
  seeds();
  return 0;
}
