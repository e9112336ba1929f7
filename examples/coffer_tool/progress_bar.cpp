// SPDX-License-Identifier: MIT
// The progress bar, redrawn in place by a carriage return.
#include "progress_bar.hpp"

#include <unistd.h>  // isatty

#include <algorithm>
#include <csignal>
#include <iostream>
#include <utility>

namespace tool {
namespace {

volatile std::sig_atomic_t interrupts = 0;

extern "C" void note_interrupt(int signal) {
  interrupts = interrupts + 1;
  std::signal(signal, SIG_DFL);
}

constexpr std::int64_t bar_width = 40;

}  // namespace

void watch_for_interrupts() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

bool is_interrupted() { return interrupts != 0; }

ProgressBar::ProgressBar(std::string title, When when)
    : title_(std::move(title)),
      is_shown_(when == When::always || (when == When::terminal && isatty(STDERR_FILENO) != 0)) {}

void ProgressBar::wipe() {
  if (is_drawn_) {
    std::cerr << "\r\x1b[K" << std::flush;
    is_drawn_ = false;
  }
}

void ProgressBar::show(std::int64_t done, std::int64_t total) { show(done, total, {}); }

void ProgressBar::show(std::int64_t done, std::int64_t total, std::string_view words) {
  const auto now = std::chrono::steady_clock::now();
  const bool is_last = total > 0 && done >= total;
  if (!is_shown_ || (is_drawn_ && !is_last && now - last_ < std::chrono::milliseconds(100))) {
    return;
  }
  last_ = now;
  is_drawn_ = true;
  std::cerr << '\r' << title_ << ' ';
  if (total > 0) {
    const std::int64_t part = std::clamp<std::int64_t>(done, 0, total);
    const auto filled = static_cast<std::size_t>(part * bar_width / total);
    std::string bar(static_cast<std::size_t>(bar_width), ' ');
    std::fill_n(bar.begin(), filled, '#');
    std::cerr << '[' << bar << "] " << part * 100 / total << "% ";
  }
  std::cerr << words << "\x1b[K" << std::flush;
}

}  // namespace tool
