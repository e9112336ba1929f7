// SPDX-License-Identifier: MIT
// SQLite's result codes as coffer's, with a sentence that says what to do.
#pragma once

#include <string>
#include <string_view>

#include <coffer/core/result.hpp>

struct sqlite3;

namespace coffer::storage::sqlite {

/// The error of a call that returned `result` (not OK, ROW or DONE) on `connection`.
///
/// `connection` may be null. `subject` is the file or the row that the call was about.
[[nodiscard]] Error failure(sqlite3* connection, int result, std::string_view subject);

}  // namespace coffer::storage::sqlite
