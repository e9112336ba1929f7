// SPDX-License-Identifier: MIT
// Looking for addresses that were used: what restoring a seed needs before anything is given out.
#include <algorithm>
#include <array>
#include <deque>
#include <memory>
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
using wallet::SourceSetting;
using wallet::StoredWallet;
using wallet::WalletRecords;

constexpr std::size_t look_step = 100;

/// An address of the book, and whether it is marked.
struct KnownAddress {
  StoredWallet stored;
  CryptoWalletStatus status = CryptoWalletStatus::free;
};

Result<std::vector<KnownAddress>> read_known(WalletRecords& records, const AddressSource& source,
                                             std::int64_t from) {
  const Cell equal = Cell::of(source.id.value());
  const Cell first = Cell::of(from);
  ScanQuery query;
  query.index = CryptoWalletRow::by_source;
  query.equal = std::span(&equal, 1);
  query.from = std::span(&first, 1);
  query.limit = look_step;
  std::vector<KnownAddress> known;
  COFFER_TRY(records.reader().scan<CryptoWalletRow>(query, [&known](const CryptoWalletRow& row) {
    known.push_back({wallet::stored(row), {}});
    return true;
  }));
  for (KnownAddress& address : known) {
    COFFER_TRY_ASSIGN(address.status, records.status_of(address.stored.row));
  }
  return known;
}

/// One look over a source. The lock is held; the book does not move on meanwhile.
class Look {
 public:
  Look(CryptoWallets::Parts& parts, WalletRecords& records, const AddressSource& source,
       ChainUse& chain, std::string_view actor)
      : parts_(parts), records_(records), source_(source), chain_(chain), actor_(actor) {}

  Result<bool> run(std::span<const PrivateNode> nodes) {
    COFFER_TRY(look_at_known());
    COFFER_TRY(look_behind(nodes));
    if (source_.is_restored) {
      add_record(SourceSetting::used_found);
    }
    if (records_to_add_.empty()) {
      return true;
    }
    return parts_.commit(records_, rows_, records_to_add_);
  }

  UsedAddresses found;

 private:
  Status ask(const std::vector<std::string_view>& addresses) {
    used_ = std::make_unique<bool[]>(addresses.size());
    found.looked_at += static_cast<std::int64_t>(addresses.size());
    return chain_.was_used(source_.network, addresses, std::span(used_.get(), addresses.size()));
  }

  Status look_at_known() {
    std::int64_t next = source_.first_index;
    found.next_index = source_.next_index;
    while (next < source_.next_index) {
      COFFER_TRY_ASSIGN(const std::vector<KnownAddress> known, read_known(records_, source_, next));
      std::vector<std::string_view> addresses;
      addresses.reserve(known.size());
      for (const KnownAddress& address : known) {
        addresses.push_back(address.stored.address);
      }
      COFFER_TRY(ask(addresses));
      for (std::size_t i = 0; i < known.size(); ++i) {
        next = known[i].stored.row.address_index + 1;
        if (!used_[i]) {
          continue;
        }
        ++found.used;
        const bool is_marked = known[i].status == CryptoWalletStatus::used ||
                               known[i].status == CryptoWalletStatus::retired;
        if (known[i].stored.user.empty() && !is_marked) {
          mark_used(known[i].stored.row.id);
        }
      }
    }
    return {};
  }

  /// Derives on behind the book's last address until a whole gap was not used.
  Status look_behind(std::span<const PrivateNode> nodes) {
    std::uint32_t unused = 0;
    std::uint32_t next = source_.next_index;
    while (unused < source_.gap_limit) {
      const std::size_t count = std::min<std::size_t>(look_step, source_.gap_limit - unused);
      pieces_.emplace_back();
      COFFER_TRY_ASSIGN(pieces_.back(), parts_.derive(source_, next, count, nodes, {}));
      std::vector<std::string_view> addresses;
      for (std::size_t i = 0; i < count; ++i) {
        addresses.push_back(pieces_.back().address(i));
      }
      COFFER_TRY(ask(addresses));
      for (std::size_t i = 0; i < count; ++i) {
        add_row(pieces_.back(), i, next + static_cast<std::uint32_t>(i));
        ++unused;
        if (used_[i]) {
          ++found.used;
          unused = 0;
          keep_rows();
        }
      }
      next += static_cast<std::uint32_t>(count);
    }
    // What follows the last used one is not known to anybody yet.
    rows_.resize(kept_);
    found.next_index = source_.next_index + static_cast<std::uint32_t>(rows_.size());
    return {};
  }

  void add_row(const DerivedAddresses& derived, std::size_t i, std::uint32_t index) {
    CryptoWalletRow& row = rows_.emplace_back();
    row.id = records_.last_wallet() + static_cast<std::int64_t>(rows_.size());
    row.network = source_.network;
    row.address = derived.address(i);
    row.source = source_.id.value();
    row.address_index = index;
    row.public_key = derived.public_key(i);
    row.kind = static_cast<std::int64_t>(source_.kind);
    row.status = static_cast<std::int64_t>(CryptoWalletStatus::retired);
  }

  /// The newest row was used, so all up to it are in the book from now on.
  void keep_rows() {
    kept_ = rows_.size();
    rows_.back().status = static_cast<std::int64_t>(CryptoWalletStatus::free);
    mark_used(rows_.back().id);
  }

  void mark_used(std::int64_t wallet) {
    records_to_add_.push_back({RecordKind::address_state,
                               source_.id.value(),
                               wallet,
                               static_cast<std::int64_t>(CryptoWalletStatus::used),
                               {},
                               actor_,
                               {}});
  }

  void add_record(SourceSetting setting) {
    records_to_add_.push_back({RecordKind::source_setting,
                               source_.id.value(),
                               static_cast<std::int64_t>(setting),
                               1,
                               {},
                               actor_,
                               {}});
  }

  CryptoWallets::Parts& parts_;
  WalletRecords& records_;
  const AddressSource& source_;
  ChainUse& chain_;
  std::string_view actor_;
  std::unique_ptr<bool[]> used_;
  std::deque<DerivedAddresses> pieces_;
  std::vector<CryptoWalletRow> rows_;
  std::size_t kept_ = 0;
  std::vector<NewRecord> records_to_add_;
};

}  // namespace

Result<std::int64_t> CryptoWallets::Parts::last_used(WalletRecords& records,
                                                     const AddressSource& source) const {
  const std::array<Cell, 2> equal{Cell::of(static_cast<std::int64_t>(RecordKind::address_state)),
                                  Cell::of(source.id.value())};
  ScanQuery query;
  query.index = storage::WalletRecordRow::by_subject;
  query.equal = equal;
  query.is_backward = true;
  std::int64_t last = 0;
  COFFER_TRY(records.reader().scan<storage::WalletRecordRow>(
      query, [&last](const storage::WalletRecordRow& row) {
        if (row.status == static_cast<std::int64_t>(CryptoWalletStatus::used)) {
          last = row.position;
        }
        return last == 0;
      }));
  if (last == 0) {
    return static_cast<std::int64_t>(source.first_index) - 1;
  }
  COFFER_TRY_ASSIGN(const std::optional<StoredWallet> wallet, records.wallet(last));
  return wallet ? wallet->row.address_index : 0;
}

Result<UsedAddresses> CryptoWallets::find_used(AddressSourceId source, ChainUse& chain,
                                               std::span<const PrivateNode> private_nodes,
                                               std::string_view actor) {
  COFFER_TRY(parts_->may(actor, WalletAction::assign_address, {}));
  const std::lock_guard lock(parts_->mutex);
  for (int i = 0; i < Parts::tries_max; ++i) {
    COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
    COFFER_TRY_ASSIGN(const AddressSource known, records.source(source.value()));
    Look look(*parts_, records, known, chain, actor);
    COFFER_TRY_ASSIGN(const bool is_done, look.run(private_nodes));
    if (is_done) {
      return look.found;
    }
  }
  return Parts::busy();
}

}  // namespace coffer
