// SPDX-License-Identifier: MIT
// Values of EIP-712 typed data as the 32 bytes that stand for them in a hash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <coffer/core/result.hpp>

#include "chain/ethereum/typed_schema.hpp"
#include "keys/json.hpp"

namespace coffer::chain::ethereum {

using Word = std::array<std::uint8_t, 32>;

/// A whole number from a JSON number or text; 256 bits in two's complement.
/// Fails with `invalid_argument`, `out_of_range`; the message begins with `place`.
[[nodiscard]] Result<Word> integer_word(const keys::JsonValue& value, std::size_t bits,
                                        bool is_signed, const std::string& place);

/// A value of a type that is neither an array nor a struct. Fails as above.
[[nodiscard]] Result<Word> atomic_word(const keys::JsonValue& value, const TypedType& type,
                                       const std::string& place);

}  // namespace coffer::chain::ethereum
