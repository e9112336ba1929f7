// SPDX-License-Identifier: MIT
// Unpacks a front-coded table and finds words in it.
#include <algorithm>
#include <numeric>

#include "keys/wordlists/wordlists.hpp"

namespace coffer::keys {

namespace {

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

// Bytes of the first `characters` characters of `text`.
std::size_t prefix_size(std::string_view text, unsigned characters) noexcept {
  std::size_t size = 0;
  while (characters-- > 0) {
    ++size;
    while (size < text.size() && is_continuation(text[size])) {
      ++size;
    }
  }
  return size;
}

// The edit distance in which two swapped neighbours count as one slip, over UTF-8 characters.
std::size_t distance(const std::vector<std::string_view>& a,
                     const std::vector<std::string_view>& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> rows((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return rows[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        at(i, j) = i + j;
        continue;
      }
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1,
                           at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return rows.back();
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> result;
  while (!text.empty()) {
    const std::size_t size = prefix_size(text, 1);
    result.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return result;
}

}  // namespace

Wordlist::Wordlist(std::string_view front_coded) {
  std::size_t at = 0;
  while (at < front_coded.size()) {
    const unsigned shared = static_cast<unsigned>(front_coded[at] - 'A');
    std::size_t end = at + 1;
    while (end < front_coded.size() && !(front_coded[end] >= 'A' && front_coded[end] <= 'Z')) {
      ++end;
    }
    std::string word;
    if (shared > 0) {
      word = words_.back().substr(0, prefix_size(words_.back(), shared));
    }
    word += front_coded.substr(at + 1, end - at - 1);
    words_.push_back(std::move(word));
    at = end;
  }
  sorted_.resize(words_.size());
  std::iota(sorted_.begin(), sorted_.end(), std::uint16_t{0});
  std::sort(sorted_.begin(), sorted_.end(),
            [&](std::uint16_t a, std::uint16_t b) { return words_[a] < words_[b]; });
}

std::optional<std::uint16_t> Wordlist::index_of(std::string_view word) const noexcept {
  const auto found =
      std::lower_bound(sorted_.begin(), sorted_.end(), word,
                       [&](std::uint16_t a, std::string_view b) { return words_[a] < b; });
  if (found == sorted_.end() || words_[*found] != word) {
    return std::nullopt;
  }
  return *found;
}

std::vector<std::string_view> Wordlist::nearest(std::string_view word, std::size_t count) const {
  // A longer text is no slip of any word, and the distance takes time by its length.
  constexpr std::size_t size_max = 64;
  const auto wanted = characters(word.substr(0, size_max));
  std::vector<std::pair<std::size_t, std::uint16_t>> distances;
  distances.reserve(words_.size());
  for (const std::string& candidate : words_) {
    distances.emplace_back(distance(wanted, characters(candidate)),
                           static_cast<std::uint16_t>(distances.size()));
  }
  count = std::min(count, distances.size());
  std::partial_sort(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(count),
                    distances.end());
  std::vector<std::string_view> result;
  for (std::size_t i = 0; i < count; ++i) {
    result.emplace_back(words_[distances[i].second]);
  }
  return result;
}

const Wordlist& slip39_wordlist() {
  static const Wordlist list(wordlists::slip39);
  return list;
}

}  // namespace coffer::keys
