// SPDX-License-Identifier: MIT
// Curves, paths, extended keys and bulk options: from C with checks, and back.
#include "key_handles.hpp"

#include <algorithm>
#include <string>

#include "output.hpp"

namespace coffer::capi {

static_assert(sizeof(keys::PublicKey) == COFFER_PUBLIC_KEY_SIZE);
static_assert(alignof(keys::PublicKey) == 1);
static_assert(sizeof(coffer_xpub) == 80);

Result<keys::Curve> curve_of(coffer_curve curve) {
  const auto known = static_cast<keys::Curve>(curve);
  if (keys::name_of(known) == "unknown") {
    return Error{Code::invalid_argument, "curve: " + std::to_string(curve) + " is none"};
  }
  return known;
}

Result<keys::Language> language_of(coffer_language language) {
  return constant_of(language, keys::Language::portuguese, "language");
}

Result<keys::Path> path_of(const char* path, std::size_t length, std::string_view name) {
  COFFER_TRY_ASSIGN(const std::string_view text, utf8_of(path, length, name));
  if (text.empty()) {
    return keys::Path();
  }
  return keys::Path::parse(text);
}

Result<keys::KeyVersion> version_of(std::uint32_t public_number) {
  if (public_number == 0) {
    return keys::KeyVersion();
  }
  const auto versions = keys::key_versions();
  const auto found = std::find_if(versions.begin(), versions.end(), [&](const auto& version) {
    return version.public_key == public_number;
  });
  if (found == versions.end()) {
    return Error{Code::invalid_argument,
                 "version: " + std::to_string(public_number) + " is that of no public key"};
  }
  return *found;
}

Result<keys::ExtendedPublicKey> xpub_of(const coffer_xpub* xpub) {
  COFFER_TRY(require(xpub, "xpub"));
  COFFER_TRY_ASSIGN(const keys::Curve curve, curve_of(xpub->curve));
  COFFER_TRY_ASSIGN(const keys::KeyVersion version, version_of(xpub->version));
  return keys::ExtendedPublicKey::from_parts(
      curve, xpub->public_key, xpub->chain_code,
      {xpub->depth, xpub->parent_fingerprint, xpub->child_number}, version);
}

coffer_xpub to_c(const keys::ExtendedPublicKey& key) noexcept {
  coffer_xpub out{};
  out.version = key.version().public_key;
  out.parent_fingerprint = key.origin().parent_fingerprint;
  out.child_number = key.origin().child_number;
  out.depth = key.origin().depth;
  out.curve = static_cast<coffer_curve>(key.curve());
  std::copy(key.public_key().begin(), key.public_key().end(), out.public_key);
  std::copy(key.chain_code().begin(), key.chain_code().end(), out.chain_code);
  return out;
}

coffer_key_version to_c(const keys::KeyVersion& version) noexcept {
  coffer_key_version out{};
  out.public_key = version.public_key;
  out.private_key = version.private_key;
  put_text(out.public_name, version.public_name);
  return out;
}

Status BulkRun::read(const coffer_bulk_options* options) {
  coffer_bulk_options in{};
  if (options != nullptr) {
    COFFER_TRY_ASSIGN(in, read_struct(options, "options"));
  }
  if (in.threads == COFFER_THREADS_ALL) {
    options_.threads = 0;
  } else {
    // More threads than this only cost; the derivation itself takes no more than it has work for.
    constexpr std::uint32_t threads_max = 1024;
    options_.threads = std::clamp<std::uint32_t>(in.threads, 1, threads_max);
  }
  if (in.progress != nullptr) {
    progress_ = in.progress;
    progress_data_ = in.progress_data;
    options_.observer = this;
  }
  return {};
}

bool BulkRun::on_progress(std::size_t done, std::size_t total) noexcept {
  return progress_(progress_data_, static_cast<std::int64_t>(done),
                   static_cast<std::int64_t>(total)) == 0;
}

Result<std::span<keys::PublicKey>> public_keys_of(std::uint8_t* keys, std::size_t count,
                                                  std::string_view name) {
  if (count > children_max) {
    return Error{Code::out_of_range,
                 "count: " + std::to_string(count) + ", a key has 2147483648 children"};
  }
  if (count > 0) {
    COFFER_TRY(require(keys, name));
  }
  return std::span(reinterpret_cast<keys::PublicKey*>(keys), count);
}

}  // namespace coffer::capi
