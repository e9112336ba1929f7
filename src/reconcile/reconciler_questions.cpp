// SPDX-License-Identifier: MIT
// Reconciler, the reading half: stored records, and how the books came to their balance.
#include <limits>
#include <string>

#include <coffer/reconcile/reconciler.hpp>

#include "reconcile/record_reads.hpp"

namespace coffer {
namespace {

using reconcile::Subject;
using storage::ReconciliationRow;

constexpr std::int64_t records_max = 1000;

Error out_of_range(std::string_view field, std::int64_t value, std::string_view range) {
  return {Code::out_of_range,
          std::string(field) + ": " + std::to_string(value) + " is not " + std::string(range)};
}

Result<Reconciliation> read_record(storage::Reader& reader, ReconciliationId id) {
  Reconciliation record;
  COFFER_TRY_ASSIGN(const bool exists,
                    reader.find<ReconciliationRow>(id.value(), [&](const ReconciliationRow& row) {
                      record = reconcile::record_of(row);
                    }));
  if (!exists) {
    return Error{Code::reconciliation_not_found,
                 "reconciliation " + std::to_string(id.value()) + ": not found"};
  }
  return record;
}

Result<Amount> balance_before(const Ledger& ledger, AccountId account, Timestamp time) {
  if (time.ns == std::numeric_limits<std::int64_t>::min()) {
    return Amount(0);
  }
  return ledger.balance_as_of(account, Timestamp{time.ns - 1}, TimeAxis::recorded);
}

}  // namespace

Result<Reconciliation> Reconciler::find(ReconciliationId id) const {
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  return read_record(*reader, id);
}

Result<ReconciliationPage> Reconciler::history(const ReconciliationQuery& query) const {
  if (query.limit < 1 || query.limit > records_max) {
    return out_of_range("limit", query.limit, "in 1..1000");
  }
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  COFFER_TRY(reconcile::find_subject(*reader, query.wallet));
  ReconciliationPage page;
  COFFER_TRY(reconcile::visit_records(*reader, query.wallet, query.before,
                                      [&](const ReconciliationRow& row) {
                                        if (query.only_differences && row.difference.is_zero()) {
                                          return true;
                                        }
                                        if (page.records.size() == query.limit) {
                                          page.has_more = true;
                                          return false;
                                        }
                                        page.records.push_back(reconcile::record_of(row));
                                        page.next = ReconciliationId(row.id);
                                        return true;
                                      }));
  return page;
}

Result<ReconciliationNumberedPage> Reconciler::history(WalletId wallet, std::int64_t page,
                                                       std::int64_t page_size) const {
  if (page_size < 1 || page_size > records_max) {
    return out_of_range("page_size", page_size, "in 1..1000");
  }
  if (page < 1 || page - 1 > std::numeric_limits<std::int64_t>::max() / page_size) {
    return out_of_range("page", page, "a page number, counted from 1");
  }
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  COFFER_TRY(reconcile::find_subject(*reader, wallet));
  ReconciliationNumberedPage numbered;
  numbered.page = page;
  numbered.page_size = page_size;
  const std::int64_t first = (page - 1) * page_size;
  COFFER_TRY(reconcile::visit_records(*reader, wallet, {}, [&](const ReconciliationRow& row) {
    const std::int64_t place = numbered.total++;
    if (place >= first && place - first < page_size) {
      numbered.records.push_back(reconcile::record_of(row));
    }
    return true;
  }));
  return numbered;
}

Result<ReconciliationDetail> Reconciler::detail(ReconciliationId id, std::uint32_t limit) const {
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  ReconciliationDetail detail;
  COFFER_TRY_ASSIGN(detail.record, read_record(*reader, id));
  COFFER_TRY_ASSIGN(const Subject subject, reconcile::find_subject(*reader, detail.record.wallet));
  COFFER_TRY_ASSIGN(detail.opening_balance,
                    balance_before(*ledger_, subject.account, detail.record.start_at));
  COFFER_TRY_ASSIGN(detail.turnover,
                    subtract(detail.record.system_balance, detail.opening_balance));
  HistoryQuery query;
  query.account = subject.account;
  query.is_oldest_first = true;
  query.limit = limit;
  query.recorded_from = detail.record.start_at;
  query.recorded_to = detail.record.end_at;
  COFFER_TRY_ASSIGN(detail.lines, ledger_->history(query));
  return detail;
}

}  // namespace coffer
