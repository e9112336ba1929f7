// SPDX-License-Identifier: MIT
// Chain txs as bytes, and the three generations of signature digests.
#include "chain/bitcoin/raw_transaction.hpp"

#include <algorithm>

namespace coffer::chain::bitcoin {

namespace {

constexpr std::uint32_t all = 1;  // SIGHASH_ALL

void put_outpoint(const Outpoint& outpoint, Bytes& out) {
  put_bytes(outpoint.id, out);
  put_number(outpoint.index, 4, out);
}

void put_output(const Output& output, Bytes& out) {
  put_number(output.value, 8, out);
  put_sized_bytes(output.script, out);
}

void put_outputs(const RawTransaction& transaction, Bytes& out) {
  for (const Output& output : transaction.outputs) {
    put_output(output, out);
  }
}

bool has_witness(const RawTransaction& transaction) {
  return std::any_of(transaction.inputs.begin(), transaction.inputs.end(),
                     [](const Input& input) { return !input.witness.empty(); });
}

Bytes serialise_as(const RawTransaction& transaction, bool with_witness) {
  Bytes out;
  put_number(transaction.version, 4, out);
  if (with_witness) {
    put_number(0x0100, 2, out);
  }
  put_compact_size(transaction.inputs.size(), out);
  for (const Input& input : transaction.inputs) {
    put_outpoint(input.spends, out);
    put_sized_bytes(input.script, out);
    put_number(input.sequence, 4, out);
  }
  put_compact_size(transaction.outputs.size(), out);
  put_outputs(transaction, out);
  if (with_witness) {
    for (const Input& input : transaction.inputs) {
      put_witness(input.witness, out);
    }
  }
  put_number(transaction.lock_time, 4, out);
  return out;
}

std::optional<RawTransaction> parse(std::span<const std::uint8_t> bytes, bool may_have_witness) {
  WireReader reader(bytes);
  RawTransaction transaction;
  transaction.version = reader.number32();
  const auto rest = reader.rest();
  const bool with_witness =
      may_have_witness && rest.size() >= 2 && rest[0] == 0x00 && rest[1] == 0x01;
  if (with_witness) {
    static_cast<void>(reader.number(2));
  }
  for (std::size_t left = reader.count(41); left > 0 && !reader.has_failed(); --left) {
    Input input;
    input.spends.id = reader.hash();
    input.spends.index = reader.number32();
    input.script = reader.sized_bytes();
    input.sequence = reader.number32();
    transaction.inputs.push_back(std::move(input));
  }
  for (std::size_t left = reader.count(9); left > 0 && !reader.has_failed(); --left) {
    Output output;
    output.value = reader.number(8);
    output.script = reader.sized_bytes();
    transaction.outputs.push_back(std::move(output));
  }
  for (std::size_t i = 0; with_witness && i < transaction.inputs.size(); ++i) {
    transaction.inputs[i].witness = read_witness(reader);
  }
  transaction.lock_time = reader.number32();
  if (!reader.is_finished() || (with_witness && !has_witness(transaction))) {
    return std::nullopt;
  }
  return transaction;
}

// The hash over one part of every input, once or twice as the BIP wants it.
template <class Put>
Bytes joined(const RawTransaction& transaction, Put put) {
  Bytes out;
  for (std::size_t i = 0; i < transaction.inputs.size(); ++i) {
    put(i, out);
  }
  return out;
}

}  // namespace

Bytes serialise(const RawTransaction& transaction) {
  return serialise_as(transaction, has_witness(transaction));
}

std::optional<RawTransaction> parse_transaction(std::span<const std::uint8_t> bytes) {
  return parse(bytes, true);
}

std::optional<RawTransaction> parse_stripped(std::span<const std::uint8_t> bytes) {
  return parse(bytes, false);
}

Digest32 id_of(const RawTransaction& transaction) {
  return crypto::sha256_twice(serialise_as(transaction, false));
}

Digest32 legacy_digest(const RawTransaction& transaction, std::size_t input,
                       std::span<const std::uint8_t> script) {
  RawTransaction copy = transaction;
  for (std::size_t i = 0; i < copy.inputs.size(); ++i) {
    copy.inputs[i].script.clear();
    if (i == input) {
      copy.inputs[i].script.assign(script.begin(), script.end());
    }
  }
  Bytes bytes = serialise_as(copy, false);
  put_number(all, 4, bytes);
  return crypto::sha256_twice(bytes);
}

Digest32 segwit_digest(const RawTransaction& transaction, std::size_t input,
                       std::span<const std::uint8_t> script, std::uint64_t value) {
  const auto& inputs = transaction.inputs;
  Bytes outputs;
  put_outputs(transaction, outputs);
  Bytes out;
  put_number(transaction.version, 4, out);
  put_bytes(
      crypto::sha256_twice(joined(
          transaction, [&](std::size_t i, Bytes& to) { put_outpoint(inputs[i].spends, to); })),
      out);
  put_bytes(
      crypto::sha256_twice(joined(
          transaction, [&](std::size_t i, Bytes& to) { put_number(inputs[i].sequence, 4, to); })),
      out);
  put_outpoint(inputs[input].spends, out);
  put_sized_bytes(script, out);
  put_number(value, 8, out);
  put_number(inputs[input].sequence, 4, out);
  put_bytes(crypto::sha256_twice(outputs), out);
  put_number(transaction.lock_time, 4, out);
  put_number(all, 4, out);
  return crypto::sha256_twice(out);
}

Digest32 taproot_digest(const RawTransaction& transaction, std::size_t input,
                        std::span<const Output> spent, std::uint8_t type,
                        const std::optional<Digest32>& leaf) {
  const auto& inputs = transaction.inputs;
  const auto hash_of = [&](auto put) { return crypto::sha256(joined(transaction, put)); };
  Bytes outputs;
  put_outputs(transaction, outputs);
  Bytes out;
  put_number(0, 1, out);  // The epoch.
  put_number(type, 1, out);
  put_number(transaction.version, 4, out);
  put_number(transaction.lock_time, 4, out);
  put_bytes(hash_of([&](std::size_t i, Bytes& to) { put_outpoint(inputs[i].spends, to); }), out);
  put_bytes(hash_of([&](std::size_t i, Bytes& to) { put_number(spent[i].value, 8, to); }), out);
  put_bytes(hash_of([&](std::size_t i, Bytes& to) { put_sized_bytes(spent[i].script, to); }), out);
  put_bytes(hash_of([&](std::size_t i, Bytes& to) { put_number(inputs[i].sequence, 4, to); }), out);
  put_bytes(crypto::sha256(outputs), out);
  put_number(leaf ? 2 : 0, 1, out);
  put_number(input, 4, out);
  if (leaf) {
    put_bytes(*leaf, out);
    put_number(0, 1, out);           // The version of keys.
    put_number(0xffffffff, 4, out);  // No code separator was run.
  }
  return tagged_hash("TapSighash", {out});
}

Digest32 tagged_hash(std::string_view tag,
                     std::initializer_list<std::span<const std::uint8_t>> parts) noexcept {
  const Digest32 name =
      crypto::sha256({reinterpret_cast<const std::uint8_t*>(tag.data()), tag.size()});
  crypto::Sha256 hash;
  hash.update(name).update(name);
  for (const auto part : parts) {
    hash.update(part);
  }
  return hash.finish();
}

}  // namespace coffer::chain::bitcoin
