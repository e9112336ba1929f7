// SPDX-License-Identifier: MIT
// The power goes at every write and sync of scripted workloads: nothing acknowledged is lost.
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

TEST_CASE(
    "a power cut at any write or sync loses nothing acknowledged and leaves nothing half done") {
  sweep_power_cuts("ledger", make<ScriptedLedger>);
  sweep_power_cuts("wallets and reconciliations", make<ScriptedWallets>, 4);
}

TEST_CASE("with normal durability a power cut takes the last steps at most and tears none") {
  const MakeBook make_normal = [](const TemporaryFolder& folder, const char* vfs) {
    auto book = make<ScriptedLedger>(folder, vfs);
    book->durability = storage::Durability::normal;
    return book;
  };
  const std::int64_t operations = count_operations(make_normal);
  // Fewer syncs are what it is chosen for.
  CHECK(operations < count_operations(make<ScriptedLedger>));
  std::int64_t points = 0;
  std::int64_t lost = 0;
  for (std::int64_t at = 1; at <= operations; at += 6 * stride()) {
    for (const Kept kept : {Kept::none, Kept::all, Kept::some}) {
      CAPTURE(at);
      CAPTURE(static_cast<int>(kept));
      Fault fault;
      fault.at = at;
      fault.kept = kept;
      fault.seed = static_cast<std::uint64_t>(at);
      FaultyRun run(make_normal, fault);
      static_cast<void>(run.book().run());
      run.book().abandon();
      run.vfs().restart();
      const std::int64_t acknowledged = run.book().acknowledged();
      // What is there is a beginning of what was done, whole up to the step that was under way.
      run.book().go_back_to(0);
      run.look();
      const std::int64_t kept_steps = dynamic_cast<ScriptedLedger&>(run.book()).begun();
      CHECK(kept_steps <= acknowledged + 1);
      lost += std::max<std::int64_t>(0, acknowledged - kept_steps);
      run.finish();
      ++points;
    }
  }
  MESSAGE("normal durability: operations of the script: ", operations,
          ", power cuts tried: ", points, ", acknowledged steps lost in all: ", lost);
  // Or it would be no other than full.
  CHECK((lost > 0 || points < 50));
}
