// SPDX-License-Identifier: MIT
// A progress bar on stderr when that is a terminal, and Ctrl-C as a wish to stop in good order.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// Makes the first Ctrl-C (or SIGTERM) a wish; a second one ends the process at once.
void watch_for_interrupts();
[[nodiscard]] bool is_interrupted();

/// Draws at most ten times a second. When stderr is no terminal it draws nothing, unless `always`.
class ProgressBar {
 public:
  enum class When { terminal, always, never };

  ProgressBar(std::string title, When when);
  ~ProgressBar() { wipe(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Removes what was drawn until it is shown again, to make room for other lines.
  void wipe();
  /// A total of 0 is unknown: then there are words but no bar.
  void show(std::int64_t done, std::int64_t total);
  /// The same with words behind the bar, e.g. a count of rows.
  void show(std::int64_t done, std::int64_t total, std::string_view words);

 private:
  std::string title_;
  bool is_shown_;
  bool is_drawn_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace tool
