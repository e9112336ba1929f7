// SPDX-License-Identifier: MIT
// The fault wrapper: the planned call fails, nothing of its unit stays, the next one works.
#include <coffer/storage/fault_storage.hpp>

#include <doctest/doctest.h>

#include <coffer/storage/rows_derived.hpp>

using namespace coffer::storage;
using coffer::Amount;
using coffer::Code;
using coffer::Status;

namespace {

Status put_two(Storage& storage) {
  COFFER_TRY_ASSIGN(const auto unit, storage.begin());
  COFFER_TRY(unit->put(HeadRow{1, Amount(1), 1}));
  COFFER_TRY(unit->put(HeadRow{2, Amount(2), 1}));
  return unit->commit();
}

}  // namespace

TEST_CASE("each planned failure is reported with its code and leaves nothing behind") {
  for (std::int64_t at = 1; at <= 4; ++at) {
    FaultPlan plan;
    const auto storage = make_fault_storage(make_memory_storage(), &plan);
    plan.fail_at = at;
    plan.code = Code::storage_full;
    INFO("call " << at);
    const Status failed = put_two(*storage);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == Code::storage_full);
    CHECK(failed.error().message == "fault: call " + std::to_string(at) + " fails as planned");
    plan.fail_at = 0;
    int heads = 0;
    REQUIRE((*storage->snapshot())->scan<HeadRow>({}, [&](const HeadRow&) { return ++heads > 0; }));
    CHECK(heads == 0);
    CHECK(put_two(*storage));
  }
}

TEST_CASE("a lasting failure goes on until the plan ends it") {
  FaultPlan plan;
  const auto storage = make_fault_storage(make_memory_storage(), &plan);
  plan.fail_at = 1;
  plan.is_lasting = true;
  CHECK_FALSE(put_two(*storage));
  CHECK_FALSE(put_two(*storage));
  CHECK(plan.calls == 2);
  plan.fail_at = 0;
  CHECK(put_two(*storage));
  CHECK(plan.calls == 6);
}

TEST_CASE("a unit whose write failed repeats the error and can't commit") {
  FaultPlan plan;
  const auto storage = make_fault_storage(make_memory_storage(), &plan);
  const auto unit = storage->begin();
  REQUIRE(unit);
  plan.fail_at = 2;
  CHECK((*unit)->put(HeadRow{1, Amount(1), 1}).error().code == Code::storage_io);
  CHECK((*unit)->put(HeadRow{2, Amount(1), 1}).error().code == Code::storage_io);
  CHECK((*unit)->commit().error().code == Code::storage_io);
}
