// SPDX-License-Identifier: MIT
// The command line: what a command takes, reading it, and the help made from it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>

namespace tool {

using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;

/// How a command ends. Stated in --help.
enum class Exit : int {
  done = 0,
  failed = 1,
  usage = 2,
  refused = 3,  ///< done, but some rows were refused or a reconciliation does not match
  damaged = 4,  ///< verify found a record that does not hold
  cancelled = 130,
};

/// An option; without `value` it is a switch.
struct Option {
  std::string_view name;   ///< without the dashes
  std::string_view value;  ///< what stands for the value in the help
  std::string_view help;
};

struct CommandForm {
  std::string_view name;
  std::vector<std::string_view> arguments;  ///< names of the arguments, all of them required
  std::string_view summary;                 ///< one line
  std::vector<Option> options;
  std::string_view details;  ///< further paragraphs of the help
};

/// A command line that fits its form.
class Arguments {
 public:
  /// Fails with `invalid_argument`; the message names the option or argument.
  [[nodiscard]] static Result<Arguments> parse(const CommandForm& form,
                                               const std::vector<std::string>& words);

  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  /// Empty when it was not given.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  /// A whole number, `fallback` when it was not given. Fails with `invalid_argument`.
  [[nodiscard]] Result<std::int64_t> number(std::string_view name, std::int64_t fallback) const;
  /// An RFC 3339 time, or none. Fails with `invalid_argument`.
  [[nodiscard]] Result<coffer::Timestamp> time(std::string_view name) const;
  [[nodiscard]] const std::string& argument(std::size_t index) const { return words_[index]; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> words_;
};

/// Whether the error says that a word of the command line is wrong, whatever is in the book. What
/// stands in a file that the command line names is none of it: its reader ends with Exit::failed.
[[nodiscard]] bool is_usage(const CommandForm& form, const Error& error);
/// The error's message with the option or argument that it is about in front: "--amount: ...".
[[nodiscard]] std::string with_argument(const CommandForm& form, const Error& error);

/// The help of one command.
[[nodiscard]] std::string help_of(const CommandForm& form);

}  // namespace tool
