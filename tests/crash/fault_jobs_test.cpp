// SPDX-License-Identifier: MIT
// Power cuts while wallet jobs are stored and run: no address is lost, skipped or given out twice.
#include "fault_sweep.hpp"
#include "scripted_jobs.hpp"

TEST_CASE("a power cut at any write or sync of a wallet job loses and repeats nothing") {
  using namespace coffer;
  const crash::MakeBook make = [](const TemporaryFolder& folder, const char* vfs) {
    return std::make_unique<crash::ScriptedJobs>(folder.file("book.db"), vfs);
  };
  crash::sweep_power_cuts("wallet jobs", make, 6);
}
