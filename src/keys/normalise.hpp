// SPDX-License-Identifier: MIT
// Unicode normalisation of words and passwords: one text whatever keyboard it was typed on.
#pragma once

#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>

namespace coffer::keys {

/// `text` in the decomposed form that BIP-39 prescribes (Unicode NFKD).
///
/// Fails with `out_of_range` (longer than 65,536 bytes), `invalid_utf8`. `what` names the text in
/// the message.
[[nodiscard]] Result<Secret> nfkd(std::string_view text, std::string_view what);

/// The same in the composed form that BIP-38 prescribes (Unicode NFC).
[[nodiscard]] Result<Secret> nfc(std::string_view text, std::string_view what);

}  // namespace coffer::keys
