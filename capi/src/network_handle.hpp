// SPDX-License-Identifier: MIT
// What a coffer_network_table pointer stands for, and how networks and forms come from C.
#pragma once

#include <coffer/chain/network.hpp>

#include "coffer_network.h"
#include "handle.hpp"

struct coffer_network_table
    : coffer::capi::Handle<coffer::chain::NetworkTable, 0x636f666665723037> {
  using Handle::Handle;
};

namespace coffer::capi {

/// The table behind a pointer; null is that of coffer alone. Fails with `invalid_argument`.
[[nodiscard]] Result<const chain::NetworkTable*> table_of(const coffer_network_table* table);

/// A row by its name. Fails as `table_of`, `utf8_of` and with `network_not_found`.
[[nodiscard]] Result<const chain::Network*> network_of(const coffer_network_table* table,
                                                       const char* name, std::size_t length);

/// Fails with `invalid_argument`.
[[nodiscard]] Result<chain::AddressForm> form_of(coffer_address_form form);

}  // namespace coffer::capi
