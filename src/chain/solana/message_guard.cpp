// SPDX-License-Identifier: MIT
// Walks the message part of a chain tx without keeping anything of it.
#include "chain/solana/message_guard.hpp"

#include <cstddef>

namespace coffer::chain::solana {

namespace {

class Walk {
 public:
  explicit Walk(std::span<const std::uint8_t> bytes) noexcept : rest_(bytes) {}

  void skip(std::size_t size) noexcept {
    has_failed_ = has_failed_ || size > rest_.size();
    rest_ = has_failed_ ? rest_.first(0) : rest_.subspan(size);
  }

  std::size_t byte() noexcept {
    const std::size_t value = rest_.empty() ? 0 : rest_[0];
    skip(1);
    return value;
  }

  // The variable-length 16-bit number of Solana's arrays.
  std::size_t count() noexcept {
    std::size_t value = 0;
    for (unsigned shift = 0; shift < 21 && !has_failed_; shift += 7) {
      const std::size_t part = byte();
      value |= (part & 0x7f) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    has_failed_ = true;
    return 0;
  }

  void skip_items(std::size_t item_size) noexcept { skip(count() * item_size); }

  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }
  [[nodiscard]] bool is_finished() const noexcept { return !has_failed_ && rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool has_failed_ = false;
};

}  // namespace

bool is_chain_tx(std::span<const std::uint8_t> bytes) noexcept {
  constexpr std::uint8_t version_mark = 0x80;
  constexpr std::size_t key_size = 32;
  Walk walk(bytes);
  const bool has_version = !bytes.empty() && (bytes[0] & version_mark) != 0;
  if (has_version && walk.byte() != version_mark) {
    // Of the versions to come only those that no text in UTF-8 begins with: a message in Chinese
    // must not be taken for one.
    return bytes[0] < 0xc0;
  }
  const std::size_t signers = walk.byte();
  walk.skip(2);
  const std::size_t keys = walk.count();
  walk.skip(keys * key_size);
  walk.skip(key_size);  // A recent block's hash.
  for (std::size_t left = walk.count(); left > 0 && !walk.has_failed(); --left) {
    walk.skip(1);
    walk.skip_items(1);
    walk.skip_items(1);
  }
  for (std::size_t left = has_version ? walk.count() : 0; left > 0 && !walk.has_failed(); --left) {
    walk.skip(key_size);
    walk.skip_items(1);
    walk.skip_items(1);
  }
  return walk.is_finished() && signers > 0 && signers <= keys;
}

}  // namespace coffer::chain::solana
