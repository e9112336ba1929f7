// SPDX-License-Identifier: MIT
// Wallets, the writing half: composes operations of the ledger and tells what became of them.
#include <coffer/wallet/wallets.hpp>

#include <string>

#include "wallet/composer.hpp"
#include "wallet/directory.hpp"
#include "wallet/refusals.hpp"

namespace coffer {
namespace {

using wallet::Composer;
using wallet::Directory;
using wallet::Item;

std::string_view reference_of(const WalletDraft& /*draft*/) { return {}; }
template <class Movement>
std::string_view reference_of(const Movement& movement) {
  return movement.reference;
}

/// What one operation became, with the item for what only one kind of operation returns.
struct Done {
  Outcome outcome;
  Amount received;
};

Result<Done> run_one(Ledger& ledger, const WalletOperation& operation) {
  Directory directory(ledger);
  Composer composer(directory);
  COFFER_TRY_ASSIGN(Item * item, composer.compose(operation));
  if (item->refusal.code != Code::ok) {
    return item->refusal;
  }
  Outcome outcome;
  COFFER_TRY(ledger.execute({&item->operation, 1}, BatchMode::independent, {&outcome, 1}));
  if (outcome.code != Code::ok) {
    const std::string_view reference =
        std::visit([](const auto& what) { return reference_of(what); }, operation);
    return error_of(outcome, *item, reference, ledger);
  }
  return Done{outcome, item->received};
}

Result<Receipt> receipt_of(Result<Done> done) {
  if (!done) {
    return std::move(done).error();
  }
  return Receipt{TransactionId(done->outcome.id), done->outcome.existed, done->outcome.recorded_at};
}

/// `what`: "deposit" or "withdrawal", for the documents' words.
Result<Amount> parse_amount(const Wallets& wallets, WalletId id, std::string_view text,
                            std::string_view what) {
  COFFER_TRY_ASSIGN(const Wallet wallet, wallets.find(id));
  Result<Amount> amount = parse_decimal(text, wallet.asset.scale);
  if (!amount) {
    // The message begins with "amount: ".
    return Error{amount.error().code,
                 "invalid " + std::string(what) + " " + amount.error().message};
  }
  return amount;
}

Status set_frozen(Ledger& ledger, WalletId id, bool is_frozen, std::string_view reason) {
  Directory directory(ledger);
  COFFER_TRY_ASSIGN(const Wallet wallet, directory.wallet(id));
  COFFER_TRY_ASSIGN(const Account account, ledger.find_account(wallet.account));
  if (account.policy.is_frozen == is_frozen && !account.policy.is_closed) {
    return {};
  }
  PolicyChange change;
  change.account = wallet.account;
  change.policy = account.policy;
  change.policy.is_frozen = is_frozen;
  if (!reason.empty()) {
    change.metadata = reason;
  }
  return ledger.change_account(change);
}

/// A bulk call: items that need not be sent, and the places of those that are.
class Bulk {
 public:
  Bulk(Ledger& ledger, std::span<const WalletOperation> operations, BatchMode mode,
       std::span<Outcome> outcomes)
      : ledger_(ledger),
        operations_(operations),
        mode_(mode),
        outcomes_(outcomes),
        directory_(ledger),
        composer_(directory_) {}

  Status run() {
    COFFER_TRY(compose());
    if (mode_ == BatchMode::atomic && first_refused_ < operations_.size()) {
      refuse_all_but_the_first_refused();
      return {};
    }
    std::vector<Outcome> told(sent_.size());
    COFFER_TRY(ledger_.execute(sent_, mode_, told));
    bool has_failed = false;
    for (std::size_t i = 0; i < told.size(); ++i) {
      outcomes_[places_[i]] = in_terms_of_wallets(told[i], *items_[places_[i]]);
      has_failed = has_failed || told[i].code != Code::ok;
    }
    if (mode_ == BatchMode::stop_at_failure) {
      stop_after_sent(has_failed);
    }
    return {};
  }

 private:
  Status compose() {
    items_.reserve(operations_.size());
    sent_.reserve(operations_.size());
    first_refused_ = operations_.size();
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      COFFER_TRY_ASSIGN(Item * item, composer_.compose(operations_[i]));
      items_.push_back(item);
      if (item->refusal.code == Code::ok) {
        sent_.push_back(item->operation);
        places_.push_back(i);
        continue;
      }
      outcomes_[i] = Outcome{item->refusal.code, false, 0, item->refused_subject, {}};
      if (first_refused_ == operations_.size()) {
        first_refused_ = i;
      }
      if (mode_ == BatchMode::stop_at_failure) {
        break;
      }
    }
    return {};
  }

  void refuse_all_but_the_first_refused() {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if (i != first_refused_) {
        outcomes_[i] =
            Outcome{Code::group_failed, false, 0, static_cast<std::int64_t>(first_refused_), {}};
      }
    }
  }

  /// When an item before the refused one failed in the ledger, that one was not attempted either.
  void stop_after_sent(bool has_failed) {
    for (std::size_t i = sent_.size(); i < operations_.size(); ++i) {
      if (has_failed || i != first_refused_) {
        outcomes_[i] = Outcome{Code::not_attempted, false, 0, 0, {}};
      }
    }
  }

  Ledger& ledger_;
  std::span<const WalletOperation> operations_;
  BatchMode mode_;
  std::span<Outcome> outcomes_;
  Directory directory_;
  Composer composer_;
  std::vector<Item*> items_;
  std::vector<Operation> sent_;
  std::vector<std::size_t> places_;
  std::size_t first_refused_ = 0;
};

}  // namespace

Result<CreatedWallet> Wallets::create(const WalletDraft& draft) {
  COFFER_TRY_ASSIGN(const Done done, run_one(*ledger_, draft));
  COFFER_TRY_ASSIGN(Wallet made, find(WalletId(done.outcome.id)));
  return CreatedWallet{std::move(made), done.outcome.existed};
}

Result<Receipt> Wallets::deposit(const Deposit& deposit) {
  return receipt_of(run_one(*ledger_, deposit));
}

Result<Receipt> Wallets::deposit(WalletId wallet, std::string_view amount,
                                 std::string_view reference, std::string_view description) {
  COFFER_TRY_ASSIGN(const Amount units, parse_amount(*this, wallet, amount, "deposit"));
  return deposit(Deposit{wallet, units, reference, description, {}});
}

Result<Receipt> Wallets::withdraw(const Withdrawal& withdrawal) {
  return receipt_of(run_one(*ledger_, withdrawal));
}

Result<Receipt> Wallets::withdraw(WalletId wallet, std::string_view amount,
                                  std::string_view reference, std::string_view description) {
  COFFER_TRY_ASSIGN(const Amount units, parse_amount(*this, wallet, amount, "withdrawal"));
  return withdraw(Withdrawal{wallet, units, reference, description, {}});
}

Result<Receipt> Wallets::transfer(const WalletTransfer& transfer) {
  return receipt_of(run_one(*ledger_, transfer));
}

Result<ExchangeReceipt> Wallets::exchange(const WalletExchange& exchange) {
  COFFER_TRY_ASSIGN(const Done done, run_one(*ledger_, exchange));
  COFFER_TRY_ASSIGN(const Receipt receipt, receipt_of(done));
  return ExchangeReceipt{receipt, done.received};
}

Status Wallets::execute(std::span<const WalletOperation> operations, BatchMode mode,
                        std::span<Outcome> outcomes) {
  if (operations.size() != outcomes.size()) {
    return Error{Code::invalid_argument, "outcomes: must be as many as operations"};
  }
  return Bulk(*ledger_, operations, mode, outcomes).run();
}

Status Wallets::freeze(WalletId wallet, std::string_view reason) {
  return set_frozen(*ledger_, wallet, true, reason);
}

Status Wallets::thaw(WalletId wallet, std::string_view reason) {
  return set_frozen(*ledger_, wallet, false, reason);
}

}  // namespace coffer
