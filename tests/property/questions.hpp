// SPDX-License-Identifier: MIT
// Everything that a ledger can be asked, beside what the model adds up.
#pragma once

#include <coffer/ledger/ledger.hpp>

#include "random_commands.hpp"

namespace coffer::property {

/// Each account's policy and money, the sums of all money, each hold.
void compare_state(Ledger& ledger, const Model& model);
/// Each transaction by id and key, with the running balances of its entries.
void compare_journal(Ledger& ledger, const Model& model);
/// Histories page by page, balances as of any time on both axes, totals of owners.
void compare_questions(Ledger& ledger, const Model& model, RandomCommands& random);

}  // namespace coffer::property
