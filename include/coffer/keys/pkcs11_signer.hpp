// SPDX-License-Identifier: MIT
// Pkcs11Signer: keys in a hardware security module, or in anything else that speaks PKCS#11.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::keys {

/// Signs with keys that never leave a token (PKCS#11 2.40, mechanism CKM_ECDSA).
///
/// A reference's `name` is the label (CKA_LABEL) that the private key and its public key share; its
/// path is empty, because tokens do not derive. Curves are secp256k1 and nist256p1, schemes
/// `ecdsa`, `ecdsa_low_r` and `ecdsa_recoverable`: Schnorr and ed25519 are answered with
/// `unsupported`. Signatures are brought to the low s (secp256k1) and verified before they are
/// handed out; a token's nonce is random, so two signatures of one digest differ.
///
/// An optional component: without `COFFER_PKCS11` in its build, `open` answers `unsupported`.
/// Threads: one signature at a time, the others wait.
class Pkcs11Signer final : public Signer {
 public:
  /// Loads a module, finds the token of that label and logs in as its user.
  ///
  /// `module_path` is a shared library, e.g. of SoftHSM or of the device's maker. It is code that
  /// runs in this process: take it from a place that you trust. `pin` is read during the call only,
  /// and not at all while another signer is logged in to the token: PKCS#11 logs in processes.
  /// Fails with `unsupported` (built without COFFER_PKCS11; the message says so),
  /// `invalid_argument` (`module_path` is empty, has a NUL, or is no PKCS#11 module; two tokens of
  /// that label), `not_found` (no such module or token; the message says which), `wrong_password`
  /// (the PIN is wrong, locked or expired), `signing_refused` (anything else that the module
  /// answers, with its number).
  /// Lifetime: the module stays loaded as long as the process; the session ends with this object.
  [[nodiscard]] static Result<std::unique_ptr<Pkcs11Signer>> open(const std::string& module_path,
                                                                  std::string_view token_label,
                                                                  std::string_view pin);
  ~Pkcs11Signer() override;

 private:
  class Session;
  explicit Pkcs11Signer(std::unique_ptr<Session> session);
  [[nodiscard]] Result<PublicKey> do_public_key(const KeyReference& key) override;
  [[nodiscard]] Result<Signature> do_sign(const SignRequest& request) override;

  std::unique_ptr<Session> session_;
};

}  // namespace coffer::keys
