// SPDX-License-Identifier: MIT
// What a coffer_signer pointer stands for, and how keys and requests come from C.
#pragma once

#include <cstdint>
#include <memory>

#include <coffer/keys/signer.hpp>

#include "coffer_signer.h"
#include "handle.hpp"

namespace coffer::capi {

/// A signer of either kind. One that asks the host has its table, and tells it of its end.
struct HeldSigner {
  std::unique_ptr<keys::Signer> signer;
  keys::SoftwareSigner* software = nullptr;  ///< The same, when it holds keys itself.
  coffer_signer_vtable table{};

  HeldSigner() = default;
  HeldSigner(HeldSigner&& other) noexcept;
  HeldSigner& operator=(HeldSigner&&) = delete;
  HeldSigner(const HeldSigner&) = delete;
  HeldSigner& operator=(const HeldSigner&) = delete;
  ~HeldSigner();
};

/// Fails as `read_struct`, with `invalid_argument` (curve, an empty name), `text_too_long`,
/// `invalid_utf8`, `derivation_path`.
[[nodiscard]] Result<keys::KeyReference> reference_of(const coffer_key_reference* key);

/// Fails with `invalid_argument`.
[[nodiscard]] Result<keys::SignatureScheme> scheme_of(coffer_signature_scheme scheme);

}  // namespace coffer::capi

struct coffer_signer : coffer::capi::Handle<coffer::capi::HeldSigner, 0x636f666665723036> {
  using Handle::Handle;
};
