// SPDX-License-Identifier: MIT
// The handles of the keys module, and how its values come from C and go there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/keys/bulk.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/path.hpp>

#include "coffer_key.h"
#include "coffer_mnemonic.h"
#include "coffer_share.h"
#include "handle.hpp"

struct coffer_mnemonic : coffer::capi::Handle<coffer::keys::Mnemonic, 0x636f666665723033> {
  using Handle::Handle;
};

struct coffer_xprv : coffer::capi::Handle<coffer::keys::ExtendedPrivateKey, 0x636f666665723034> {
  using Handle::Handle;
};

struct coffer_share_set
    : coffer::capi::Handle<std::vector<std::vector<coffer::Secret>>, 0x636f666665723035> {
  using Handle::Handle;
};

namespace coffer::capi {

/// Fails with `invalid_argument`.
[[nodiscard]] Result<keys::Curve> curve_of(coffer_curve curve);
/// Fails with `invalid_argument`.
[[nodiscard]] Result<keys::Language> language_of(coffer_language language);
/// A path; the empty text is the key itself. Fails as `text_of` and with `derivation_path`.
[[nodiscard]] Result<keys::Path> path_of(const char* path, std::size_t length,
                                         std::string_view name = "path");
/// The key version with that public number; 0 is that of "xpub". Fails with `invalid_argument`.
[[nodiscard]] Result<keys::KeyVersion> version_of(std::uint32_t public_number);

/// Checks a key that comes from C. Fails with `null_argument`, `invalid_argument` (curve, version),
/// `invalid_key`, `extended_key`.
[[nodiscard]] Result<keys::ExtendedPublicKey> xpub_of(const coffer_xpub* xpub);
[[nodiscard]] coffer_xpub to_c(const keys::ExtendedPublicKey& key) noexcept;
[[nodiscard]] coffer_key_version to_c(const keys::KeyVersion& version) noexcept;

/// The options of a bulk derivation, with the caller's progress as its observer. It stays where it
/// was read into, because the derivation points at it.
class BulkRun final : private keys::BulkObserver {
 public:
  BulkRun() = default;
  BulkRun(const BulkRun&) = delete;
  BulkRun& operator=(const BulkRun&) = delete;

  /// Null: all zero. Fails as `read_struct`.
  [[nodiscard]] Status read(const coffer_bulk_options* options);
  [[nodiscard]] const keys::BulkOptions& options() const noexcept { return options_; }

 private:
  [[nodiscard]] bool on_progress(std::size_t done, std::size_t total) noexcept override;

  coffer_progress_function progress_ = nullptr;
  void* progress_data_ = nullptr;
  keys::BulkOptions options_;
};

/// The most children of one call: all that a parent has.
inline constexpr std::size_t children_max = keys::hardened_bit;

/// `count` public keys in the caller's flat memory. Fails with `out_of_range`, `null_argument`.
[[nodiscard]] Result<std::span<keys::PublicKey>> public_keys_of(std::uint8_t* keys,
                                                                std::size_t count,
                                                                std::string_view name);

}  // namespace coffer::capi
