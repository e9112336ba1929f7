// SPDX-License-Identifier: MIT
// CsvReader: RFC 4180 records from a stream, with the line that each begins on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

namespace tool {

/// Fields are separated by commas; a field in double quotes may hold commas, line breaks and
/// doubled quotes. Lines end with LF or CRLF; empty lines and a UTF-8 byte order mark are skipped.
///
/// A bad record does not stop the reading: it is reported with its line, and the next one follows.
class CsvReader {
 public:
  static constexpr std::size_t field_bytes_max = 64 << 10;
  static constexpr std::size_t fields_max = 64;

  enum class Kind { record, bad, end };

  /// `input` outlives the reader.
  explicit CsvReader(std::istream& input) : input_(*input.rdbuf()) {}

  /// Reads the next record into `fields()`, or says in `problem()` why it is none.
  [[nodiscard]] Kind next();

  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  /// The line on which the record began, counted from 1.
  [[nodiscard]] std::int64_t line() const { return line_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// Bytes read so far, for a progress bar.
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  static constexpr int end_of_input = -1;

  int take();
  [[nodiscard]] int peek();
  void skip_byte_order_mark();
  void read_field();
  void read_quoted();
  void read_plain();
  void add(int byte);
  void fail(std::string problem);
  bool at_line_end();
  void skip_line();

  std::streambuf& input_;
  std::vector<std::string> fields_;
  std::string problem_;
  std::int64_t line_ = 0;
  std::int64_t current_line_ = 1;
  std::int64_t bytes_ = 0;
};

}  // namespace tool
