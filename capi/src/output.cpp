// SPDX-License-Identifier: MIT
// Values as the structs of the C headers.
#include "output.hpp"

#include <string>

#include "input.hpp"

namespace coffer::capi {

Status put_text(std::string_view text, char* buffer, std::size_t size, std::size_t* needed_out) {
  const std::size_t needed = text.size() + 1;
  put_if(needed_out, needed);
  if (size < needed) {
    return Error{Code::buffer_too_small, "buffer: " + std::to_string(size) + " bytes, " +
                                             std::to_string(needed) + " are needed"};
  }
  COFFER_TRY(require(buffer, "buffer"));
  text.copy(buffer, text.size());
  buffer[text.size()] = '\0';
  return {};
}

Status put_count(std::size_t count, const void* results, std::size_t capacity,
                 std::size_t* count_out) {
  COFFER_TRY(require(count_out, "count_out"));
  *count_out = count;
  if (count > capacity) {
    return Error{Code::buffer_too_small, "capacity: " + std::to_string(capacity) + ", there are " +
                                             std::to_string(count) + " results"};
  }
  return count > 0 ? require(results, "results") : Status();
}

coffer_asset to_c(const Asset& asset) noexcept {
  coffer_asset out{};
  put_text(out.code, asset.code);
  put_text(out.network, asset.network);
  put_text(out.contract, asset.contract);
  put_text(out.symbol, asset.symbol);
  out.scale = asset.scale;
  out.kind = static_cast<coffer_asset_kind>(asset.kind);
  return out;
}

coffer_policy to_c(const Policy& policy) noexcept {
  coffer_policy out{};
  out.minimum = to_c(policy.minimum.value_or(Amount()));
  out.maximum = to_c(policy.maximum.value_or(Amount()));
  out.is_unbounded_below = policy.minimum ? 0 : 1;
  out.has_maximum = policy.maximum ? 1 : 0;
  out.is_frozen = policy.is_frozen ? 1 : 0;
  out.is_closed = policy.is_closed ? 1 : 0;
  return out;
}

coffer_balance to_c(const Balance& balance) noexcept {
  coffer_balance out{};
  out.posted = to_c(balance.posted);
  out.available = to_c(balance.available);
  out.held = to_c(balance.held);
  out.pending = to_c(balance.pending);
  out.frozen = to_c(balance.frozen);
  out.last_transaction = balance.last_transaction.value();
  return out;
}

coffer_outcome to_c(const Outcome& outcome) noexcept {
  coffer_outcome out{};
  out.id = outcome.id;
  out.subject = outcome.subject;
  out.recorded_at = outcome.recorded_at.ns;
  out.code = static_cast<coffer_status>(outcome.code);
  out.existed = outcome.existed ? 1 : 0;
  return out;
}

coffer_history_line to_c(const HistoryLine& line) noexcept {
  coffer_history_line out{};
  out.transaction = line.transaction.value();
  out.account = line.account.value();
  out.counterparty = line.counterparty.value();
  out.amount = to_c(line.amount);
  out.change = to_c(line.change);
  out.balance_before = to_c(line.balance_before);
  out.balance_after = to_c(line.balance_after);
  out.recorded_at = line.recorded_at.ns;
  out.effective_at = line.effective_at.ns;
  out.code = line.code;
  out.side = static_cast<coffer_side>(line.side);
  out.kind = static_cast<coffer_transaction_kind>(line.kind);
  out.key_length = put_text(out.key, line.key);
  out.reference_length = put_text(out.reference, line.reference);
  return out;
}

void put_lines(const HistoryPage& page, coffer_history_line* lines_out, std::size_t* count_out,
               coffer_cursor* next_out, std::uint8_t* has_more_out) noexcept {
  std::transform(page.lines.begin(), page.lines.end(), lines_out,
                 [](const HistoryLine& line) { return to_c(line); });
  *count_out = page.lines.size();
  put_if(next_out, to_c(page.next));
  put_if<std::uint8_t>(has_more_out, page.has_more ? 1 : 0);
}

void put_outcomes(std::span<const Outcome> outcomes, coffer_outcome* outcomes_out,
                  std::size_t* failed_out) noexcept {
  std::size_t failed = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    outcomes_out[i] = to_c(outcomes[i]);
    failed += outcomes[i].code != Code::ok ? 1U : 0U;
  }
  put_if(failed_out, failed);
}

}  // namespace coffer::capi
