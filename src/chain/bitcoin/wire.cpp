// SPDX-License-Identifier: MIT
// The wire format, number by number.
#include "chain/bitcoin/wire.hpp"

namespace coffer::chain::bitcoin {

std::span<const std::uint8_t> WireReader::take(std::size_t size) noexcept {
  if (has_failed_ || size > rest_.size()) {
    has_failed_ = true;
    rest_ = {};
    return {};
  }
  const auto taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

std::uint64_t WireReader::number(std::size_t size) noexcept {
  std::uint64_t value = 0;
  unsigned shift = 0;
  for (const std::uint8_t byte : take(size)) {
    value |= std::uint64_t{byte} << shift;
    shift += 8;
  }
  return value;
}

std::uint64_t WireReader::compact_size() noexcept {
  const std::uint64_t first = number(1);
  if (first < 0xfd) {
    return first;
  }
  const std::size_t size = first == 0xfd ? 2 : first == 0xfe ? 4 : 8;
  const std::uint64_t least = first == 0xfd ? 0xfd : first == 0xfe ? 0x10000 : 0x100000000;
  const std::uint64_t value = number(size);
  if (value < least) {
    has_failed_ = true;
    return 0;
  }
  return value;
}

std::size_t WireReader::count(std::size_t item_size) noexcept {
  const std::uint64_t value = compact_size();
  if (value > rest_.size() / item_size) {
    has_failed_ = true;
    return 0;
  }
  return static_cast<std::size_t>(value);
}

std::array<std::uint8_t, 32> WireReader::hash() noexcept {
  std::array<std::uint8_t, 32> out{};
  std::size_t at = 0;
  for (const std::uint8_t byte : take(32)) {
    out[at++] = byte;
  }
  return out;
}

Bytes WireReader::sized_bytes() {
  const auto taken = take(count(1));
  return {taken.begin(), taken.end()};
}

void put_number(std::uint64_t value, std::size_t size, Bytes& out) {
  for (std::size_t i = 0; i < size; ++i) {
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
}

void put_compact_size(std::uint64_t value, Bytes& out) {
  const std::size_t size = value < 0xfd ? 1 : value < 0x10000 ? 2 : value < 0x100000000 ? 4 : 8;
  if (size > 1) {
    out.push_back(size == 2 ? 0xfd : size == 4 ? 0xfe : 0xff);
  }
  put_number(value, size, out);
}

void put_bytes(std::span<const std::uint8_t> bytes, Bytes& out) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void put_sized_bytes(std::span<const std::uint8_t> bytes, Bytes& out) {
  put_compact_size(bytes.size(), out);
  put_bytes(bytes, out);
}

std::vector<Bytes> read_witness(WireReader& reader) {
  std::vector<Bytes> witness;
  for (std::size_t left = reader.count(1); left > 0 && !reader.has_failed(); --left) {
    witness.push_back(reader.sized_bytes());
  }
  return witness;
}

void put_witness(std::span<const Bytes> witness, Bytes& out) {
  put_compact_size(witness.size(), out);
  for (const Bytes& item : witness) {
    put_sized_bytes(item, out);
  }
}

}  // namespace coffer::chain::bitcoin
