// SPDX-License-Identifier: MIT
// How addresses are refused: what the reasons have in common.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>

namespace coffer::chain {

// A message never repeats the text that was refused: it may be a private key in the wrong field.

/// "address: " and the reason.
[[nodiscard]] Error refused(Code code, std::string_view reason);

/// `unsupported`: the network has no addresses of that form.
[[nodiscard]] Error no_such_form(const Network& network, AddressForm form);

/// "character 'l' at position 7 is not one of Base58", for the first character of `text` that is
/// not in `alphabet`; none when all are. `offset` is where `text` begins in the whole.
[[nodiscard]] std::optional<Error> foreign_character(std::string_view text,
                                                     std::string_view alphabet,
                                                     std::string_view alphabet_name,
                                                     std::size_t offset = 0);

/// A byte as two hexadecimal digits after "0x".
[[nodiscard]] std::string hex_byte(unsigned byte);

}  // namespace coffer::chain
