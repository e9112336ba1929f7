// SPDX-License-Identifier: MIT
// PSBT maps, as far as a finalised one needs them.
#include "chain/bitcoin/finalised_psbt.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace coffer::chain::bitcoin {

namespace {

constexpr std::array<std::uint8_t, 5> magic = {'p', 's', 'b', 't', 0xff};

// Types of keys in the maps of BIP-174.
constexpr std::uint8_t global_unsigned = 0x00;
constexpr std::uint8_t global_version = 0xfb;
constexpr std::uint8_t input_whole_transaction = 0x00;
constexpr std::uint8_t input_output = 0x01;
constexpr std::uint8_t input_final_script = 0x07;
constexpr std::uint8_t input_final_witness = 0x08;

using PsbtMap = std::map<Bytes, Bytes>;

// A map up to its separator; false when it is malformed or has a key twice.
bool read_map(WireReader& reader, PsbtMap& map) {
  map.clear();
  while (!reader.has_failed()) {
    Bytes key = reader.sized_bytes();
    if (key.empty()) {
      return !reader.has_failed();
    }
    if (!map.emplace(std::move(key), reader.sized_bytes()).second) {
      return false;
    }
  }
  return false;
}

const Bytes* find(const PsbtMap& map, std::uint8_t type) {
  const auto found = map.find(Bytes{type});
  return found == map.end() ? nullptr : &found->second;
}

class PsbtReader {
 public:
  explicit PsbtReader(std::span<const std::uint8_t> bytes) : reader_(bytes) {}

  // The reason why it is not one; empty when it is.
  std::string_view read(FinalisedPsbt& psbt) {
    const auto start = reader_.take(magic.size());
    if (!std::equal(start.begin(), start.end(), magic.begin(), magic.end())) {
      return "it is no PSBT";
    }
    if (const std::string_view reason = read_global(psbt); !reason.empty()) {
      return reason;
    }
    psbt.spent.resize(psbt.transaction.inputs.size());
    PsbtMap map;
    for (std::size_t i = 0; i < psbt.spent.size(); ++i) {
      if (!read_map(reader_, map)) {
        return "a map of the PSBT is malformed";
      }
      if (const std::string_view reason =
              read_input(map, psbt.transaction.inputs[i], psbt.spent[i]);
          !reason.empty()) {
        return reason;
      }
    }
    for (std::size_t i = 0; i < psbt.transaction.outputs.size(); ++i) {
      if (!read_map(reader_, map)) {
        return "a map of the PSBT is malformed";
      }
    }
    return reader_.is_finished() ? "" : "the PSBT has bytes after its end";
  }

 private:
  std::string_view read_global(FinalisedPsbt& psbt) {
    PsbtMap map;
    if (!read_map(reader_, map)) {
      return "a map of the PSBT is malformed";
    }
    const Bytes* const version = find(map, global_version);
    if (version != nullptr && *version != Bytes(4, 0)) {
      return "the PSBT has a version other than 0";
    }
    const Bytes* const bytes = find(map, global_unsigned);
    auto parsed = bytes == nullptr ? std::nullopt : parse_stripped(*bytes);
    if (!parsed || std::any_of(parsed->inputs.begin(), parsed->inputs.end(),
                               [](const Input& input) { return !input.script.empty(); })) {
      return "the PSBT has no unsigned transaction";
    }
    psbt.transaction = std::move(*parsed);
    return "";
  }

  std::string_view read_input(const PsbtMap& map, Input& input, std::optional<Output>& spent) {
    if (const Bytes* const script = find(map, input_final_script)) {
      input.script = *script;
    }
    if (const Bytes* const witness = find(map, input_final_witness)) {
      WireReader reader(*witness);
      input.witness = read_witness(reader);
      if (!reader.is_finished()) {
        return "a witness of the PSBT is malformed";
      }
    }
    if (const Bytes* const whole = find(map, input_whole_transaction)) {
      auto earlier = parse_transaction(*whole);
      if (!earlier || id_of(*earlier) != input.spends.id) {
        return "an earlier transaction in the PSBT is not the one that its input spends";
      }
      earlier_.emplace(input.spends.id, std::move(*earlier));
    }
    const auto known = earlier_.find(input.spends.id);
    if (known != earlier_.end()) {
      if (input.spends.index >= known->second.outputs.size()) {
        return "an input spends an output that its transaction does not have";
      }
      spent = known->second.outputs[input.spends.index];
    }
    if (const Bytes* const bytes = find(map, input_output)) {
      WireReader reader(*bytes);
      Output output;
      output.value = reader.number(8);
      output.script = reader.sized_bytes();
      if (!reader.is_finished() ||
          (spent && (spent->value != output.value || spent->script != output.script))) {
        return "an output in the PSBT is malformed or contradicts its transaction";
      }
      spent = std::move(output);
    }
    return "";
  }

  WireReader reader_;
  std::map<Digest32, RawTransaction> earlier_;
};

}  // namespace

std::optional<FinalisedPsbt> parse_finalised_psbt(std::span<const std::uint8_t> bytes,
                                                  std::string_view& reason) {
  FinalisedPsbt psbt;
  reason = PsbtReader(bytes).read(psbt);
  if (!reason.empty()) {
    return std::nullopt;
  }
  return psbt;
}

}  // namespace coffer::chain::bitcoin
