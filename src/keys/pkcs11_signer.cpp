// SPDX-License-Identifier: MIT
// The signer whose keys live in a token: what it asks for and how it checks the answers.
#include <coffer/keys/pkcs11_signer.hpp>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <utility>

#include "crypto/nist256p1.hpp"
#include "crypto/secp256k1.hpp"
#include "keys/pkcs11_module.hpp"
#include "keys/raw_signature.hpp"

namespace coffer::keys {

namespace {

// The object identifiers of the curves in DER, as CKA_EC_PARAMS has them.
constexpr std::array<std::uint8_t, 7> secp256k1_id = {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a};
constexpr std::array<std::uint8_t, 10> nist256p1_id = {0x06, 0x08, 0x2a, 0x86, 0x48,
                                                       0xce, 0x3d, 0x03, 0x01, 0x07};
// Each try has a short r with probability one half.
constexpr int low_r_tries_max = 128;

std::span<const std::uint8_t> id_of(Curve curve) {
  return curve == Curve::secp256k1 ? std::span<const std::uint8_t>(secp256k1_id)
                                   : std::span<const std::uint8_t>(nist256p1_id);
}

Status check_reference(const KeyReference& key) {
  if (key.path.depth() > 0) {
    return Error{Code::derivation_path, "path: a key in a token has no children"};
  }
  if (key.curve == Curve::ed25519) {
    return Error{Code::unsupported, "key: ed25519 in tokens is not supported"};
  }
  return {};
}

// A point, bare or in an octet string, which is how the standard has it. The sizes tell them apart.
std::optional<PublicKey> read_point(Curve curve, std::span<const std::uint8_t> bytes) {
  if ((bytes.size() == 35 || bytes.size() == 67) && bytes[0] == 0x04) {
    bytes = bytes.subspan(2);
  }
  return curve == Curve::secp256k1 ? crypto::secp256k1::compress(bytes)
                                   : crypto::nist256p1::compress(bytes);
}

// The signature with the low s where the curve wants it, and the recovery id where it is asked for.
Result<Signature> finish(const std::vector<std::uint8_t>& bytes, const SignRequest& request,
                         const PublicKey& key) {
  Signature signature;
  if (bytes.size() != signature.bytes.size()) {
    return Error{Code::signature_invalid,
                 "the token's signature has " + std::to_string(bytes.size()) + " bytes, not 64"};
  }
  std::copy(bytes.begin(), bytes.end(), signature.bytes.begin());
  if (request.key.curve == Curve::secp256k1) {
    const auto normal = crypto::secp256k1::normalise(signature.bytes);
    signature.bytes = normal.value_or(signature.bytes);
  }
  for (int id = 0; request.scheme == SignatureScheme::ecdsa_recoverable && id < 4; ++id) {
    if (crypto::secp256k1::recover({signature.bytes, id}, request.message.first<32>()) == key) {
      signature.recovery_id = id;
      break;
    }
  }
  COFFER_TRY(verify_signature(request.key.curve, key, request.scheme, request.message, signature));
  return signature;
}

}  // namespace

class Pkcs11Signer::Session {
 public:
  explicit Session(Pkcs11Session token) : token_(std::move(token)) {}

  Result<PublicKey> public_key(const KeyReference& key) {
    const std::lock_guard lock(mutex_);
    return find_public(key);
  }

  Result<Signature> sign(const SignRequest& request) {
    const std::lock_guard lock(mutex_);
    COFFER_TRY_ASSIGN(const PublicKey key, find_public(request.key));
    COFFER_TRY_ASSIGN(const CK_OBJECT_HANDLE handle,
                      token_.find_key(CKO_PRIVATE_KEY, request.key.name));
    for (int left = low_r_tries_max; left > 0; --left) {
      COFFER_TRY_ASSIGN(const auto bytes, token_.sign(handle, request.message));
      COFFER_TRY_ASSIGN(const Signature signature, finish(bytes, request, key));
      if (request.scheme != SignatureScheme::ecdsa_low_r || signature.bytes[0] < 0x80) {
        return signature;
      }
    }
    return Error{Code::signing_refused, "the token gives no signature with a short r"};
  }

 private:
  Result<PublicKey> find_public(const KeyReference& key) {
    COFFER_TRY_ASSIGN(const CK_OBJECT_HANDLE handle, token_.find_key(CKO_PUBLIC_KEY, key.name));
    COFFER_TRY_ASSIGN(const auto curve, token_.attribute(handle, CKA_EC_PARAMS));
    const auto wanted = id_of(key.curve);
    if (!std::equal(curve.begin(), curve.end(), wanted.begin(), wanted.end())) {
      return Error{Code::invalid_argument,
                   "key: '" + key.name + "' does not live on " + std::string(name_of(key.curve))};
    }
    COFFER_TRY_ASSIGN(const auto bytes, token_.attribute(handle, CKA_EC_POINT));
    const auto point = read_point(key.curve, bytes);
    if (!point) {
      return Error{Code::invalid_key, "key: '" + key.name + "' has a public key that is no point"};
    }
    return *point;
  }

  std::mutex mutex_;
  Pkcs11Session token_;
};

Pkcs11Signer::Pkcs11Signer(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Pkcs11Signer::~Pkcs11Signer() = default;

Result<std::unique_ptr<Pkcs11Signer>> Pkcs11Signer::open(const std::string& module_path,
                                                         std::string_view token_label,
                                                         std::string_view pin) {
  COFFER_TRY_ASSIGN(Pkcs11Session token, Pkcs11Session::open(module_path, token_label, pin));
  return std::unique_ptr<Pkcs11Signer>(
      new Pkcs11Signer(std::make_unique<Session>(std::move(token))));
}

Result<PublicKey> Pkcs11Signer::do_public_key(const KeyReference& key) {
  COFFER_TRY(check_reference(key));
  return session_->public_key(key);
}

Result<Signature> Pkcs11Signer::do_sign(const SignRequest& request) {
  COFFER_TRY(check_reference(request.key));
  if (request.scheme == SignatureScheme::schnorr || request.taproot_tweak) {
    return Error{Code::unsupported, "scheme: tokens make no Schnorr signatures"};
  }
  COFFER_TRY(check_scheme(request.key.curve, request.scheme, request.message));
  return session_->sign(request);
}

}  // namespace coffer::keys
