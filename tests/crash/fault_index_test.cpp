// SPDX-License-Identifier: MIT
// Power cuts while the index is sealed, merged and built again, and while an old file is upgraded.
#include "fault_sweep.hpp"
#include "old_file.hpp"
#include "scripted_index.hpp"

namespace {

using namespace coffer;
using namespace coffer::crash;
using Script = ScriptedIndex::Script;

/// A closed book in which as many segments lie side by side as `closes`, each of 2,100 transfers.
Script segments(int closes) {
  return {std::vector<std::int64_t>(static_cast<std::size_t>(closes), 2100), 0, true, false};
}

MakeBook from_base(const TemporaryFolder& base, const Script& script) {
  return [&base, script](const TemporaryFolder& folder, const char* vfs) {
    copy_base(base.path(), folder.path());
    return std::make_unique<ScriptedIndex>(folder.file("book.db"), vfs, script);
  };
}

/// Flips a bit in the middle of every block, so that nothing of the index can be believed.
void damage_blocks(const std::string& path) {
  PlainSqlite file(path);
  std::istringstream rows(file.ask("SELECT id, hex(data) FROM index_blocks"));
  std::int64_t blocks = 0;
  for (std::string row; std::getline(rows, row); ++blocks) {
    const std::size_t hex = row.find('|') + 1;
    char& digit = row[hex + (row.size() - hex) / 4 * 2];
    digit = digit == '0' ? '1' : '0';
    REQUIRE(file.ask("UPDATE index_blocks SET data = X'" + row.substr(hex) +
                     "' WHERE id = " + row.substr(0, hex - 1)) == "");
  }
  REQUIRE(blocks > 3);
}

/// How the script changes the highest level of the index when nothing fails.
std::int64_t level_after(const MakeBook& make) {
  FaultyRun run(make, Fault{});
  const Status done = run.book().run();
  INFO((done ? std::string() : done.error().message));
  REQUIRE(done);
  run.book().abandon();
  REQUIRE(run.book().open());
  return dynamic_cast<ScriptedIndex&>(run.book()).highest_level();
}

}  // namespace

TEST_CASE("a power cut while an orderly close seals the index loses nothing") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), {{}, 0, false, false}, false));
  const MakeBook make = from_base(base, {{2100}, 0, false, false});
  CHECK(level_after(make) == 0);
  sweep_power_cuts("index sealed at close", make, 3);
}

TEST_CASE("a power cut while a full tail is sealed in the run loses nothing") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), {{16'000, 16'700}, 0, false, false}, true));
  const MakeBook make = from_base(base, {{100, 2000, 2000, 2000}, 32'700, false, false});
  CHECK(level_after(make) == 0);
  sweep_power_cuts("index sealed in the run", make, 45);
}

TEST_CASE("a power cut while segments are merged loses nothing") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), segments(8), false));
  const MakeBook make = from_base(base, {std::vector<std::int64_t>(8, 400), 16'800, false, false});
  CHECK(level_after(make) == 1);
  sweep_power_cuts("index merged", make, 15);
}

TEST_CASE("a power cut while the index is built again leaves a book that opens by itself") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), segments(2), false));
  const MakeBook make = from_base(base, {{1}, 4200, false, true});
  CHECK(level_after(make) == 0);
  sweep_power_cuts("index built again", make, 3);
}

TEST_CASE(
    "a power cut while a damaged index is built again leaves a book that a second try mends") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), segments(2), false));
  damage_blocks(base.file("book.db"));
  std::int64_t rebuilt_on_demand = 0;
  const MakeBook make = from_base(base, {{1}, 4200, false, true, &rebuilt_on_demand});
  sweep_power_cuts("damaged index built again", make, 6);
  // The first cuts come before the new index is committed, the last ones after.
  CHECK(rebuilt_on_demand > 0);
  MESSAGE("openings that had to build it once more: ", rebuilt_on_demand);
}

TEST_CASE("a power cut while a file of version 1 is brought to the newest loses nothing") {
  const TemporaryFolder base;
  REQUIRE(make_base(base.path(), {{50}, 0, false, false}, false));
  make_version_1(base.file("book.db"));
  const MakeBook make = from_base(base, {{5}, 50, false, false});
  sweep_power_cuts("migration from version 1", make, 2);
  sweep_failures("migration from version 1", make, 4);
}
