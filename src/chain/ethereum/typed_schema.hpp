// SPDX-License-Identifier: MIT
// The struct types of EIP-712 typed data: read, checked, and hashed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>

#include "crypto/sha256.hpp"
#include "keys/json.hpp"

namespace coffer::chain::ethereum {

using crypto::Digest32;

/// What a member's type comes down to below its arrays.
enum class BaseKind : std::uint8_t {
  boolean,
  address,
  text,
  bytes,        ///< Of any size.
  fixed_bytes,  ///< Of `size` bytes.
  unsigned_integer,
  signed_integer,  ///< Of `size` bits, like the unsigned one.
  structure,
};

/// The type of a member.
struct TypedType {
  std::string text;  ///< As it was written.
  std::string base;  ///< The same without its arrays.
  BaseKind kind = BaseKind::structure;
  std::size_t size = 0;
  /// The arrays from the innermost to the outermost: a size, or 0 where any is allowed.
  std::vector<std::size_t> arrays;
};

struct TypedMember {
  std::string name;
  TypedType type;
};

using TypedStruct = std::vector<TypedMember>;

/// All struct types of one message.
class TypedSchema {
 public:
  /// Reads the member `types`. Fails with `invalid_argument`, `out_of_range`; the message begins
  /// with the place.
  [[nodiscard]] static Result<TypedSchema> read(const keys::JsonValue& types);

  /// The type of that name, or null.
  [[nodiscard]] const TypedStruct* find(std::string_view name) const;
  /// The hash of a known type's definition and of those that it leads to. Computed once.
  [[nodiscard]] const Digest32& hash_of(const std::string& name);

 private:
  [[nodiscard]] Status read_struct(const std::string& name, const keys::JsonValue& members);
  [[nodiscard]] Status check_known() const;

  std::map<std::string, TypedStruct, std::less<>> structs_;
  std::map<std::string, Digest32, std::less<>> hashes_;
};

/// The members of an object by name. Fails with `invalid_argument` when a name is there twice; the
/// message begins with `place`, which may be empty, and the name.
using JsonMembers = std::map<std::string_view, const keys::JsonValue*>;
[[nodiscard]] Result<JsonMembers> members_of(const keys::JsonValue& object, std::string_view place);

}  // namespace coffer::chain::ethereum
