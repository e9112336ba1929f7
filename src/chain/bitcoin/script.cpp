// SPDX-License-Identifier: MIT
// Taking scripts apart and their numbers.
#include "chain/bitcoin/script.hpp"

namespace coffer::chain::bitcoin {

namespace {

constexpr std::uint8_t byte_of(Op op) noexcept { return static_cast<std::uint8_t>(op); }

// Whether no shorter operation pushes the same bytes.
bool is_shortest(std::uint8_t op, std::span<const std::uint8_t> data) noexcept {
  if (data.empty()) {
    return op == byte_of(Op::push_empty);
  }
  if (data.size() == 1 && ((data[0] >= 1 && data[0] <= 16) || data[0] == 0x81)) {
    return false;
  }
  if (data.size() <= 75) {
    return op == data.size();
  }
  if (data.size() <= 0xff) {
    return op == byte_of(Op::push_data1);
  }
  return op == byte_of(data.size() <= 0xffff ? Op::push_data2 : Op::push_data4);
}

}  // namespace

std::optional<ScriptStep> ScriptReader::next() noexcept {
  if (rest_.empty()) {
    return std::nullopt;
  }
  ScriptStep step;
  step.op = rest_[0];
  rest_ = rest_.subspan(1);
  if (step.op > byte_of(Op::push_data4)) {
    return step;
  }
  WireReader reader(rest_);
  std::uint64_t size = step.op;
  if (step.op >= byte_of(Op::push_data1)) {
    size = reader.number(std::size_t{1} << (step.op - byte_of(Op::push_data1)));
  }
  step.is_push = true;
  step.data = reader.take(static_cast<std::size_t>(size));
  if (reader.has_failed()) {
    is_broken_ = true;
    rest_ = {};
    return std::nullopt;
  }
  step.is_minimal = is_shortest(step.op, step.data);
  rest_ = reader.rest();
  return step;
}

void put_push(std::span<const std::uint8_t> bytes, Bytes& script) {
  if (bytes.size() > 75) {
    const std::size_t width = bytes.size() <= 0xff ? 1 : bytes.size() <= 0xffff ? 2 : 4;
    script.push_back(byte_of(width == 1   ? Op::push_data1
                             : width == 2 ? Op::push_data2
                                          : Op::push_data4));
    put_number(bytes.size(), width, script);
  } else {
    script.push_back(static_cast<std::uint8_t>(bytes.size()));
  }
  put_bytes(bytes, script);
}

std::optional<std::int64_t> script_number(std::span<const std::uint8_t> bytes,
                                          std::size_t size_max) noexcept {
  if (bytes.empty()) {
    return 0;
  }
  const std::uint8_t top = bytes.back();
  const bool needs_top =
      (top & 0x7f) != 0 || (bytes.size() > 1 && (bytes[bytes.size() - 2] & 0x80) != 0);
  if (bytes.size() > size_max || !needs_top) {
    return std::nullopt;
  }
  std::int64_t value = top & 0x7f;
  for (std::size_t i = bytes.size() - 1; i > 0; --i) {
    value = value << 8 | bytes[i - 1];
  }
  return (top & 0x80) != 0 ? -value : value;
}

Bytes script_number_bytes(std::int64_t value) {
  Bytes bytes;
  for (std::uint64_t rest = static_cast<std::uint64_t>(value < 0 ? -value : value); rest != 0;
       rest >>= 8) {
    bytes.push_back(static_cast<std::uint8_t>(rest));
  }
  const std::uint8_t sign{value < 0 ? std::uint8_t{0x80} : std::uint8_t{0}};
  if (!bytes.empty() && (bytes.back() & 0x80) != 0) {
    bytes.push_back(sign);
  } else if (!bytes.empty()) {
    bytes.back() = static_cast<std::uint8_t>(bytes.back() | sign);
  }
  return bytes;
}

std::optional<WitnessScript> witness_script_of(std::span<const std::uint8_t> script) noexcept {
  if (script.size() < 4 || script.size() > 42 || script[1] + std::size_t{2} != script.size()) {
    return std::nullopt;
  }
  if (script[0] == 0) {
    return WitnessScript{0, script.subspan(2)};
  }
  if (script[0] < byte_of(Op::push_1) || script[0] > byte_of(Op::push_16)) {
    return std::nullopt;
  }
  return WitnessScript{static_cast<std::uint8_t>(script[0] - byte_of(Op::push_1) + 1),
                       script.subspan(2)};
}

std::optional<std::span<const std::uint8_t>> script_hash_of(
    std::span<const std::uint8_t> script) noexcept {
  if (script.size() != 23 || script[0] != byte_of(Op::hash160) || script[1] != 20 ||
      script[22] != byte_of(Op::equal)) {
    return std::nullopt;
  }
  return script.subspan(2, 20);
}

Bytes key_hash_script(std::span<const std::uint8_t> hash) {
  Bytes script = {byte_of(Op::duplicate), byte_of(Op::hash160)};
  put_push(hash, script);
  script.push_back(byte_of(Op::equal_verify));
  script.push_back(byte_of(Op::check_signature));
  return script;
}

}  // namespace coffer::chain::bitcoin
