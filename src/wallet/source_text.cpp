// SPDX-License-Identifier: MIT
// A source's record as JSON: what an auditor reads, and what is read back from it.
#include <string>

#include <coffer/core/text.hpp>

#include "keys/json.hpp"
#include "wallet/wallet_records.hpp"

namespace coffer::wallet {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00" + to_hex(std::span(&byte, 1));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string text_of(const keys::JsonValue& object, std::string_view name) {
  const keys::JsonValue* value = object.member(name);
  return value == nullptr ? std::string() : value->text;
}

Error corrupt(std::string_view what) {
  return {Code::storage_corrupt,
          "wallet_records: a source whose " + std::string(what) + " can't be read; run verify"};
}

CryptoWalletKind kind_named(std::string_view name) {
  for (const CryptoWalletKind kind :
       {CryptoWalletKind::hot, CryptoWalletKind::warm, CryptoWalletKind::cold}) {
    if (name == name_of(kind)) {
      return kind;
    }
  }
  return CryptoWalletKind::watch_only;
}

}  // namespace

std::string source_text(const AddressSource& source) {
  std::string text =
      "{\"network\":" + quoted(source.network) +
      ",\"form\":" + quoted(chain::name_of(source.form)) +
      ",\"account\":" + std::to_string(source.account) + ",\"path\":" + quoted(source.path) +
      ",\"kind\":" + quoted(name_of(source.kind)) + ",\"key\":" + quoted(source.key_name) +
      ",\"node\":" + quoted(to_hex(source.node));
  if (source.xpub) {
    const Result<std::string> xpub = source.xpub->to_text();
    text += ",\"xpub\":" + quoted(xpub ? *xpub : std::string());
  }
  return text + ",\"restored\":" + (source.is_restored ? "true}" : "false}");
}

Status read_source_text(std::string_view text, AddressSource* source) {
  const std::optional<keys::JsonValue> json = keys::parse_json(text);
  if (!json || json->kind != keys::JsonValue::Kind::object) {
    return corrupt("record");
  }
  source->network = text_of(*json, "network");
  const Result<chain::AddressForm> form = chain::address_form_named(text_of(*json, "form"));
  if (!form) {
    return corrupt("form");
  }
  source->form = *form;
  for (const char digit : text_of(*json, "account")) {
    source->account = source->account * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  source->path = text_of(*json, "path");
  source->kind = kind_named(text_of(*json, "kind"));
  source->key_name = text_of(*json, "key");
  source->is_restored = text_of(*json, "restored") == "true";
  const Result<std::vector<std::uint8_t>> node = parse_hex(text_of(*json, "node"));
  if (!node || node->size() != source->node.size() || source->path.find('*') == std::string::npos) {
    return corrupt("node");
  }
  std::copy(node->begin(), node->end(), source->node.begin());
  if (const std::string xpub = text_of(*json, "xpub"); !xpub.empty()) {
    Result<keys::ExtendedPublicKey> key = keys::ExtendedPublicKey::parse(xpub);
    if (!key) {
      return corrupt("xpub");
    }
    source->xpub = std::move(key).value();
  }
  return {};
}

}  // namespace coffer::wallet
