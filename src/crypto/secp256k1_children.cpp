// SPDX-License-Identifier: MIT
// The table of d * 256^w * G and sums over it; public API of libsecp256k1 only.
#include "crypto/secp256k1_children.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include "crypto/secp256k1_context.hpp"

namespace coffer::crypto::secp256k1 {

namespace {

constexpr std::size_t window_count = 32;
constexpr std::size_t digit_count = 255;

// Entry (w, d) is d * 256^w * G for the digits 1 to 255.
class Table {
 public:
  Table() : points_(window_count * digit_count) {
    std::array<std::uint8_t, 32> scalar{};
    for (std::size_t w = 0; w < window_count; ++w) {
      scalar.fill(0);
      scalar[31 - w] = 1;
      secp256k1_pubkey* const row = points_.data() + w * digit_count;
      // Neither can fail: no multiple up to 255 * 256^31 of G is the point at infinity.
      [[maybe_unused]] int done = secp256k1_ec_pubkey_create(context(), &row[0], scalar.data());
      for (std::size_t d = 1; d < digit_count; ++d) {
        const std::array<const secp256k1_pubkey*, 2> terms{&row[d - 1], &row[0]};
        done = secp256k1_ec_pubkey_combine(context(), &row[d], terms.data(), 2);
      }
    }
  }
  [[nodiscard]] const secp256k1_pubkey* at(std::size_t window, std::uint8_t digit) const noexcept {
    return &points_[window * digit_count + digit - 1U];
  }

 private:
  std::vector<secp256k1_pubkey> points_;
};

std::atomic<bool> is_table_made{false};

const Table& table() {
  static const Table* const shared = [] {
    const Table* made = new Table;
    is_table_made = true;
    return made;
  }();
  return *shared;
}

constexpr std::array<std::uint8_t, 32> order = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41};

secp256k1_pubkey load(const std::array<std::uint8_t, 64>& bytes) noexcept {
  secp256k1_pubkey key;
  std::memcpy(key.data, bytes.data(), bytes.size());
  return key;
}

}  // namespace

std::optional<PublicChildren> PublicChildren::of(std::span<const std::uint8_t> parent) {
  const auto parsed = parse(parent);
  if (!parsed) {
    return std::nullopt;
  }
  static_cast<void>(table());
  PublicChildren children;
  static_assert(sizeof(parsed->data) == sizeof(children.parent_));
  std::memcpy(children.parent_.data(), parsed->data, children.parent_.size());
  return children;
}

bool PublicChildren::has_table() noexcept { return is_table_made; }

std::optional<UncompressedKey> PublicChildren::child(SecretView tweak) const noexcept {
  if (!std::lexicographical_compare(tweak.begin(), tweak.end(), order.begin(), order.end())) {
    return std::nullopt;
  }
  const secp256k1_pubkey parent = load(parent_);
  std::array<const secp256k1_pubkey*, window_count + 1> terms;
  std::size_t count = 0;
  terms[count++] = &parent;
  const Table& points = table();
  for (std::size_t w = 0; w < window_count; ++w) {
    if (const std::uint8_t digit = tweak[31 - w]; digit != 0) {
      terms[count++] = points.at(w, digit);
    }
  }
  secp256k1_pubkey sum;
  if (secp256k1_ec_pubkey_combine(context(), &sum, terms.data(), count) != 1) {
    return std::nullopt;
  }
  return serialise_whole(sum);
}

std::optional<UncompressedKey> PublicChildren::child_plainly(SecretView tweak) const noexcept {
  secp256k1_pubkey key = load(parent_);
  if (secp256k1_ec_pubkey_tweak_add(context(), &key, tweak.data()) != 1) {
    return std::nullopt;
  }
  return serialise_whole(key);
}

}  // namespace coffer::crypto::secp256k1
