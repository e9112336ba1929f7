// SPDX-License-Identifier: MIT
// Stands in for the PKCS#11 signer in builds without it.
#include <coffer/keys/pkcs11_signer.hpp>

#include <utility>

namespace coffer::keys {

namespace {

Error absent() { return {Code::unsupported, "this library was built with COFFER_PKCS11=OFF"}; }

}  // namespace

class Pkcs11Signer::Session {};

Pkcs11Signer::Pkcs11Signer(std::unique_ptr<Session> session) : session_(std::move(session)) {}
Pkcs11Signer::~Pkcs11Signer() = default;

Result<std::unique_ptr<Pkcs11Signer>> Pkcs11Signer::open(const std::string& /*module_path*/,
                                                         std::string_view /*token_label*/,
                                                         std::string_view /*pin*/) {
  return absent();
}

Result<PublicKey> Pkcs11Signer::do_public_key(const KeyReference& /*key*/) { return absent(); }
Result<Signature> Pkcs11Signer::do_sign(const SignRequest& /*request*/) { return absent(); }

}  // namespace coffer::keys
