// SPDX-License-Identifier: MIT
// What the writer's memory reads from the storage: the newest commit, assets, accounts when used.
#include <algorithm>

#include "ledger/book/book.hpp"
#include "ledger/query/journal_reads.hpp"

namespace coffer::ledger {

namespace {

using storage::Cell;
using storage::ScanQuery;

constexpr std::int64_t flag_minimum = 1;
constexpr std::int64_t flag_maximum = 2;
constexpr std::int64_t flag_frozen = 4;
constexpr std::int64_t flag_closed = 8;

std::string_view keep(StoredTransaction& stored, std::string_view text) {
  return stored.texts.emplace_back(text);
}

}  // namespace

Result<std::unique_ptr<Book>> Book::load(storage::Storage& storage, HistoryIndex& index,
                                         bool wants_events) {
  std::unique_ptr<Book> book(new Book(storage, index, wants_events));
  COFFER_TRY(book->load_commit());
  COFFER_TRY(book->load_assets());
  book->end();
  return book;
}

Result<storage::Reader*> Book::loader() {
  if (!loader_) {
    COFFER_TRY_ASSIGN(loader_, storage_.snapshot());
  }
  return loader_.get();
}

Status Book::load_commit() {
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(reader->scan<storage::CommitRow>(newest, [this](const storage::CommitRow& row) {
    newest_ = row;
    newest_.hash = {};
    last_time_ = row.recorded_at;
    if (row.hash.size() == chain_.size()) {
      std::copy(row.hash.begin(), row.hash.end(), chain_.begin());
    }
    return false;
  }));
  if (newest_.id != 0) {
    return {};
  }
  COFFER_TRY_ASSIGN(const bool exists,
                    reader->find<storage::BookRow>(
                        1, [this](const storage::BookRow& row) { chain_ = genesis_hash(row); }));
  return exists ? Status{}
                : Error{Code::storage_corrupt, "book: the row that names the book is missing"};
}

Status Book::load_assets() {
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  return reader->scan<storage::AssetRow>(ScanQuery{}, [this](const storage::AssetRow& row) {
    add_asset(row);
    return true;
  });
}

Result<AccountSlot*> Book::account(std::int64_t id) {
  if (id < 1 || id > newest_.last_account) {
    return static_cast<AccountSlot*>(nullptr);
  }
  AccountSlot& slot = slots_.at(id);
  if (slot.is_loaded) {
    return &slot;
  }
  bool exists = false;
  COFFER_TRY(load_account(id, slot, &exists));
  return exists ? &slot : nullptr;
}

Status Book::load_account(std::int64_t id, AccountSlot& slot, bool* exists) {
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  COFFER_TRY_ASSIGN(*exists,
                    reader->find<storage::AccountRow>(id, [&slot](const storage::AccountRow& row) {
                      slot.asset = row.asset;
                      slot.is_debit_normal = row.normal_side == 1;
                    }));
  if (!*exists) {
    return {};
  }
  COFFER_TRY(load_policy(id, slot));
  COFFER_TRY(load_balance(id, slot));
  COFFER_TRY(load_holds(id, slot));
  slot.is_loaded = true;
  return {};
}

Status Book::load_policy(std::int64_t id, AccountSlot& slot) {
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  const Cell key = Cell::of(id);
  ScanQuery newest;
  newest.index = 1;
  newest.equal = std::span(&key, 1);
  newest.is_backward = true;
  newest.limit = 1;
  return reader->scan<storage::AccountChangeRow>(
      newest, [this, id, &slot](const storage::AccountChangeRow& row) {
        slot.is_frozen = (row.flags & flag_frozen) != 0;
        slot.is_closed = (row.flags & flag_closed) != 0;
        std::optional<Amount> minimum;
        std::optional<Amount> maximum;
        if ((row.flags & flag_minimum) != 0) {
          minimum = row.minimum;
        }
        if ((row.flags & flag_maximum) != 0) {
          maximum = row.maximum;
        }
        slot.is_minimum_zero = minimum == Amount(0);
        if ((minimum && !slot.is_minimum_zero) || maximum) {
          AccountExtra& extra = slots_.make_extra(id);
          extra.minimum = minimum;
          extra.maximum = maximum;
          slot.has_extra = true;
        }
        return false;
      });
}

Status Book::load_balance(std::int64_t id, AccountSlot& slot) {
  COFFER_TRY_ASSIGN(slot.last_transaction, index_.last_of_account(id));
  if (slot.last_transaction == 0) {
    return {};
  }
  COFFER_TRY_ASSIGN(const StoredTransaction stored, transaction(slot.last_transaction));
  if (stored.entries.empty()) {
    slot.balance = stored.row.debit == id ? stored.row.debit_after : stored.row.credit_after;
    return {};
  }
  for (const storage::EntryRow& entry : stored.entries) {
    if (entry.account == id) {
      slot.balance = entry.balance_after;
    }
  }
  return {};
}

Status Book::load_holds(std::int64_t id, AccountSlot& slot) {
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  const Cell key = Cell::of(id);
  ScanQuery of_account;
  of_account.index = 1;
  of_account.equal = std::span(&key, 1);
  std::vector<std::pair<std::int64_t, OpenHold>> found;
  COFFER_TRY(reader->scan<storage::OpenHoldRow>(of_account, [&](const storage::OpenHoldRow& row) {
    found.push_back(
        {row.hold,
         {row.account, static_cast<Bucket>(row.bucket), row.remaining, 0, row.expires_at}});
    return true;
  }));
  for (auto& [hold_id, hold] : found) {
    COFFER_TRY(reader->find<storage::HoldRow>(hold_id, [&hold = hold](const storage::HoldRow& row) {
      hold.destination = row.destination;
    }));
    AccountExtra& extra = slots_.make_extra(id);
    if (!slot.has_extra) {
      extra.minimum = slot.is_minimum_zero ? std::optional<Amount>(Amount(0)) : std::nullopt;
      slot.has_extra = true;
    }
    if (!add_checked(extra.reserved, hold.remaining, &extra.reserved)) {
      return Error{Code::storage_corrupt, "open_holds: the holds of account " + std::to_string(id) +
                                              " overflow; run verify"};
    }
    ++slot.open_holds;
    holds_[hold_id] = hold;
    if (hold.expires_at != 0) {
      due_.insert({hold.expires_at, hold_id});
    }
  }
  return {};
}

Result<StoredTransaction> Book::transaction(std::int64_t id) {
  StoredTransaction stored;
  const auto take = [&stored](const storage::TransactionRow& row) {
    stored.row = row;
    stored.row.key = keep(stored, row.key);
    stored.row.reference = keep(stored, row.reference);
  };
  const auto take_note = [&stored](const storage::NoteRow& row) {
    stored.note = row;
    stored.note.description = keep(stored, row.description);
    stored.note.metadata = keep(stored, row.metadata);
  };
  if (const storage::TransactionRow* row = pending_transaction(id)) {
    take(*row);
    any_pending(&Batch::entries, [&stored, id](const storage::EntryRow& entry) {
      if (entry.transaction == id) {
        stored.entries.push_back(entry);
      }
      return false;
    });
    any_pending(&Batch::notes, [&](const storage::NoteRow& note) {
      if (note.transaction == id) {
        take_note(note);
        return true;
      }
      return false;
    });
    return stored;
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  COFFER_TRY_ASSIGN(const bool exists, reader->find<storage::TransactionRow>(id, take));
  if (!exists) {
    return Error{Code::transaction_not_found,
                 "transaction " + std::to_string(id) + " does not exist"};
  }
  COFFER_TRY(reader->find<storage::NoteRow>(id, take_note));
  if (stored.row.entry_count != 0) {
    const Cell key = Cell::of(id);
    ScanQuery legs;
    legs.index = 1;
    legs.equal = std::span(&key, 1);
    COFFER_TRY(reader->scan<storage::EntryRow>(legs, [&stored](const storage::EntryRow& entry) {
      stored.entries.push_back(entry);
      return true;
    }));
  }
  return stored;
}

Result<std::int64_t> Book::reversal_of(std::int64_t id) {
  std::int64_t found = 0;
  any_pending(&Batch::notes, [&found, id](const storage::NoteRow& note) {
    if (note.reverses == id) {
      found = note.transaction;
    }
    return found != 0;
  });
  if (found != 0) {
    return found;
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  return ledger::reversal_of(*reader, id);
}

Result<std::string_view> Book::metadata_of(std::int64_t account,
                                           const std::optional<std::string_view>& given) {
  if (given) {
    return *given;
  }
  std::int64_t newest = 0;
  std::string metadata;
  any_pending(&Batch::account_changes, [&](const storage::AccountChangeRow& row) {
    if (row.account == account && row.id > newest) {
      newest = row.id;
      metadata = row.metadata;
    }
    return false;
  });
  if (newest == 0) {
    COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
    const Cell key = Cell::of(account);
    ScanQuery last;
    last.index = 1;
    last.equal = std::span(&key, 1);
    last.is_backward = true;
    last.limit = 1;
    COFFER_TRY(reader->scan<storage::AccountChangeRow>(last, [&](const auto& row) {
      metadata = row.metadata;
      return false;
    }));
  }
  return std::string_view(batch_->texts.emplace_back(std::move(metadata)));
}

Result<std::int64_t> Book::wallet_of(std::int64_t account) {
  std::int64_t found = 0;
  any_pending(&Batch::wallets, [&found, account](const storage::WalletRow& row) {
    if (row.account == account) {
      found = row.id;
    }
    return found != 0;
  });
  if (found != 0) {
    return found;
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, loader());
  const Cell key = Cell::of(account);
  ScanQuery of_account;
  of_account.index = 2;
  of_account.equal = std::span(&key, 1);
  COFFER_TRY(reader->scan<storage::WalletRow>(of_account, [&found](const storage::WalletRow& row) {
    found = row.id;
    return false;
  }));
  return found;
}

}  // namespace coffer::ledger
