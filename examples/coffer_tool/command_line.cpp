// SPDX-License-Identifier: MIT
// Reading a command line against the form of its command.
#include "command_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <coffer/core/text.hpp>

namespace tool {
namespace {

// Every command has these.
constexpr Option json_option{"json", "", "print JSON: one object, or one per line in lists"};
constexpr Option help_option{"help", "", "print this help"};

std::vector<Option> options_of(const CommandForm& form) {
  std::vector<Option> options = form.options;
  options.push_back(json_option);
  options.push_back(help_option);
  return options;
}

Error wrong(std::string message) { return {Code::invalid_argument, std::move(message)}; }

std::string line_of(const Option& option) {
  std::string left = "  --" + std::string(option.name);
  if (!option.value.empty()) {
    left.append(" ").append(option.value);
  }
  left.resize(std::max<std::size_t>(left.size() + 2, 26), ' ');
  return left.append(option.help).append("\n");
}

/// The codes of usage, and the option that one is about when its message begins with none.
struct UsageCode {
  Code code;
  std::string_view option;
};
constexpr std::array usage_codes{
    UsageCode{Code::invalid_argument, ""},        UsageCode{Code::out_of_range, ""},
    UsageCode{Code::invalid_utf8, "description"}, UsageCode{Code::amount_overflow, "amount"},
    UsageCode{Code::amount_syntax, "amount"},     UsageCode{Code::amount_too_many_places, "amount"},
    UsageCode{Code::division_by_zero, "rate"},    UsageCode{Code::amount_not_positive, "amount"},
    UsageCode{Code::same_account, "credit"},      UsageCode{Code::key_required, "key"},
    UsageCode{Code::key_too_long, "key"},         UsageCode{Code::text_too_long, "description"},
    UsageCode{Code::invalid_range, "end"},        UsageCode{Code::derivation_path, "xpub"},
    UsageCode{Code::extended_key, "xpub"},        UsageCode{Code::network_not_found, "network"},
};

/// The library's names for what an option gives, where they are not the option's own.
struct Alias {
  std::string_view field;
  std::string_view option;
};
constexpr std::array aliases{Alias{"reference", "key"}, Alias{"start_at", "start"},
                             Alias{"end_at", "end"}};

std::string in_capitals(std::string text) {
  for (char& letter : text) {
    letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return text;
}

bool has_option(const CommandForm& form, std::string_view name) {
  return std::any_of(form.options.begin(), form.options.end(),
                     [name](const Option& option) { return option.name == name; });
}

/// The option for a field of the library; empty when there is none.
std::string_view option_for(const CommandForm& form, std::string_view field) {
  if (has_option(form, field)) {
    return field;
  }
  const auto alias = std::find_if(aliases.begin(), aliases.end(),
                                  [field](const Alias& known) { return known.field == field; });
  return alias != aliases.end() && has_option(form, alias->option) ? alias->option : "";
}

/// Whether the message begins with what an option gives: "amount: .." or "invalid exchange amount:
/// .."; one about what is in the book begins with "wallet 1: ..".
bool names_option(const CommandForm& form, std::string_view message) {
  const std::string_view field = message.substr(0, message.find(':'));
  return field.substr(0, 2) == "--" ||
         !option_for(form, field.substr(field.rfind(' ') + 1)).empty();
}

}  // namespace

bool is_usage(const CommandForm& form, const Error& error) {
  const bool is_known =
      std::any_of(usage_codes.begin(), usage_codes.end(),
                  [&error](const UsageCode& usage) { return usage.code == error.code; });
  // A number that fits by itself may still not fit beside what is in the book.
  return is_known && (error.code != Code::amount_overflow || names_option(form, error.message));
}

std::string with_argument(const CommandForm& form, const Error& error) {
  const std::string& message = error.message;
  const std::size_t end = std::min(message.find_first_of(":, "), message.size());
  const std::string field = message.substr(0, end);
  if (field.compare(0, 2, "--") == 0) {
    return message;
  }
  for (const std::string_view argument : form.arguments) {
    if (in_capitals(field) == argument) {
      return std::string(argument) + message.substr(end);
    }
  }
  if (const std::string_view option = option_for(form, field); !option.empty()) {
    return "--" + std::string(option) + message.substr(end);
  }
  const auto* const known =
      std::find_if(usage_codes.begin(), usage_codes.end(),
                   [&error](const UsageCode& usage) { return usage.code == error.code; });
  return known != usage_codes.end() && has_option(form, known->option)
             ? "--" + std::string(known->option) + ": " + message
             : message;
}

Result<Arguments> Arguments::parse(const CommandForm& form, const std::vector<std::string>& words) {
  const std::vector<Option> options = options_of(form);
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 3 || word.compare(0, 2, "--") != 0) {
      arguments.words_.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto option = std::find_if(options.begin(), options.end(),
                                     [&name](const Option& known) { return known.name == name; });
    if (option == options.end()) {
      return wrong("--" + name + ": unknown option");
    }
    if (arguments.has(name)) {
      return wrong("--" + name + ": given twice");
    }
    if (option->value.empty()) {
      if (equals != std::string::npos) {
        return wrong("--" + name + ": takes no value");
      }
      arguments.values_.emplace(name, "");
    } else if (equals != std::string::npos) {
      arguments.values_.emplace(name, word.substr(equals + 1));
    } else if (i + 1 == words.size()) {
      return wrong("--" + name + ": needs a value");
    } else {
      arguments.values_.emplace(name, words[++i]);
    }
  }
  if (!arguments.has("help") && arguments.words_.size() != form.arguments.size()) {
    return arguments.words_.size() < form.arguments.size()
               ? wrong(std::string(form.arguments[arguments.words_.size()]) + ": is missing")
               : wrong("'" + arguments.words_[form.arguments.size()] + "': one argument too many");
  }
  return arguments;
}

std::string_view Arguments::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::int64_t> Arguments::number(std::string_view name, std::int64_t fallback) const {
  if (!has(name)) {
    return fallback;
  }
  const std::string_view given = text(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (error != std::errc() || end != given.data() + given.size()) {
    return wrong("--" + std::string(name) + ": '" + std::string(given) + "' is no whole number");
  }
  return value;
}

Result<coffer::Timestamp> Arguments::time(std::string_view name) const {
  if (!has(name)) {
    return coffer::Timestamp{};
  }
  Result<coffer::Timestamp> time = coffer::parse_time(text(name));
  if (!time) {
    return wrong("--" + std::string(name) + ": " + time.error().message +
                 " (a time is written as 2026-01-31T12:00:00Z)");
  }
  return time;
}

std::string help_of(const CommandForm& form) {
  std::string text = "usage: coffer " + std::string(form.name);
  for (const std::string_view argument : form.arguments) {
    text.append(" ").append(argument);
  }
  text.append(" [options]\n\n").append(form.summary).append("\n\n");
  for (const Option& option : options_of(form)) {
    text.append(line_of(option));
  }
  if (!form.details.empty()) {
    text.append("\n").append(form.details);
  }
  return text;
}

}  // namespace tool
