// SPDX-License-Identifier: MIT
// The coffer command: looks into a book, moves money in it, proves it.
#include <algorithm>
#include <array>
#include <iostream>
#include <string>
#include <vector>

#include <coffer/core/version.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace {

using tool::Command;
using tool::Exit;

const std::array<const Command*, 12> commands{
    &tool::init_command,      &tool::accounts_command,      &tool::balance_command,
    &tool::history_command,   &tool::post_command,          &tool::import_command,
    &tool::verify_command,    &tool::rebuild_index_command, &tool::backup_command,
    &tool::reconcile_command, &tool::wallets_command,       &tool::stats_command};

std::string general_help() {
  std::string text =
      "usage: coffer COMMAND ARGUMENTS [options]\n\n"
      "Works on books of the coffer wallet engine. COMMAND --help says more.\n\n";
  for (const Command* command : commands) {
    std::string line = "  " + std::string(command->form.name);
    line.resize(16, ' ');
    text.append(line).append(command->form.summary).append("\n");
  }
  text +=
      "\nExit codes\n"
      "  0    done\n"
      "  1    it failed, stderr says why\n"
      "  2    the command line is wrong\n"
      "  3    done, but some rows were refused or a reconciliation does not match\n"
      "  4    verify found a record that does not hold\n"
      "  130  stopped by Ctrl-C in good order; what was committed stands\n";
  return text;
}

int usage(const std::string& problem, const std::string& what) {
  tool::print_problem(problem);
  std::cerr << "Try: coffer " << what << "--help\n";
  return static_cast<int>(Exit::usage);
}

int run(const Command& command, const std::vector<std::string>& words) {
  const auto arguments = tool::Arguments::parse(command.form, words);
  if (!arguments) {
    return usage(arguments.error().message, std::string(command.form.name) + " ");
  }
  if (arguments->has("help")) {
    std::cout << tool::help_of(command.form);
    return static_cast<int>(Exit::done);
  }
  const auto exit = command.run(*arguments);
  if (!exit && tool::is_usage(command.form, exit.error())) {
    const coffer::Error problem{exit.error().code, tool::with_argument(command.form, exit.error())};
    return usage(tool::text_of(problem), std::string(command.form.name) + " ");
  }
  if (!exit) {
    tool::print_problem(tool::text_of(exit.error()));
    return static_cast<int>(Exit::failed);
  }
  std::cout.flush();
  if (!std::cout) {
    tool::print_problem("standard output: can't be written; what the command did stands");
    return static_cast<int>(Exit::failed);
  }
  return static_cast<int>(*exit);
}

}  // namespace

int main(int count, char** texts) {
  std::vector<std::string> words(texts + std::min(count, 1), texts + count);
  if (words.empty() || words[0] == "--help" || words[0] == "help") {
    (words.empty() ? std::cerr : std::cout) << general_help();
    return static_cast<int>(words.empty() ? Exit::usage : Exit::done);
  }
  if (words[0] == "--version") {
    std::cout << "coffer " << coffer::version() << '\n';
    return static_cast<int>(Exit::done);
  }
  const auto found =
      std::find_if(commands.begin(), commands.end(),
                   [&words](const Command* command) { return command->form.name == words[0]; });
  if (found == commands.end()) {
    return usage("'" + words[0] + "' is no command", "");
  }
  words.erase(words.begin());
  return run(**found, words);
}
