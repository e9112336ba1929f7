// SPDX-License-Identifier: MIT
// Searching fences, and their bytes.
#include "ledger/index/fences.hpp"

#include "ledger/index/index_block.hpp"

namespace coffer::ledger {

std::int64_t Fences::block_of(const IndexItem& item) const noexcept {
  std::size_t low = 0;
  std::size_t high = majors_.size();
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    if (majors_[middle] < item.major || (majors_[middle] == item.major && at(middle) <= item)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return static_cast<std::int64_t>(low);
}

std::string Fences::to_bytes() const {
  std::string bytes;
  std::uint64_t before = 0;
  const auto append = [&bytes, &before](const IndexItem& item) {
    append_varint(bytes, item.major - before);
    append_varint(bytes, zigzag(item.minor));
    append_varint(bytes, static_cast<std::uint64_t>(item.id));
    before = item.major;
  };
  for (std::size_t block = 0; block < majors_.size(); ++block) {
    append(at(block));
  }
  append(last_);
  return bytes;
}

bool Fences::from_bytes(std::string_view bytes, std::int64_t block_count) {
  VarintReader input(bytes);
  IndexItem item;
  for (std::int64_t block = 0; block <= block_count && !input.is_bad(); ++block) {
    item.major += input.next();
    item.minor = unzigzag(input.next());
    item.id = static_cast<std::int64_t>(input.next());
    if (block < block_count) {
      add_block(item);
    }
  }
  last_ = item;
  return !input.is_bad() && input.is_at_end();
}

}  // namespace coffer::ledger
