// SPDX-License-Identifier: MIT
// Tests of bulk derivation: the same keys as one by one, in any number of threads.
#include <coffer/keys/bulk.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "crypto/secp256k1.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

ExtendedPrivateKey account(Curve curve = Curve::secp256k1) {
  auto key = ExtendedPrivateKey::from_seed(from_hex("000102030405060708090a0b0c0d0e0f"), curve);
  REQUIRE(key.has_value());
  auto node = key->derive(Path::account(84, 0, 0));
  REQUIRE(node.has_value());
  return std::move(*node);
}

class Watcher final : public BulkObserver {
 public:
  explicit Watcher(std::size_t stop_at = ~std::size_t{0}) : stop_at_(stop_at) {}
  bool on_progress(std::size_t done, std::size_t total) noexcept override {
    is_ordered = is_ordered && done > last && done <= total;
    last = done;
    return done < stop_at_;
  }
  coffer::Status on_children(std::size_t, std::span<const PublicKey> keys) noexcept override {
    seen += keys.size();
    return {};
  }
  std::size_t last = 0;
  bool is_ordered = true;
  std::atomic<std::size_t> seen{0};

 private:
  std::size_t stop_at_;
};

class PointWatcher final : public BulkObserver {
 public:
  explicit PointWatcher(std::vector<PublicPoint>& points) : points_(points) {}
  bool wants_points() const noexcept override { return true; }
  coffer::Status on_points(std::size_t offset,
                           std::span<const PublicPoint> points) noexcept override {
    std::copy(points.begin(), points.end(), points_.begin() + static_cast<std::ptrdiff_t>(offset));
    return {};
  }

 private:
  std::vector<PublicPoint>& points_;
};

class Refusing final : public BulkObserver {
 public:
  coffer::Status on_children(std::size_t offset, std::span<const PublicKey>) noexcept override {
    if (offset >= 512) {
      return coffer::Error{Code::storage_full, "no room"};
    }
    return {};
  }
};

}  // namespace

TEST_CASE("bulk public children are those of single derivation, with and without the table") {
  const auto parent = account().to_public();
  std::vector<PublicKey> few(300);
  REQUIRE(derive_public_children(parent, 7, few).has_value());
  std::vector<PublicKey> many(3000);
  REQUIRE(derive_public_children(parent, 0, many).has_value());
  for (std::uint32_t i = 0; i < 300; i += 13) {
    CHECK(few[i] == parent.derive(7 + i)->public_key());
    CHECK(many[i] == parent.derive(i)->public_key());
    CHECK(many[2999 - i] == parent.derive(2999 - i)->public_key());
  }
  CHECK(std::equal(few.begin(), few.end(), many.begin() + 7));
}

TEST_CASE("bulk derivation gives the same in any number of threads") {
  const auto parent = account();
  std::vector<PublicKey> one(1500);
  std::vector<PublicKey> four(1500);
  std::vector<PrivateKeyBytes> secrets(1500);
  REQUIRE(derive_public_children(parent.to_public(), 5, one).has_value());
  REQUIRE(derive_public_children(parent.to_public(), 5, four, {4, nullptr}).has_value());
  CHECK(one == four);
  REQUIRE(derive_children(parent, 5, Path(), four, secrets, {0, nullptr}).has_value());
  CHECK(one == four);
  CHECK(hex_of(secrets[9]) == hex_of(parent.derive(14)->private_key()));
}

TEST_CASE("bulk derivation follows hardened children and a tail") {
  const auto parent = account();
  const auto solana = account(Curve::ed25519);
  std::vector<PublicKey> keys(20);
  std::vector<PrivateKeyBytes> secrets(20);
  REQUIRE(derive_children(parent, hardened(3), Path{0, 1}, keys, secrets).has_value());
  const auto expected = parent.derive(Path{hardened(3 + 11), 0, 1});
  CHECK(keys[11] == expected->to_public().public_key());
  CHECK(hex_of(secrets[11]) == hex_of(expected->private_key()));
  REQUIRE(derive_children(solana, hardened(0), Path{hardened(0)}, keys).has_value());
  CHECK(keys[19] == solana.derive(Path{hardened(19), hardened(0)})->to_public().public_key());
  const auto nist = account(Curve::nist256p1);
  REQUIRE(derive_children(nist, 0, Path{4}, keys).has_value());
  CHECK(keys[2] == nist.derive(Path{2, 4})->to_public().public_key());
  REQUIRE(derive_public_children(nist.to_public(), 0, keys).has_value());
  CHECK(keys[2] == nist.derive(2)->to_public().public_key());
}

TEST_CASE("an observer sees all children and the progress in order") {
  const auto parent = account().to_public();
  std::vector<PublicKey> keys(1000);
  Watcher watcher;
  REQUIRE(derive_public_children(parent, 0, keys, {3, &watcher}).has_value());
  CHECK(watcher.last == 1000);
  CHECK(watcher.is_ordered);
  CHECK(watcher.seen == 1000);
}

TEST_CASE("an observer that wants points gets both coordinates of every child") {
  const auto parent = account();
  std::vector<PublicKey> keys(3000);
  const auto check = [&](const std::vector<PublicPoint>& points) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto point = coffer::crypto::secp256k1::uncompress(keys[i]);
      REQUIRE(point.has_value());
      REQUIRE(points[i] == *point);
    }
  };
  std::vector<PublicPoint> points(keys.size());
  PointWatcher watcher(points);
  REQUIRE(derive_public_children(parent.to_public(), 0, keys, {2, &watcher}).has_value());
  check(points);
  keys.resize(10);
  points.assign(10, {});
  REQUIRE(derive_public_children(parent.to_public(), 9, keys, {1, &watcher}).has_value());
  check(points);
  points.assign(10, {});
  REQUIRE(derive_children(parent, hardened(0), Path{1}, keys, {}, {1, &watcher}).has_value());
  check(points);
  // ed25519 has none.
  points.assign(10, {});
  REQUIRE(derive_children(account(Curve::ed25519), hardened(0), Path(), keys, {}, {1, &watcher})
              .has_value());
  CHECK(points == std::vector<PublicPoint>(10));
}

TEST_CASE("a cancelled derivation has valid children as far as it told") {
  const auto parent = account().to_public();
  for (const unsigned threads : {1U, 2U}) {
    std::vector<PublicKey> keys(5000);
    Watcher watcher(600);
    const auto status = derive_public_children(parent, 0, keys, {threads, &watcher});
    // The second thread may finish all the rest while the first is kept from its first chunk.
    if (threads == 1 || watcher.last < 5000) {
      CHECK(status.error().code == Code::cancelled);
    }
    REQUIRE(watcher.last >= 600);
    CHECK(keys[watcher.last - 1] ==
          parent.derive(static_cast<std::uint32_t>(watcher.last - 1))->public_key());
  }
}

TEST_CASE("bulk derivation refuses what has no children and passes errors on") {
  const auto parent = account();
  std::vector<PublicKey> keys(1000);
  std::vector<PrivateKeyBytes> secrets(999);
  CHECK(derive_public_children(parent.to_public(), hardened(0), keys).error().code ==
        Code::hardened_from_public);
  CHECK(derive_public_children(account(Curve::ed25519).to_public(), 0, keys).error().code ==
        Code::hardened_from_public);
  CHECK(derive_public_children(parent.to_public(), 0x7fffffff, keys).error().code ==
        Code::out_of_range);
  CHECK(derive_children(parent, hardened(0x7fffffff), Path(), keys).error().code ==
        Code::out_of_range);
  CHECK(derive_children(parent, 0, Path(), keys, secrets).error().code == Code::invalid_argument);
  CHECK(derive_children(account(Curve::ed25519), 0, Path(), keys).error().code ==
        Code::derivation_path);
  CHECK(derive_children(parent, 0, Path(std::vector<std::uint32_t>(252)), keys).error().code ==
        Code::derivation_path);
  Refusing refusing;
  CHECK(derive_public_children(parent.to_public(), 0, keys, {2, &refusing}).error().code ==
        Code::storage_full);
  CHECK(derive_public_children(parent.to_public(), 0, {}).has_value());
}
