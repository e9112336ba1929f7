// SPDX-License-Identifier: MIT
// C: address pools.
#include "coffer_address_pool.h"

#include <vector>

#include "crypto_wallet_handle.hpp"
#include "guard.hpp"
#include "key_handles.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::AddressSourceId;
using coffer::CryptoWallets;
using coffer::CryptoWalletStatus;
using coffer::Result;
using coffer::Status;

namespace {

/// The private node of a source, where one is given. Fails as `handle_of`.
Result<std::vector<coffer::PrivateNode>> nodes_of(coffer_id source, const coffer_xprv* node) {
  std::vector<coffer::PrivateNode> nodes;
  if (node != nullptr) {
    COFFER_TRY_ASSIGN(const coffer_xprv* held, handle_of(node, "node"));
    nodes.push_back({AddressSourceId(source), &held->held});
  }
  return nodes;
}

}  // namespace

coffer_status coffer_address_pool_find(const coffer_crypto_wallets* wallets, coffer_id source,
                                       coffer_address_pool* pool_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const CryptoWallets* known, wallets_of(wallets));
    COFFER_TRY(require(pool_out, "pool_out"));
    COFFER_TRY_ASSIGN(const coffer::AddressPool pool, known->pool(AddressSourceId(source)));
    *pool_out = {pool.free, pool.assigned,  pool.used,      pool.retired,
                 pool.gap,  pool.gap_limit, pool.next_index};
    return {};
  });
}

coffer_status coffer_address_pool_fill(coffer_crypto_wallets* wallets, coffer_id source,
                                       uint32_t free_min, const coffer_bulk_options* options,
                                       const coffer_xprv* node, const char* actor,
                                       size_t actor_length, int64_t* added_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    BulkRun bulk;
    COFFER_TRY(bulk.read(options));
    COFFER_TRY_ASSIGN(const auto nodes, nodes_of(source, node));
    coffer::PoolFilling filling;
    filling.source = AddressSourceId(source);
    filling.free_min = free_min;
    filling.derivation = bulk.options();
    filling.private_nodes = nodes;
    COFFER_TRY_ASSIGN(filling.actor, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const std::int64_t added, known->fill_pool(filling));
    put_if(added_out, added);
    return {};
  });
}

coffer_status coffer_address_pool_assign(coffer_crypto_wallets* wallets, coffer_id source,
                                         const char* key, size_t key_length, const char* owner,
                                         size_t owner_length, const char* actor,
                                         size_t actor_length, coffer_assigned_address* assigned_out,
                                         coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY(require(assigned_out, "assigned_out"));
    coffer::AddressRequest request;
    request.source = AddressSourceId(source);
    COFFER_TRY_ASSIGN(request.key, key_of(key, key_length));
    COFFER_TRY_ASSIGN(request.owner, text_of(owner, owner_length, "owner"));
    COFFER_TRY_ASSIGN(request.actor, text_of(actor, actor_length, "actor"));
    COFFER_TRY_ASSIGN(const coffer::AssignedAddress given, known->assign_address(request));
    coffer_assigned_address out{};
    out.wallet = to_c(given.wallet);
    out.existed = given.existed ? 1 : 0;
    out.is_beyond_gap = given.is_beyond_gap ? 1 : 0;
    out.may_be_reused = given.may_be_reused ? 1 : 0;
    *assigned_out = out;
    return {};
  });
}

coffer_status coffer_address_pool_mark(coffer_crypto_wallets* wallets, coffer_id address,
                                       coffer_crypto_wallet_status status, const char* actor,
                                       size_t actor_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto wanted, constant_of(status, CryptoWalletStatus::used, "status"));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    COFFER_TRY(known->mark_address(coffer::CryptoWalletId(address), wanted, who));
    return {};
  });
}

coffer_status coffer_address_pool_set_gap_limit(coffer_crypto_wallets* wallets, coffer_id source,
                                                uint32_t limit, const char* actor,
                                                size_t actor_length, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    return known->set_gap_limit(AddressSourceId(source), limit, who);
  });
}

coffer_status coffer_address_pool_find_used(coffer_crypto_wallets* wallets, coffer_id source,
                                            coffer_chain_use_function chain, void* chain_data,
                                            const coffer_xprv* node, const char* actor,
                                            size_t actor_length, coffer_used_addresses* found_out,
                                            coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(CryptoWallets * known, wallets_of(wallets));
    if (chain == nullptr) {
      return null_error("chain");
    }
    COFFER_TRY_ASSIGN(const auto nodes, nodes_of(source, node));
    COFFER_TRY_ASSIGN(const auto who, text_of(actor, actor_length, "actor"));
    CallbackChain asked(chain, chain_data);
    COFFER_TRY_ASSIGN(const coffer::UsedAddresses found,
                      known->find_used(AddressSourceId(source), asked, nodes, who));
    put_if(found_out, {found.looked_at, found.used, found.next_index, {}});
    return {};
  });
}
