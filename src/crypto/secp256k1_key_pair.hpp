// SPDX-License-Identifier: MIT
// A secret with its public key as libsecp256k1 keeps both together, wiped at the end. Only the
// secp256k1 sources of this module include it.
#pragma once

#include <secp256k1_extrakeys.h>

#include <coffer/core/secret.hpp>

#include "crypto/secp256k1.hpp"
#include "crypto/secp256k1_context.hpp"

namespace coffer::crypto::secp256k1 {

class KeyPair {
 public:
  explicit KeyPair(SecretView secret) noexcept
      : is_valid_(secp256k1_keypair_create(context(), &pair_, secret.data()) == 1) {}
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
  ~KeyPair() { wipe({pair_.data, sizeof(pair_.data)}); }

  [[nodiscard]] bool is_valid() const noexcept { return is_valid_; }
  [[nodiscard]] secp256k1_keypair* get() noexcept { return &pair_; }

 private:
  secp256k1_keypair pair_{};
  bool is_valid_;
};

}  // namespace coffer::crypto::secp256k1
