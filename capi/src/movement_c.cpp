// SPDX-License-Identifier: MIT
// C: money in, out of and between wallets, one by one and in bulk.
#include <string>
#include <vector>

#include "coffer_wallet.h"
#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Amount;
using coffer::Code;
using coffer::Deposit;
using coffer::Engine;
using coffer::Error;
using coffer::Receipt;
using coffer::Result;
using coffer::Rounding;
using coffer::Status;
using coffer::Timestamp;
using coffer::WalletExchange;
using coffer::WalletId;
using coffer::WalletOperation;
using coffer::WalletTransfer;
using coffer::Withdrawal;

namespace {

/// What all kinds have in common.
template <class Movement>
Status read_shared(const coffer_movement& in, Movement* out) {
  out->amount = amount_of(in.amount);
  COFFER_TRY_ASSIGN(out->reference, text_of(in.reference, in.reference_length, "reference"));
  COFFER_TRY_ASSIGN(out->description,
                    text_of(in.description, in.description_length, "description"));
  out->effective_at = Timestamp{in.effective_at};
  return {};
}

/// Of a deposit or a withdrawal.
template <class Movement>
Result<Movement> outside_of(const coffer_movement* in) {
  COFFER_TRY(require(in, "movement"));
  Movement out;
  out.wallet = WalletId(in->wallet);
  COFFER_TRY(read_shared(*in, &out));
  return out;
}

/// Of a transfer or an exchange.
template <class Movement>
Result<Movement> between_of(const coffer_movement* in) {
  COFFER_TRY(require(in, "movement"));
  Movement out;
  out.from = WalletId(in->wallet);
  out.to = WalletId(in->other);
  COFFER_TRY(read_shared(*in, &out));
  return out;
}

Result<WalletExchange> exchange_of(const coffer_movement* in) {
  COFFER_TRY_ASSIGN(WalletExchange out, between_of<WalletExchange>(in));
  COFFER_TRY_ASSIGN(out.rate, rate_of(in->rate));
  COFFER_TRY_ASSIGN(out.rounding, constant_of(in->rounding, Rounding::half_even, "rounding"));
  return out;
}

Status read_movement(const coffer_movement& in, WalletOperation* out) {
  switch (in.kind) {
    case COFFER_MOVEMENT_DEPOSIT: {
      COFFER_TRY_ASSIGN(*out, outside_of<Deposit>(&in));
      return {};
    }
    case COFFER_MOVEMENT_WITHDRAW: {
      COFFER_TRY_ASSIGN(*out, outside_of<Withdrawal>(&in));
      return {};
    }
    case COFFER_MOVEMENT_TRANSFER: {
      COFFER_TRY_ASSIGN(*out, between_of<WalletTransfer>(&in));
      return {};
    }
    case COFFER_MOVEMENT_EXCHANGE: {
      COFFER_TRY_ASSIGN(*out, exchange_of(&in));
      return {};
    }
    default:
      return Error{Code::invalid_argument,
                   "kind: " + std::to_string(in.kind) + " is no kind of movement"};
  }
}

coffer_receipt to_struct(const Receipt& receipt, const Amount& received) {
  coffer_receipt out{};
  out.transaction = receipt.transaction.value();
  out.recorded_at = receipt.recorded_at.ns;
  out.received = to_c(received);
  out.existed = receipt.existed ? 1 : 0;
  return out;
}

}  // namespace

coffer_status coffer_wallet_deposit(coffer_engine* engine, const coffer_movement* movement,
                                    coffer_receipt* receipt_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const Deposit deposit, outside_of<Deposit>(movement));
    COFFER_TRY_ASSIGN(const Receipt receipt, opened->wallets().deposit(deposit));
    put_if(receipt_out, to_struct(receipt, deposit.amount));
    return {};
  });
}

coffer_status coffer_wallet_withdraw(coffer_engine* engine, const coffer_movement* movement,
                                     coffer_receipt* receipt_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const Withdrawal withdrawal, outside_of<Withdrawal>(movement));
    COFFER_TRY_ASSIGN(const Receipt receipt, opened->wallets().withdraw(withdrawal));
    put_if(receipt_out, to_struct(receipt, withdrawal.amount));
    return {};
  });
}

coffer_status coffer_wallet_transfer(coffer_engine* engine, const coffer_movement* movement,
                                     coffer_receipt* receipt_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const WalletTransfer transfer, between_of<WalletTransfer>(movement));
    COFFER_TRY_ASSIGN(const Receipt receipt, opened->wallets().transfer(transfer));
    put_if(receipt_out, to_struct(receipt, transfer.amount));
    return {};
  });
}

coffer_status coffer_wallet_exchange(coffer_engine* engine, const coffer_movement* movement,
                                     coffer_receipt* receipt_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY_ASSIGN(const WalletExchange exchange, exchange_of(movement));
    COFFER_TRY_ASSIGN(const coffer::ExchangeReceipt result, opened->wallets().exchange(exchange));
    put_if(receipt_out, to_struct(result.receipt, result.received));
    return {};
  });
}

coffer_status coffer_wallet_execute(coffer_engine* engine, const coffer_movement* movements,
                                    size_t count, coffer_batch_mode mode,
                                    coffer_outcome* outcomes_out, size_t* failed_out,
                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(Engine * opened, engine_of(engine));
    COFFER_TRY(check_batch(movements, count, outcomes_out));
    COFFER_TRY_ASSIGN(const auto how, constant_of(mode, coffer::BatchMode::atomic, "mode"));
    std::vector<WalletOperation> operations(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (Status status = read_movement(movements[i], &operations[i]); !status) {
        return at_item("movements", i, std::move(status).error());
      }
    }
    std::vector<coffer::Outcome> outcomes(count);
    COFFER_TRY(opened->wallets().execute(operations, how, outcomes));
    put_outcomes(outcomes, outcomes_out, failed_out);
    return {};
  });
}
