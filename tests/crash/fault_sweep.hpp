// SPDX-License-Identifier: MIT
// Plays a script once for each of its operations on the device, which fails just there.
#pragma once

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "book_on_vfs.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

namespace coffer::crash {

/// Makes the book of a script in a new folder; what it puts there before is safely on the device.
using MakeBook =
    std::function<std::unique_ptr<BookOnVfs>(const TemporaryFolder& folder, const char* vfs)>;

/// 1 tries every operation; more leaves out all but each n-th, for the quick run.
inline std::int64_t stride() {
  const char* wanted = std::getenv("COFFER_FAULT_STRIDE");
  return wanted == nullptr ? 24 : std::max(1, std::atoi(wanted));
}

/// Plays a script with one fault, in a folder of its own.
class FaultyRun {
 public:
  FaultyRun(const MakeBook& make, const Fault& fault)
      : vfs_("coffer-fault-run"), book_(make(folder_, vfs_.name())) {
    vfs_.plan(fault);
  }

  [[nodiscard]] BookOnVfs& book() { return *book_; }
  [[nodiscard]] FaultVfs& vfs() { return vfs_; }

  /// Opens after whatever happened, and finds nothing lost.
  void look() {
    const Status opened = book_->open_to_look();
    INFO((opened ? std::string() : opened.error().message));
    REQUIRE(opened);
    CHECK(book_->complaint() == "");
  }
  /// Plays what is left, opens again, and finds everything.
  void finish() {
    book_->abandon();
    const Status done = book_->run();
    INFO((done ? std::string() : done.error().message));
    REQUIRE(done);
    book_->abandon();
    look();
    CHECK(book_->acknowledged() == book_->steps());
    book_->abandon();
  }

 private:
  TemporaryFolder folder_;
  FaultVfs vfs_;
  std::unique_ptr<BookOnVfs> book_;
};

inline std::int64_t count_operations(const MakeBook& make) {
  FaultyRun run(make, Fault{});
  const Status done = run.book().run();
  INFO((done ? std::string() : done.error().message));
  REQUIRE(done);
  run.book().abandon();
  return run.vfs().operations();
}

/// Cuts the power at operation `at`, turns it on again, and looks; then finishes the script.
inline void cut_power(const MakeBook& make, std::int64_t at, Kept kept, std::uint64_t seed) {
  CAPTURE(at);
  CAPTURE(static_cast<int>(kept));
  CAPTURE(seed);
  Fault fault;
  fault.at = at;
  fault.kept = kept;
  fault.seed = seed;
  FaultyRun run(make, fault);
  // The last operations come after the orderly close, when the file itself is closed.
  static_cast<void>(run.book().run());
  run.book().abandon();
  run.vfs().restart();
  run.look();
  run.finish();
}

/// One operation fails; the host repeats what was refused with the same keys.
inline void fail_once(const MakeBook& make, std::int64_t at, FaultEffect effect) {
  CAPTURE(at);
  CAPTURE(static_cast<int>(effect));
  Fault fault;
  fault.at = at;
  fault.effect = effect;
  FaultyRun run(make, fault);
  // The last operations come when the file is closed; then the next opening meets the fault.
  for (int attempt = 0; attempt < 4; ++attempt) {
    const Status done = run.book().run();
    run.book().abandon();
    if (done && run.vfs().has_happened()) {
      break;
    }
  }
  run.finish();
}

/// `each`: how many of the script's operations lie between two that are tried in the full run.
inline void sweep_power_cuts(const char* part, const MakeBook& make, std::int64_t each = 1) {
  const std::int64_t operations = count_operations(make);
  std::int64_t points = 0;
  for (std::int64_t at = 1; at <= operations; at += each * stride()) {
    cut_power(make, at, Kept::none, 1);
    cut_power(make, at, Kept::all, 1);
    cut_power(make, at, Kept::some, static_cast<std::uint64_t>(at));
    cut_power(make, at, Kept::some, static_cast<std::uint64_t>(at) + 1'000'003);
    points += 4;
  }
  MESSAGE(std::string(part), ": operations of the script: ", operations,
          ", power cuts tried: ", points);
}

inline void sweep_failures(const char* part, const MakeBook& make, std::int64_t each = 1) {
  const std::int64_t operations = count_operations(make);
  std::int64_t points = 0;
  for (std::int64_t at = 1; at <= operations; at += each * stride()) {
    fail_once(make, at, FaultEffect::disk_full);
    fail_once(make, at, FaultEffect::write_error);
    fail_once(make, at, FaultEffect::sync_error);
    points += 3;
  }
  MESSAGE(std::string(part), ": operations of the script: ", operations,
          ", failures tried: ", points);
}

}  // namespace coffer::crash
