// SPDX-License-Identifier: MIT
// Importer: rows in batches, one commit each; safe to stop anywhere and to run again.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include <coffer/engine/engine.hpp>

#include "command_line.hpp"

namespace tool {

struct ImportOptions {
  std::size_t batch = 4096;  ///< rows per commit
  /// Called after each batch with the bytes and rows read; false stops the import in good order.
  std::function<bool(std::int64_t bytes, std::int64_t rows)> progress;
  /// Called for each row that was refused.
  std::function<void(std::int64_t line, const std::string& problem)> refused;
};

struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t done = 0;
  std::int64_t existed = 0;  ///< had been done before
  std::int64_t refused = 0;
  bool is_cancelled = false;
};

/// Fails with `invalid_argument` (the header) and as `Wallets::execute`; batches before it stand.
[[nodiscard]] Result<ImportReport> import_rows(coffer::Engine& engine, std::istream& input,
                                               const ImportOptions& options);

}  // namespace tool
