// SPDX-License-Identifier: MIT
// Fuzzes what reads signatures of BIP-322: the texts, the chain txs, the PSBTs, and the scripts.
#include <coffer/chain/bitcoin_message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "chain/bitcoin/raw_transaction.hpp"
#include "chain/bitcoin/script_machine.hpp"
#include "chain/bitcoin/spend_check.hpp"
#include "chain/bitcoin/virtual_transaction.hpp"

namespace {

using namespace coffer::chain;

// Whose signatures are right is decided by their first bit, so that scripts go on.
class Stub final : public bitcoin::SpendContext {
 public:
  bitcoin::Verdict check_signature(std::span<const std::uint8_t> signature,
                                   std::span<const std::uint8_t>, std::span<const std::uint8_t>,
                                   bool& is_right) override {
    is_right = !signature.empty() && (signature[0] & 1) != 0;
    return {};
  }
  [[nodiscard]] bool reaches_lock_time(std::int64_t time) const override { return time < 1000; }
  [[nodiscard]] bool reaches_sequence(std::int64_t age) const override { return age < 1000; }
};

constexpr std::string_view addresses[] = {
    "1PbwjuQP3y9F3ZnbbWUvue4zpgkQuSbgD5",
    "3K3S2AmwUVYHSKaMmtzsxmfmMts1s9RsXe",
    "bc1q7lhf4defwy62pnx8du74p62daut53revvqv96s",
    "bc1qp0ahvfh83088w49k405szqgg4f3pptr7p2g06tdxfjcd40z4lh4q95lsz9",
    "bc1pf3nev47234920c5aa24t4yzx8g40ncvzqynezyfxxnzdtpdnyjnshehf0j",
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const NetworkTable table;
  const Network& network = **table.find("bitcoin");
  const std::span bytes(data, size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::string_view address : addresses) {
    static_cast<void>(verify_bip322(network, address, "", text));
    for (const auto form : {bitcoin::SignedForm::simple, bitcoin::SignedForm::full,
                            bitcoin::SignedForm::proof_of_funds}) {
      static_cast<void>(verify_bip322(network, address, "", bitcoin::signed_text(form, bytes)));
    }
  }
  if (const auto transaction = bitcoin::parse_transaction(bytes)) {
    const auto again = bitcoin::serialise(*transaction);
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) {
      std::abort();
    }
    // Each input spends an output whose script is that of the output at the same place.
    if (!transaction->outputs.empty() && transaction->inputs.size() < 8) {
      std::vector<bitcoin::Output> spent;
      for (std::size_t i = 0; i < transaction->inputs.size(); ++i) {
        spent.push_back(transaction->outputs[i % transaction->outputs.size()]);
      }
      for (std::size_t i = 0; i < spent.size(); ++i) {
        static_cast<void>(bitcoin::check_input(*transaction, i, spent));
      }
    }
  }
  for (const auto rules : {bitcoin::ScriptRules::legacy, bitcoin::ScriptRules::segwit,
                           bitcoin::ScriptRules::tapscript}) {
    Stub stub;
    bitcoin::ScriptStack stack;
    static_cast<void>(bitcoin::run_script(bytes, rules, stub, stack));
  }
  return 0;
}
