// SPDX-License-Identifier: MIT
// Bitcoin Script as text of bytes: operations one by one, pushes, numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "chain/bitcoin/wire.hpp"

namespace coffer::chain::bitcoin {

/// The operations that are known here, by their bytes; pushes of 1 to 75 bytes are their size.
enum class Op : std::uint8_t {
  push_empty = 0x00,
  push_data1 = 0x4c,
  push_data2 = 0x4d,
  push_data4 = 0x4e,
  push_negative = 0x4f,
  push_1 = 0x51,
  push_16 = 0x60,
  if_true = 0x63,
  if_false = 0x64,
  otherwise = 0x67,
  end_if = 0x68,
  verify = 0x69,
  fail = 0x6a,  ///< OP_RETURN
  to_alternative = 0x6b,
  from_alternative = 0x6c,
  duplicate_if = 0x73,
  depth = 0x74,
  drop = 0x75,
  duplicate = 0x76,
  over = 0x78,
  swap = 0x7c,
  size = 0x82,
  equal = 0x87,
  equal_verify = 0x88,
  negated = 0x91,  ///< OP_NOT
  not_zero = 0x92,
  add = 0x93,
  both = 0x9a,
  either = 0x9b,
  same_number = 0x9c,
  same_number_verify = 0x9d,
  ripemd160 = 0xa6,
  sha256 = 0xa8,
  hash160 = 0xa9,
  hash256 = 0xaa,
  code_separator = 0xab,
  check_signature = 0xac,
  check_signature_verify = 0xad,
  check_multisig = 0xae,
  check_multisig_verify = 0xaf,
  check_lock_time = 0xb1,
  check_sequence = 0xb2,
  check_signature_add = 0xba,
};

/// One operation.
struct ScriptStep {
  std::uint8_t op = 0;
  std::span<const std::uint8_t> data;  ///< What a push pushes; empty otherwise.
  bool is_push = false;                ///< A push of bytes (not of a small number).
  bool is_minimal = true;              ///< A push in its shortest form.
};

/// Takes scripts apart.
class ScriptReader {
 public:
  explicit ScriptReader(std::span<const std::uint8_t> script) noexcept : rest_(script) {}
  /// The next operation; none at the end, or where a push reaches beyond it (`is_broken`).
  [[nodiscard]] std::optional<ScriptStep> next() noexcept;
  [[nodiscard]] bool is_broken() const noexcept { return is_broken_; }

 private:
  std::span<const std::uint8_t> rest_;
  bool is_broken_ = false;
};

/// Appends the shortest push of `bytes` that does not read them as a number.
void put_push(std::span<const std::uint8_t> bytes, Bytes& script);

/// A number on the stack: little-endian with a sign bit, at most `size_max` bytes, shortest form;
/// none otherwise.
[[nodiscard]] std::optional<std::int64_t> script_number(std::span<const std::uint8_t> bytes,
                                                        std::size_t size_max) noexcept;
/// The reverse.
[[nodiscard]] Bytes script_number_bytes(std::int64_t value);

/// The version and the program, if the script is that of a segwit output.
struct WitnessScript {
  std::uint8_t version = 0;
  std::span<const std::uint8_t> program;
};
[[nodiscard]] std::optional<WitnessScript> witness_script_of(
    std::span<const std::uint8_t> script) noexcept;
/// The hash, if the script is that of a P2SH output.
[[nodiscard]] std::optional<std::span<const std::uint8_t>> script_hash_of(
    std::span<const std::uint8_t> script) noexcept;
/// The script of a P2PKH output; also what a signature for P2WPKH covers.
[[nodiscard]] Bytes key_hash_script(std::span<const std::uint8_t> hash);

}  // namespace coffer::chain::bitcoin
