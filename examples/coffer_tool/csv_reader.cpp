// SPDX-License-Identifier: MIT
// CsvReader: one byte at a time through the stream's own buffer.
#include "csv_reader.hpp"

#include <utility>

namespace tool {

int CsvReader::take() {
  const auto byte = input_.sbumpc();
  if (byte == std::streambuf::traits_type::eof()) {
    return end_of_input;
  }
  ++bytes_;
  current_line_ += byte == '\n' ? 1 : 0;
  return byte;
}

int CsvReader::peek() {
  const auto byte = input_.sgetc();
  return byte == std::streambuf::traits_type::eof() ? end_of_input : byte;
}

void CsvReader::skip_byte_order_mark() {
  if (peek() != 0xef) {
    return;
  }
  take();
  const bool is_mark = peek() == 0xbb && take() == 0xbb && peek() == 0xbf && take() == 0xbf;
  if (!is_mark) {
    fail("the file begins with bytes that are no text");
  }
}

void CsvReader::fail(std::string problem) {
  if (problem_.empty()) {
    problem_ = std::move(problem);
  }
}

/// Whether the record ends here; a carriage return counts only before a line feed.
bool CsvReader::at_line_end() {
  const int byte = peek();
  return byte == '\n' || byte == '\r' || byte == end_of_input;
}

void CsvReader::skip_line() {
  for (int byte = take(); byte != '\n' && byte != end_of_input; byte = take()) {
  }
}

void CsvReader::add(int byte) {
  std::string& field = fields_.back();
  if (byte == 0) {
    fail("holds a zero byte");
  } else if (field.size() == field_bytes_max) {
    fail("field " + std::to_string(fields_.size()) + " is longer than 65536 bytes");
  } else {
    field.push_back(static_cast<char>(byte));
  }
}

void CsvReader::read_quoted() {
  take();
  for (;;) {
    const int byte = take();
    if (byte == end_of_input) {
      fail("field " + std::to_string(fields_.size()) + " has no closing quote");
      return;
    }
    if (byte != '"') {
      add(byte);
    } else if (peek() == '"') {
      add(take());
    } else {
      break;
    }
  }
  if (peek() != ',' && !at_line_end()) {
    fail("field " + std::to_string(fields_.size()) + " goes on after its closing quote");
  }
}

void CsvReader::read_plain() {
  while (peek() != ',' && !at_line_end()) {
    const int byte = take();
    if (byte == '"') {
      fail("field " + std::to_string(fields_.size()) +
           " has a quote inside; double it and quote "
           "the whole field");
    }
    add(byte);
  }
}

void CsvReader::read_field() {
  fields_.emplace_back();
  if (peek() == '"') {
    read_quoted();
  } else {
    read_plain();
  }
  if (fields_.size() > fields_max) {
    fail("has more than 64 fields");
  }
}

CsvReader::Kind CsvReader::next() {
  problem_.clear();
  if (bytes_ == 0) {
    skip_byte_order_mark();
  }
  while (peek() == '\n' || peek() == '\r') {
    take();
  }
  fields_.clear();
  line_ = current_line_;
  if (peek() == end_of_input && problem_.empty()) {
    return Kind::end;
  }
  read_field();
  while (problem_.empty() && peek() == ',') {
    take();
    read_field();
  }
  if (problem_.empty() && peek() == '\r') {
    take();
    if (peek() != '\n' && peek() != end_of_input) {
      fail("has a carriage return inside; quote the field");
    }
  }
  skip_line();
  return problem_.empty() ? Kind::record : Kind::bad;
}

}  // namespace tool
