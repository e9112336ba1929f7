// SPDX-License-Identifier: MIT
// A book in an SQLite file that has something in every table and column.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <coffer/ledger/ledger.hpp>

#include "ledger/index/history_index.hpp"

namespace coffer::test {

/// Writes a file that has something in every table and column.
class FullBook {
 public:
  explicit FullBook(const std::string& path) : path_(path) {
    open();
    fill();
    REQUIRE(ledger_->close());
    // A second writer, so that there are two epochs.
    open();
    for (int i = 0; i < 40; ++i) {
      transfer("second-" + std::to_string(i), cash_, ann_, 3);
    }
    REQUIRE(ledger_->close());
    ledger_.reset();
    seal_index();
    storage_.reset();
  }

 private:
  static constexpr std::int64_t second = 1'000'000'000;

  void open() {
    ledger_.reset();
    auto storage = storage::open_sqlite(path_, {});
    REQUIRE_MESSAGE(storage, storage.error().message);
    storage_ = std::move(*storage);
    auto ledger = Ledger::open(*storage_, clock_, {});
    REQUIRE_MESSAGE(ledger, ledger.error().message);
    ledger_ = std::move(*ledger);
  }

  AccountId account(std::string_view key, AssetId asset, Side side, const Policy& policy,
                    std::string_view metadata = {}) {
    AccountDraft draft;
    draft.key = key;
    draft.owner = "ann";
    draft.asset = asset;
    draft.purpose = "trading";
    draft.normal_side = side;
    draft.policy = policy;
    draft.metadata = metadata;
    const auto id = ledger_->open_account(draft);
    REQUIRE_MESSAGE(id, id.error().message);
    return *id;
  }

  void transfer(const std::string& key, AccountId debit, AccountId credit, std::int64_t amount,
                Timestamp effective_at = {}, std::string_view reference = {}) {
    clock_.advance(second);
    Transfer transfer;
    transfer.key = key;
    transfer.debit = debit;
    transfer.credit = credit;
    transfer.amount = Amount(amount);
    transfer.code = 7;
    transfer.effective_at = effective_at;
    transfer.reference = reference;
    Outcome outcome;
    REQUIRE(ledger_->post({&transfer, 1}, BatchMode::independent, {&outcome, 1}));
    REQUIRE(outcome.code == Code::ok);
  }

  static void must(const Result<Outcome>& outcome) {
    REQUIRE_MESSAGE(outcome, outcome.error().message);
  }

  void fill() {
    const Policy free{std::nullopt, std::nullopt, false, false};
    const auto usd = ledger_->register_asset({"USD", 2, AssetKind::fiat, {}, {}, "$"});
    const auto token =
        ledger_->register_asset({"TOK-ETH", 18, AssetKind::crypto, "ETH", "0xabc", "TOK"});
    REQUIRE(usd);
    REQUIRE(token);
    cash_ = account("cash", *usd, Side::debit, free);
    ann_ = account("ann", *usd, Side::credit, {Amount(-500), Amount(900'000), false, false}, "{}");
    const AccountId fees = account("fees", *usd, Side::credit, free);
    const AccountId vault = account("vault", *token, Side::debit, free);
    const AccountId coins = account("coins", *token, Side::credit, {}, "m");
    const AccountId spare = account("spare", *usd, Side::credit, {});
    REQUIRE(ledger_->change_account({spare, {Amount(0), std::nullopt, true, false}, {}}));
    REQUIRE(ledger_->change_account({spare, {Amount(0), std::nullopt, false, true}, "closed"}));
    for (int i = 0; i < 120; ++i) {
      const Timestamp effective{i % 3 == 0 ? clock_.now().ns - 50 * second : 0};
      transfer("first-" + std::to_string(i), cash_, ann_, 10 + i, effective, "invoice");
    }
    const std::array<Entry, 2> huge{Entry{vault, Side::debit, Amount::from_limbs({5, 9, 0, 0})},
                                    Entry{coins, Side::credit, Amount::from_limbs({5, 9, 0, 0})}};
    Draft draft;
    draft.key = "huge";
    draft.entries = huge;
    draft.description = "deposit";
    draft.metadata = "{\"block\":1}";
    must(ledger_->post(draft));
    const std::array<Entry, 3> split{Entry{ann_, Side::debit, Amount(100)},
                                     Entry{fees, Side::credit, Amount(1)},
                                     Entry{cash_, Side::credit, Amount(99)}};
    for (const char* key : {"split-1", "split-2", "split-3"}) {
      draft.key = key;
      draft.entries = split;
      must(ledger_->post(draft));
    }
    must(ledger_->reverse({"undo-1", TransactionId(1), 0, {}, "wrong", "by mistake"}));
    must(ledger_->reverse({"undo-2", TransactionId(122), 0, {}, {}, {}}));
    fill_holds();
    fill_wallets(*usd);
    fill_crypto_wallets();
  }

  void fill_holds() {
    for (int i = 0; i < 5; ++i) {
      HoldDraft hold;
      const std::string key = "hold-" + std::to_string(i);
      hold.key = key;
      hold.account = ann_;
      hold.amount = Amount(100);
      hold.bucket = static_cast<Bucket>(i % 3);
      hold.destination = cash_;
      hold.expires_at = Timestamp{i < 2 ? clock_.now().ns + 5 * second : 0};
      hold.reference = "card";
      must(ledger_->reserve(hold));
    }
    must(ledger_->capture({"capture-1", HoldId(3), Amount(40), {}, false, 0, {}, {}}));
    must(ledger_->capture({"capture-2", HoldId(4), Amount(100), {}, false, 0, {}, {}}));
    must(ledger_->release(HoldId(5)));
    clock_.advance(6 * second);
    REQUIRE(*ledger_->expire_due_holds() == 2);
    HoldDraft hold;
    hold.key = "hold-9";
    hold.account = ann_;
    hold.amount = Amount(7);
    hold.expires_at = Timestamp{clock_.now().ns + 5'000 * second};
    must(ledger_->reserve(hold));
  }

  void fill_wallets(AssetId usd) {
    for (int i = 0; i < 3; ++i) {
      const std::string key = "wallet-" + std::to_string(i);
      WalletOpening opening;
      opening.account.key = key;
      opening.account.owner = "bob";
      opening.account.asset = usd;
      opening.user = "bob";
      opening.label = "main";
      run({opening, false});
      run({ReconciliationEntry{WalletId(i + 1), Timestamp{1}, Timestamp{second}, Amount(5),
                               Amount(6), Amount(1), Amount(i), i > 0, "checked"},
           false});
    }
  }

  void fill_crypto_wallets() {
    using storage::CryptoWalletRow;
    using storage::WalletRecordRow;
    const std::array<WalletRecordRow, 2> records{
        WalletRecordRow{1, 1, 1, 5, 0, "source", "ann", "{}", 0},
        WalletRecordRow{2, 3, 2, 0, 1, "job", "ann", "{}", 0}};
    run({WalletAppend{0, 0, {}, records}, false});
    const std::array<CryptoWalletRow, 2> wallets{
        CryptoWalletRow{1, "bob", "bitcoin", "bc1q", 1, 5, "\x02k", 2, 2, 2, "row-1", "main", "{}",
                        0},
        CryptoWalletRow{2, "cid", "bitcoin", "bc1p", 1, 6, "\x03k", 4, 1, 2, "row-2", "main", "{}",
                        0}};
    const std::array<WalletRecordRow, 2> results{
        WalletRecordRow{3, 5, 2, 1, 0, {}, {}, "packed", 0},
        WalletRecordRow{4, 7, 1, 0, 5, {}, "ann", "closed", 0}};
    run({WalletAppend{0, 2, wallets, results}, false});
  }

  void run(const Operation& operation) {
    Outcome outcome;
    REQUIRE(ledger_->execute({&operation, 1}, BatchMode::independent, {&outcome, 1}));
    REQUIRE_MESSAGE(outcome.code == Code::ok, describe(outcome));
  }

  /// Small segments, so that a small book has merged ones too.
  void seal_index() {
    REQUIRE(storage_->acquire_writer(storage::Takeover::refuse, 0));
    ledger::IndexOptions options;
    options.seal_after = 16;
    options.use_builder_thread = false;
    auto index = ledger::HistoryIndex::load(*storage_, options);
    REQUIRE_MESSAGE(index, index.error().message);
    const std::int64_t last = (*(*index)->view())->last_transaction();
    for (int round = 0; round < 3; ++round) {
      auto unit = storage_->begin();
      REQUIRE(unit);
      REQUIRE((*index)->write_due(**unit, 3));
      REQUIRE((*index)->commit(**unit, last));
    }
    auto unit = storage_->begin();
    REQUIRE(unit);
    REQUIRE((*index)->write_all(**unit));
    REQUIRE((*index)->commit(**unit, last));
    storage_->release_writer();
  }

  std::string path_;
  ManualClock clock_{Timestamp{1'700'000'000 * second}};
  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;
  AccountId cash_;
  AccountId ann_;
};

}  // namespace coffer::test
