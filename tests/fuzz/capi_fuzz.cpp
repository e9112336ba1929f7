// SPDX-License-Identifier: MIT
// A stream of commands over the C ABI on a book in memory: nothing crashes, and the sums stay zero.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <coffer.h>

#include "fuzz/capi_answer.hpp"
#include "fuzz/input_stream.hpp"

namespace {

using coffer::fuzz::answer;
using coffer::fuzz::Claimed;
using coffer::fuzz::demand;

/// The input as the arguments of the commands.
class Stream : public coffer::fuzz::InputStream {
 public:
  using InputStream::InputStream;
  /// Mostly small, at times of any size.
  std::int64_t number() noexcept {
    const std::uint8_t first = byte();
    if (first < 250) {
      return first;
    }
    return static_cast<std::int64_t>(InputStream::number(8));
  }
  coffer_amount amount() noexcept {
    coffer_amount out = coffer_amount_from_int64(number());
    if (byte() > 250) {
      out.limbs[3] = static_cast<std::uint64_t>(number());
    }
    return out;
  }
  /// A text within the input, at times with a length that lies.
  const char* text(std::size_t* length) noexcept {
    std::size_t wanted = byte() % 8U;
    const char* start = take(&wanted);
    *length = byte() == 255 ? SIZE_MAX : wanted;
    return byte() == 254 ? nullptr : start;
  }
};

coffer_timestamp read_clock(void* data) { return *static_cast<coffer_timestamp*>(data); }

struct Book {
  coffer_timestamp now = 1'000'000'000;
  coffer_engine* engine = nullptr;
  Book() {
    coffer_engine_options options{};
    options.struct_size = sizeof options;
    options.is_one_threaded = 1;
    options.clock = read_clock;
    options.clock_data = &now;
    demand(coffer_engine_open_in_memory(&options, &engine, nullptr) == COFFER_OK, "open");
    for (const char* code : {"USD", "JPY"}) {
      coffer_asset asset;
      coffer_id id = 0;
      demand(coffer_asset_preset(code, 3, &asset, nullptr) == COFFER_OK &&
                 coffer_asset_register(engine, &asset, &id, nullptr) == COFFER_OK,
             "assets");
    }
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  ~Book() { coffer_engine_destroy(engine); }
};

void open_account(Book& book, Stream& in) {
  coffer_error err;
  coffer_account_draft draft{};
  coffer_id id = 0;
  draft.struct_size = sizeof draft;
  draft.key = in.text(&draft.key_length);
  draft.owner = in.text(&draft.owner_length);
  draft.asset = in.byte() % 4;
  const std::uint8_t flags = in.byte();
  draft.normal_side = flags & 1U;
  draft.policy.is_unbounded_below = flags >> 1U & 1U;
  draft.policy.has_maximum = flags >> 2U & 1U;
  draft.policy.maximum = in.amount();
  answer(coffer_account_open(book.engine, &draft, &id, &err), err);
}

void post_draft(Book& book, Stream& in) {
  coffer_error err;
  std::array<coffer_entry, 6> entries{};
  coffer_condition condition{};
  Claimed<coffer_draft> claimed(in);
  coffer_draft& draft = claimed.value;
  draft.key = in.text(&draft.key_length);
  draft.entries = entries.data();
  draft.entries_count = in.byte() % 7;
  for (coffer_entry& entry : entries) {
    entry.account = in.number();
    entry.side = in.byte() % 3;
    entry.amount = in.amount();
  }
  condition.account = in.number();
  draft.conditions = &condition;
  draft.conditions_count = in.byte() % 2;
  draft.kind = in.byte() % 5;
  draft.effective_at = in.number();
  std::array<coffer_error, 4> reasons;
  std::size_t count = 0;
  const coffer_status checked =
      coffer_draft_check(book.engine, &draft, reasons.data(), reasons.size(), &count, &err);
  answer(checked, err);
  const coffer_status posted = coffer_draft_post(book.engine, &draft, nullptr, &err);
  answer(posted, err);
  demand(!(checked == COFFER_OK && count == 0) || posted == COFFER_OK, "check promised a post");
}

void post_transfers(Book& book, Stream& in) {
  coffer_error err;
  std::array<coffer_transfer, 4> transfers{};
  std::array<coffer_outcome, 4> outcomes{};
  for (coffer_transfer& transfer : transfers) {
    transfer.key = in.text(&transfer.key_length);
    transfer.debit = in.number();
    transfer.credit = in.number();
    transfer.amount = in.amount();
    transfer.is_linked = in.byte() % 2;
  }
  answer(coffer_transfer_post_many(book.engine, transfers.data(), in.byte() % 5, in.byte() % 4,
                                   outcomes.data(), nullptr, &err),
         err);
}

void post_columns(Book& book, Stream& in) {
  coffer_error err;
  std::array<std::uint32_t, 3> ends{};
  std::array<std::int64_t, 3> debits{};
  std::array<std::int64_t, 3> credits{};
  std::array<std::int64_t, 3> units{};
  std::array<coffer_outcome, 3> outcomes{};
  coffer_transfer_columns columns{};
  columns.struct_size = sizeof columns;
  columns.count = 3;
  columns.keys = in.text(&columns.keys_length);
  for (std::size_t i = 0; i < 3; ++i) {
    ends[i] = in.byte() % 9;
    debits[i] = in.number();
    credits[i] = in.number();
    units[i] = in.number();
  }
  columns.key_ends = ends.data();
  columns.debits = debits.data();
  columns.credits = credits.data();
  columns.amounts = units.data();
  // A length that lies is refused only where no text can be so long; the ends bound what is read.
  if (columns.keys_length == SIZE_MAX) {
    columns.keys_length = 0;
  }
  answer(coffer_transfer_post_columns(book.engine, &columns, in.byte() % 3, outcomes.data(),
                                      nullptr, &err),
         err);
}

void hold(Book& book, Stream& in) {
  coffer_error err;
  coffer_hold_draft draft{};
  draft.struct_size = sizeof draft;
  draft.key = in.text(&draft.key_length);
  draft.account = in.number();
  draft.destination = in.byte() % 4;
  draft.amount = in.amount();
  draft.bucket = in.byte() % 4;
  const std::uint8_t lasts = in.byte();
  draft.expires_at = lasts == 0 ? 0 : book.now + lasts;
  answer(coffer_hold_reserve(book.engine, &draft, nullptr, &err), err);
  coffer_capture capture{};
  capture.struct_size = sizeof capture;
  capture.key = in.text(&capture.key_length);
  capture.hold = in.number();
  capture.destination = in.byte() % 4;
  capture.amount = in.amount();
  capture.is_final = in.byte() % 2;
  answer(coffer_hold_capture(book.engine, &capture, nullptr, &err), err);
  answer(coffer_hold_release(book.engine, in.number(), nullptr, &err), err);
}

void reverse(Book& book, Stream& in) {
  coffer_error err;
  coffer_reversal reversal{};
  reversal.struct_size = sizeof reversal;
  reversal.key = in.text(&reversal.key_length);
  reversal.original = in.number();
  answer(coffer_transaction_reverse(book.engine, &reversal, nullptr, &err), err);
}

void change(Book& book, Stream& in) {
  coffer_error err;
  coffer_policy_change change{};
  change.struct_size = sizeof change;
  change.account = in.number();
  const std::uint8_t flags = in.byte();
  change.policy.is_unbounded_below = flags & 1U;
  change.policy.is_frozen = flags >> 1U & 1U;
  change.policy.is_closed = flags >> 2U & 1U;
  change.policy.minimum = in.amount();
  answer(coffer_account_change(book.engine, &change, &err), err);
}

void move_wallet(Book& book, Stream& in) {
  coffer_error err;
  coffer_wallet_draft draft{};
  draft.struct_size = sizeof draft;
  draft.user = in.text(&draft.user_length);
  draft.currency = in.byte() % 2 == 0 ? "USD" : "JPY";
  draft.currency_length = 3;
  answer(coffer_wallet_create(book.engine, &draft, nullptr, nullptr, &err), err);
  std::array<coffer_movement, 2> movements{};
  std::array<coffer_outcome, 2> outcomes{};
  for (coffer_movement& movement : movements) {
    movement.kind = in.byte() % 6;
    movement.wallet = in.byte() % 5;
    movement.other = in.byte() % 5;
    movement.amount = in.amount();
    movement.rate.numerator = in.amount();
    movement.rate.denominator = in.amount();
    movement.rounding = in.byte() % 8;
    movement.reference = in.text(&movement.reference_length);
  }
  answer(coffer_wallet_execute(book.engine, movements.data(), 2, in.byte() % 3, outcomes.data(),
                               nullptr, &err),
         err);
}

void look(Book& book, Stream& in) {
  coffer_error err;
  coffer_history_query query{};
  std::array<coffer_history_line, 3> lines;
  std::size_t count = 0;
  query.struct_size = sizeof query;
  query.account = in.number();
  query.after.transaction = in.number();
  query.after.line = static_cast<std::int32_t>(in.number());
  query.is_oldest_first = in.byte() % 2;
  query.has_side = in.byte() % 2;
  query.side = in.byte() % 3;
  query.recorded_from = in.number();
  query.recorded_to = in.number();
  answer(coffer_history_list(book.engine, &query, lines.data(), in.byte() % 4, &count, nullptr,
                             nullptr, &err),
         err);
  coffer_amount posted;
  answer(coffer_account_balance_as_of(book.engine, in.number(), in.number(), in.byte() % 3, &posted,
                                      &err),
         err);
}

/// Debit-normal and credit-normal balances of each asset cancel out, and the book verifies.
void check_sums(Book& book) {
  coffer_error err;
  std::array<coffer_account, 64> accounts;
  std::array<coffer_amount, 8> sums{};
  coffer_id after = 0;
  std::size_t count = accounts.size();
  while (count == accounts.size()) {
    demand(coffer_account_list(book.engine, nullptr, 0, after, accounts.data(), accounts.size(),
                               &count, &err) == COFFER_OK,
           err.message);
    for (std::size_t i = 0; i < count; ++i) {
      coffer_balance balance;
      demand(coffer_account_balance(book.engine, accounts[i].id, &balance, &err) == COFFER_OK,
             err.message);
      coffer_amount& sum = sums.at(static_cast<std::size_t>(accounts[i].asset));
      const coffer_status status = accounts[i].normal_side == COFFER_SIDE_CREDIT
                                       ? coffer_amount_add(&sum, &balance.posted, &sum, &err)
                                       : coffer_amount_subtract(&sum, &balance.posted, &sum, &err);
      demand(status == COFFER_OK || status == COFFER_ERR_AMOUNT_OVERFLOW, err.message);
      if (status == COFFER_ERR_AMOUNT_OVERFLOW) {
        return;  // two accounts near the ends of the range; verify below sums exactly
      }
      after = accounts[i].id;
    }
  }
  for (const coffer_amount& sum : sums) {
    demand((sum.limbs[0] | sum.limbs[1] | sum.limbs[2] | sum.limbs[3]) == 0, "a sum is not zero");
  }
}

void run(const std::uint8_t* data, std::size_t size) {
  using Command = void (*)(Book&, Stream&);
  constexpr std::array<Command, 9> commands = {open_account, post_draft,  post_transfers,
                                               post_columns, hold,        reverse,
                                               change,       move_wallet, look};
  Book book;
  Stream in(data, size);
  while (!in.is_empty()) {
    const std::uint8_t choice = in.byte();
    if (choice % 10 == 9) {
      book.now += in.byte();
    } else {
      commands.at(choice % 10)(book, in);
    }
  }
  check_sums(book);
  coffer_error err;
  demand(coffer_engine_verify(book.engine, nullptr, nullptr, nullptr, nullptr, &err) == COFFER_OK,
         err.message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t handles = coffer_handle_count();
  run(data, size);
  demand(coffer_handle_count() == handles, "every handle was destroyed");
  return 0;
}
