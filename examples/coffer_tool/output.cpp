// SPDX-License-Identifier: MIT
// Output: a table needs all rows before it knows its widths, so lists are printed at once.
#include "output.hpp"

#include <algorithm>
#include <iostream>

#include <coffer/core/text.hpp>

namespace tool {
namespace {

std::string plain(const Record& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_null() ? std::string() : value.dump();
}

/// Texts from the book may be anything that is UTF-8; JSON replaces what is not.
std::string line_of(const Record& record) {
  return record.dump(-1, ' ', false, Record::error_handler_t::replace);
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

}  // namespace

void print(const Record& record, bool is_json) {
  if (is_json) {
    std::cout << line_of(record) << '\n';
    return;
  }
  std::size_t width = 0;
  for (const auto& [name, value] : record.items()) {
    width = std::max(width, name.size());
  }
  for (const auto& [name, value] : record.items()) {
    std::cout << padded(name, width) << "  " << plain(value) << '\n';
  }
}

void print(const std::vector<Record>& records, bool is_json) {
  if (is_json) {
    for (const Record& record : records) {
      std::cout << line_of(record) << '\n';
    }
    return;
  }
  if (records.empty()) {
    std::cout << "(none)\n";
    return;
  }
  std::vector<std::vector<std::string>> lines(1);
  for (const auto& [name, value] : records.front().items()) {
    lines[0].push_back(name);
  }
  for (const Record& record : records) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const auto& [name, value] : record.items()) {
      line.push_back(plain(value));
    }
  }
  std::vector<std::size_t> widths(lines[0].size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], line[i].size());
    }
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size() && i < widths.size(); ++i) {
      text += padded(line[i], widths[i] + 2);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    std::cout << text << '\n';
  }
}

void print_problem(std::string_view problem) { std::cerr << "coffer: " << problem << '\n'; }

Exit print_file_problem(const coffer::Error& error) {
  print_problem(text_of(error));
  return Exit::failed;
}

std::string text_of(const coffer::Error& error) {
  return error.message + " (" + std::string(coffer::name_of(error.code)) + ")";
}

std::string text_of(coffer::Timestamp time) { return time ? coffer::format_time(time) : ""; }

}  // namespace tool
