// SPDX-License-Identifier: MIT
// Polynomials over GF(256), multiplied bit by bit: a table's cache lines would show secret bytes.
#include "keys/shamir.hpp"

#include <algorithm>

#include "crypto/hmac.hpp"
#include "crypto/wiped.hpp"

namespace coffer::keys {

namespace {

constexpr std::uint8_t secret_x = 255;
constexpr std::uint8_t digest_x = 254;
constexpr std::size_t digest_size = 4;

// Multiplication modulo x^8 + x^4 + x^3 + x + 1 without a branch on either factor.
std::uint8_t multiply(std::uint8_t a, std::uint8_t b) noexcept {
  unsigned left = a;
  unsigned right = b;
  unsigned product = 0;
  for (int bit = 0; bit < 8; ++bit) {
    product ^= left & (0U - (right & 1U));
    left = left << 1 ^ (0x11bU & (0U - (left >> 7 & 1U)));
    right >>= 1;
  }
  return static_cast<std::uint8_t>(product);
}

// a^254, which is 1/a.
std::uint8_t inverse(std::uint8_t a) noexcept {
  std::uint8_t power = 1;
  for (int i = 0; i < 254; ++i) {
    power = multiply(power, a);
  }
  return power;
}

// The polynomials through all points, at `x`.
Secret interpolate(const std::vector<Point>& points, std::uint8_t x) {
  Secret result(points.front().y.size());
  for (const Point& point : points) {
    std::uint8_t above = 1;
    std::uint8_t below = 1;
    for (const Point& other : points) {
      if (other.x != point.x) {
        above = multiply(above, x ^ other.x);
        below = multiply(below, point.x ^ other.x);
      }
    }
    const std::uint8_t factor = multiply(above, inverse(below));
    for (std::size_t i = 0; i < result.size(); ++i) {
      result.bytes()[i] ^= multiply(point.y.bytes()[i], factor);
    }
  }
  return result;
}

void digest_of(std::span<const std::uint8_t> key, std::span<const std::uint8_t> secret,
               crypto::Wiped<32>& digest) noexcept {
  crypto::hmac_sha256(key, secret, digest.span());
}

}  // namespace

Result<std::vector<Point>> shamir_split(std::span<const std::uint8_t> secret, unsigned threshold,
                                        unsigned count, RandomSource& random) {
  std::vector<Point> shares;
  if (threshold == 1) {
    for (unsigned i = 0; i < count; ++i) {
      shares.push_back({static_cast<std::uint8_t>(i), Secret::copy_of(secret)});
    }
    return shares;
  }
  std::vector<Point> base;
  for (unsigned i = 0; i < threshold - 2; ++i) {
    Secret value(secret.size());
    COFFER_TRY(random.fill(value.bytes()));
    shares.push_back({static_cast<std::uint8_t>(i), Secret::copy_of(value.bytes())});
    base.push_back({static_cast<std::uint8_t>(i), std::move(value)});
  }
  Secret digest(secret.size());
  COFFER_TRY(random.fill(digest.bytes().subspan(digest_size)));
  crypto::Wiped<32> mac;
  digest_of(digest.bytes().subspan(digest_size), secret, mac);
  std::copy_n(mac.data(), digest_size, digest.bytes().begin());
  base.push_back({digest_x, std::move(digest)});
  base.push_back({secret_x, Secret::copy_of(secret)});
  for (unsigned i = threshold - 2; i < count; ++i) {
    const auto x = static_cast<std::uint8_t>(i);
    shares.push_back({x, interpolate(base, x)});
  }
  return shares;
}

std::optional<Secret> shamir_combine(const std::vector<Point>& points) {
  if (points.size() == 1) {
    return Secret::copy_of(points.front().y.bytes());
  }
  Secret secret = interpolate(points, secret_x);
  const Secret digest = interpolate(points, digest_x);
  crypto::Wiped<32> mac;
  digest_of(digest.bytes().subspan(digest_size), secret.bytes(), mac);
  if (!equal_constant_time(mac.part<0, digest_size>(), digest.bytes().first(digest_size))) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace coffer::keys
