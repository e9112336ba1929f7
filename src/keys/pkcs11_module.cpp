// SPDX-License-Identifier: MIT
// Loads modules by dlopen and talks to them through their list of functions.
#include "keys/pkcs11_module.hpp"

#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <optional>
#include <utility>

namespace coffer::keys {

namespace {

// The list of functions of a module that is ready. It is never unloaded or finalised: other parts
// of the process may use the same one.
Result<CK_FUNCTION_LIST_PTR> load(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return Error{Code::invalid_argument, "module_path: it is empty, or has a NUL"};
  }
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const reason = dlerror();
    return Error{Code::not_found, "module_path: '" + path + "' can't be loaded: " +
                                      (reason == nullptr ? "no reason given" : reason)};
  }
  const auto get_list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST_PTR functions = nullptr;
  if (get_list == nullptr || get_list(&functions) != CKR_OK || functions == nullptr) {
    return Error{Code::invalid_argument, "module_path: '" + path + "' is no PKCS#11 module"};
  }
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV answer = functions->C_Initialize(&arguments);
  if (answer != CKR_OK && answer != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return pkcs11_error("C_Initialize", answer);
  }
  return functions;
}

// A label in a fixed field, filled up with blanks.
bool is_label(std::span<const CK_UTF8CHAR> field, std::string_view label) {
  std::string_view text(reinterpret_cast<const char*>(field.data()), field.size());
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  return text == label;
}

Result<CK_SLOT_ID> find_token(CK_FUNCTION_LIST_PTR functions, std::string_view label) {
  CK_ULONG count = 0;
  CK_RV answer = functions->C_GetSlotList(CK_TRUE, nullptr, &count);
  std::vector<CK_SLOT_ID> slots(count);
  if (answer == CKR_OK) {
    answer = functions->C_GetSlotList(CK_TRUE, slots.data(), &count);
  }
  if (answer != CKR_OK) {
    return pkcs11_error("C_GetSlotList", answer);
  }
  slots.resize(count);
  std::optional<CK_SLOT_ID> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (functions->C_GetTokenInfo(slot, &info) == CKR_OK && is_label(info.label, label)) {
      if (found) {
        return Error{Code::invalid_argument,
                     "token_label: two tokens are named '" + std::string(label) + "'"};
      }
      found = slot;
    }
  }
  if (!found) {
    return Error{Code::not_found, "token_label: no token is named '" + std::string(label) + "'"};
  }
  return *found;
}

}  // namespace

Error pkcs11_error(std::string_view call, CK_RV answer) {
  if (answer == CKR_PIN_INCORRECT || answer == CKR_PIN_LOCKED || answer == CKR_PIN_EXPIRED ||
      answer == CKR_PIN_LEN_RANGE || answer == CKR_PIN_INVALID) {
    return {Code::wrong_password, "pin: the token refuses it"};
  }
  std::array<char, 24> number{};
  std::snprintf(number.data(), number.size(), "0x%08lx", static_cast<unsigned long>(answer));
  return {Code::signing_refused,
          "the PKCS#11 module answered " + std::string(number.data()) + " to " + std::string(call)};
}

Result<Pkcs11Session> Pkcs11Session::open(const std::string& module_path,
                                          std::string_view token_label, std::string_view pin) {
  COFFER_TRY_ASSIGN(const CK_FUNCTION_LIST_PTR functions, load(module_path));
  COFFER_TRY_ASSIGN(const CK_SLOT_ID slot, find_token(functions, token_label));
  CK_SESSION_HANDLE handle = CK_INVALID_HANDLE;
  CK_RV answer = functions->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle);
  if (answer != CKR_OK) {
    return pkcs11_error("C_OpenSession", answer);
  }
  Pkcs11Session session(functions, handle);
  // The module does not write the PIN; its type forgot to say so.
  auto* const bytes = reinterpret_cast<CK_UTF8CHAR_PTR>(const_cast<char*>(pin.data()));
  answer = functions->C_Login(handle, CKU_USER, bytes, pin.size());
  if (answer != CKR_OK && answer != CKR_USER_ALREADY_LOGGED_IN) {
    return pkcs11_error("C_Login", answer);
  }
  return session;
}

Pkcs11Session::Pkcs11Session(Pkcs11Session&& other) noexcept
    : functions_(other.functions_), session_(std::exchange(other.session_, CK_INVALID_HANDLE)) {}

Pkcs11Session::~Pkcs11Session() {
  if (session_ != CK_INVALID_HANDLE) {
    functions_->C_CloseSession(session_);
  }
}

Result<CK_OBJECT_HANDLE> Pkcs11Session::find_key(CK_OBJECT_CLASS object_class,
                                                 std::string_view label) {
  CK_KEY_TYPE type = CKK_EC;
  std::string name(label);
  std::array<CK_ATTRIBUTE, 3> pattern = {
      CK_ATTRIBUTE{CKA_CLASS, &object_class, sizeof(object_class)},
      CK_ATTRIBUTE{CKA_KEY_TYPE, &type, sizeof(type)},
      CK_ATTRIBUTE{CKA_LABEL, name.data(), name.size()}};
  CK_RV answer = functions_->C_FindObjectsInit(session_, pattern.data(), pattern.size());
  if (answer != CKR_OK) {
    return pkcs11_error("C_FindObjectsInit", answer);
  }
  std::array<CK_OBJECT_HANDLE, 2> found{};
  CK_ULONG count = 0;
  answer = functions_->C_FindObjects(session_, found.data(), found.size(), &count);
  functions_->C_FindObjectsFinal(session_);
  if (answer != CKR_OK) {
    return pkcs11_error("C_FindObjects", answer);
  }
  if (count == 0) {
    return Error{Code::not_found, "key: this token has none named '" + name + "'"};
  }
  if (count > 1) {
    return Error{Code::invalid_argument, "key: this token has two named '" + name + "'"};
  }
  return found[0];
}

Result<std::vector<std::uint8_t>> Pkcs11Session::attribute(CK_OBJECT_HANDLE object,
                                                           CK_ATTRIBUTE_TYPE type) {
  std::array<std::uint8_t, 256> buffer{};
  CK_ATTRIBUTE value{type, buffer.data(), buffer.size()};
  const CK_RV answer = functions_->C_GetAttributeValue(session_, object, &value, 1);
  if (answer != CKR_OK) {
    return pkcs11_error("C_GetAttributeValue", answer);
  }
  return std::vector<std::uint8_t>(buffer.begin(),
                                   buffer.begin() + static_cast<std::ptrdiff_t>(value.ulValueLen));
}

Result<std::vector<std::uint8_t>> Pkcs11Session::sign(CK_OBJECT_HANDLE key,
                                                      std::span<const std::uint8_t> digest) {
  CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
  CK_RV answer = functions_->C_SignInit(session_, &mechanism, key);
  if (answer != CKR_OK) {
    return pkcs11_error("C_SignInit", answer);
  }
  std::vector<std::uint8_t> message(digest.begin(), digest.end());
  std::vector<std::uint8_t> signature(256);
  CK_ULONG size = signature.size();
  answer = functions_->C_Sign(session_, message.data(), message.size(), signature.data(), &size);
  if (answer != CKR_OK) {
    return pkcs11_error("C_Sign", answer);
  }
  signature.resize(size);
  return signature;
}

}  // namespace coffer::keys
