// SPDX-License-Identifier: MIT
// Pages of an account's history by key, both ways, with a bound on what one call looks at.
#include <algorithm>
#include <limits>

#include "ledger/query/journal_reads.hpp"
#include "ledger/query/questions.hpp"

namespace coffer::ledger {
namespace {

using storage::TransactionRow;

constexpr std::size_t ids_per_read_max = 1024;
/// Stands after every line of a transaction in a cursor.
constexpr std::int32_t line_max = std::numeric_limits<std::int32_t>::max();

/// A transaction of the account, whole only when its row passes the filters.
struct Candidate {
  JournalTransaction transaction;
  bool is_match = false;
};

/// The ids that the question's time range allows.
struct IdRange {
  std::int64_t first = 1;
  std::int64_t last = 0;
};

Result<IdRange> id_range_of(IndexView& view, const HistoryQuery& query) {
  IdRange range{1, view.last_transaction()};
  if (query.recorded_from) {
    COFFER_TRY_ASSIGN(range.first, first_transaction_from(view.reader(), query.recorded_from));
  }
  if (query.recorded_to) {
    COFFER_TRY_ASSIGN(const std::int64_t end,
                      first_transaction_from(view.reader(), query.recorded_to));
    range.last = std::min(range.last, end - 1);
  }
  return range;
}

/// One call of `history`.
class PageReader {
 public:
  PageReader(IndexView& view, const HistoryQuery& query, Side normal_side, IdRange range)
      : view_(view), query_(query), normal_side_(normal_side), range_(range) {
    page_.next = query.after;
  }

  Result<HistoryPage> read() {
    std::int64_t from = first_id();
    std::size_t most = query_.limit + 1U;
    while (!is_done_) {
      COFFER_TRY(read_ids(from, most));
      COFFER_TRY(read_rows());
      for (std::size_t i = 0; i < candidates_.size() && !is_done_; ++i) {
        COFFER_TRY(take(&candidates_[i]));
      }
      if (ids_.size() < most) {
        break;
      }
      from = ids_.back() + (query_.is_oldest_first ? 1 : -1);
      most = std::min(2 * most, ids_per_read_max);
    }
    return std::move(page_);
  }

 private:
  [[nodiscard]] std::int64_t first_id() const {
    if (query_.is_oldest_first) {
      return std::max(range_.first, query_.after.transaction.value());
    }
    return query_.after.transaction ? std::min(range_.last, query_.after.transaction.value())
                                    : range_.last;
  }

  [[nodiscard]] bool is_in_range(std::int64_t id) const {
    return id >= range_.first && id <= range_.last;
  }

  Status read_ids(std::int64_t from, std::size_t most) {
    ids_.clear();
    if (!is_in_range(from)) {
      return {};
    }
    return view_.scan_account(query_.account.value(), from, !query_.is_oldest_first,
                              [this, most](std::int64_t id) {
                                if (!is_in_range(id)) {
                                  return false;
                                }
                                ids_.push_back(id);
                                return ids_.size() < most;
                              });
  }

  Status read_rows() {
    candidates_.clear();
    return visit_transactions(view_.reader(), ids_, [this](const TransactionRow& row) {
      Candidate& candidate = candidates_.emplace_back();
      candidate.is_match = matches(row);
      candidate.transaction.row = row;
      candidate.transaction.row.key = {};
      candidate.transaction.row.reference = {};
      if (candidate.is_match) {
        candidate.transaction.key = row.key;
        candidate.transaction.reference = row.reference;
      }
    });
  }

  [[nodiscard]] bool matches(const TransactionRow& row) const {
    return (!query_.kind || *query_.kind == kind_of(row)) &&
           (!query_.code || *query_.code == code_of(row)) &&
           (query_.reference.empty() || query_.reference == row.reference);
  }

  [[nodiscard]] bool matches(const Leg& leg) const {
    return (!query_.side || *query_.side == leg.side) &&
           (!query_.amount_min || leg.amount >= *query_.amount_min) &&
           (!query_.amount_max || leg.amount <= *query_.amount_max);
  }

  Status take(Candidate* candidate) {
    JournalTransaction& transaction = candidate->transaction;
    if (candidate->is_match && query_.is_reversed) {
      COFFER_TRY_ASSIGN(const std::int64_t reversal,
                        reversal_of(view_.reader(), transaction.row.id));
      candidate->is_match = (reversal != 0) == *query_.is_reversed;
    }
    if (candidate->is_match) {
      if (transaction.row.entry_count != 0) {
        COFFER_TRY_ASSIGN(transaction.entries, read_entries(view_.reader(), transaction.row));
      }
      take_lines(transaction);
    }
    if (!is_done_ && ++visited_ == history_visits_max) {
      const std::int32_t end = query_.is_oldest_first ? line_max : 0;
      page_.next = Cursor{TransactionId(transaction.row.id), end};
      page_.has_more = true;
      is_done_ = true;
    }
    return {};
  }

  void take_lines(const JournalTransaction& transaction) {
    legs_.clear();
    for_each_leg(transaction, [this](const Leg& leg) {
      if (leg.account == query_.account.value()) {
        legs_.push_back(leg);
      }
    });
    const auto count = static_cast<std::int32_t>(legs_.size());
    for (std::int32_t i = 0; i < count && !is_done_; ++i) {
      take_line(transaction, query_.is_oldest_first ? i : count - 1 - i);
    }
  }

  [[nodiscard]] bool was_on_earlier_page(std::int64_t id, std::int32_t line) const {
    if (id != query_.after.transaction.value()) {
      return false;
    }
    return query_.is_oldest_first ? line <= query_.after.line : line >= query_.after.line;
  }

  void take_line(const JournalTransaction& transaction, std::int32_t line) {
    const Leg& leg = legs_[static_cast<std::size_t>(line)];
    if (was_on_earlier_page(transaction.row.id, line) || !matches(leg)) {
      return;
    }
    if (page_.lines.size() == query_.limit) {
      page_.has_more = true;
      is_done_ = true;
      return;
    }
    page_.lines.push_back(line_of(transaction, leg));
    page_.next = Cursor{TransactionId(transaction.row.id), line};
  }

  [[nodiscard]] HistoryLine line_of(const JournalTransaction& transaction, const Leg& leg) const {
    const TransactionRow& row = transaction.row;
    HistoryLine line;
    line.transaction = TransactionId(row.id);
    line.key = transaction.key;
    line.kind = kind_of(row);
    line.code = code_of(row);
    line.account = query_.account;
    if (row.entry_count == 0) {
      line.counterparty = AccountId(leg.side == Side::debit ? row.credit : row.debit);
    }
    line.side = leg.side;
    line.amount = leg.amount;
    line.change = signed_change(leg.side, normal_side_, leg.amount);
    line.balance_after = leg.balance_after;
    // Was a balance once, so it fits.
    static_cast<void>(subtract_checked(leg.balance_after, line.change, &line.balance_before));
    line.recorded_at = Timestamp{row.recorded_at};
    line.effective_at = effective_at_of(row);
    line.reference = transaction.reference;
    return line;
  }

  IndexView& view_;
  const HistoryQuery& query_;
  Side normal_side_;
  IdRange range_;
  HistoryPage page_;
  std::vector<std::int64_t> ids_;
  std::vector<Candidate> candidates_;
  std::vector<Leg> legs_;
  std::int64_t visited_ = 0;
  bool is_done_ = false;
};

}  // namespace

Result<HistoryPage> history(IndexView& view, const HistoryQuery& query) {
  COFFER_TRY_ASSIGN(const Side normal_side, normal_side_of(view.reader(), query.account));
  if (query.limit < 1 || query.limit > history_lines_max) {
    return Error{Code::out_of_range,
                 "limit: " + std::to_string(query.limit) + " is not in 1..1000"};
  }
  COFFER_TRY_ASSIGN(const IdRange range, id_range_of(view, query));
  return PageReader(view, query, normal_side, range).read();
}

}  // namespace coffer::ledger
