// SPDX-License-Identifier: MIT
// The commands: the form of each and what it does.
#pragma once

#include <span>

#include "command_line.hpp"

namespace tool {

struct Command {
  CommandForm form;
  Result<Exit> (*run)(const Arguments& arguments);
};

// Moving: commands_move.cpp
extern const Command init_command;
extern const Command post_command;
extern const Command import_command;
// Crypto wallets in bulk: commands_wallets.cpp
extern const Command wallets_command;
// Looking: commands_look.cpp
extern const Command accounts_command;
extern const Command balance_command;
extern const Command history_command;
extern const Command stats_command;
// Proof and care: commands_care.cpp
extern const Command verify_command;
extern const Command rebuild_index_command;
extern const Command backup_command;
extern const Command reconcile_command;

}  // namespace tool
