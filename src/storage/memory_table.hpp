// SPDX-License-Identifier: MIT
// One row kind in memory: every row in the versions that some reader may still see.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage {

/// A row's struct together with the bytes that its views point at.
class StoredRow {
 public:
  StoredRow(const Schema& schema, const void* row);
  [[nodiscard]] const void* data() const noexcept { return memory_.get(); }

 private:
  std::unique_ptr<std::uint64_t[]> memory_;
};
using SharedRow = std::shared_ptr<const StoredRow>;

/// Positions in an index, from `next` up to `end` (none: to the last one).
struct KeyRange {
  std::string begin;
  std::optional<std::string> end = std::string();
};

/// Not synchronised: the storage holds its lock around each call.
///
/// Times are commit numbers. A row is visible at t in its newest version with `since <= t`.
class MemoryTable {
 public:
  explicit MemoryTable(const Schema& schema) : schema_(schema), indexes_(schema.indexes.size()) {}

  [[nodiscard]] Status insert(const void* row, std::int64_t time);
  [[nodiscard]] Status put(const void* row, std::int64_t time);
  [[nodiscard]] Status replace(const void* row, std::int64_t expected_version, std::int64_t time);
  void destroy(std::int64_t first_id, std::int64_t last_id, std::int64_t time);
  /// Takes back everything that was written at `time`.
  void undo(std::int64_t time);
  /// Everything written until now stays; what no reader at `oldest` or later sees is dropped.
  void settle(std::int64_t oldest);

  [[nodiscard]] SharedRow find(const std::string& key, std::int64_t time) const;
  /// Collects up to `count` visible rows of `index` in the direction of the scan and narrows
  /// `range` to what is left; false when nothing is left.
  [[nodiscard]] bool collect(std::size_t index, bool is_backward, std::int64_t time,
                             std::size_t count, KeyRange* range,
                             std::vector<SharedRow>* rows) const;

 private:
  struct Version {
    std::int64_t since = 0;
    SharedRow row;  ///< null: destroyed
  };
  using Versions = std::vector<Version>;
  using Rows = std::map<std::string, Versions>;
  using Postings = std::map<std::string, Rows::const_iterator>;
  struct Replaced {
    std::int64_t time = 0;
    std::string key;
  };

  template <class Map>
  bool collect_from(const Map& map, std::size_t index, bool is_backward, std::int64_t time,
                    std::size_t count, KeyRange* range, std::vector<SharedRow>* rows) const;
  [[nodiscard]] std::string path_key(std::size_t index, const void* row) const;
  [[nodiscard]] bool is_unique_value_taken(const void* row, const std::string& key) const;
  Status write(const std::string& key, const void* row, std::int64_t time);
  void add_version(Rows::iterator node, SharedRow row, std::int64_t time);
  void drop_postings(Rows::const_iterator node, const SharedRow& gone);
  void drop_if_empty(Rows::iterator node);

  const Schema& schema_;
  Rows rows_;
  std::vector<Postings> indexes_;
  std::vector<std::string> touched_;  ///< keys written since the last settle or undo
  std::deque<Replaced> replaced_;     ///< keys that have versions to drop some day
};

}  // namespace coffer::storage
