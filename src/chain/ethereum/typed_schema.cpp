// SPDX-License-Identifier: MIT
// Type definitions of EIP-712.
#include "chain/ethereum/typed_schema.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <coffer/chain/typed_data.hpp>

#include "crypto/keccak256.hpp"

namespace coffer::chain::ethereum {

namespace {

using keys::JsonValue;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view text) {
  const auto starts = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  };
  return !text.empty() && starts(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return starts(c) || is_digit(c); });
}

// A number of at most nine digits without leading zeros.
std::optional<std::size_t> small_number(std::string_view text) {
  if (text.empty() || text.size() > 9 || text[0] == '0' ||
      !std::all_of(text.begin(), text.end(), &is_digit)) {
    return std::nullopt;
  }
  std::size_t value = 0;
  for (const char c : text) {
    value = value * 10 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

// Sets kind and size for the names that the standard gives; false for a name that looks like one
// of those but is none.
bool read_base(TypedType& type) {
  const std::string_view name = type.base;
  type.kind = name == "bool"      ? BaseKind::boolean
              : name == "address" ? BaseKind::address
              : name == "string"  ? BaseKind::text
              : name == "bytes"   ? BaseKind::bytes
                                  : BaseKind::structure;
  for (const auto& [prefix, kind] :
       {std::pair<std::string_view, BaseKind>{"bytes", BaseKind::fixed_bytes},
        {"uint", BaseKind::unsigned_integer},
        {"int", BaseKind::signed_integer}}) {
    const std::string_view rest = name.substr(std::min(prefix.size(), name.size()));
    if (type.kind != BaseKind::structure || !name.starts_with(prefix) ||
        !std::all_of(rest.begin(), rest.end(), &is_digit)) {
      continue;
    }
    type.kind = kind;
    type.size = small_number(rest).value_or(0);
    return kind == BaseKind::fixed_bytes ? type.size >= 1 && type.size <= 32
                                         : type.size >= 8 && type.size <= 256 && type.size % 8 == 0;
  }
  return true;
}

std::optional<TypedType> read_type(std::string_view text) {
  TypedType type;
  type.text = text;
  const std::size_t bracket = text.find('[');
  type.base = text.substr(0, bracket);
  std::string_view rest = bracket == std::string_view::npos ? "" : text.substr(bracket);
  while (!rest.empty()) {
    const std::size_t end = rest.find(']');
    if (rest[0] != '[' || end == std::string_view::npos) {
      return std::nullopt;
    }
    const auto size = small_number(rest.substr(1, end - 1));
    if (end != 1 && !size) {
      return std::nullopt;
    }
    type.arrays.push_back(size.value_or(0));
    rest.remove_prefix(end + 1);
  }
  if (!is_identifier(type.base) || !read_base(type)) {
    return std::nullopt;
  }
  return type;
}

Error wrong(std::string_view place, std::string_view reason) {
  return {Code::invalid_argument, std::string(place) + ": " + std::string(reason)};
}

// The text of `object`'s member `name`, which must be there.
Result<std::string> text_of(const JsonValue& object, std::string_view name,
                            const std::string& place) {
  const JsonValue* const value = object.exact_member(name);
  if (value == nullptr || value->kind != JsonValue::Kind::string) {
    return wrong(place + "." + std::string(name), "it is missing or no text");
  }
  return value->text;
}

}  // namespace

Result<JsonMembers> members_of(const JsonValue& object, std::string_view place) {
  JsonMembers members;
  for (std::size_t i = 0; i < object.names.size(); ++i) {
    if (!members.emplace(object.names[i], &object.items[i]).second) {
      return wrong(std::string(place) + (place.empty() ? "" : ".") + object.names[i],
                   "it is there twice");
    }
  }
  return members;
}

Result<TypedSchema> TypedSchema::read(const JsonValue& types) {
  if (types.kind != JsonValue::Kind::object) {
    return wrong("types", "it is no object");
  }
  COFFER_TRY(members_of(types, "types"));
  if (types.names.size() > typed_data_types_max) {
    return Error{Code::out_of_range, "types: there are " + std::to_string(types.names.size()) +
                                         ", at most " + std::to_string(typed_data_types_max) +
                                         " are read"};
  }
  TypedSchema schema;
  for (std::size_t i = 0; i < types.names.size(); ++i) {
    COFFER_TRY(schema.read_struct(types.names[i], types.items[i]));
  }
  if (schema.find("EIP712Domain") == nullptr) {
    return wrong("types.EIP712Domain", "it is missing");
  }
  COFFER_TRY(schema.check_known());
  return schema;
}

Status TypedSchema::read_struct(const std::string& name, const JsonValue& members) {
  const std::string place = "types." + name;
  TypedType own;
  own.base = name;
  if (!is_identifier(name) || !read_base(own) || own.kind != BaseKind::structure) {
    return wrong(place, "a struct can't have this name");
  }
  if (members.kind != JsonValue::Kind::array) {
    return wrong(place, "it is no array of members");
  }
  TypedStruct result;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < members.items.size(); ++i) {
    const JsonValue& member = members.items[i];
    const std::string at = place + "[" + std::to_string(i) + "]";
    if (member.kind != JsonValue::Kind::object || member.names.size() != 2) {
      return wrong(at, "it is no object of name and type alone");
    }
    COFFER_TRY_ASSIGN(std::string member_name, text_of(member, "name", at));
    COFFER_TRY_ASSIGN(const std::string type_text, text_of(member, "type", at));
    if (!is_identifier(member_name)) {
      return wrong(at + ".name", "'" + member_name + "' is no identifier");
    }
    if (!seen.insert(member_name).second) {
      return wrong(at + ".name", "'" + member_name + "' was there before");
    }
    auto type = read_type(type_text);
    if (!type) {
      return wrong(at + ".type", "'" + type_text + "' is no type");
    }
    result.push_back({std::move(member_name), std::move(*type)});
  }
  structs_.emplace(name, std::move(result));
  return {};
}

Status TypedSchema::check_known() const {
  for (const auto& [name, members] : structs_) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const TypedType& type = members[i].type;
      if (type.kind == BaseKind::structure && find(type.base) == nullptr) {
        return wrong("types." + name + "[" + std::to_string(i) + "].type",
                     "'" + type.base + "' is not defined");
      }
    }
  }
  return {};
}

const TypedStruct* TypedSchema::find(std::string_view name) const {
  const auto found = structs_.find(name);
  return found == structs_.end() ? nullptr : &found->second;
}

const Digest32& TypedSchema::hash_of(const std::string& name) {
  const auto known = hashes_.find(name);
  if (known != hashes_.end()) {
    return known->second;
  }
  // The type itself first, then the ones that it leads to by name (EIP-712, encodeType).
  std::set<std::string> reached;
  std::vector<std::string> waiting = {name};
  while (!waiting.empty()) {
    const std::string next = std::move(waiting.back());
    waiting.pop_back();
    for (const TypedMember& member : *find(next)) {
      if (member.type.kind == BaseKind::structure && member.type.base != name &&
          reached.insert(member.type.base).second) {
        waiting.push_back(member.type.base);
      }
    }
  }
  std::string text;
  const auto put = [&](const std::string& one) {
    text += one + "(";
    const char* separator = "";
    for (const TypedMember& member : *find(one)) {
      text += separator + member.type.text + " " + member.name;
      separator = ",";
    }
    text += ")";
  };
  put(name);
  std::for_each(reached.begin(), reached.end(), put);
  const Digest32 hash =
      crypto::keccak256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  return hashes_.emplace(name, hash).first->second;
}

}  // namespace coffer::chain::ethereum
