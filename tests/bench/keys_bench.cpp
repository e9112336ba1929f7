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
constexpr int rounds = 7;

// The best of several rounds: other work on the machine only ever adds time.
double best_seconds(const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int i = 0; i < rounds; ++i) {
    const coffer::bench::Stopwatch watch;
    work();
    seconds.push_back(watch.seconds());
  }
  return coffer::bench::quantile(seconds, 0.0);
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

void print(const char* name, double seconds, double floor, std::size_t count) {
  fmt::print("{:44} {:>10.0f}/s  {:>6.2f} x the plain way\n", name,
             static_cast<double>(count) / seconds, floor / seconds);
}

void derivation() {
  const auto root = ExtendedPrivateKey::from_seed(std::vector<std::uint8_t>(32, 7));
  const auto node = root->derive(Path{hardened(84), hardened(0), hardened(0), 0});
  secp256k1_context* context = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
  std::vector<PublicKey> floor_keys(children);
  std::vector<PublicKey> keys(children);
  std::vector<PrivateKeyBytes> secrets(children);
  const double floor = best_seconds([&] { plain_loop(context, *node, floor_keys); });
  print("plain loop: HMAC, tweak, create", floor, floor, children);
  bool done = true;
  const coffer::bench::Stopwatch first;
  done = derive_public_children(node->to_public(), 0, keys).has_value() && done;
  print("public children, first call (makes the table)", first.seconds(), floor, children);
  for (const unsigned threads : {1U, 2U}) {
    const double seconds = best_seconds([&] {
      done = derive_public_children(node->to_public(), 0, keys, {threads, nullptr}).has_value() &&
             done;
    });
    print(threads == 1 ? "public children, 1 thread" : "public children, 2 threads", seconds, floor,
          children);
  }
  done = done && keys == floor_keys;
  const double both = best_seconds(
      [&] { done = derive_children(*node, 0, Path(), keys, secrets).has_value() && done; });
  print("private children with their public keys", both, floor, children);
  done = done && keys == floor_keys;
  const double hard = best_seconds([&] {
    done = derive_children(*node, hardened(0), Path(), keys, secrets).has_value() && done;
  });
  print("hardened children with their public keys", hard, floor, children);
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
    const double floor =
        best_seconds([&] { plain_addresses(context, *node, network, floor_text); });
    print(name == std::string_view("bitcoin") ? "P2WPKH: plain loop with hash and text"
                                              : "EVM: plain loop with hash and text",
          floor, floor, children);
    for (const unsigned threads : {1U, 2U}) {
      const double seconds = best_seconds([&] {
        is_same = coffer::chain::derive_addresses(network, network.default_form, node->to_public(),
                                                  0, {text}, keys, {threads, nullptr})
                      .has_value() &&
                  is_same;
      });
      print(threads == 1 ? "  derive_addresses, 1 thread" : "  derive_addresses, 2 threads",
            seconds, floor, children);
    }
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
  const double floor = best_seconds([&] {
    for (std::size_t i = 0; i < count; ++i) {
      PKCS5_PBKDF2_HMAC(sentence.text().data(), static_cast<int>(sentence.size()),
                        reinterpret_cast<const unsigned char*>(salt.data()),
                        static_cast<int>(salt.size()), 2048, EVP_sha512(), 64, out.data());
    }
  });
  print("PKCS5_PBKDF2_HMAC, 2048 rounds", floor, floor, count);
  const double own = best_seconds([&] {
    for (std::size_t i = 0; i < count; ++i) {
      static_cast<void>(mnemonic->seed());
    }
  });
  print("Mnemonic::seed", own, floor, count);
}

}  // namespace

int main() {
  fmt::print("libsecp256k1 {}\n", COFFER_SECP256K1_FROM);
  derivation();
  addresses();
  seeds();
  return 0;
}
