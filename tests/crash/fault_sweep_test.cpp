// SPDX-License-Identifier: MIT
// Every write and sync of a scripted workload fails once, in every way: nothing acknowledged is
// lost.
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "scripted_book.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;
using crash::ScriptedBook;
using crash::steps;

/// 1 tries every operation; more leaves out all but each n-th, for the quick run.
std::int64_t stride() {
  const char* wanted = std::getenv("COFFER_FAULT_STRIDE");
  return wanted == nullptr ? 12 : std::max(1, std::atoi(wanted));
}

Status run_all(ScriptedBook& book) {
  COFFER_TRY(book.open());
  for (std::int64_t i = book.acknowledged(); i < steps; ++i) {
    COFFER_TRY(book.step(i));
  }
  return book.ledger().close();
}

std::int64_t count_operations() {
  const TemporaryFolder folder;
  FaultVfs vfs("coffer-fault-count");
  vfs.plan({});
  ScriptedBook book(folder.file("book.db"), vfs.name());
  const Status done = run_all(book);
  INFO((done ? std::string() : done.error().message));
  REQUIRE(done);
  book.abandon();
  return vfs.operations();
}

/// Cuts the power at operation `at`, turns it on again, and looks; then finishes the workload.
void cut_power(std::int64_t at, Kept kept, std::uint64_t seed) {
  CAPTURE(at);
  CAPTURE(seed);
  const TemporaryFolder folder;
  FaultVfs vfs("coffer-fault-cut");
  Fault fault;
  fault.at = at;
  fault.kept = kept;
  fault.seed = seed;
  vfs.plan(fault);
  ScriptedBook book(folder.file("book.db"), vfs.name());
  // The last operations come after the orderly close, when the file itself is closed.
  static_cast<void>(run_all(book));
  book.abandon();
  vfs.restart();
  const Status opened = book.open();
  INFO((opened ? std::string() : opened.error().message));
  REQUIRE(opened);
  CHECK(book.complaint() == "");
  book.abandon();
  CHECK(run_all(book));
  REQUIRE(book.open());
  CHECK(book.complaint() == "");
  CHECK(book.acknowledged() == steps);
  book.abandon();
}

/// One operation fails; the host repeats what was refused with the same keys.
void fail_once(std::int64_t at, FaultEffect effect) {
  CAPTURE(at);
  const TemporaryFolder folder;
  FaultVfs vfs("coffer-fault-once");
  Fault fault;
  fault.at = at;
  fault.effect = effect;
  vfs.plan(fault);
  ScriptedBook book(folder.file("book.db"), vfs.name());
  Status done = run_all(book);
  for (int attempt = 0; !done && attempt < 3; ++attempt) {
    book.abandon();
    done = run_all(book);
  }
  INFO((done ? std::string() : done.error().message));
  REQUIRE(done);
  book.abandon();
  if (!book.open()) {
    REQUIRE(book.open());
  }
  CHECK(book.complaint() == "");
  CHECK(book.ledger().statistics()->transactions == 2 * steps + (steps + 2) / 3);
  book.abandon();
}

}  // namespace

TEST_CASE(
    "a power cut at any write or sync loses nothing acknowledged and leaves nothing half done") {
  const std::int64_t operations = count_operations();
  std::int64_t points = 0;
  for (std::int64_t at = 1; at <= operations; at += stride()) {
    cut_power(at, Kept::none, 1);
    cut_power(at, Kept::all, 1);
    cut_power(at, Kept::some, static_cast<std::uint64_t>(at));
    cut_power(at, Kept::some, static_cast<std::uint64_t>(at) + 1'000'003);
    points += 4;
  }
  MESSAGE("operations of the workload: ", operations, ", power cuts tried: ", points);
}

TEST_CASE("a full disk, a failing write or a failing sync is an error that a repeat overcomes") {
  const std::int64_t operations = count_operations();
  std::int64_t points = 0;
  for (std::int64_t at = 1; at <= operations; at += stride()) {
    fail_once(at, FaultEffect::disk_full);
    fail_once(at, FaultEffect::write_error);
    fail_once(at, FaultEffect::sync_error);
    points += 3;
  }
  MESSAGE("operations of the workload: ", operations, ", failures tried: ", points);
}

TEST_CASE("a step that fails on a full disk can be repeated on the same open book") {
  const TemporaryFolder folder;
  FaultVfs vfs("coffer-fault-full");
  vfs.plan({});
  ScriptedBook book(folder.file("book.db"), vfs.name());
  REQUIRE(book.open());
  REQUIRE(book.step(0));
  Fault fault;
  fault.at = 1;
  fault.effect = FaultEffect::disk_full;
  vfs.plan(fault);
  const Status refused = book.step(1);
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::storage_full);
  CHECK(book.step(1));
  CHECK(book.complaint() == "");
  book.abandon();
}
