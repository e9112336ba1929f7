// SPDX-License-Identifier: MIT
// Address pools: filling, giving out, marking, and looking for what was used before.
#include <coffer/wallet/address_pool.hpp>

#include <algorithm>
#include <array>
#include <string>

#include "wallet/crypto_parts.hpp"

namespace coffer {
namespace {

using storage::Cell;
using storage::CryptoWalletRow;
using storage::ScanQuery;
using wallet::DerivedAddresses;
using wallet::NewRecord;
using wallet::RecordKind;
using wallet::StoredRecord;
using wallet::StoredWallet;
using wallet::WalletRecords;

constexpr std::uint32_t free_most = 100'000;
constexpr std::size_t fill_step = 4096;
constexpr std::size_t owner_bytes_max = 256;

/// Visits a source's addresses from an index on; false stops.
template <class Visit>
Status visit_addresses(WalletRecords& records, std::int64_t source, std::int64_t from,
                       Visit&& visit) {
  const Cell equal = Cell::of(source);
  const Cell first = Cell::of(from);
  ScanQuery query;
  query.index = CryptoWalletRow::by_source;
  query.equal = std::span(&equal, 1);
  query.from = std::span(&first, 1);
  return records.reader().scan<CryptoWalletRow>(query, visit);
}

bool is_pooled(const CryptoWalletRow& row) { return row.user.empty(); }

/// The counts of a pool as the snapshot has them.
Result<AddressPool> count(WalletRecords& records, const AddressSource& source) {
  AddressPool pool;
  pool.source = source.id;
  pool.gap_limit = source.gap_limit;
  pool.next_index = source.next_index;
  std::vector<CryptoWalletRow> rows;
  std::int64_t next = source.first_index;
  for (bool has_more = true; has_more;) {
    // Read in pieces, because a scan's visitor may not ask the snapshot again.
    rows.clear();
    COFFER_TRY(visit_addresses(records, source.id.value(), next, [&](const CryptoWalletRow& row) {
      CryptoWalletRow& kept = rows.emplace_back(row);
      kept.user = is_pooled(row) ? std::string_view() : std::string_view("someone");
      next = row.address_index + 1;
      return rows.size() < fill_step;
    }));
    has_more = rows.size() == fill_step;
    for (const CryptoWalletRow& row : rows) {
      COFFER_TRY_ASSIGN(const CryptoWalletStatus status, records.status_of(row));
      ++pool.gap;
      if (!is_pooled(row)) {
        continue;
      }
      pool.free += status == CryptoWalletStatus::free ? 1 : 0;
      pool.assigned += status == CryptoWalletStatus::assigned ? 1 : 0;
      pool.used += status == CryptoWalletStatus::used ? 1 : 0;
      pool.retired += status == CryptoWalletStatus::retired ? 1 : 0;
      pool.gap = status == CryptoWalletStatus::used ? 0 : pool.gap;
    }
  }
  return pool;
}

/// Rows of a pool, with the addresses that they view.
struct NewAddresses {
  DerivedAddresses derived;
  std::vector<CryptoWalletRow> rows;
};

Result<NewAddresses> derive_next(CryptoWallets::Parts& parts, const WalletRecords& records,
                                 const AddressSource& source, std::size_t count,
                                 std::span<const PrivateNode> nodes,
                                 const keys::BulkOptions& derivation) {
  NewAddresses made;
  COFFER_TRY_ASSIGN(made.derived,
                    parts.derive(source, source.next_index, count, nodes, derivation));
  for (std::size_t i = 0; i < count; ++i) {
    CryptoWalletRow& row = made.rows.emplace_back();
    row.id = records.last_wallet() + static_cast<std::int64_t>(i) + 1;
    row.network = source.network;
    row.address = made.derived.address(i);
    row.source = source.id.value();
    row.address_index = source.next_index + static_cast<std::int64_t>(i);
    row.public_key = made.derived.public_key(i);
    row.kind = static_cast<std::int64_t>(source.kind);
    row.status = static_cast<std::int64_t>(CryptoWalletStatus::free);
  }
  return made;
}

/// The free address with the lowest index.
Result<std::optional<StoredWallet>> first_free(WalletRecords& records,
                                               const AddressSource& source) {
  // Addresses leave in the order of their indexes, so only what lies behind the last one that was
  // given out can be free.
  std::int64_t from = source.first_index;
  const std::array<Cell, 2> equal{Cell::of(static_cast<std::int64_t>(RecordKind::address_state)),
                                  Cell::of(source.id.value())};
  std::int64_t last_given = 0;
  ScanQuery query;
  query.index = storage::WalletRecordRow::by_subject;
  query.equal = equal;
  query.is_backward = true;
  COFFER_TRY(records.reader().scan<storage::WalletRecordRow>(
      query, [&](const storage::WalletRecordRow& row) {
        if (row.status == static_cast<std::int64_t>(CryptoWalletStatus::assigned)) {
          last_given = row.position;
        }
        return last_given == 0;
      }));
  if (last_given != 0) {
    COFFER_TRY_ASSIGN(const auto given, records.wallet(last_given));
    from = given ? given->row.address_index + 1 : from;
  }
  for (;;) {
    std::optional<StoredWallet> candidate;
    COFFER_TRY(visit_addresses(records, source.id.value(), from, [&](const CryptoWalletRow& row) {
      if (is_pooled(row)) {
        candidate = wallet::stored(row);
      }
      return !candidate.has_value();
    }));
    if (!candidate) {
      return candidate;
    }
    COFFER_TRY_ASSIGN(const CryptoWalletStatus status, records.status_of(candidate->row));
    if (status == CryptoWalletStatus::free) {
      return candidate;
    }
    from = candidate->row.address_index + 1;
  }
}

Error no_wallet(CryptoWalletId id) {
  return {Code::wallet_not_found, "crypto wallet " + std::to_string(id.value()) + ": not found"};
}

}  // namespace

Result<AddressPool> CryptoWallets::pool(AddressSourceId source) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const AddressSource known, records.source(source.value()));
  return count(records, known);
}

Result<std::int64_t> CryptoWallets::fill_pool(const PoolFilling& filling) {
  if (filling.free_min > free_most) {
    return Error{Code::out_of_range, "free_min: must be at most 100000"};
  }
  COFFER_TRY(parts_->may(filling.actor, WalletAction::assign_address, {}));
  const std::lock_guard lock(parts_->mutex);
  std::int64_t added = 0;
  for (int tries = 0; tries < Parts::tries_max;) {
    COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
    COFFER_TRY_ASSIGN(const AddressSource source, records.source(filling.source.value()));
    COFFER_TRY_ASSIGN(const AddressPool now, count(records, source));
    if (now.free >= filling.free_min) {
      return added;
    }
    const std::size_t wanted =
        std::min(fill_step, static_cast<std::size_t>(filling.free_min - now.free));
    COFFER_TRY_ASSIGN(
        const NewAddresses made,
        derive_next(*parts_, records, source, wanted, filling.private_nodes, filling.derivation));
    COFFER_TRY_ASSIGN(const bool is_done, parts_->commit(records, made.rows, {}));
    added += is_done ? static_cast<std::int64_t>(wanted) : 0;
    tries += is_done ? 0 : 1;
  }
  return Parts::busy();
}

Result<AssignedAddress> CryptoWallets::assign_address(const AddressRequest& request) {
  COFFER_TRY(wallet::check_key("key", request.key));
  COFFER_TRY(wallet::check_text("owner", request.owner, owner_bytes_max));
  COFFER_TRY(parts_->may(request.actor, WalletAction::assign_address, {}));
  const std::lock_guard lock(parts_->mutex);
  AssignedAddress assigned;
  std::int64_t wallet = 0;
  COFFER_TRY(parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const AddressSource source, records.source(request.source.value()));
    COFFER_TRY_ASSIGN(const std::optional<StoredRecord> known,
                      records.find(RecordKind::address_state, request.key));
    if (known) {
      wallet = known->position;
      assigned.existed = true;
      return known->subject == request.source.value() && known->data == request.owner
                 ? Status{}
                 : Error{Code::exists_with_different_owner,
                         "key: wallet " + std::to_string(wallet) +
                             " has it, for another owner or of another source"};
    }
    COFFER_TRY_ASSIGN(const std::optional<StoredWallet> free, first_free(records, source));
    if (!free) {
      return Error{Code::condition_not_met,
                   "source '" + source.name + "': no address is free; fill the pool"};
    }
    wallet = free->row.id;
    added.push_back({RecordKind::address_state, request.source.value(), wallet,
                     static_cast<std::int64_t>(CryptoWalletStatus::assigned), request.key,
                     request.actor, request.owner});
    return {};
  }));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const AddressSource source, records.source(request.source.value()));
  COFFER_TRY_ASSIGN(const std::optional<StoredWallet> row, records.wallet(wallet));
  COFFER_TRY_ASSIGN(assigned.wallet, records.describe(*row));
  COFFER_TRY_ASSIGN(const std::int64_t used, parts_->last_used(records, source));
  assigned.is_beyond_gap =
      static_cast<std::int64_t>(assigned.wallet.address_index) - used > source.gap_limit;
  assigned.may_be_reused = source.is_restored;
  return assigned;
}

Result<CryptoWallet> CryptoWallets::mark_address(CryptoWalletId address, CryptoWalletStatus status,
                                                 std::string_view actor) {
  if (status != CryptoWalletStatus::used && status != CryptoWalletStatus::retired) {
    return Error{Code::invalid_argument, "status: must be used or retired"};
  }
  COFFER_TRY(parts_->may(actor, WalletAction::assign_address, {}));
  const std::lock_guard lock(parts_->mutex);
  COFFER_TRY(parts_->append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
    COFFER_TRY_ASSIGN(const std::optional<StoredWallet> found, records.wallet(address.value()));
    if (!found) {
      return no_wallet(address);
    }
    COFFER_TRY_ASSIGN(const CryptoWalletStatus now, records.status_of(found->row));
    if (!found->user.empty() || now == CryptoWalletStatus::retired) {
      return now == status && found->user.empty()
                 ? Status{}
                 : Error{Code::condition_not_met, "crypto wallet " +
                                                      std::to_string(address.value()) +
                                                      ": is no address of a pool, or retired"};
    }
    if (now != status) {
      added.push_back({RecordKind::address_state,
                       found->row.source,
                       address.value(),
                       static_cast<std::int64_t>(status),
                       {},
                       actor,
                       {}});
    }
    return {};
  }));
  return find(address);
}

}  // namespace coffer
