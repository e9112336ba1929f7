// SPDX-License-Identifier: MIT
// Jobs: what each row becomes, stops and resumes, repeats, retries, rolling back.
#include <coffer/wallet/wallet_job.hpp>

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "support/crypto_wallet_book.hpp"

using namespace coffer;

namespace {

/// Rows for users u1, u2 and so on, with texts that live as long as it does.
struct ManyRows {
  explicit ManyRows(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      users.push_back("u" + std::to_string(i + 1));
    }
    for (const std::string& user : users) {
      rows.push_back({user, "bitcoin", {}, {}, {}});
    }
  }
  std::vector<std::string> users;
  std::vector<WalletRow> rows;
};

}  // namespace

TEST_CASE("a job gives each row the next address of its network's source") {
  CryptoWalletBook book;
  const AddressSourceId bitcoin = book.source("btc", "bitcoin");
  const AddressSourceId ethereum = book.source("eth", "ethereum");
  const WalletJobId job = book.submit("job-1", {bitcoin, ethereum},
                                      {{"ann", "bitcoin", {}, "main", R"({"tier":1})"},
                                       {"ann", "ethereum", {}, {}, {}},
                                       {"bob", "bitcoin", {}, {}, {}}});
  const WalletJob done = book.run(job);
  CHECK(done.state == WalletJobState::completed);
  CHECK(done.rows == 3);
  CHECK(done.done == 3);
  CHECK(done.created == 3);
  CHECK(done.failed == 0);
  const std::vector<WalletRowResult> results = book.results(job);
  REQUIRE(results.size() == 3);
  // BIP-84's own test vectors, and the first Ethereum address of the same words.
  CHECK(results[0].address == "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
  CHECK(results[2].address == "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  CHECK(results[1].address == "0x9858EfFD232B4033E47d90003D41EC34EcaEda94");
  const auto wallet = book.wallets->find("ann", "bitcoin");
  REQUIRE(wallet);
  CHECK(wallet->id == results[0].wallet);
  CHECK(wallet->path == "m/84'/0'/0'/0/0");
  CHECK(wallet->key_name == "seed-1");
  CHECK(wallet->label == "main");
  CHECK(wallet->extra == R"({"tier":1})");
  CHECK(to_hex(wallet->public_key) ==
        "0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c");
  CHECK(wallet->status == CryptoWalletStatus::active);
  CHECK(book.wallets->find("bob", "bitcoin")->path == "m/84'/0'/0'/0/1");
  CHECK(book.wallets->find("ann", "ethereum")->path == "m/44'/60'/0'/0/0");
  book.verify();
}

TEST_CASE("a wrong row has its own result and the others go on") {
  CryptoWalletBook book;
  const std::string long_user(129, 'x');
  const std::string long_key(129, 'k');
  const std::string long_label(257, 'l');
  const WalletJobId job = book.submit("job-1", {book.source("btc", "bitcoin")},
                                      {{"ann", {}, {}, {}, {}},
                                       {"", "bitcoin", {}, {}, {}},
                                       {long_user, "bitcoin", {}, {}, {}},
                                       {"bob", "dogecoin", {}, {}, {}},
                                       {"bob\xff", "bitcoin", {}, {}, {}},
                                       {"bob", "bitcoin", long_key, {}, {}},
                                       {"bob", "bitcoin", {}, long_label, {}},
                                       {"bob", "bitcoin", {}, {}, "{"},
                                       {"bob", "bitcoin", {}, {}, {}}});
  const WalletJob done = book.run(job);
  CHECK(done.state == WalletJobState::completed);
  CHECK(done.created == 2);
  CHECK(done.failed == 7);
  const std::vector<WalletRowResult> results = book.results(job);
  CHECK(results[0].code == Code::ok);
  CHECK(results[1].code == Code::invalid_argument);
  CHECK(results[1].message == "row 2, user: is empty");
  CHECK(results[2].code == Code::text_too_long);
  CHECK(results[2].message == "row 3, user: has 129 bytes, 128 are allowed");
  CHECK(results[3].code == Code::network_not_found);
  CHECK(results[3].message == "row 4, network: the job has no source of 'dogecoin'");
  CHECK(results[4].code == Code::invalid_utf8);
  CHECK(results[5].code == Code::key_too_long);
  CHECK(results[6].code == Code::text_too_long);
  CHECK(results[7].message == "row 8, extra: is no JSON object");
  CHECK(results[8].code == Code::ok);
  CHECK(book.wallets->find("bob", "bitcoin")->address_index == 1);
  CHECK(book.wallets->results(job, 0, 1000, true)->size() == 7);
  CHECK(book.wallets->results(job, 4, 2, true)->front().row == 5);
}

TEST_CASE("at most one wallet for a user and network, unless several are asked for by key") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  const WalletJobId first = book.submit("job-1", {source},
                                        {{"ann", {}, "a", {}, {}},
                                         {"ann", {}, {}, {}, {}},
                                         {"ann", {}, "b", {}, {}},
                                         {"ann", {}, "a", {}, {}},
                                         {"ann", {}, "a", "other", {}}});
  book.run(first);
  const std::vector<WalletRowResult> results = book.results(first);
  CHECK(!results[0].existed);
  CHECK(results[1].existed);
  CHECK(results[1].wallet == results[0].wallet);
  CHECK(results[2].code == Code::already_exists);
  CHECK(results[3].existed);
  CHECK(results[4].code == Code::exists_with_different_reference);
  CHECK(book.wallets->list("ann", {}, 10)->size() == 1);

  WalletJobDraft draft;
  draft.key = "job-2";
  draft.sources = std::span(&source, 1);
  draft.allows_several = true;
  const std::vector<WalletRow> rows{{"ann", {}, "b", {}, {}}, {"ann", {}, "a", {}, {}}};
  ArrayRows reader(rows);
  const auto second = book.wallets->submit(draft, reader);
  REQUIRE(second);
  book.run(second->id);
  CHECK(!book.results(second->id)[0].existed);
  CHECK(book.results(second->id)[1].wallet == results[0].wallet);
  CHECK(book.wallets->list("ann", {}, 10)->size() == 2);
  book.verify();
}

TEST_CASE("a job runs in pieces of any size and its indexes have no gap") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  const ManyRows many(2500);
  const WalletJobId job = book.submit("job-1", {source}, many.rows);
  std::int64_t done = 0;
  for (const std::int64_t piece : {1, 7, 1000, 100, 5000}) {
    const WalletJob now = book.run(job, piece);
    CHECK(now.done == std::min<std::int64_t>(2500, done + piece));
    CHECK(now.created == now.done);
    done = now.done;
  }
  CHECK(book.wallets->find_job(job)->state == WalletJobState::completed);
  std::set<std::string> addresses;
  for (std::int64_t after = 0; after < 2500; after += 1000) {
    const auto page = book.wallets->results(job, after, 1000);
    REQUIRE(page);
    for (const WalletRowResult& result : *page) {
      CHECK(result.row == static_cast<std::int64_t>(addresses.size()) + 1);
      CHECK(result.user == "u" + std::to_string(result.row));
      addresses.insert(result.address);
    }
  }
  CHECK(addresses.size() == 2500);
  CHECK(book.wallets->find_source(source)->next_index == 2500);
  CHECK(book.wallets->find_source("btc")->next_index == 2500);
  CHECK(book.wallets->run(job)->created == 2500);
  book.verify();
}

TEST_CASE("the same key with the same rows is the same job, with others it is refused") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  ManyRows many(3000);
  const WalletJobId job = book.submit("job-1", {source}, many.rows);
  WalletJobDraft draft;
  draft.key = "job-1";
  draft.sources = std::span(&source, 1);
  ArrayRows again(many.rows);
  const auto same = book.wallets->submit(draft, again);
  REQUIRE_MESSAGE(same, same.error().message);
  CHECK(same->id == job);
  CHECK(same->existed);
  CHECK(same->job.rows == 3000);
  ArrayRows shorter(std::span(many.rows).first(2999));
  CHECK(book.wallets->submit(draft, shorter).error().code == Code::exists_with_different_entries);
  ArrayRows much_shorter(std::span(many.rows).first(1024));
  CHECK(book.wallets->submit(draft, much_shorter).error().code ==
        Code::exists_with_different_entries);
  many.rows.push_back({"more", "bitcoin", {}, {}, {}});
  ArrayRows longer(many.rows);
  CHECK(book.wallets->submit(draft, longer).error().code == Code::exists_with_different_entries);
  many.rows[5].label = "other";
  ArrayRows other(many.rows);
  CHECK(book.wallets->submit(draft, other).error().message ==
        "key: job 2 has it, with other rows from row 1 on");
  draft.is_all_or_nothing = true;
  ArrayRows with_options(many.rows);
  CHECK(book.wallets->submit(draft, with_options).error().code ==
        Code::exists_with_different_policy);
  CHECK(book.run(job, 5000).created == 3000);
}

TEST_CASE("all or nothing makes nothing when a row fails") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  book.run(book.submit("before", {source}, {{"ann", {}, "old", {}, {}}}));
  WalletJobDraft draft;
  draft.key = "bad-input";
  draft.sources = std::span(&source, 1);
  draft.is_all_or_nothing = true;
  const std::vector<WalletRow> bad{{"bob", {}, {}, {}, {}}, {"", {}, {}, {}, {}}};
  ArrayRows bad_reader(bad);
  const auto refused = book.wallets->submit(draft, bad_reader);
  REQUIRE(refused);
  const WalletJob bad_job = book.run(refused->id);
  CHECK(bad_job.state == WalletJobState::failed);
  CHECK(bad_job.done == 2);
  CHECK(bad_job.created == 0);
  CHECK(bad_job.failed == 2);
  CHECK(book.results(refused->id)[0].code == Code::group_failed);
  CHECK(book.results(refused->id)[1].message == "row 2, user: is empty");

  draft.key = "taken";
  const std::vector<WalletRow> taken{{"bob", {}, {}, {}, {}}, {"ann", {}, "new", {}, {}}};
  ArrayRows taken_reader(taken);
  const auto failing = book.wallets->submit(draft, taken_reader);
  REQUIRE(failing);
  const WalletJob failed = book.run(failing->id);
  CHECK(failed.state == WalletJobState::failed);
  CHECK(failed.reason.starts_with("row 2, user: has wallet 1 in bitcoin"));
  CHECK(failed.done == 2);
  CHECK(failed.failed == 2);
  CHECK(book.results(failing->id)[1].code == Code::already_exists);
  CHECK(book.wallets->find("bob", "bitcoin").error().code == Code::wallet_not_found);
  CHECK(book.wallets->find_source(source)->next_index == 1);

  draft.key = "good";
  const std::vector<WalletRow> good{{"bob", {}, {}, {}, {}}, {"cid", {}, {}, {}, {}}};
  ArrayRows good_reader(good);
  const auto fine = book.wallets->submit(draft, good_reader);
  REQUIRE(fine);
  CHECK(book.run(fine->id, 1).done == 0);
  CHECK(book.run(fine->id).created == 2);
  book.verify();
}

TEST_CASE("a cancelled job keeps what it made, a rolled back one retires it for good") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  const ManyRows many(10);
  const WalletJobId job = book.submit("job-1", {source}, many.rows);
  book.run(job, 4);
  REQUIRE(book.wallets->cancel(job, "ops", "wrong file"));
  CHECK(book.run(job).done == 4);
  CHECK(book.wallets->find_job(job)->reason == "wrong file");
  CHECK(book.wallets->find("u1", "bitcoin")->status == CryptoWalletStatus::active);
  CHECK(book.wallets->cancel(job, "ops")->state == WalletJobState::cancelled);
  CHECK(book.wallets->approve(job, "ops").error().code == Code::condition_not_met);
  const auto back = book.wallets->roll_back(job, "ops", "all wrong");
  REQUIRE(back);
  CHECK(back->state == WalletJobState::rolled_back);
  CHECK(book.wallets->roll_back(job, "ops")->reason == "all wrong");
  CHECK(book.wallets->find("u1", "bitcoin").error().code == Code::wallet_not_found);
  CHECK(book.wallets->find(CryptoWalletId(1))->status == CryptoWalletStatus::retired);
  CHECK(book.wallets->cancel(job, "ops").error().code == Code::condition_not_met);
  // The users are free again; the indexes are not.
  book.run(book.submit("job-2", {source}, many.rows));
  CHECK(book.wallets->find("u1", "bitcoin")->address_index == 4);
  CHECK(book.wallets->find_source(source)->next_index == 14);
  book.verify();
}

TEST_CASE("a job that needs approval waits for it") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  WalletJobDraft draft;
  draft.key = "job-1";
  draft.sources = std::span(&source, 1);
  draft.needs_approval = true;
  const std::vector<WalletRow> rows{{"ann", {}, {}, {}, {}}};
  ArrayRows reader(rows);
  const auto job = book.wallets->submit(draft, reader);
  REQUIRE(job);
  CHECK(book.wallets->run(job->id).error().code == Code::condition_not_met);
  CHECK(book.wallets->retry(job->id, "ops").error().code == Code::condition_not_met);
  CHECK(book.wallets->approve(job->id, "boss")->state == WalletJobState::ready);
  CHECK(book.wallets->approve(job->id, "boss")->state == WalletJobState::ready);
  CHECK(book.run(job->id).created == 1);
}

TEST_CASE("a job is found by id and by key, and jobs are listed in order") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  const WalletJobId one = book.submit("one", {source}, {});
  const WalletJobId two = book.submit("two", {source}, {{"ann", {}, {}, {}, {}}});
  CHECK(book.wallets->find_job("two")->id == two);
  CHECK(book.wallets->find_job("three").error().code == Code::not_found);
  CHECK(book.wallets->find_job(WalletJobId(99)).error().code == Code::not_found);
  REQUIRE(book.wallets->jobs({}, 10));
  CHECK(book.wallets->jobs({}, 10)->size() == 2);
  CHECK(book.wallets->jobs(one, 10)->front().key == "two");
  CHECK(book.wallets->jobs({}, 0).error().code == Code::out_of_range);
  CHECK(book.run(one).state == WalletJobState::completed);
  CHECK(book.wallets->results(two, 0, 1001).error().code == Code::out_of_range);
  CHECK(book.wallets->results(two, -1, 10).error().code == Code::out_of_range);
  CHECK(!book.results(two)[0].is_done);
  WalletRun nothing;
  nothing.rows_max = 0;
  CHECK(book.wallets->run(two, nothing).error().code == Code::out_of_range);
  CHECK(name_of(WalletJobState::rolled_back) == "rolled_back");
}

TEST_CASE("a job asks for sources, and for one of each network at most") {
  CryptoWalletBook book;
  const std::vector<WalletRow> rows;
  ArrayRows reader(rows);
  WalletJobDraft draft;
  CHECK(book.wallets->submit(draft, reader).error().code == Code::key_required);
  draft.key = "job-1";
  CHECK(book.wallets->submit(draft, reader).error().code == Code::invalid_argument);
  const std::vector<AddressSourceId> twice{book.source("a", "bitcoin"),
                                           book.source("b", "bitcoin", 1)};
  draft.sources = twice;
  CHECK(book.wallets->submit(draft, reader).error().message ==
        "sources: two of them are of bitcoin");
  const AddressSourceId missing(77);
  draft.sources = std::span(&missing, 1);
  CHECK(book.wallets->submit(draft, reader).error().code == Code::not_found);
}

TEST_CASE("a submission that broke off goes on, and one that was cancelled meanwhile stays so") {
  /// Gives some rows, then fails like a file on a broken disk.
  class BreakingRows final : public WalletRowReader {
   public:
    BreakingRows(std::span<const WalletRow> rows, bool breaks) : rows_(rows), breaks_(breaks) {}
    Result<bool> next(Item& item) override {
      if (breaks_ && rows_.next_row() == 9000) {
        return Error{Code::source_unavailable, "the disk is gone"};
      }
      return rows_.next(item);
    }

   private:
    struct Counted {
      explicit Counted(std::span<const WalletRow> rows) : reader(rows) {}
      Result<bool> next(Item& item) {
        ++at;
        return reader.next(item);
      }
      [[nodiscard]] int next_row() const { return at; }
      ArrayRows reader;
      int at = 0;
    };
    Counted rows_;
    bool breaks_;
  };

  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  const ManyRows many(10'000);
  for (const char* key : {"goes-on", "cancelled"}) {
    WalletJobDraft draft;
    draft.key = key;
    draft.sources = std::span(&source, 1);
    BreakingRows breaking(many.rows, true);
    CHECK(book.wallets->submit(draft, breaking).error().code == Code::source_unavailable);
    const auto job = book.wallets->find_job(key);
    REQUIRE(job);
    CHECK(job->state == WalletJobState::receiving);
    CHECK(job->rows == 8192);
    CHECK(book.wallets->run(job->id).error().code == Code::condition_not_met);
    const bool is_cancelled = std::string(key) == "cancelled";
    if (is_cancelled) {
      REQUIRE(book.wallets->cancel(job->id, "ops"));
    }
    BreakingRows whole(many.rows, false);
    REQUIRE(book.wallets->submit(draft, whole));
    CHECK(book.wallets->find_job(key)->rows == 10'000);
    CHECK(book.wallets->find_job(key)->state ==
          (is_cancelled ? WalletJobState::cancelled : WalletJobState::ready));
  }
  book.verify();
}
