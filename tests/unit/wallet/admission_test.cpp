// SPDX-License-Identifier: MIT
// Admission: lists decide how wallets begin, and permissions who may do what.
#include <coffer/wallet/admission.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/crypto_wallet_book.hpp"

using namespace coffer;

namespace {

class OnlyOps final : public WalletPermissions {
 public:
  Status may(std::string_view actor, WalletAction action, WalletJobId /*job*/) noexcept override {
    asked.emplace_back(name_of(action));
    return actor == "ops" ? Status{}
                          : Error{Code::not_permitted,
                                  std::string(actor) + ": may not " + std::string(name_of(action))};
  }
  std::vector<std::string> asked;
};

class FailingCheck final : public AdmissionPolicy {
 public:
  Result<CryptoWalletStatus> decide(const AdmissionRequest& request) noexcept override {
    if (is_down && request.user == "bob") {
      return Error{Code::source_unavailable, "the check does not answer"};
    }
    return CryptoWalletStatus::active;
  }
  bool is_down = true;
};

}  // namespace

TEST_CASE("static lists make wallets active, pending or refused") {
  StaticAdmission admission(CryptoWalletStatus::pending);
  const std::vector<std::string_view> allowed{"ann", "cid"};
  const std::vector<std::string_view> denied{"eve", "cid"};
  admission.allow(allowed);
  admission.deny(denied);
  CHECK(*admission.decide({"ann", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::active);
  CHECK(*admission.decide({"bob", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::pending);
  CHECK(*admission.decide({"eve", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::refused);
  CHECK(*admission.decide({"cid", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::refused);

  CryptoWalletsOptions options;
  options.admission = &admission;
  CryptoWalletBook book(options);
  const WalletJobId job =
      book.submit("job", {book.source("btc", "bitcoin")},
                  {{"ann", {}, {}, {}, {}}, {"bob", {}, {}, {}, {}}, {"eve", {}, {}, {}, {}}});
  CHECK(book.run(job).created == 3);
  CHECK(book.results(job)[0].status == CryptoWalletStatus::active);
  CHECK(book.results(job)[1].status == CryptoWalletStatus::pending);
  CHECK(book.results(job)[2].status == CryptoWalletStatus::refused);
}

TEST_CASE("who is on neither list is decided by the check of users") {
  FailingCheck check;
  StaticAdmission admission(check);
  const std::vector<std::string_view> allowed{"ann", "bob"};
  const std::vector<std::string_view> denied{"eve"};
  admission.deny(denied);
  CHECK(admission.decide({"bob", "bitcoin", {}, {}, {}}).error().code == Code::source_unavailable);
  CHECK(*admission.decide({"ann", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::active);
  CHECK(*admission.decide({"eve", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::refused);
  admission.allow(allowed);
  CHECK(*admission.decide({"bob", "bitcoin", {}, {}, {}}) == CryptoWalletStatus::active);
}

TEST_CASE("all or nothing takes a refused user for a failure") {
  StaticAdmission admission;
  const std::vector<std::string_view> denied{"eve"};
  admission.deny(denied);
  CryptoWalletsOptions options;
  options.admission = &admission;
  CryptoWalletBook book(options);
  const AddressSourceId source = book.source("btc", "bitcoin");
  WalletJobDraft draft;
  draft.key = "job";
  draft.sources = std::span(&source, 1);
  draft.is_all_or_nothing = true;
  const std::vector<WalletRow> rows{{"ann", {}, {}, {}, {}}, {"eve", {}, {}, {}, {}}};
  ArrayRows reader(rows);
  const auto job = book.wallets->submit(draft, reader);
  REQUIRE(job);
  CHECK(book.run(job->id).state == WalletJobState::failed);
  CHECK(book.results(job->id)[1].code == Code::not_permitted);
  CHECK(book.results(job->id)[0].code == Code::group_failed);
}

TEST_CASE("a check that fails is the row's result, and a retry asks again") {
  FailingCheck check;
  CryptoWalletsOptions options;
  options.admission = &check;
  CryptoWalletBook book(options);
  const WalletJobId job =
      book.submit("job", {book.source("btc", "bitcoin")},
                  {{"ann", {}, {}, {}, {}}, {"bob", {}, {}, {}, {}}, {"", {}, {}, {}, {}}});
  CHECK(book.run(job).failed == 2);
  CHECK(book.results(job)[1].code == Code::source_unavailable);
  CHECK(book.results(job)[1].message == "row 2, user: the check does not answer");
  check.is_down = false;
  const auto again = book.wallets->retry(job, "ops");
  REQUIRE(again);
  CHECK(again->attempt == 2);
  CHECK(again->state == WalletJobState::ready);
  const WalletJob done = book.run(job);
  CHECK(done.state == WalletJobState::completed);
  CHECK(done.created == 2);
  CHECK(done.failed == 1);
  CHECK(book.results(job)[0].address == "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
  CHECK(book.results(job)[1].address == "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  CHECK(book.results(job)[2].code == Code::invalid_argument);
  // What can't be read stays wrong.
  REQUIRE(book.wallets->retry(job, "ops"));
  CHECK(book.run(job).failed == 1);
  CHECK(book.wallets->find_job(job)->attempt == 3);
  book.verify();
}

TEST_CASE("permissions are asked for every action on jobs and wallets") {
  OnlyOps permissions;
  CryptoWalletsOptions options;
  options.permissions = &permissions;
  CryptoWalletBook book(options);
  const keys::ExtendedPrivateKey node = known_account("bitcoin");
  AddressSourceDraft source;
  source.name = "btc";
  source.network = "bitcoin";
  source.node = &node.to_public();
  CHECK(book.wallets->add_source(source).error().code == Code::not_permitted);
  source.actor = "ops";
  const auto added = book.wallets->add_source(source);
  REQUIRE(added);
  WalletJobDraft draft;
  draft.key = "job";
  draft.sources = std::span(&added->source.id, 1);
  draft.actor = "eve";
  const std::vector<WalletRow> rows{{"ann", {}, {}, {}, {}}};
  ArrayRows reader(rows);
  CHECK(book.wallets->submit(draft, reader).error().message == "eve: may not submit");
  draft.actor = "ops";
  const auto job = book.wallets->submit(draft, reader);
  REQUIRE(job);
  CHECK(book.wallets->run(job->id).error().code == Code::not_permitted);
  CHECK(book.wallets->find_job(job->id, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->find_job("job", "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->find_job("none", "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->find_job("none", "ops").error().code == Code::not_found);
  CHECK(book.wallets->jobs({}, 10, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->results(job->id, 0, 10, false, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->approve(job->id, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->cancel(job->id, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->retry(job->id, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->roll_back(job->id, "eve").error().code == Code::not_permitted);
  CHECK(book.wallets->find_job(job->id, "ops")->actor == "ops");
  CHECK(permissions.asked.back() == "query");
}
