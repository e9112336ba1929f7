// SPDX-License-Identifier: MIT
// Prepared statements: owned, and kept for the next use of the same text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <coffer/core/result.hpp>

struct sqlite3;
struct sqlite3_stmt;

namespace coffer::storage::sqlite {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept;
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// Compiles one statement for repeated use.
[[nodiscard]] Result<StatementHandle> prepare(sqlite3* connection, const std::string& sql);

class StatementCache;

/// A statement on loan; goes back, reset, when this ends. Bindings stay as they are.
class Statement {
 public:
  Statement(StatementCache* home, std::size_t slot, StatementHandle handle) noexcept
      : home_(home), slot_(slot), handle_(std::move(handle)) {}
  Statement(Statement&& other) noexcept = default;
  Statement& operator=(Statement&& other) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  [[nodiscard]] sqlite3_stmt* get() const noexcept { return handle_.get(); }

 private:
  StatementCache* home_;
  std::size_t slot_;
  StatementHandle handle_;
};

/// One connection's statements by a number that stands for their text. A statement that is in use
/// (a visitor that reads again) is compiled a second time.
class StatementCache {
 public:
  template <class MakeSql>
  [[nodiscard]] Result<Statement> take(sqlite3* connection, std::uint64_t key,
                                       const MakeSql& make_sql) {
    const std::size_t slot = slot_of(key);
    if (!slots_[slot].idle.empty()) {
      StatementHandle handle = std::move(slots_[slot].idle.back());
      slots_[slot].idle.pop_back();
      return Statement(this, slot, std::move(handle));
    }
    COFFER_TRY_ASSIGN(StatementHandle handle, prepare(connection, make_sql()));
    return Statement(this, slot, std::move(handle));
  }
  void give_back(std::size_t slot, StatementHandle handle) noexcept;
  void clear() noexcept { slots_.clear(); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::vector<StatementHandle> idle;
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t key);

  std::vector<Slot> slots_;
};

}  // namespace coffer::storage::sqlite
