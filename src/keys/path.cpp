// SPDX-License-Identifier: MIT
// Reading and writing derivation paths.
#include <coffer/keys/path.hpp>

#include <algorithm>

namespace coffer::keys {

namespace {

bool is_mark(char c) noexcept { return c == '\'' || c == 'h' || c == 'H'; }

Error refuse(std::size_t step, std::string_view reason) {
  return {Code::derivation_path, "path, step " + std::to_string(step) + ": " + std::string(reason)};
}

Result<std::uint32_t> parse_number(std::string_view digits, std::size_t step) {
  if (digits.empty()) {
    return refuse(step, "there is no number");
  }
  std::uint64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') {
      return refuse(step, "a character is neither a digit nor the mark ', h or H");
    }
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
    if (number >= hardened_bit) {
      return refuse(step, "the number is not below 2147483648");
    }
  }
  if (digits.size() > 1 && digits[0] == '0') {
    return refuse(step, "the number has a leading zero");
  }
  return static_cast<std::uint32_t>(number);
}

}  // namespace

Path::Path(std::vector<std::uint32_t> steps) : steps_(std::move(steps)) {
  steps_.resize(std::min(steps_.size(), depth_max));
}

Path::Path(std::initializer_list<std::uint32_t> steps) : Path(std::vector<std::uint32_t>(steps)) {}

Result<Path> Path::parse(std::string_view text) {
  Path path;
  path.has_root_ = text.starts_with('m');
  if (text == "m") {
    return path;
  }
  if (path.has_root_) {
    if (!text.starts_with("m/")) {
      return Error{Code::derivation_path, "path: after 'm' comes '/' or nothing"};
    }
    text.remove_prefix(2);
  }
  if (text.empty()) {
    return Error{Code::derivation_path, "path: there is no step; 'm' is the key itself"};
  }
  char mark = 0;
  for (bool more = true; more;) {
    const std::size_t number = path.steps_.size() + 1;
    if (number > depth_max) {
      return refuse(number, "a path has at most 255 steps");
    }
    const std::size_t slash = text.find('/');
    std::string_view step = text.substr(0, slash);
    more = slash != std::string_view::npos;
    text.remove_prefix(more ? slash + 1 : text.size());
    std::uint32_t bit = 0;
    if (!step.empty() && is_mark(step.back())) {
      if (mark != 0 && mark != step.back()) {
        return refuse(number, "the mark of hardened steps changes within the path");
      }
      mark = step.back();
      bit = hardened_bit;
      step.remove_suffix(1);
    }
    COFFER_TRY_ASSIGN(const std::uint32_t index, parse_number(step, number));
    path.steps_.push_back(index | bit);
  }
  path.mark_ = mark == 0 ? '\'' : mark;
  return path;
}

Path Path::account(std::uint32_t purpose, std::uint32_t coin_type, std::uint32_t account) {
  return {hardened(purpose), hardened(coin_type), hardened(account)};
}

bool Path::has_hardened() const noexcept {
  return std::any_of(steps_.begin(), steps_.end(), &is_hardened);
}

Path Path::child(std::uint32_t step) const {
  Path path = *this;
  if (path.steps_.size() < depth_max) {
    path.steps_.push_back(step);
  }
  return path;
}

Path Path::joined(const Path& tail) const {
  Path path = *this;
  for (const std::uint32_t step : tail.steps_) {
    path = path.child(step);
  }
  return path;
}

std::string Path::to_text() const {
  std::string text = has_root_ || steps_.empty() ? "m" : "";
  for (const std::uint32_t step : steps_) {
    if (!text.empty()) {
      text.push_back('/');
    }
    text += std::to_string(step & ~hardened_bit);
    if (is_hardened(step)) {
      text.push_back(mark_);
    }
  }
  return text;
}

}  // namespace coffer::keys
