// SPDX-License-Identifier: MIT
// EIP-712: structs and arrays hashed from the leaves up, then the two hashes that are signed.
#include <coffer/chain/typed_data.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "chain/account_signature.hpp"
#include "chain/ethereum/typed_schema.hpp"
#include "chain/ethereum/typed_value.hpp"
#include "crypto/keccak256.hpp"
#include "keys/json.hpp"

namespace coffer::chain {

namespace {

using ethereum::BaseKind;
using ethereum::TypedSchema;
using ethereum::TypedType;
using ethereum::Word;
using keys::JsonValue;

constexpr std::string_view domain_type = "EIP712Domain";

Error wrong(std::string_view place, std::string_view reason) {
  return {Code::invalid_argument, std::string(place) + ": " + std::string(reason)};
}

// Hashes values by a schema. The depth is bounded by that of the JSON.
class Hasher {
 public:
  explicit Hasher(TypedSchema& schema) : schema_(schema) {}

  Result<Word> hash_struct(const JsonValue& value, const std::string& type,
                           const std::string& place) {
    if (value.kind != JsonValue::Kind::object) {
      return wrong(place, "it is no object of type '" + type + "'");
    }
    COFFER_TRY_ASSIGN(ethereum::JsonMembers values, ethereum::members_of(value, place));
    const ethereum::TypedStruct& members = *schema_.find(type);
    const Word& type_hash = schema_.hash_of(type);
    std::vector<std::uint8_t> bytes(type_hash.begin(), type_hash.end());
    for (const ethereum::TypedMember& member : members) {
      const std::string at = place + "." + member.name;
      const auto found = values.find(member.name);
      if (found == values.end()) {
        return wrong(at, "it is missing");
      }
      COFFER_TRY_ASSIGN(const Word word,
                        encode(*found->second, member.type, member.type.arrays.size(), at));
      bytes.insert(bytes.end(), word.begin(), word.end());
      values.erase(found);
    }
    if (!values.empty()) {
      return wrong(place + "." + std::string(values.begin()->first),
                   "type '" + type + "' has no such member");
    }
    return crypto::keccak256(bytes);
  }

 private:
  // The word of a value below the outer `arrays` arrays of its type.
  Result<Word> encode(const JsonValue& value, const TypedType& type, std::size_t arrays,
                      const std::string& place) {
    if (arrays > 0) {
      return encode_array(value, type, arrays, place);
    }
    if (type.kind != BaseKind::structure) {
      return ethereum::atomic_word(value, type, place);
    }
    return value.kind == JsonValue::Kind::null ? Result<Word>(Word{})
                                               : hash_struct(value, type.base, place);
  }

  Result<Word> encode_array(const JsonValue& value, const TypedType& type, std::size_t arrays,
                            const std::string& place) {
    if (value.kind != JsonValue::Kind::array) {
      return wrong(place, "it is no array, as '" + type.text + "' is");
    }
    const std::size_t size = type.arrays[arrays - 1];
    if (size != 0 && value.items.size() != size) {
      return Error{Code::out_of_range, place + ": it has " + std::to_string(value.items.size()) +
                                           " items, not " + std::to_string(size)};
    }
    std::vector<std::uint8_t> bytes;
    bytes.reserve(value.items.size() * std::tuple_size_v<Word>);
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      COFFER_TRY_ASSIGN(const Word word, encode(value.items[i], type, arrays - 1,
                                                place + "[" + std::to_string(i) + "]"));
      bytes.insert(bytes.end(), word.begin(), word.end());
    }
    return crypto::keccak256(bytes);
  }

  TypedSchema& schema_;
};

// What a caller may want to look at beside the hashes.
struct TypedData {
  TypedDataHashes hashes;
  std::optional<Word> chain_id;
};

// The member of the whole, which must be there.
Result<const JsonValue*> part_of(const JsonValue& root, std::string_view name) {
  const JsonValue* const part = root.exact_member(name);
  if (part == nullptr) {
    return wrong(name, "it is missing");
  }
  return part;
}

Status check_root(const JsonValue& root) {
  if (root.kind != JsonValue::Kind::object) {
    return wrong("typed data", "it is no object");
  }
  COFFER_TRY_ASSIGN(const ethereum::JsonMembers members, ethereum::members_of(root, ""));
  constexpr std::array<std::string_view, 4> known = {"types", "primaryType", "domain", "message"};
  for (const auto& [name, value] : members) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return wrong(name, "typed data has no such member");
    }
  }
  return {};
}

Result<TypedData> read_typed_data(std::string_view json) {
  std::size_t failed_at = 0;
  const auto root = keys::parse_json(json, failed_at);
  if (!root) {
    return failed_at == 0 ? wrong("typed data", "it is longer than 1 MiB or no UTF-8")
                          : wrong("typed data", "no JSON at byte " + std::to_string(failed_at) +
                                                    ", or deeper than 32 there");
  }
  COFFER_TRY(check_root(*root));
  COFFER_TRY_ASSIGN(const JsonValue* const types, part_of(*root, "types"));
  COFFER_TRY_ASSIGN(const JsonValue* const primary, part_of(*root, "primaryType"));
  COFFER_TRY_ASSIGN(const JsonValue* const domain, part_of(*root, "domain"));
  COFFER_TRY_ASSIGN(TypedSchema schema, TypedSchema::read(*types));
  if (primary->kind != JsonValue::Kind::string || schema.find(primary->text) == nullptr) {
    return wrong("primaryType", "it names no type that is defined");
  }
  Hasher hasher(schema);
  TypedData data;
  COFFER_TRY_ASSIGN(data.hashes.domain,
                    hasher.hash_struct(*domain, std::string(domain_type), "domain"));
  const JsonValue* const chain_id = domain->exact_member("chainId");
  if (chain_id != nullptr) {
    COFFER_TRY_ASSIGN(data.chain_id,
                      ethereum::integer_word(*chain_id, 256, false, "domain.chainId"));
  }
  std::vector<std::uint8_t> bytes = {0x19, 0x01};
  bytes.insert(bytes.end(), data.hashes.domain.begin(), data.hashes.domain.end());
  if (primary->text != domain_type) {
    COFFER_TRY_ASSIGN(const JsonValue* const message, part_of(*root, "message"));
    COFFER_TRY_ASSIGN(data.hashes.message, hasher.hash_struct(*message, primary->text, "message"));
    bytes.insert(bytes.end(), data.hashes.message.begin(), data.hashes.message.end());
  }
  data.hashes.digest = crypto::keccak256(bytes);
  return data;
}

Status check_family(const Network& network) {
  if (network.family != Family::ethereum) {
    return Error{Code::unsupported, "network: '" + network.name + "' has no typed data"};
  }
  return {};
}

}  // namespace

Result<TypedDataHashes> hash_typed_data(std::string_view json) {
  COFFER_TRY_ASSIGN(const TypedData data, read_typed_data(json));
  return data.hashes;
}

Result<AccountSignature> sign_typed_data(keys::Signer& signer, const keys::KeyReference& key,
                                         const Network& network, std::string_view json) {
  COFFER_TRY(check_family(network));
  COFFER_TRY_ASSIGN(const TypedData data, read_typed_data(json));
  Word own{};
  for (std::size_t i = 0; i < sizeof(network.chain_id); ++i) {
    own[own.size() - 1 - i] = static_cast<std::uint8_t>(network.chain_id >> (8 * i));
  }
  if (data.chain_id && *data.chain_id != own) {
    return wrong("domain.chainId",
                 "it is not that of '" + network.name + "', " + std::to_string(network.chain_id));
  }
  return sign_account_digest(signer, key, data.hashes.digest);
}

Result<std::string> recover_typed_data(const Network& network, std::string_view json,
                                       std::span<const std::uint8_t> signature) {
  COFFER_TRY(check_family(network));
  COFFER_TRY_ASSIGN(const TypedDataHashes hashes, hash_typed_data(json));
  return recover_account(network, hashes.digest, signature);
}

Status verify_typed_data(const Network& network, std::string_view address, std::string_view json,
                         std::span<const std::uint8_t> signature) {
  COFFER_TRY(check_family(network));
  COFFER_TRY_ASSIGN(const TypedDataHashes hashes, hash_typed_data(json));
  return verify_account(network, address, hashes.digest, signature);
}

}  // namespace coffer::chain
