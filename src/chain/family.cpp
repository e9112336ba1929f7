// SPDX-License-Identifier: MIT
// Which functions belong to which family: the only place that knows all of them.
#include "chain/family.hpp"

#include <string>

#include "chain/bitcoin/bitcoin_family.hpp"
#include "chain/cosmos/cosmos_family.hpp"
#include "chain/ethereum/ethereum_family.hpp"
#include "chain/refusal.hpp"
#include "chain/solana/solana_family.hpp"
#include "chain/stellar/stellar_family.hpp"
#include "chain/tron/tron_family.hpp"
#include "chain/xrp/xrp_family.hpp"

namespace coffer::chain {

const FamilyCode& code_of(Family family) noexcept {
  switch (family) {
    case Family::bitcoin: break;
    case Family::ethereum: return ethereum::family_code();
    case Family::tron: return tron::family_code();
    case Family::solana: return solana::family_code();
    case Family::cosmos: return cosmos::family_code();
    case Family::xrp: return xrp::family_code();
    case Family::stellar: return stellar::family_code();
  }
  return bitcoin::family_code();
}

Status check_payload(const Address& address, std::size_t size) {
  if (address.payload.size() == size) {
    return {};
  }
  return refused(Code::invalid_argument, "the payload of " + std::string(name_of(address.form)) +
                                             " has " + std::to_string(size) + " bytes, not " +
                                             std::to_string(address.payload.size()));
}

}  // namespace coffer::chain
