// SPDX-License-Identifier: MIT
// The Signer port: everything that signs goes through it, and it names keys without holding them.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/musig.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::keys {

/// Which key: a name that the signer knows, and a way from there. A wallet's row holds this and
/// never a private key.
struct KeyReference {
  std::string name;  ///< E.g. of a seed, or the label of a key in a hardware module.
  Path path;         ///< From that key on; empty for a key that stands alone.
  Curve curve = Curve::secp256k1;
};

/// How a signature is made.
enum class SignatureScheme : std::uint8_t {
  ecdsa = 1,              ///< Over a 32-byte digest: r and s; on secp256k1 the low s.
  ecdsa_low_r = 2,        ///< secp256k1, repeated until r is short, as Bitcoin Core does.
  ecdsa_recoverable = 3,  ///< secp256k1; `recovery_id` is set.
  schnorr = 4,            ///< secp256k1, BIP-340, over a message of any size.
  ed25519 = 5,            ///< RFC 8032, over a message of any size.
};

/// What is to be signed.
struct SignRequest {
  KeyReference key;
  SignatureScheme scheme = SignatureScheme::ecdsa;
  /// The digest for ECDSA, else the message. Read during the call only.
  std::span<const std::uint8_t> message;
  /// Schnorr only: the tweak that makes taproot's output key (BIP-341), added before signing.
  std::optional<std::array<std::uint8_t, 32>> taproot_tweak;
  /// Schnorr only: BIP-340's auxiliary randomness; zeros are allowed and make the signature
  /// repeatable.
  std::array<std::uint8_t, 32> auxiliary{};
};

/// A signature of 64 bytes: r and s, or R and s.
struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  int recovery_id = -1;  ///< 0 to 3 for `ecdsa_recoverable`, else -1.
};

/// For whom a nonce of MuSig2 is made (BIP-327, NonceGen).
struct MusigNonceRequest {
  KeyReference key;  ///< Which signs later. On secp256k1.
  /// What is known already goes into the nonce, beside fresh randomness of the system: should that
  /// ever fail, nonces of different messages still differ. Read during the call only.
  const MusigKeys* keys = nullptr;
  std::optional<MusigMessage> message;
};

/// Who may be asked to sign: software, a hardware module, a service, a person with a device.
///
/// Threads: all functions may be called from many threads; an implementation sees them so.
class Signer {
 public:
  virtual ~Signer() = default;
  Signer() = default;
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  /// The public key behind a reference; works in read-only mode too.
  /// Fails with `not_found` (no key of that name), as derivation does, or with the signer's reason.
  [[nodiscard]] Result<PublicKey> public_key(const KeyReference& key);

  /// Signs, or refuses.
  ///
  /// Read-only mode is looked at here, inside the call, so that no way around it exists.
  /// Fails with `signing_refused` (read-only mode, or the signer's policy), `invalid_argument` (an
  /// ECDSA message that is not 32 bytes, a tweak or a scheme for another curve), `not_found`, as
  /// derivation does, or with the signer's reason.
  [[nodiscard]] Result<Signature> sign(const SignRequest& request);

  /// Makes a nonce for one signature of MuSig2; fresh with each call.
  ///
  /// Fails with `signing_refused` (read-only mode), `unsupported` (a signer without MuSig2),
  /// `not_found`, as derivation does, `invalid_argument` (a key on another curve), `unsupported` (a
  /// build without MuSig2; no randomness).
  [[nodiscard]] Result<MusigNonce> musig_nonce(const MusigNonceRequest& request);

  /// Signs this key's part of a session of MuSig2 (BIP-327, Sign). The part is verified before you
  /// get it. The nonce is spent, whatever the answer: move it in and forget it.
  ///
  /// Fails with `signing_refused` (read-only mode), `unsupported` (a signer without MuSig2),
  /// `not_found`, as derivation does, `invalid_argument` (a key on another curve, a spent nonce),
  /// `invalid_key` (the key is none of those aggregated), `invalid_argument` (the nonce was made
  /// for another key), `signature_invalid` (the machine made a mistake).
  [[nodiscard]] Result<MusigPartialSignature> musig_sign(const KeyReference& key,
                                                         const MusigSession& session,
                                                         MusigNonce nonce);

  /// In read-only mode nothing is signed; calls that are already past the check still end.
  void set_read_only(bool read_only) noexcept { is_read_only_ = read_only; }
  [[nodiscard]] bool is_read_only() const noexcept { return is_read_only_; }

 private:
  [[nodiscard]] virtual Result<PublicKey> do_public_key(const KeyReference& key) = 0;
  [[nodiscard]] virtual Result<Signature> do_sign(const SignRequest& request) = 0;
  /// `unsupported`, unless a signer can.
  [[nodiscard]] virtual Result<MusigNonce> do_musig_nonce(const MusigNonceRequest& request);
  [[nodiscard]] virtual Result<MusigPartialSignature> do_musig_sign(const KeyReference& key,
                                                                    const MusigSession& session,
                                                                    MusigNonce nonce);

  std::atomic<bool> is_read_only_{false};
};

/// The default: keys in this process's locked memory. The last account nodes are kept, so that
/// signing for siblings derives two steps and not five.
class SoftwareSigner final : public Signer {
 public:
  SoftwareSigner();
  ~SoftwareSigner() override;

  /// Takes a key under a name. Fails with `already_exists`, `invalid_argument` (an empty name).
  [[nodiscard]] Status add(std::string name, ExtendedPrivateKey key);
  /// Takes a single private key of 32 bytes: its references have an empty path. Fails as above, or
  /// with `invalid_key`.
  [[nodiscard]] Status add(std::string name, Curve curve,
                           std::span<const std::uint8_t, 32> private_key);
  /// Forgets a key and wipes it. Fails with `not_found`.
  [[nodiscard]] Status remove(std::string_view name);

 private:
  [[nodiscard]] Result<PublicKey> do_public_key(const KeyReference& key) override;
  [[nodiscard]] Result<Signature> do_sign(const SignRequest& request) override;
  [[nodiscard]] Result<MusigNonce> do_musig_nonce(const MusigNonceRequest& request) override;
  [[nodiscard]] Result<MusigPartialSignature> do_musig_sign(const KeyReference& key,
                                                            const MusigSession& session,
                                                            MusigNonce nonce) override;

  class Keys;
  std::unique_ptr<Keys> keys_;
};

/// Asks the host: a key service, a threshold scheme, a hardware wallet, a program in C or Python.
///
/// What comes back is not trusted blindly: the signature is verified under the key that the host
/// names, and `signature_invalid` is the answer when it is wrong.
class CallbackSigner final : public Signer {
 public:
  using PublicKeyCall = std::function<Result<PublicKey>(const KeyReference&)>;
  using SignCall = std::function<Result<Signature>(const SignRequest&)>;

  /// Both functions are called from any thread of the caller's and must not throw.
  CallbackSigner(PublicKeyCall public_key, SignCall sign);

 private:
  [[nodiscard]] Result<PublicKey> do_public_key(const KeyReference& key) override;
  [[nodiscard]] Result<Signature> do_sign(const SignRequest& request) override;

  PublicKeyCall public_key_;
  SignCall sign_;
};

/// Whether `signature` is the one of `key` over `message`, by the scheme's rules.
///
/// For ECDSA the curve says which one is meant. Fails with `signature_invalid`, `invalid_argument`
/// (an ECDSA message that is not 32 bytes, a scheme for another curve), `invalid_key`.
[[nodiscard]] Status verify_signature(Curve curve, const PublicKey& key, SignatureScheme scheme,
                                      std::span<const std::uint8_t> message,
                                      const Signature& signature);

}  // namespace coffer::keys
