// SPDX-License-Identifier: MIT
// The virtual chain txs of BIP-322.
#include "chain/bitcoin/virtual_transaction.hpp"

#include <array>
#include <utility>

#include "chain/bitcoin/script.hpp"
#include "crypto/base64.hpp"

namespace coffer::chain::bitcoin {

namespace {

constexpr std::array<std::pair<std::string_view, SignedForm>, 3> prefixes = {{
    {"smp", SignedForm::simple},
    {"ful", SignedForm::full},
    {"pof", SignedForm::proof_of_funds},
}};

}  // namespace

Digest32 bip322_message_hash(std::string_view message) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(message.data()), message.size());
  return tagged_hash("BIP0322-signed-message", {bytes});
}

RawTransaction to_spend(std::string_view message, std::span<const std::uint8_t> script) {
  RawTransaction transaction;
  Input& input = transaction.inputs.emplace_back();
  input.spends.index = 0xffffffff;
  input.script.push_back(static_cast<std::uint8_t>(Op::push_empty));
  put_push(bip322_message_hash(message), input.script);
  transaction.outputs.push_back({0, {script.begin(), script.end()}});
  return transaction;
}

RawTransaction to_sign(const RawTransaction& spent) {
  RawTransaction transaction;
  transaction.inputs.emplace_back().spends = {id_of(spent), 0};
  transaction.outputs.push_back({0, {static_cast<std::uint8_t>(Op::fail)}});
  return transaction;
}

std::optional<SignedText> read_signed_text(std::string_view text) {
  SignedText result;
  // Base64 comes in fours, so the size tells a prefix from a text that happens to begin like one.
  for (const auto& [prefix, form] : prefixes) {
    if (text.starts_with(prefix) && text.size() % 4 == prefix.size()) {
      result.form = form;
      result.has_prefix = true;
      text.remove_prefix(prefix.size());
      break;
    }
  }
  auto bytes = crypto::base64_decode(text);
  if (!bytes) {
    return std::nullopt;
  }
  result.bytes = std::move(*bytes);
  return result;
}

std::string signed_text(SignedForm form, std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const auto& [prefix, of] : prefixes) {
    text += of == form ? prefix : "";
  }
  return text + crypto::base64_encode(bytes);
}

std::optional<std::vector<Bytes>> parse_witness(std::span<const std::uint8_t> bytes) {
  WireReader reader(bytes);
  auto witness = read_witness(reader);
  if (!reader.is_finished()) {
    return std::nullopt;
  }
  return witness;
}

}  // namespace coffer::chain::bitcoin
