// SPDX-License-Identifier: MIT
// The generated word tables and how they are read: a word by number, a number by word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::keys {

namespace wordlists {
// Front-coded, see generate.py.
extern const std::string_view english;
extern const std::string_view japanese;
extern const std::string_view korean;
extern const std::string_view spanish;
extern const std::string_view chinese_simplified;
extern const std::string_view chinese_traditional;
extern const std::string_view french;
extern const std::string_view italian;
extern const std::string_view czech;
extern const std::string_view portuguese;
extern const std::string_view slip39;
}  // namespace wordlists

/// The words of one table, in NFKD. Constant after construction, so many threads may read it.
class Wordlist {
 public:
  explicit Wordlist(std::string_view front_coded);

  [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
  [[nodiscard]] std::string_view word(std::size_t index) const noexcept { return words_[index]; }
  /// The number of `word` (NFKD); none when it is not in the list. Cost: O(log size).
  [[nodiscard]] std::optional<std::uint16_t> index_of(std::string_view word) const noexcept;
  /// The `count` words nearest to `word` (NFKD) by edit distance, nearest first.
  [[nodiscard]] std::vector<std::string_view> nearest(std::string_view word,
                                                      std::size_t count) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::uint16_t> sorted_;
};

/// The 1024 words of SLIP-39; made at the first call.
[[nodiscard]] const Wordlist& slip39_wordlist();

}  // namespace coffer::keys
