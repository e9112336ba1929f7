// SPDX-License-Identifier: MIT
// Counting calls and failing the planned ones.
#include <coffer/storage/fault_storage.hpp>

#include <string>
#include <utility>

namespace coffer::storage {
namespace {

Status next_call(FaultPlan* plan) {
  const std::int64_t call = ++plan->calls;
  const std::int64_t planned = plan->fail_at;
  if (planned > 0 && (call == planned || (plan->is_lasting && call > planned))) {
    return Error{plan->code, "fault: call " + std::to_string(call) + " fails as planned"};
  }
  return {};
}

class FaultReader final : public Reader {
 public:
  FaultReader(std::unique_ptr<Reader> inner, FaultPlan* plan) noexcept
      : inner_(std::move(inner)), plan_(plan) {}

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    COFFER_TRY(next_call(plan_));
    return inner_->find_any(schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    COFFER_TRY(next_call(plan_));
    return inner_->scan_any(schema, query, visit);
  }

  std::unique_ptr<Reader> inner_;
  FaultPlan* plan_;
};

class FaultUnit final : public UnitOfWork {
 public:
  FaultUnit(std::unique_ptr<UnitOfWork> inner, FaultPlan* plan) noexcept
      : inner_(std::move(inner)), plan_(plan) {}

  Status commit() override {
    COFFER_TRY(next_write());
    return inner_->commit();
  }
  void rollback() noexcept override { inner_->rollback(); }

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    COFFER_TRY(next_call(plan_));
    return inner_->find_any(schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    COFFER_TRY(next_call(plan_));
    return inner_->scan_any(schema, query, visit);
  }
  Status append_rows(const Schema& schema, const void* rows, std::size_t count) override {
    COFFER_TRY(next_write());
    return inner_->append_any(schema, rows, count);
  }
  Status put_rows(const Schema& schema, const void* rows, std::size_t count) override {
    COFFER_TRY(next_write());
    return inner_->put_any(schema, rows, count);
  }
  Status replace_row(const Schema& schema, const void* row,
                     std::int64_t expected_version) override {
    COFFER_TRY(next_write());
    return inner_->replace_any(schema, row, expected_version);
  }
  Status destroy_rows(const Schema& schema, std::int64_t first_id, std::int64_t last_id) override {
    COFFER_TRY(next_write());
    return inner_->destroy_any(schema, first_id, last_id);
  }

  Status next_write() {
    if (!failure_) {
      return failure_;
    }
    failure_ = next_call(plan_);
    return failure_;
  }

  std::unique_ptr<UnitOfWork> inner_;
  FaultPlan* plan_;
  Status failure_;
};

class FaultStorage final : public Storage {
 public:
  FaultStorage(std::unique_ptr<Storage> inner, FaultPlan* plan) noexcept
      : inner_(std::move(inner)), plan_(plan) {}

  Status acquire_writer(Takeover takeover, std::int64_t wait_ns) override {
    COFFER_TRY(next_call(plan_));
    return inner_->acquire_writer(takeover, wait_ns);
  }
  void release_writer() noexcept override { inner_->release_writer(); }
  Result<std::unique_ptr<UnitOfWork>> begin() override {
    COFFER_TRY(next_call(plan_));
    COFFER_TRY_ASSIGN(std::unique_ptr<UnitOfWork> unit, inner_->begin());
    return std::unique_ptr<UnitOfWork>(std::make_unique<FaultUnit>(std::move(unit), plan_));
  }
  Result<std::unique_ptr<Reader>> snapshot() override {
    COFFER_TRY(next_call(plan_));
    COFFER_TRY_ASSIGN(std::unique_ptr<Reader> reader, inner_->snapshot());
    return std::unique_ptr<Reader>(std::make_unique<FaultReader>(std::move(reader), plan_));
  }
  Status backup(std::string_view path, const Progress& progress) override {
    COFFER_TRY(next_call(plan_));
    return inner_->backup(path, progress);
  }
  Status maintain() override {
    COFFER_TRY(next_call(plan_));
    return inner_->maintain();
  }
  [[nodiscard]] std::string description() const override {
    return "faults over " + inner_->description();
  }

 private:
  std::unique_ptr<Storage> inner_;
  FaultPlan* plan_;
};

}  // namespace

std::unique_ptr<Storage> make_fault_storage(std::unique_ptr<Storage> inner, FaultPlan* plan) {
  return std::make_unique<FaultStorage>(std::move(inner), plan);
}

}  // namespace coffer::storage
