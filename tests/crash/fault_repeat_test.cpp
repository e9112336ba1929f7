// SPDX-License-Identifier: MIT
// Writes and syncs of scripted workloads that fail once: a repeat with the same keys overcomes it.
#include "fault_sweep.hpp"
#include "scripted_ledger.hpp"
#include "scripted_wallets.hpp"

namespace {

using namespace coffer;
using namespace coffer::crash;

template <class Book>
std::unique_ptr<BookOnVfs> make(const TemporaryFolder& folder, const char* vfs) {
  return std::make_unique<Book>(folder.file("book.db"), vfs);
}

}  // namespace

TEST_CASE("a full disk, a failing write or a failing sync is an error that a repeat overcomes") {
  sweep_failures("ledger", make<ScriptedLedger>, 2);
  sweep_failures("wallets and reconciliations", make<ScriptedWallets>, 4);
}

TEST_CASE("a step that fails on a full disk can be repeated on the same open book") {
  FaultyRun run(make<ScriptedLedger>, Fault{});
  BookOnVfs& book = run.book();
  REQUIRE(book.open());
  REQUIRE(book.play_next());
  Fault fault;
  fault.at = 1;
  fault.effect = FaultEffect::disk_full;
  run.vfs().plan(fault);
  const Status refused = book.play_next();
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::storage_full);
  CHECK(book.play_next());
  CHECK(book.complaint() == "");
  book.abandon();
}
