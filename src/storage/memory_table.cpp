// SPDX-License-Identifier: MIT
// Versions of rows in memory: insert, overwrite, undo, forget, and ordered reading at a time.
#include "storage/memory_table.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <coffer/storage/contract.hpp>

#include "storage/key_bytes.hpp"

namespace coffer::storage {
namespace {

SharedRow visible_at(const auto& versions, std::int64_t time) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->since <= time) {
      return version->row;
    }
  }
  return nullptr;
}

bool is_bytes(const Column& column) {
  return column.type == CellType::text || column.type == CellType::blob;
}

}  // namespace

StoredRow::StoredRow(const Schema& schema, const void* row) {
  std::size_t size = schema.row_size;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (is_bytes(schema.columns[i])) {
      size += cell_of(schema, row, i).bytes.size();
    }
  }
  memory_ = std::make_unique<std::uint64_t[]>((size + 7) / 8);
  char* const copy = reinterpret_cast<char*>(memory_.get());
  std::memcpy(copy, row, schema.row_size);
  char* free_bytes = copy + schema.row_size;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (!is_bytes(schema.columns[i])) {
      continue;
    }
    Cell cell = cell_of(schema, row, i);
    if (!cell.bytes.empty()) {
      std::memcpy(free_bytes, cell.bytes.data(), cell.bytes.size());
    }
    cell.bytes = {free_bytes, cell.bytes.size()};
    free_bytes += cell.bytes.size();
    set_cell(schema, copy, i, cell);
  }
}

std::string MemoryTable::path_key(std::size_t index, const void* row) const {
  const PathColumns path = path_columns(schema_, index);
  std::string key;
  for (std::size_t i = 0; i < path.count; ++i) {
    append_key_cell(&key, cell_of(schema_, row, path.positions[i]));
  }
  return key;
}

bool MemoryTable::is_unique_value_taken(const void* row, const std::string& key) const {
  for (std::size_t index = 1; index <= schema_.indexes.size(); ++index) {
    if (!schema_.indexes[index - 1].is_unique || !is_in_index(schema_, index, row)) {
      continue;
    }
    std::string prefix;
    for (const std::uint8_t position : schema_.indexes[index - 1].columns) {
      append_key_cell(&prefix, cell_of(schema_, row, position));
    }
    const Postings& postings = indexes_[index - 1];
    for (auto posting = postings.lower_bound(prefix);
         posting != postings.end() && posting->first.starts_with(prefix); ++posting) {
      const SharedRow& newest = posting->second->second.back().row;
      if (newest != nullptr && posting->second->first != key &&
          path_key(index, newest->data()) == posting->first) {
        return true;
      }
    }
  }
  return false;
}

Status MemoryTable::insert(const void* row, std::int64_t time) {
  const std::string key = path_key(0, row);
  const auto node = rows_.find(key);
  if (node != rows_.end() && node->second.back().row != nullptr) {
    return exists_error(schema_, row);
  }
  return write(key, row, time);
}

Status MemoryTable::put(const void* row, std::int64_t time) {
  return write(path_key(0, row), row, time);
}

Status MemoryTable::replace(const void* row, std::int64_t expected_version, std::int64_t time) {
  const std::string key = path_key(0, row);
  const auto node = rows_.find(key);
  if (node == rows_.end() || node->second.back().row == nullptr ||
      cell_of(schema_, node->second.back().row->data(), schema_.version_column).integer !=
          expected_version) {
    return version_error(schema_, row, expected_version);
  }
  return write(key, row, time);
}

void MemoryTable::destroy(std::int64_t first_id, std::int64_t last_id, std::int64_t time) {
  std::string first;
  append_key_cell(&first, Cell::of(first_id));
  std::string last;
  append_key_cell(&last, Cell::of(last_id));
  for (auto node = rows_.lower_bound(first); node != rows_.end() && node->first <= last;) {
    const auto current = node++;
    if (current->second.back().row != nullptr) {
      add_version(current, nullptr, time);
    }
  }
}

Status MemoryTable::write(const std::string& key, const void* row, std::int64_t time) {
  if (is_unique_value_taken(row, key)) {
    return exists_error(schema_, row);
  }
  auto stored = std::make_shared<const StoredRow>(schema_, row);
  const auto node = rows_.try_emplace(key).first;
  add_version(node, stored, time);
  for (std::size_t index = 1; index <= schema_.indexes.size(); ++index) {
    if (is_in_index(schema_, index, row)) {
      indexes_[index - 1].try_emplace(path_key(index, row), node);
    }
  }
  return {};
}

void MemoryTable::add_version(Rows::iterator node, SharedRow row, std::int64_t time) {
  Versions& versions = node->second;
  if (!versions.empty() && versions.back().since == time) {
    const SharedRow gone = std::exchange(versions.back().row, std::move(row));
    drop_postings(node, gone);
  } else {
    versions.push_back({time, std::move(row)});
    touched_.push_back(node->first);
  }
  if (versions.size() > 1 || versions.back().row == nullptr) {
    replaced_.push_back({time, node->first});
  }
}

void MemoryTable::drop_postings(Rows::const_iterator node, const SharedRow& gone) {
  if (gone == nullptr) {
    return;
  }
  for (std::size_t index = 1; index <= schema_.indexes.size(); ++index) {
    if (!is_in_index(schema_, index, gone->data())) {
      continue;
    }
    const std::string key = path_key(index, gone->data());
    const bool is_used =
        std::any_of(node->second.begin(), node->second.end(), [&](const Version& version) {
          return version.row != nullptr && is_in_index(schema_, index, version.row->data()) &&
                 path_key(index, version.row->data()) == key;
        });
    if (!is_used) {
      indexes_[index - 1].erase(key);
    }
  }
}

void MemoryTable::drop_if_empty(Rows::iterator node) {
  if (node->second.empty()) {
    rows_.erase(node);
  }
}

void MemoryTable::undo(std::int64_t time) {
  for (const std::string& key : touched_) {
    const auto node = rows_.find(key);
    if (node == rows_.end() || node->second.empty() || node->second.back().since != time) {
      continue;
    }
    const SharedRow gone = node->second.back().row;
    node->second.pop_back();
    drop_postings(node, gone);
    drop_if_empty(node);
  }
  touched_.clear();
  while (!replaced_.empty() && replaced_.back().time == time) {
    replaced_.pop_back();
  }
}

void MemoryTable::settle(std::int64_t oldest) {
  touched_.clear();
  while (!replaced_.empty() && replaced_.front().time <= oldest) {
    const auto node = rows_.find(replaced_.front().key);
    replaced_.pop_front();
    if (node == rows_.end()) {
      continue;
    }
    Versions& versions = node->second;
    while (!versions.empty()) {
      const bool is_superseded = versions.size() > 1 && versions[1].since <= oldest;
      const bool is_gone = versions[0].row == nullptr && versions[0].since <= oldest;
      if (!is_superseded && !is_gone) {
        break;
      }
      const SharedRow gone = versions.front().row;
      versions.erase(versions.begin());
      drop_postings(node, gone);
    }
    drop_if_empty(node);
  }
}

SharedRow MemoryTable::find(const std::string& key, std::int64_t time) const {
  const auto node = rows_.find(key);
  return node == rows_.end() ? nullptr : visible_at(node->second, time);
}

template <class Map>
bool MemoryTable::collect_from(const Map& map, std::size_t index, bool is_backward,
                               std::int64_t time, std::size_t count, KeyRange* range,
                               std::vector<SharedRow>* rows) const {
  const auto begin = map.lower_bound(range->begin);
  const auto end = range->end ? map.lower_bound(*range->end) : map.end();
  if (range->end && *range->end <= range->begin) {
    return false;
  }
  const auto take = [&](const auto& item) {
    SharedRow row;
    if constexpr (std::is_same_v<Map, Rows>) {
      row = visible_at(item.second, time);
    } else {
      row = visible_at(item.second->second, time);
      // A posting stands for every version of its row; only this one's value decides.
      if (row != nullptr && item.second->second.size() > 1 &&
          (!is_in_index(schema_, index, row->data()) ||
           path_key(index, row->data()) != item.first)) {
        row = nullptr;
      }
    }
    if (row != nullptr) {
      rows->push_back(std::move(row));
    }
  };
  if (is_backward) {
    auto at = end;
    while (at != begin && rows->size() < count) {
      take(*--at);
    }
    if (at == begin) {
      return false;
    }
    range->end = at->first;
    return true;
  }
  auto at = begin;
  for (; at != end && rows->size() < count; ++at) {
    take(*at);
  }
  if (at == end) {
    return false;
  }
  range->begin = at->first;
  return true;
}

bool MemoryTable::collect(std::size_t index, bool is_backward, std::int64_t time, std::size_t count,
                          KeyRange* range, std::vector<SharedRow>* rows) const {
  if (index == 0) {
    return collect_from(rows_, index, is_backward, time, count, range, rows);
  }
  return collect_from(indexes_[index - 1], index, is_backward, time, count, range, rows);
}

}  // namespace coffer::storage
