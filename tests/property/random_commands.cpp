// SPDX-License-Identifier: MIT
// The generator of random commands.
#include "random_commands.hpp"

#include <algorithm>

namespace coffer::property {

namespace {

constexpr std::int64_t second = 1'000'000'000;

}  // namespace

std::int64_t RandomCommands::pick(std::int64_t low, std::int64_t high) {
  // Not std::uniform_int_distribution: a seed means the same sequence with every library.
  return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
}

std::int64_t RandomCommands::any_account() {
  return pick(1, static_cast<std::int64_t>(model_.accounts.size()) + (once_in(40) ? 1 : 0));
}

/// Mostly another account of the same asset.
std::int64_t RandomCommands::partner_of(std::int64_t account) {
  std::int64_t other = any_account();
  for (int tries = 0; tries < 8 && !once_in(30) && model_.has_account(account); ++tries) {
    if (model_.has_account(other) && other != account &&
        model_.account(other).asset == model_.account(account).asset) {
      break;
    }
    other = any_account();
  }
  return other;
}

/// Of one that is there mostly; the newest are the likeliest to be open.
std::int64_t RandomCommands::any_hold() {
  const auto last = static_cast<std::int64_t>(model_.holds.size());
  if (last == 0) {
    return 1;
  }
  return once_in(2) ? pick(std::max<std::int64_t>(1, last - 2), last + (once_in(10) ? 1 : 0))
                    : pick(1, last);
}

Units RandomCommands::any_amount() {
  if (once_in(50)) {
    return -pick(0, 5);
  }
  if (!once_in(likes_large_amounts_ ? 3 : 30)) {
    return pick(1, 120);
  }
  // Around what fits 64 bits, far above it, and so much that two of them do not fit any more.
  switch (pick(0, likes_large_amounts_ ? 7 : 3)) {
    case 0: return (Units(1) << 63) - pick(0, 1);
    case 1: return (Units(1) << 64) + pick(-1, 1);
    case 2: return Units("1000000000000000000000000000000") + pick(0, 9);
    case 7: return (Units(1) << 255) - 1;
    default: return Units(1) << 254;
  }
}

std::int64_t RandomCommands::any_effective_time() {
  if (!once_in(4)) {
    return 0;
  }
  return once_in(12) ? model_.now + pick(1, 3) * second : model_.now - pick(0, 20) * second;
}

/// Often the very time of a later step, or a little beside it.
std::int64_t RandomCommands::any_expiry() {
  if (once_in(2)) {
    return 0;
  }
  return once_in(3) ? model_.now + pick(1, 3) * short_step + pick(-1, 1) * short_step / 10
                    : model_.now + pick(0, 8) * second;
}

/// Mostly a new key; now and then one that was used, be it by something refused.
std::string RandomCommands::any_key(const char* prefix, std::int64_t used) {
  return prefix + std::to_string(once_in(12) ? pick(0, used) : ++keys_);
}

ModelPolicy RandomCommands::any_policy() {
  ModelPolicy policy;
  if (!once_in(3)) {
    policy.minimum = -pick(0, 3) * 100;
  }
  if (once_in(4)) {
    policy.maximum = once_in(8) ? Units(1) << 64 : Units(pick(0, 10) * 100);
  }
  return policy;
}

OpenCommand RandomCommands::open_account() {
  if (!model_.accounts.empty() && once_in(4)) {
    // The same again, or with one difference.
    OpenCommand again{model_.account(pick(1, static_cast<std::int64_t>(model_.accounts.size())))};
    switch (pick(0, 5)) {
      case 0: again.wanted.asset = 3 - again.wanted.asset; break;
      case 1: again.wanted.owner += "!"; break;
      case 2: again.wanted.first.maximum = 77; break;
      case 3: again.wanted.is_debit_normal = !again.wanted.is_debit_normal; break;
      default: break;
    }
    return again;
  }
  OpenCommand command;
  command.wanted.key = "account-" + std::to_string(++keys_);
  command.wanted.owner = once_in(2) ? "ann" : "bob";
  command.wanted.asset = once_in(30) ? 3 : pick(1, 2);
  command.wanted.is_debit_normal = once_in(3);
  command.wanted.first = any_policy();
  return command;
}

ChangeCommand RandomCommands::change() {
  ChangeCommand command;
  command.account = any_account();
  if (model_.has_account(command.account) && once_in(2)) {
    // Freeze, thaw and close with the bounds as they are.
    command.policy = model_.account(command.account).policy;
  } else {
    command.policy = any_policy();
  }
  command.policy.is_frozen = once_in(4);
  command.policy.is_closed = once_in(8);
  return command;
}

PostCommand RandomCommands::transfer() {
  PostCommand command;
  const Units amount = any_amount();
  command.is_transfer = true;
  command.wanted.key = any_key("t", keys_);
  const std::int64_t debit = any_account();
  command.wanted.entries = {{debit, true, amount}, {partner_of(debit), false, amount}};
  command.wanted.code = once_in(8) ? 7 : 0;
  command.wanted.effective_at = any_effective_time();
  command.wanted.reference = any_reference();
  return command;
}

PostCommand RandomCommands::draft() {
  PostCommand command;
  command.wanted.key = any_key("t", keys_);
  for (std::int64_t pairs = pick(1, 2); pairs > 0; --pairs) {
    const Units amount = any_amount();
    const Units part = once_in(2) || amount < 2 ? Units(0) : Units(amount / 2);
    const std::int64_t account = any_account();
    command.wanted.entries.push_back({account, true, amount});
    command.wanted.entries.push_back({partner_of(account), false, amount - part});
    if (part != 0) {
      command.wanted.entries.push_back({partner_of(account), false, part});
    }
  }
  if (once_in(20) && Model::fits(command.wanted.entries.back().amount + 1)) {
    command.wanted.entries.back().amount += 1;
  }
  for (std::int64_t conditions = pick(0, 3); conditions > 1; --conditions) {
    command.conditions.push_back({any_account(), pick(-3, 3) * 50});
  }
  command.wanted.kind = once_in(6) ? TransactionKind::correction : TransactionKind::posting;
  command.wanted.effective_at = any_effective_time();
  command.wanted.reference = any_reference();
  command.wanted.description = once_in(5) ? "description" : "";
  return command;
}

/// An earlier transaction once more, as it was or with one difference.
PostCommand RandomCommands::repeat() {
  PostCommand again{
      model_.transactions[static_cast<std::size_t>(pick(1, model_.last_transaction()) - 1)],
      {},
      false};
  ModelTransaction& wanted = again.wanted;
  again.is_transfer =
      once_in(2) && Model::is_two_entry(wanted.entries) && wanted.entries[0].is_debit;
  if (wanted.kind == TransactionKind::reversal || wanted.kind == TransactionKind::capture) {
    // Only the ledger makes these; a posting with their key is something else.
    wanted.kind = TransactionKind::posting;
    wanted.reverses = wanted.hold = 0;
  }
  if (again.is_transfer) {
    wanted.kind = TransactionKind::posting;
    wanted.description.clear();
  }
  switch (pick(0, 8)) {
    case 0: wanted.entries[0].account = any_account(); break;
    case 1: wanted.entries[0].amount = wanted.entries[1].amount = any_amount(); break;
    case 2: wanted.code = 9; break;
    case 3: wanted.effective_at = any_effective_time(); break;
    case 4: wanted.reference += "!"; break;
    case 5: std::swap(wanted.entries[0].account, wanted.entries[1].account); break;
    default: break;
  }
  return again;
}

ReserveCommand RandomCommands::reserve() {
  ReserveCommand command;
  if (!model_.holds.empty() && once_in(6)) {
    command.wanted = model_.hold(pick(1, static_cast<std::int64_t>(model_.holds.size())));
    switch (pick(0, 7)) {
      case 0: command.wanted.account = any_account(); break;
      case 1: command.wanted.amount = any_amount(); break;
      case 2: command.wanted.destination = 0; break;
      case 3: command.wanted.expires_at += second; break;
      case 4: command.wanted.bucket = Bucket::frozen; break;
      case 5: command.wanted.reference += "!"; break;
      default: break;
    }
  } else {
    command.wanted.key = any_key("h", keys_);
    command.wanted.account = any_account();
    command.wanted.bucket = static_cast<Bucket>(pick(0, 2));
    command.wanted.amount = any_amount();
    command.wanted.destination = once_in(3) ? 0 : partner_of(command.wanted.account);
    command.wanted.expires_at = any_expiry();
    command.wanted.reference = any_reference();
  }
  command.wanted.remaining = command.wanted.captured = 0;
  command.wanted.ended_as = HoldState::open;
  return command;
}

/// An earlier capture once more, as it was or with one difference.
CaptureCommand RandomCommands::repeat(const ModelTransaction& stored) {
  CaptureCommand again{stored.key, stored.hold, stored.entries[0].amount,
                       0,          false,       stored.effective_at};
  if (model_.hold(stored.hold).destination != stored.entries[1].account) {
    again.destination = stored.entries[1].account;
  }
  switch (pick(0, 7)) {
    case 0: again.hold = any_hold(); break;
    case 1: again.amount = any_amount(); break;
    case 2: again.amount.reset(); break;
    case 3: again.destination = partner_of(stored.entries[0].account); break;
    case 4:
    case 5: again.is_final = true; break;
    default: break;
  }
  return again;
}

CaptureCommand RandomCommands::capture() {
  for (auto stored = model_.transactions.rbegin();
       stored != model_.transactions.rend() && once_in(2); ++stored) {
    if (stored->kind == TransactionKind::capture && once_in(2)) {
      return repeat(*stored);
    }
  }
  CaptureCommand command;
  // Keys are shared with all transactions, so that a capture may meet another one's key.
  command.key =
      once_in(8) && model_.last_transaction() > 0
          ? model_.transactions[static_cast<std::size_t>(pick(1, model_.last_transaction()) - 1)]
                .key
          : any_key("t", keys_);
  command.hold = any_hold();
  if (!once_in(3)) {
    command.amount = once_in(2) ? Units(pick(1, 20)) : any_amount();
  }
  const bool is_known = command.hold <= static_cast<std::int64_t>(model_.holds.size());
  const bool has_own = is_known && model_.hold(command.hold).destination != 0;
  if (!once_in(has_own ? 2 : 8)) {
    command.destination = is_known ? partner_of(model_.hold(command.hold).account) : any_account();
  }
  command.is_final = once_in(3);
  command.effective_at = any_effective_time();
  return command;
}

ReverseCommand RandomCommands::reverse() {
  ReverseCommand command;
  command.key = any_key("t", keys_);
  command.original =
      pick(1, std::max<std::int64_t>(1, model_.last_transaction() + (once_in(20) ? 1 : 0)));
  if (once_in(4) && model_.last_transaction() > 0) {
    // Perhaps a reversal that was made already.
    const ModelTransaction& known =
        model_.transactions[static_cast<std::size_t>(pick(1, model_.last_transaction()) - 1)];
    command.key = known.key;
    command.original = known.reverses != 0 ? known.reverses : command.original;
    command.effective_at = known.effective_at;
    return command;
  }
  command.effective_at = any_effective_time();
  return command;
}

Command RandomCommands::any() {
  const bool has_holds = !model_.holds.empty();
  const bool has_transactions = model_.last_transaction() > 0;
  switch (pick(0, 13)) {
    case 0: return open_account();
    case 1: return change();
    case 2:
    case 3:
    case 4: return transfer();
    case 5:
    case 6: return draft();
    case 7:
    case 8: return reserve();
    case 9:
    case 10: return has_holds || once_in(20) ? Command(capture()) : reserve();
    case 11: return has_holds || once_in(20) ? Command(ReleaseCommand{any_hold()}) : reserve();
    case 12: return has_transactions || once_in(20) ? Command(reverse()) : transfer();
    default: return has_transactions ? repeat() : transfer();
  }
}

std::vector<Item> RandomCommands::batch() {
  const bool is_plain = once_in(3);
  std::vector<Item> items;
  for (std::int64_t left = pick(1, 5); left > 0; --left) {
    items.push_back({is_plain ? Command(transfer()) : any(), once_in(3)});
  }
  return items;
}

}  // namespace coffer::property
