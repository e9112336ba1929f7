// SPDX-License-Identifier: MIT
// Submitting a job: its rows are packed, compared with what is stored already, and stored.
#include <algorithm>
#include <array>
#include <string>

#include "crypto/sha256.hpp"
#include "wallet/crypto_parts.hpp"

namespace coffer {
namespace {

using wallet::JobFlag;
using wallet::NewRecord;
using wallet::Packer;
using wallet::RecordKind;
using wallet::StoredRecord;
using wallet::WalletRecords;

constexpr std::size_t sources_max = 64;
/// Records of input that one commit takes.
constexpr std::size_t records_per_commit = 8;

std::int64_t flags_of(const WalletJobDraft& draft) {
  return JobFlag::none | (draft.is_all_or_nothing ? JobFlag::all_or_nothing : 0) |
         (draft.allows_several ? JobFlag::several : 0) |
         (draft.needs_approval ? JobFlag::approval : 0);
}

std::string ids_text(std::span<const AddressSourceId> ids) {
  std::string text;
  for (const AddressSourceId id : ids) {
    text += (text.empty() ? "" : ",") + std::to_string(id.value());
  }
  return text;
}

Result<std::vector<std::string>> networks_of(WalletRecords& records,
                                             std::span<const AddressSourceId> sources) {
  if (sources.empty() || sources.size() > sources_max) {
    return Error{Code::invalid_argument, "sources: there must be 1 to 64"};
  }
  std::vector<std::string> networks;
  for (const AddressSourceId id : sources) {
    COFFER_TRY_ASSIGN(const AddressSource source, records.source(id.value()));
    if (std::find(networks.begin(), networks.end(), source.network) != networks.end()) {
      return Error{Code::invalid_argument, "sources: two of them are of " + source.network};
    }
    networks.push_back(source.network);
  }
  return networks;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The rows of one record.
struct Piece {
  std::int64_t first = 0;
  std::string data;
};

/// One call of submit. The lock is held.
class Submission {
 public:
  Submission(CryptoWallets::Parts& parts, const WalletJobDraft& draft, WalletRowReader& reader)
      : parts_(parts), draft_(draft), reader_(reader) {}

  Result<SubmittedJob> run() {
    COFFER_TRY(begin());
    bool has_more = true;
    while (has_more) {
      COFFER_TRY_ASSIGN(has_more, take());
    }
    COFFER_TRY(store());
    COFFER_TRY(end());
    COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_.ledger));
    COFFER_TRY_ASSIGN(const wallet::JobHead head, wallet::read_job(records, job_));
    return SubmittedJob{WalletJobId(job_), existed_, wallet::describe(head)};
  }

 private:
  /// Finds the job or makes it.
  Status begin() {
    const std::string sources = ids_text(draft_.sources);
    COFFER_TRY(parts_.append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
      COFFER_TRY_ASSIGN(networks_, networks_of(records, draft_.sources));
      COFFER_TRY_ASSIGN(const std::optional<StoredRecord> known,
                        records.find(RecordKind::job, draft_.key));
      if (!known) {
        added.push_back(
            {RecordKind::job, 0, 0, flags_of(draft_), draft_.key, draft_.actor, sources});
        return {};
      }
      if (known->status != flags_of(draft_) || known->data != sources) {
        return Error{
            Code::exists_with_different_policy,
            "key: job " + std::to_string(known->id) + " has it, with other options or sources"};
      }
      return {};
    }));
    COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_.ledger));
    COFFER_TRY_ASSIGN(const std::optional<StoredRecord> made,
                      records.find(RecordKind::job, draft_.key));
    if (!made) {
      return Error{Code::internal, "the job that was just stored can't be found"};
    }
    job_ = made->id;
    COFFER_TRY_ASSIGN(const auto input, records.newest(RecordKind::job_input, job_));
    existed_ = input && input->status == 1;
    stored_until_ = input ? input->position : -1;
    return {};
  }

  /// Takes the next row; false when there is none.
  Result<bool> take() {
    WalletRowReader::Item item;
    COFFER_TRY_ASSIGN(const bool has_row, reader_.next(item));
    if (!has_row) {
      if (in_piece_ > 0) {
        COFFER_TRY(close_piece());
      }
      return false;
    }
    if (item.error.code == Code::ok) {
      item.error = wallet::check_row(item.row, rows_ + 1, networks_);
    } else {
      item.row.user = {};
      item.row.network = {};
    }
    if (item.error.code != Code::ok && first_error_.empty()) {
      first_error_ = item.error.message;
    }
    failed_ += item.error.code != Code::ok ? 1 : 0;
    if (item.error.code != Code::ok) {
      // Whatever is wrong with them, texts of any size and bytes do not get into the book.
      item.row = {};
    }
    wallet::pack_input(packer_, item.row, item.error);
    ++rows_;
    if (++in_piece_ == wallet::input_rows_max ||
        packer_.bytes().size() >= wallet::input_bytes_max) {
      COFFER_TRY(close_piece());
    }
    return true;
  }

  Status close_piece() {
    hash_.update(bytes_of(packer_.bytes()));
    pieces_.push_back({rows_ - static_cast<std::int64_t>(in_piece_), packer_.bytes()});
    packer_.clear();
    in_piece_ = 0;
    return pieces_.size() == records_per_commit ? store() : Status{};
  }

  /// Stores the pieces that are not stored, and compares those that are.
  Status store() {
    COFFER_TRY(parts_.append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
      for (const Piece& piece : pieces_) {
        if (piece.first > stored_until_) {
          added.push_back(
              {RecordKind::job_input, job_, piece.first, 0, {}, draft_.actor, piece.data});
          continue;
        }
        COFFER_TRY_ASSIGN(const auto known,
                          records.newest(RecordKind::job_input, job_, piece.first));
        if (!known || known->status != 0 || known->data != piece.data) {
          return different(piece.first + 1);
        }
      }
      if (existed_ && !added.empty()) {
        return different(added.front().position + 1);
      }
      return {};
    }));
    pieces_.clear();
    return {};
  }

  [[nodiscard]] Error different(std::int64_t row) const {
    return {Code::exists_with_different_entries, "key: job " + std::to_string(job_) +
                                                     " has it, with other rows from row " +
                                                     std::to_string(row) + " on"};
  }

  Status end() {
    const crypto::Digest32 digest = hash_.finish();
    const std::string_view hash(reinterpret_cast<const char*>(digest.data()), digest.size());
    const bool has_failed = draft_.is_all_or_nothing && failed_ > 0;
    const WalletJobState state = has_failed              ? WalletJobState::failed
                                 : draft_.needs_approval ? WalletJobState::waiting
                                                         : WalletJobState::ready;
    return parts_.append([&](WalletRecords& records, std::vector<NewRecord>& added) -> Status {
      COFFER_TRY_ASSIGN(const auto known, records.newest(RecordKind::job_input, job_));
      if (known && known->status == 1) {
        return known->position == rows_ && known->data == hash ? Status{} : different(rows_ + 1);
      }
      added.push_back({RecordKind::job_input, job_, rows_, 1, {}, draft_.actor, hash});
      COFFER_TRY_ASSIGN(const auto cancelled, records.newest(RecordKind::job_state, job_));
      if (!cancelled) {
        added.push_back({RecordKind::job_state,
                         job_,
                         0,
                         static_cast<std::int64_t>(state),
                         {},
                         draft_.actor,
                         has_failed ? std::string_view(first_error_) : std::string_view()});
      }
      return {};
    });
  }

  CryptoWallets::Parts& parts_;
  const WalletJobDraft& draft_;
  WalletRowReader& reader_;
  std::vector<std::string> networks_;
  std::int64_t job_ = 0;
  bool existed_ = false;
  std::int64_t stored_until_ = -1;  ///< the greatest position of its input that is stored
  std::int64_t rows_ = 0;
  std::int64_t failed_ = 0;
  std::string first_error_;
  Packer packer_;
  std::size_t in_piece_ = 0;
  std::vector<Piece> pieces_;
  crypto::Sha256 hash_;
};

}  // namespace

Result<SubmittedJob> CryptoWallets::submit(const WalletJobDraft& draft, WalletRowReader& rows) {
  COFFER_TRY(wallet::check_key("key", draft.key));
  COFFER_TRY(parts_->may(draft.actor, WalletAction::submit, {}));
  const std::lock_guard lock(parts_->mutex);
  return Submission(*parts_, draft, rows).run();
}

}  // namespace coffer
