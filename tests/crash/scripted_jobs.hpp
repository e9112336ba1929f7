// SPDX-License-Identifier: MIT
// A scripted workload of address sources and wallet jobs, each step repeatable.
#pragma once

#include "book_on_vfs.hpp"
#include "support/crypto_wallet_book.hpp"

namespace coffer::crash {

/// Each step submits a job of three rows and runs it, two rows with the first commit.
class ScriptedJobs final : public BookOnVfs {
 public:
  using BookOnVfs::BookOnVfs;

  [[nodiscard]] std::int64_t steps() const override { return 3; }

  [[nodiscard]] std::string complaint() override {
    if (const auto report = ledger().verify({}); !report) {
      return report.error().message;
    }
    const CryptoWallets wallets(ledger());
    std::int64_t created = 0;
    for (std::int64_t i = 0; i < steps(); ++i) {
      const auto job = wallets.find_job("job" + std::to_string(i));
      created += job ? job->created : 0;
      if (i < acknowledged() && (!job || job->state != WalletJobState::completed)) {
        return "job " + std::to_string(i) + " was acknowledged and is not complete";
      }
    }
    const auto source = wallets.find_source("btc");
    if (created > 0 && (!source || source->next_index != static_cast<std::uint64_t>(created))) {
      return "an address was skipped or given out twice";
    }
    return {};
  }

 protected:
  Status prepare() override { return {}; }

  Status step(std::int64_t i) override {
    CryptoWallets wallets(ledger());
    AddressSourceDraft source;
    source.name = "btc";
    source.network = "bitcoin";
    source.node = &node_.to_public();
    source.key_name = "seed-1";
    COFFER_TRY_ASSIGN(const auto added, wallets.add_source(source));
    const std::string tag = std::to_string(i);
    const std::vector<std::string> users{"a" + tag, "b" + tag, "c" + tag};
    std::vector<WalletRow> rows;
    for (const std::string& user : users) {
      rows.push_back({user, "bitcoin", {}, {}, {}});
    }
    const std::string key = "job" + tag;
    WalletJobDraft draft;
    draft.key = key;
    draft.sources = {&added.source.id, 1};
    ArrayRows reader(rows);
    COFFER_TRY_ASSIGN(const auto submitted, wallets.submit(draft, reader));
    WalletRun options;
    options.rows_max = 2;
    COFFER_TRY_ASSIGN(auto job, wallets.run(submitted.id, options));
    while (job.state == WalletJobState::ready) {
      COFFER_TRY_ASSIGN(job, wallets.run(submitted.id, options));
    }
    return {};
  }

 private:
  keys::ExtendedPrivateKey node_ = known_account("bitcoin");
};

}  // namespace coffer::crash
