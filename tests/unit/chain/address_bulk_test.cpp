// SPDX-License-Identifier: MIT
// Tests of bulk addresses: the same as one by one, in any number of threads.
#include <coffer/chain/address_bulk.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <vector>

#include "chain_rows.hpp"

using namespace coffer::chain;
using chain_test::abandon_about;
using chain_test::row;
using coffer::Code;
using coffer::keys::Curve;
using coffer::keys::hardened;
using coffer::keys::Path;
using coffer::keys::PublicKey;

namespace {

coffer::keys::ExtendedPublicKey external(const char* network, AddressForm form) {
  const auto path = account_path(row(network), form);
  REQUIRE(path.has_value());
  const auto node = abandon_about(Curve::secp256k1).derive(path->child(0));
  REQUIRE(node.has_value());
  return node->to_public();
}

std::string text_at(const std::vector<char>& text, std::size_t number,
                    std::size_t stride = address_stride) {
  return text.data() + number * stride;
}

class Watcher final : public coffer::keys::BulkObserver {
 public:
  explicit Watcher(const std::vector<char>& text, std::size_t stop_at = ~std::size_t{0})
      : text_(text), stop_at_(stop_at) {}
  bool on_progress(std::size_t done, std::size_t) noexcept override {
    last = done;
    return done < stop_at_;
  }
  coffer::Status on_children(std::size_t offset,
                             std::span<const PublicKey> keys) noexcept override {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      seen += text_[(offset + i) * address_stride] != '\0' ? 1U : 0U;
    }
    return {};
  }
  std::size_t last = 0;
  std::atomic<std::size_t> seen{0};

 private:
  const std::vector<char>& text_;
  std::size_t stop_at_;
};

}  // namespace

TEST_CASE("bulk addresses are those of single keys on every network and form") {
  constexpr std::size_t count = 20;
  const auto parent = external("bitcoin", AddressForm::p2wpkh);
  for (const Network* network : NetworkTable().rows()) {
    for (int number = 1; number < 100; ++number) {
      const auto form = static_cast<AddressForm>(number);
      const auto single = has_form(*network, form)
                              ? address_of(*network, parent.derive(5)->public_key(), form)
                              : coffer::Error{Code::unsupported, ""};
      if (network->curve != Curve::secp256k1 || !single) {
        continue;
      }
      INFO(network->name << " " << std::string(name_of(form)));
      std::vector<char> text(count * address_stride, 'x');
      REQUIRE(derive_addresses(*network, form, parent, 1, {text}).has_value());
      CHECK(text_at(text, 4) == *single);
      for (std::size_t i = 0; i < count; ++i) {
        const auto expected =
            address_of(*network, parent.derive(1 + std::uint32_t(i))->public_key(), form);
        CHECK(text_at(text, i) == *expected);
        CHECK(text[(i + 1) * address_stride - 1] == '\0');
      }
    }
  }
}

TEST_CASE("many addresses are the same in any number of threads") {
  constexpr std::size_t count = 3000;
  const auto parent = external("ethereum", AddressForm::evm);
  std::vector<char> one(count * 43);
  std::vector<char> three(count * 43);
  std::vector<PublicKey> keys(count);
  REQUIRE(derive_addresses(row("bsc"), AddressForm::evm, parent, 0, {one, 43}, keys).has_value());
  REQUIRE(derive_addresses(row("bsc"), AddressForm::evm, parent, 0, {three, 43}, {}, {3, nullptr})
              .has_value());
  CHECK(one == three);
  CHECK(text_at(one, 0, 43) == "0x9858EfFD232B4033E47d90003D41EC34EcaEda94");
  CHECK(text_at(one, 2999, 43) == *address_of(row("ethereum"), parent.derive(2999)->public_key()));
  CHECK(keys[2999] == parent.derive(2999)->public_key());
}

TEST_CASE("an observer sees addresses that are in place, and may stop") {
  const auto parent = external("bitcoin", AddressForm::p2wpkh);
  std::vector<char> text(2000 * address_stride);
  Watcher watcher(text);
  REQUIRE(
      derive_addresses(row("bitcoin"), AddressForm::p2wpkh, parent, 0, {text}, {}, {2, &watcher})
          .has_value());
  CHECK(watcher.last == 2000);
  CHECK(watcher.seen == 2000);
  Watcher impatient(text, 256);
  const auto status =
      derive_addresses(row("bitcoin"), AddressForm::p2wpkh, parent, 0, {text}, {}, {1, &impatient});
  CHECK(status.error().code == Code::cancelled);
  CHECK(impatient.last == 256);
}

TEST_CASE("ed25519 networks derive in bulk from a private parent") {
  const auto solana = abandon_about(Curve::ed25519).derive(Path{hardened(44), hardened(501)});
  std::vector<char> text(3 * address_stride);
  REQUIRE(derive_addresses(row("solana"), AddressForm::solana, *solana, hardened(0),
                           Path{hardened(0)}, {text})
              .has_value());
  CHECK(text_at(text, 0) == "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk");
  const auto stellar = abandon_about(Curve::ed25519).derive(Path{hardened(44), hardened(148)});
  REQUIRE(derive_addresses(row("stellar"), AddressForm::network_default, *stellar, hardened(0),
                           Path(), {text})
              .has_value());
  CHECK(text_at(text, 0) == "GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX");
  CHECK(text_at(text, 2).size() == 56);
}

TEST_CASE("a private parent gives each user an account of its own") {
  const auto accounts = abandon_about(Curve::secp256k1).derive(Path{hardened(84), hardened(0)});
  std::vector<char> text(2 * address_stride);
  std::vector<PublicKey> keys(2);
  REQUIRE(derive_addresses(row("bitcoin"), AddressForm::p2wpkh, *accounts, hardened(0), Path{0, 0},
                           {text}, keys)
              .has_value());
  CHECK(text_at(text, 0) == "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
}

TEST_CASE("a bulk call that can't work is refused before it begins") {
  const auto parent = external("bitcoin", AddressForm::p2wpkh);
  const auto& bitcoin = row("bitcoin");
  std::vector<char> text(10 * address_stride);
  std::vector<PublicKey> keys(9);
  const auto code = [](const coffer::Status& status) { return status.error().code; };
  CHECK(code(derive_addresses(row("dogecoin"), AddressForm::p2tr, parent, 0, {text})) ==
        Code::unsupported);
  CHECK(code(derive_addresses(bitcoin, AddressForm::p2wsh, parent, 0, {text})) ==
        Code::unsupported);
  CHECK(derive_addresses(row("solana"), AddressForm::solana, parent, 0, {text}).error().message ==
        "parent: its key is on secp256k1, network solana needs one on ed25519");
  CHECK(derive_addresses(bitcoin, AddressForm::p2wpkh, parent, 0, {text, 42}).error().message ==
        "stride: an address of bitcoin takes 43 bytes with its NUL, not 42");
  CHECK(code(derive_addresses(bitcoin, AddressForm::p2wpkh, parent, 0, {text, 0})) ==
        Code::buffer_too_small);
  CHECK(derive_addresses(bitcoin, AddressForm::p2wpkh, parent, 0, {text}, keys).error().message ==
        "public_keys: there is room for 9 keys and 10 addresses");
  CHECK(code(derive_addresses(bitcoin, AddressForm::p2wpkh, parent, hardened(0), {text})) ==
        Code::hardened_from_public);
  CHECK(derive_addresses(bitcoin, AddressForm::p2wpkh, parent, 0, {std::span<char>()}).has_value());
}
