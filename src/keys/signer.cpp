// SPDX-License-Identifier: MIT
// The signing call itself, the signer that holds keys and the one that asks.
#include <coffer/keys/signer.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "crypto/secp256k1.hpp"
#include "keys/musig_signing.hpp"
#include "keys/raw_signature.hpp"

namespace coffer::keys {

namespace {

Error no_key(std::string_view name) {
  return {Code::not_found, "key: this signer has none named '" + std::string(name) + "'"};
}

Error read_only() { return {Code::signing_refused, "the signer is in read-only mode"}; }

Error no_musig() { return {Code::unsupported, "this signer does not sign by MuSig2"}; }

}  // namespace

Result<PublicKey> Signer::public_key(const KeyReference& key) { return do_public_key(key); }

Result<Signature> Signer::sign(const SignRequest& request) {
  if (is_read_only_) {
    return read_only();
  }
  return do_sign(request);
}

Result<MusigNonce> Signer::musig_nonce(const MusigNonceRequest& request) {
  if (is_read_only_) {
    return read_only();
  }
  return do_musig_nonce(request);
}

Result<MusigPartialSignature> Signer::musig_sign(const KeyReference& key,
                                                 const MusigSession& session, MusigNonce nonce) {
  if (is_read_only_) {
    return read_only();
  }
  return do_musig_sign(key, session, std::move(nonce));
}

Result<MusigNonce> Signer::do_musig_nonce(const MusigNonceRequest& /*request*/) {
  return no_musig();
}

Result<MusigPartialSignature> Signer::do_musig_sign(const KeyReference& /*key*/,
                                                    const MusigSession& /*session*/,
                                                    MusigNonce /*nonce*/) {
  return no_musig();
}

// The keys by name, with the nodes that references passed lately.
class SoftwareSigner::Keys {
 public:
  Status add(std::string name, ExtendedPrivateKey key, bool is_single) {
    if (name.empty()) {
      return Error{Code::invalid_argument, "name: it is empty"};
    }
    const std::lock_guard lock(mutex_);
    if (keys_.contains(name)) {
      return Error{Code::already_exists, "name: there is a key named '" + name + "' already"};
    }
    keys_.emplace(std::move(name),
                  Entry{std::make_shared<const ExtendedPrivateKey>(std::move(key)), is_single, {}});
    return {};
  }

  Status remove(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(name);
    if (found == keys_.end()) {
      return no_key(name);
    }
    keys_.erase(found);
    return {};
  }

  // The key at the end of the reference. The lock is not held while it is derived, so that many
  // threads sign at once.
  Result<ExtendedPrivateKey> find(const KeyReference& reference) {
    const auto steps = reference.path.steps();
    // The hardened beginning is the account: many references share it.
    const auto end = std::find_if_not(steps.begin(), steps.end(), &is_hardened);
    const Path account(std::vector<std::uint32_t>(steps.begin(), end));
    const Path rest(std::vector<std::uint32_t>(end, steps.end()));
    COFFER_TRY_ASSIGN(const Way way, way_to(reference, account));
    if (way.node != nullptr) {
      return way.node->derive(rest);
    }
    COFFER_TRY_ASSIGN(ExtendedPrivateKey key, way.root->derive(account));
    const SharedKey node = std::make_shared<const ExtendedPrivateKey>(std::move(key));
    keep(reference.name, way.root, account, node);
    return node->derive(rest);
  }

 private:
  static constexpr std::size_t nodes_max = 8;
  /// Wiped when the last call that uses it ends.
  using SharedKey = std::shared_ptr<const ExtendedPrivateKey>;
  struct Node {
    Path path;
    SharedKey key;
  };
  struct Entry {
    SharedKey root;
    bool is_single;
    std::vector<Node> nodes;
  };
  struct Way {
    SharedKey root;
    SharedKey node;  ///< of the account; none when it has to be derived
  };

  Result<Way> way_to(const KeyReference& reference, const Path& account) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(reference.name);
    if (found == keys_.end()) {
      return no_key(reference.name);
    }
    const Entry& entry = found->second;
    if (entry.root->curve() != reference.curve) {
      return Error{Code::invalid_argument, "key: '" + reference.name + "' lives on " +
                                               std::string(name_of(entry.root->curve()))};
    }
    if (entry.is_single && reference.path.depth() > 0) {
      return Error{Code::derivation_path, "path: a single key has no children"};
    }
    if (account.depth() == 0) {
      return Way{entry.root, entry.root};
    }
    const auto known = std::find_if(entry.nodes.begin(), entry.nodes.end(),
                                    [&](const Node& node) { return node.path == account; });
    return Way{entry.root, known == entry.nodes.end() ? nullptr : known->key};
  }

  // Keeps a node for the next call, unless its key was removed meanwhile or another call was first.
  void keep(const std::string& name, const SharedKey& root, const Path& account,
            const SharedKey& node) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(name);
    if (found == keys_.end() || found->second.root != root) {
      return;
    }
    std::vector<Node>& nodes = found->second.nodes;
    if (std::any_of(nodes.begin(), nodes.end(),
                    [&](const Node& known) { return known.path == account; })) {
      return;
    }
    if (nodes.size() == nodes_max) {
      nodes.erase(nodes.begin());
    }
    nodes.push_back({account, node});
  }

  std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> keys_;
};

SoftwareSigner::SoftwareSigner() : keys_(std::make_unique<Keys>()) {}
SoftwareSigner::~SoftwareSigner() = default;

Status SoftwareSigner::add(std::string name, ExtendedPrivateKey key) {
  return keys_->add(std::move(name), std::move(key), false);
}

Status SoftwareSigner::add(std::string name, Curve curve,
                           std::span<const std::uint8_t, 32> private_key) {
  constexpr std::array<std::uint8_t, 32> no_chain_code{};
  COFFER_TRY_ASSIGN(ExtendedPrivateKey key,
                    ExtendedPrivateKey::from_parts(curve, private_key, no_chain_code));
  return keys_->add(std::move(name), std::move(key), true);
}

Status SoftwareSigner::remove(std::string_view name) { return keys_->remove(name); }

Result<PublicKey> SoftwareSigner::do_public_key(const KeyReference& key) {
  COFFER_TRY_ASSIGN(const ExtendedPrivateKey found, keys_->find(key));
  return found.to_public().public_key();
}

Result<Signature> SoftwareSigner::do_sign(const SignRequest& request) {
  COFFER_TRY_ASSIGN(const ExtendedPrivateKey key, keys_->find(request.key));
  return sign_with(key.curve(), key.private_key(), request);
}

Result<MusigNonce> SoftwareSigner::do_musig_nonce(const MusigNonceRequest& request) {
  COFFER_TRY_ASSIGN(const ExtendedPrivateKey key, keys_->find(request.key));
  return MusigSigning::make_nonce(key.private_key(), request);
}

Result<MusigPartialSignature> SoftwareSigner::do_musig_sign(const KeyReference& key,
                                                            const MusigSession& session,
                                                            MusigNonce nonce) {
  COFFER_TRY_ASSIGN(const ExtendedPrivateKey found, keys_->find(key));
  return MusigSigning::sign(found.private_key(), key, session, std::move(nonce));
}

CallbackSigner::CallbackSigner(PublicKeyCall public_key, SignCall sign)
    : public_key_(std::move(public_key)), sign_(std::move(sign)) {}

Result<PublicKey> CallbackSigner::do_public_key(const KeyReference& key) {
  return public_key_(key);
}

Result<Signature> CallbackSigner::do_sign(const SignRequest& request) {
  COFFER_TRY_ASSIGN(PublicKey key, public_key_(request.key));
  COFFER_TRY_ASSIGN(const Signature signature, sign_(request));
  if (request.taproot_tweak && request.scheme == SignatureScheme::schnorr) {
    const auto output =
        crypto::secp256k1::add_to_x_only(std::span(key).last<32>(), *request.taproot_tweak);
    if (!output) {
      return Error{Code::invalid_key, "taproot_tweak: it gives no key"};
    }
    key[0] = 2;
    std::copy(output->key.begin(), output->key.end(), key.begin() + 1);
  }
  COFFER_TRY(verify_signature(request.key.curve, key, request.scheme, request.message, signature));
  return signature;
}

}  // namespace coffer::keys
