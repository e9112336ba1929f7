// SPDX-License-Identifier: MIT
// Forms: wallets, transactions and reconciliations as the documents write them in JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/engine/engine.hpp>
#include <nlohmann/json.hpp>

namespace demo {

/// Members in the order of the documents.
using Json = nlohmann::ordered_json;

/// How times are written: shifted by so many minutes from UTC.
struct Zone {
  std::int64_t offset_minutes = 0;
};

/// "+08:00" as minutes; none when it is no offset.
[[nodiscard]] std::optional<Zone> parse_zone(std::string_view text);

/// RFC 3339 with an offset, to the nanosecond when there are any: a time that was read here and is
/// given back as the border of a range names the same moment.
[[nodiscard]] std::string text_of(coffer::Timestamp time, Zone zone);
/// A decimal without zeros at its end: "100", "0.5", as the documents have it.
[[nodiscard]] std::string text_of(const coffer::Amount& amount, const coffer::Asset& asset);

[[nodiscard]] Json form_of(const coffer::Wallet& wallet, const coffer::Amount& balance,
                           coffer::Timestamp updated_at, Zone zone);
[[nodiscard]] Json form_of(const coffer::WalletTransaction& transaction, const coffer::Asset& asset,
                           Zone zone);
[[nodiscard]] Json form_of(const coffer::Reconciliation& record, const coffer::Asset& asset,
                           Zone zone);

}  // namespace demo
