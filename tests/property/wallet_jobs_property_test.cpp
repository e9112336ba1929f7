// SPDX-License-Identifier: MIT
// Random jobs, runs, changes and rollbacks against a model of a few lines.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "support/crypto_wallet_book.hpp"

namespace {

using namespace coffer;

struct ModelWallet {
  std::string user, network, key, label;
  std::size_t job = 0;
  bool is_live = true;
};

struct ModelRow {
  std::string user, network, key, label;
  Code code = Code::ok;
  std::size_t wallet = 0;  ///< counted from 1
  bool existed = false;
};

struct ModelJob {
  WalletJobId id;
  std::vector<ModelRow> rows;
  std::size_t done = 0;
  bool allows_several = false;
  bool is_over = false;
  bool is_rolled_back = false;
};

class Model {
 public:
  /// What the next row of a job becomes, by the rules in words.
  void run_row(std::size_t job) {
    ModelRow& row = jobs[job].rows[jobs[job].done++];
    if (row.user.empty()) {
      row.code = Code::invalid_argument;
      return;
    }
    std::size_t live = 0;
    for (std::size_t i = 0; i < wallets.size(); ++i) {
      const ModelWallet& wallet = wallets[i];
      if (wallet.user != row.user || wallet.network != row.network) {
        continue;
      }
      if (!row.key.empty() && wallet.key == row.key) {
        row.wallet = i + 1;
        row.existed = wallet.label == row.label;
        row.code = row.existed ? Code::ok : Code::exists_with_different_reference;
        return;
      }
      live = live == 0 && wallet.is_live ? i + 1 : live;
    }
    if (live == 0 || (!row.key.empty() && jobs[job].allows_several)) {
      wallets.push_back({row.user, row.network, row.key, row.label, job, true});
      row.wallet = wallets.size();
      return;
    }
    row.wallet = live;
    row.existed = row.key.empty();
    row.code = row.key.empty() ? Code::ok : Code::already_exists;
  }

  std::vector<ModelWallet> wallets;
  std::vector<ModelJob> jobs;
};

class Play {
 public:
  explicit Play(std::uint64_t seed) : random_(seed) {
    sources_ = {book_.source("btc", "bitcoin"), book_.source("eth", "ethereum")};
  }

  void step() {
    const std::size_t what = below(10);
    if (what < 3 || model_.jobs.empty()) {
      submit();
    } else if (what < 7) {
      run(below(model_.jobs.size()));
    } else if (what == 7) {
      roll_back(below(model_.jobs.size()));
    } else if (what == 8 && !model_.wallets.empty()) {
      retire(below(model_.wallets.size()));
    } else {
      book_.verify();
    }
    compare();
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  void submit() {
    ModelJob job;
    job.allows_several = below(2) == 0;
    const std::vector<std::string> users{"", "ann", "bob", "cid", "dan"};
    const std::vector<std::string> keys{"", "", "k1", "k2"};
    for (std::size_t rows = below(12); rows > 0; --rows) {
      job.rows.push_back({users[std::min<std::size_t>(below(9), 4)],
                          below(2) == 0 ? "bitcoin" : "ethereum", keys[below(4)],
                          below(4) == 0 ? "other" : "main", Code::ok, 0, false});
    }
    std::vector<WalletRow> rows;
    for (const ModelRow& row : job.rows) {
      rows.push_back({row.user, row.network, row.key, row.label, {}});
    }
    const std::string key = "job-" + std::to_string(model_.jobs.size());
    WalletJobDraft draft;
    draft.key = key;
    draft.sources = sources_;
    draft.allows_several = job.allows_several;
    ArrayRows reader(rows);
    const auto submitted = book_.wallets->submit(draft, reader);
    REQUIRE_MESSAGE(submitted, submitted.error().message);
    ArrayRows again(rows);
    CHECK(book_.wallets->submit(draft, again)->existed);
    job.id = submitted->id;
    model_.jobs.push_back(std::move(job));
  }

  void run(std::size_t at) {
    const std::size_t rows = 1 + below(8);
    book_.run(model_.jobs[at].id, static_cast<std::int64_t>(rows));
    ModelJob& job = model_.jobs[at];
    for (std::size_t i = 0; i < rows && !job.is_over && job.done < job.rows.size(); ++i) {
      model_.run_row(at);
    }
    job.is_over = job.is_over || job.done == job.rows.size();
  }

  void roll_back(std::size_t at) {
    REQUIRE(book_.wallets->roll_back(model_.jobs[at].id, "test"));
    model_.jobs[at].is_over = true;
    model_.jobs[at].is_rolled_back = true;
    for (ModelWallet& wallet : model_.wallets) {
      wallet.is_live = wallet.is_live && wallet.job != at;
    }
  }

  void retire(std::size_t at) {
    if (model_.wallets[at].is_live) {
      REQUIRE(book_.wallets->set_status(CryptoWalletId(static_cast<std::int64_t>(at) + 1),
                                        CryptoWalletStatus::retired, "test"));
      model_.wallets[at].is_live = false;
    }
  }

  void compare() {
    for (const char* network : {"bitcoin", "ethereum"}) {
      const auto of_network =
          std::count_if(model_.wallets.begin(), model_.wallets.end(),
                        [network](const ModelWallet& wallet) { return wallet.network == network; });
      CHECK(book_.wallets->find_source(network == std::string("bitcoin") ? "btc" : "eth")
                ->next_index == of_network);
      for (const char* user : {"ann", "bob", "cid", "dan"}) {
        compare_live(user, network);
      }
    }
    const ModelJob& job = model_.jobs[below(model_.jobs.size())];
    const std::vector<WalletRowResult> results = book_.results(job.id);
    REQUIRE(results.size() == job.rows.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
      const bool is_known = i < job.done || job.rows[i].user.empty();
      CHECK(results[i].is_done == is_known);
      if (i < job.done) {
        CHECK(results[i].code == job.rows[i].code);
        CHECK(results[i].existed == job.rows[i].existed);
        CHECK(results[i].wallet.value() == static_cast<std::int64_t>(job.rows[i].wallet));
      }
    }
  }

  void compare_live(const std::string& user, const std::string& network) {
    const auto expected =
        std::find_if(model_.wallets.begin(), model_.wallets.end(), [&](const ModelWallet& wallet) {
          return wallet.user == user && wallet.network == network && wallet.is_live;
        });
    const auto found = book_.wallets->find(user, network);
    REQUIRE(found.has_value() == (expected != model_.wallets.end()));
    if (found) {
      CHECK(found->id.value() == expected - model_.wallets.begin() + 1);
      CHECK(found->key == expected->key);
      CHECK(found->label == expected->label);
    }
  }

  std::mt19937_64 random_;
  CryptoWalletBook book_;
  std::vector<AddressSourceId> sources_;
  Model model_;
};

}  // namespace

TEST_CASE("random jobs, runs, changes and rollbacks give what the model says") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Play play(seed);
    for (int step = 0; step < 120; ++step) {
      play.step();
    }
  }
}
