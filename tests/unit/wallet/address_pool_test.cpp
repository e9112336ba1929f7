// SPDX-License-Identifier: MIT
// Address pools: filled ahead, given out once, marked, and searched after a restore.
#include <coffer/wallet/address_pool.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/crypto_wallet_book.hpp"

using namespace coffer;

namespace {

/// A chain that has seen these addresses.
class SeenAddresses final : public ChainUse {
 public:
  Status was_used(std::string_view network, std::span<const std::string_view> addresses,
                  std::span<bool> used) override {
    if (is_down) {
      return Error{Code::source_unavailable, "no node"};
    }
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      used[i] =
          network == "bitcoin" && std::find(seen.begin(), seen.end(), addresses[i]) != seen.end();
    }
    return {};
  }
  std::vector<std::string> seen;
  bool is_down = false;
};

std::int64_t fill(CryptoWalletBook& book, AddressSourceId source, std::uint32_t free_min) {
  PoolFilling filling;
  filling.source = source;
  filling.free_min = free_min;
  const auto added = book.wallets->fill_pool(filling);
  REQUIRE_MESSAGE(added, added.error().message);
  return *added;
}

}  // namespace

TEST_CASE("a pool gives each address once, and the same key gets the same address again") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  CHECK(book.wallets->assign_address({source, "a", "ann", {}}).error().code ==
        Code::condition_not_met);
  CHECK(fill(book, source, 3) == 3);
  CHECK(fill(book, source, 3) == 0);
  const auto first = book.wallets->assign_address({source, "a", "ann", {}});
  REQUIRE_MESSAGE(first, first.error().message);
  CHECK(first->wallet.address == "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
  CHECK(first->wallet.status == CryptoWalletStatus::assigned);
  CHECK(!first->existed);
  const auto second = book.wallets->assign_address({source, "b", "bob", {}});
  REQUIRE(second);
  CHECK(second->wallet.address == "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  const auto again = book.wallets->assign_address({source, "a", "ann", {}});
  REQUIRE(again);
  CHECK(again->existed);
  CHECK(again->wallet.id == first->wallet.id);
  CHECK(book.wallets->assign_address({source, "a", "eve", {}}).error().code ==
        Code::exists_with_different_owner);
  CHECK(book.wallets->assign_address({source, {}, "ann", {}}).error().code == Code::key_required);
  CHECK(book.wallets->assign_address({AddressSourceId(9), "c", {}, {}}).error().code ==
        Code::not_found);
  REQUIRE(book.wallets->assign_address({source, "c", {}, {}}));
  CHECK(book.wallets->assign_address({source, "d", {}, {}}).error().code ==
        Code::condition_not_met);
  const auto pool = book.wallets->pool(source);
  REQUIRE(pool);
  CHECK(pool->free == 0);
  CHECK(pool->assigned == 3);
  CHECK(pool->gap == 3);
  CHECK(pool->next_index == 3);
  book.verify();
}

TEST_CASE("wallets of users and a pool share a source without sharing an index") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  fill(book, source, 1);
  book.run(book.submit("job", {source}, {{"ann", {}, {}, {}, {}}}));
  fill(book, source, 2);
  CHECK(book.wallets->find("ann", "bitcoin")->address_index == 1);
  CHECK(book.wallets->assign_address({source, "a", {}, {}})->wallet.address_index == 0);
  CHECK(book.wallets->assign_address({source, "b", {}, {}})->wallet.address_index == 2);
  CHECK(book.wallets->mark_address(CryptoWalletId(2), CryptoWalletStatus::used, {}).error().code ==
        Code::condition_not_met);
  CHECK(book.wallets->set_status(CryptoWalletId(1), CryptoWalletStatus::frozen, {}).error().code ==
        Code::condition_not_met);
  book.verify();
}

TEST_CASE("an address that is marked is not given out") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  fill(book, source, 4);
  CHECK(book.wallets->mark_address(CryptoWalletId(1), CryptoWalletStatus::retired, "ops")->status ==
        CryptoWalletStatus::retired);
  CHECK(book.wallets->mark_address(CryptoWalletId(2), CryptoWalletStatus::used, "ops")->status ==
        CryptoWalletStatus::used);
  CHECK(book.wallets->mark_address(CryptoWalletId(2), CryptoWalletStatus::used, "ops")->status ==
        CryptoWalletStatus::used);
  CHECK(
      book.wallets->mark_address(CryptoWalletId(1), CryptoWalletStatus::used, "ops").error().code ==
      Code::condition_not_met);
  CHECK(
      book.wallets->mark_address(CryptoWalletId(1), CryptoWalletStatus::free, "ops").error().code ==
      Code::invalid_argument);
  CHECK(book.wallets->mark_address(CryptoWalletId(99), CryptoWalletStatus::used, "ops")
            .error()
            .code == Code::wallet_not_found);
  CHECK(book.wallets->assign_address({source, "a", {}, {}})->wallet.address_index == 2);
  const auto pool = book.wallets->pool(source);
  REQUIRE(pool);
  CHECK(pool->free == 1);
  CHECK(pool->assigned == 1);
  CHECK(pool->used == 1);
  CHECK(pool->retired == 1);
  CHECK(pool->gap == 2);
}

TEST_CASE("an address beyond the gap limit says so, and the limit can be moved") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("btc", "bitcoin");
  REQUIRE(book.wallets->set_gap_limit(source, 2, "ops"));
  fill(book, source, 4);
  CHECK(!book.wallets->assign_address({source, "1", {}, {}})->is_beyond_gap);
  CHECK(!book.wallets->assign_address({source, "2", {}, {}})->is_beyond_gap);
  CHECK(book.wallets->assign_address({source, "3", {}, {}})->is_beyond_gap);
  REQUIRE(book.wallets->mark_address(CryptoWalletId(1), CryptoWalletStatus::used, {}));
  CHECK(!book.wallets->assign_address({source, "3", {}, {}})->is_beyond_gap);
  CHECK(book.wallets->assign_address({source, "4", {}, {}})->is_beyond_gap);
  REQUIRE(book.wallets->set_gap_limit(source, 1000, "ops"));
  CHECK(!book.wallets->assign_address({source, "4", {}, {}})->is_beyond_gap);
  CHECK(book.wallets->pool(source)->gap_limit == 1000);
  CHECK(book.wallets->set_gap_limit(source, 0, "ops").error().code == Code::out_of_range);
  PoolFilling too_much;
  too_much.source = source;
  too_much.free_min = 100'001;
  CHECK(book.wallets->fill_pool(too_much).error().code == Code::out_of_range);
}

TEST_CASE("a restored source warns of reuse until a look at the chain found what was used") {
  CryptoWalletBook book;
  const keys::ExtendedPrivateKey node = known_account("bitcoin");
  AddressSourceDraft draft;
  draft.name = "btc";
  draft.network = "bitcoin";
  draft.node = &node.to_public();
  draft.is_restored = true;
  const auto added = book.wallets->add_source(draft);
  REQUIRE(added);
  const AddressSourceId source = added->source.id;
  CHECK(added->source.is_restored);
  fill(book, source, 1);
  const auto risky = book.wallets->assign_address({source, "a", {}, {}});
  REQUIRE(risky);
  CHECK(risky->may_be_reused);
  // On the chain: index 0 and index 4 of this seed.
  CryptoWalletBook other;
  fill(other, other.source("btc", "bitcoin"), 5);
  SeenAddresses chain;
  chain.seen = {risky->wallet.address, other.wallets->find(CryptoWalletId(5))->address};
  chain.is_down = true;
  CHECK(book.wallets->find_used(source, chain).error().code == Code::source_unavailable);
  chain.is_down = false;
  const auto found = book.wallets->find_used(source, chain);
  REQUIRE_MESSAGE(found, found.error().message);
  CHECK(found->used == 2);
  CHECK(found->next_index == 5);
  CHECK(found->looked_at >= 25);
  CHECK(!book.wallets->find_source(source)->is_restored);
  const auto pool = book.wallets->pool(source);
  REQUIRE(pool);
  CHECK(pool->used == 2);
  CHECK(pool->retired == 3);
  CHECK(pool->gap == 0);
  CHECK(book.wallets->find_used(source, chain)->next_index == 5);
  fill(book, source, 1);
  const auto safe = book.wallets->assign_address({source, "b", {}, {}});
  REQUIRE(safe);
  CHECK(safe->wallet.address_index == 5);
  CHECK(!safe->may_be_reused);
  book.verify();
}
