// SPDX-License-Identifier: MIT
// A loaded PKCS#11 module and a session with one of its tokens.
#pragma once

#include <p11-kit/pkcs11.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>

namespace coffer::keys {

/// The error for an answer of the module that is not CKR_OK.
[[nodiscard]] Error pkcs11_error(std::string_view call, CK_RV answer);

/// A logged-in session. One thread at a time.
class Pkcs11Session {
 public:
  /// See `Pkcs11Signer::open`.
  [[nodiscard]] static Result<Pkcs11Session> open(const std::string& module_path,
                                                  std::string_view token_label,
                                                  std::string_view pin);
  Pkcs11Session(Pkcs11Session&& other) noexcept;
  Pkcs11Session& operator=(Pkcs11Session&&) = delete;
  Pkcs11Session(const Pkcs11Session&) = delete;
  Pkcs11Session& operator=(const Pkcs11Session&) = delete;
  ~Pkcs11Session();

  /// The only object of that class and label that is a key of an elliptic curve.
  /// Fails with `not_found`, `invalid_argument` (there are two), `signing_refused`.
  [[nodiscard]] Result<CK_OBJECT_HANDLE> find_key(CK_OBJECT_CLASS object_class,
                                                  std::string_view label);
  /// The bytes of an attribute. Fails with `signing_refused`.
  [[nodiscard]] Result<std::vector<std::uint8_t>> attribute(CK_OBJECT_HANDLE object,
                                                            CK_ATTRIBUTE_TYPE type);
  /// An ECDSA signature of a digest, as the token gives it. Fails with `signing_refused`.
  [[nodiscard]] Result<std::vector<std::uint8_t>> sign(CK_OBJECT_HANDLE key,
                                                       std::span<const std::uint8_t> digest);

 private:
  Pkcs11Session(CK_FUNCTION_LIST_PTR functions, CK_SESSION_HANDLE session) noexcept
      : functions_(functions), session_(session) {}

  CK_FUNCTION_LIST_PTR functions_;
  CK_SESSION_HANDLE session_;
};

}  // namespace coffer::keys
