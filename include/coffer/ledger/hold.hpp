// SPDX-License-Identifier: MIT
// Holds: money of an account that is reserved but not yet posted anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>

namespace coffer {

/// The part of a balance in which held money is counted (the table in ARCHITECTURE says which event
/// moves what).
enum class Bucket : std::uint8_t {
  held = 0,     ///< outgoing: a withdrawal, a card authorisation
  pending = 1,  ///< incoming: credited, but not final
  frozen = 2,   ///< blocked by the institution
};

/// What a hold is made with. Text is read during the call only.
struct HoldDraft {
  std::string_view key;  ///< idempotency key, 1..128 bytes, unique among holds
  AccountId account;
  Amount amount;  ///< greater than zero
  Bucket bucket = Bucket::held;
  AccountId destination;  ///< where captures go; none: named at each capture
  Timestamp expires_at;   ///< the first moment at which it is no longer there; none: never
  std::string_view reference;
};

enum class HoldState : std::uint8_t { open = 0, captured = 1, released = 2, expired = 3 };

struct Hold {
  HoldId id;
  std::string key;
  AccountId account;
  Bucket bucket = Bucket::held;
  Amount amount;     ///< reserved at first
  Amount remaining;  ///< still reserved now
  Amount captured;   ///< the sum of its captures
  AccountId destination;
  Timestamp expires_at;
  Timestamp recorded_at;
  HoldState state =
      HoldState::open;  ///< the state at the time of the answer: a hold past its expiry is expired
  std::string reference;
};

/// Takes money from a hold and posts it. Text is read during the call only.
///
/// Repeated with its key it must ask for what the first one did: without an amount only where that
/// left nothing, as final only where what it left was given back next; else
/// `exists_with_different_amount`.
struct Capture {
  std::string_view key;  ///< of the transaction; unique among transactions
  HoldId hold;
  std::optional<Amount> amount;  ///< none: all that is left
  AccountId destination;         ///< none: the hold's own
  bool is_final = false;         ///< release what is left after this capture
  std::uint32_t code = 0;
  Timestamp effective_at;
  std::string_view reference;
};

}  // namespace coffer
