// SPDX-License-Identifier: MIT
// Any bytes given to the CSV reader: it ends, keeps its limits, counts lines, and says why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "csv_reader.hpp"

namespace {

using tool::CsvReader;

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

/// A record written so that nothing in it needs to be understood twice.
std::string quoted(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) {
    text.append(text.empty() ? "\"" : ",\"");
    for (const char letter : field) {
      text.append(letter == '"' ? 2 : 1, letter);
    }
    text.append("\"");
  }
  return text.append("\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream input(std::string(reinterpret_cast<const char*>(data), size));
  CsvReader reader(input);
  std::int64_t last_line = 0;
  for (CsvReader::Kind kind = reader.next(); kind != CsvReader::Kind::end; kind = reader.next()) {
    require(reader.line() > last_line);
    last_line = reader.line();
    require((kind == CsvReader::Kind::bad) == !reader.problem().empty());
    if (kind == CsvReader::Kind::bad) {
      continue;
    }
    require(!reader.fields().empty() && reader.fields().size() <= CsvReader::fields_max);
    for (const std::string& field : reader.fields()) {
      require(field.size() <= CsvReader::field_bytes_max);
    }
    std::istringstream again(quoted(reader.fields()));
    CsvReader second(again);
    require(second.next() == CsvReader::Kind::record);
    require(second.fields() == reader.fields());
  }
  require(reader.bytes() == static_cast<std::int64_t>(size));
  return 0;
}
