// SPDX-License-Identifier: MIT
// The command wallets where coffer was built without keys.
#include "commands.hpp"

namespace tool {

const Command wallets_command{
    {"wallets", {"ACTION", "BOOK"}, "is not in this build", {}, {}},
    [](const Arguments& /*arguments*/) -> Result<Exit> {
      return Error{Code::unsupported, "wallets: this coffer was built without keys"};
    }};

}  // namespace tool
