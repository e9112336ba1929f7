// SPDX-License-Identifier: MIT
// C: paths, extended keys, and the keys of many siblings.
#include "coffer_key.h"

#include <algorithm>
#include <string>
#include <vector>

#include <coffer/keys/random.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Secret;
using coffer::Status;
using coffer::keys::ExtendedPrivateKey;
using coffer::keys::ExtendedPublicKey;
using coffer::keys::KeyVersion;
using coffer::keys::Path;
using coffer::keys::PrivateKeyBytes;

coffer_status coffer_secret_generate(size_t size, coffer_secret** secret_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(secret_out, "secret_out"));
    if (size == 0 || size > COFFER_SECRET_SIZE_MAX) {
      return Error{Code::out_of_range, "size: " + std::to_string(size) + " is not 1 to 65536"};
    }
    Secret secret(size);
    COFFER_TRY(coffer::keys::system_random().fill(secret.bytes()));
    give(secret_out, std::move(secret));
    return {};
  });
}

const char* coffer_curve_name(coffer_curve curve) {
  // The names are literals, so a NUL follows each.
  return coffer::keys::name_of(static_cast<coffer::keys::Curve>(curve)).data();
}

coffer_status coffer_path_parse(const char* path, size_t path_length, uint32_t* steps_out,
                                size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto text, utf8_of(path, path_length, "path"));
    COFFER_TRY_ASSIGN(const Path parsed, Path::parse(text));
    const auto steps = parsed.steps();
    COFFER_TRY(put_count(steps.size(), steps_out, capacity, count_out));
    std::copy(steps.begin(), steps.end(), steps_out);
    return {};
  });
}

coffer_status coffer_path_format(const uint32_t* steps, size_t count, char* buffer, size_t size,
                                 size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    if (count > COFFER_PATH_STEPS_MAX) {
      return Error{Code::out_of_range, "count: " + std::to_string(count) + " steps, at most 255"};
    }
    if (count > 0) {
      COFFER_TRY(require(steps, "steps"));
    }
    return put_text(Path(std::vector<std::uint32_t>(steps, steps + count)).to_text(), buffer, size,
                    needed_out);
  });
}

coffer_status coffer_key_version_find(const char* name, size_t name_length,
                                      coffer_key_version* version_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(version_out, "version_out"));
    COFFER_TRY_ASSIGN(const auto wanted, utf8_of(name, name_length, "name"));
    COFFER_TRY_ASSIGN(const KeyVersion version, coffer::keys::key_version_named(wanted));
    *version_out = to_c(version);
    return {};
  });
}

coffer_status coffer_key_version_list(coffer_key_version* versions_out, size_t capacity,
                                      size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    const auto versions = coffer::keys::key_versions();
    COFFER_TRY(put_count(versions.size(), versions_out, capacity, count_out));
    std::transform(versions.begin(), versions.end(), versions_out,
                   [](const KeyVersion& version) { return to_c(version); });
    return {};
  });
}

coffer_status coffer_xpub_parse(const char* text, size_t text_length, coffer_xpub* xpub_out,
                                coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(xpub_out, "xpub_out"));
    COFFER_TRY_ASSIGN(const auto given, text_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const ExtendedPublicKey key, ExtendedPublicKey::parse(given));
    *xpub_out = to_c(key);
    return {};
  });
}

coffer_status coffer_xpub_format(const coffer_xpub* xpub, char* buffer, size_t size,
                                 size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const ExtendedPublicKey key, xpub_of(xpub));
    COFFER_TRY_ASSIGN(const std::string text, key.to_text());
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_xpub_derive(const coffer_xpub* xpub, const char* path, size_t path_length,
                                 coffer_xpub* child_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const ExtendedPublicKey key, xpub_of(xpub));
    COFFER_TRY(require(child_out, "child_out"));
    COFFER_TRY_ASSIGN(const Path way, path_of(path, path_length));
    COFFER_TRY_ASSIGN(const ExtendedPublicKey child, key.derive(way));
    *child_out = to_c(child);
    return {};
  });
}

coffer_status coffer_xpub_identify(const coffer_xpub* xpub, uint8_t* identifier_out,
                                   uint32_t* fingerprint_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const ExtendedPublicKey key, xpub_of(xpub));
    const auto identifier = key.identifier();
    if (identifier_out != nullptr) {
      std::copy(identifier.begin(), identifier.end(), identifier_out);
    }
    put_if(fingerprint_out, key.fingerprint());
    return {};
  });
}

coffer_status coffer_xpub_derive_many(const coffer_xpub* xpub, uint32_t first, size_t count,
                                      const coffer_bulk_options* options, uint8_t* keys_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const ExtendedPublicKey key, xpub_of(xpub));
    COFFER_TRY_ASSIGN(const auto keys, public_keys_of(keys_out, count, "keys_out"));
    BulkRun run;
    COFFER_TRY(run.read(options));
    return coffer::keys::derive_public_children(key, first, keys, run.options());
  });
}

coffer_status coffer_xprv_from_seed(const coffer_secret* seed, coffer_curve curve, uint32_t version,
                                    coffer_xprv** xprv_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, secret_of(seed, "seed"));
    COFFER_TRY(require(xprv_out, "xprv_out"));
    COFFER_TRY_ASSIGN(const auto known, curve_of(curve));
    COFFER_TRY_ASSIGN(const KeyVersion meant, version_of(version));
    COFFER_TRY_ASSIGN(ExtendedPrivateKey key, ExtendedPrivateKey::from_seed(bytes, known, meant));
    give(xprv_out, std::move(key));
    return {};
  });
}

coffer_status coffer_xprv_parse(const char* text, size_t text_length, coffer_xprv** xprv_out,
                                coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(xprv_out, "xprv_out"));
    COFFER_TRY_ASSIGN(const auto given, text_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(ExtendedPrivateKey key, ExtendedPrivateKey::parse(given));
    give(xprv_out, std::move(key));
    return {};
  });
}

coffer_status coffer_xprv_from_private_key(const coffer_secret* key, coffer_curve curve,
                                           coffer_xprv** xprv_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    constexpr std::array<std::uint8_t, 32> no_chain_code{};
    COFFER_TRY_ASSIGN(const auto bytes, private_key_of(key, "key"));
    COFFER_TRY(require(xprv_out, "xprv_out"));
    COFFER_TRY_ASSIGN(const auto known, curve_of(curve));
    COFFER_TRY_ASSIGN(ExtendedPrivateKey made,
                      ExtendedPrivateKey::from_parts(known, bytes, no_chain_code));
    give(xprv_out, std::move(made));
    return {};
  });
}

void coffer_xprv_destroy(coffer_xprv* xprv) { destroy_handle(xprv); }

coffer_status coffer_xprv_derive(const coffer_xprv* xprv, const char* path, size_t path_length,
                                 coffer_xprv** child_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY(require(child_out, "child_out"));
    COFFER_TRY_ASSIGN(const Path way, path_of(path, path_length));
    COFFER_TRY_ASSIGN(ExtendedPrivateKey child, known->held.derive(way));
    give(child_out, std::move(child));
    return {};
  });
}

coffer_status coffer_xprv_public(const coffer_xprv* xprv, coffer_xpub* xpub_out,
                                 coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY(require(xpub_out, "xpub_out"));
    *xpub_out = to_c(known->held.to_public());
    return {};
  });
}

coffer_status coffer_xprv_private_key(const coffer_xprv* xprv, coffer_secret** key_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY(require(key_out, "key_out"));
    give(key_out, Secret::copy_of(known->held.private_key()));
    return {};
  });
}

coffer_status coffer_xprv_export_text(const coffer_xprv* xprv, char* buffer, size_t size,
                                      size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY_ASSIGN(const Secret text, known->held.to_text());
    return put_text(text.text(), buffer, size, needed_out);
  });
}

coffer_status coffer_xprv_derive_many(const coffer_xprv* xprv, uint32_t first, size_t count,
                                      const char* tail, size_t tail_length,
                                      const coffer_bulk_options* options, uint8_t* keys_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY_ASSIGN(const Path way, path_of(tail, tail_length, "tail"));
    COFFER_TRY_ASSIGN(const auto keys, public_keys_of(keys_out, count, "keys_out"));
    BulkRun run;
    COFFER_TRY(run.read(options));
    return coffer::keys::derive_children(known->held, first, way, keys, {}, run.options());
  });
}

coffer_status coffer_xprv_export_many(const coffer_xprv* xprv, uint32_t first, size_t count,
                                      const char* tail, size_t tail_length,
                                      const coffer_bulk_options* options, uint8_t* keys_out,
                                      uint8_t* private_keys_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(xprv, "xprv"));
    COFFER_TRY_ASSIGN(const Path way, path_of(tail, tail_length, "tail"));
    COFFER_TRY_ASSIGN(const auto keys, public_keys_of(keys_out, count, "keys_out"));
    if (count > 0) {
      COFFER_TRY(require(private_keys_out, "private_keys_out"));
    }
    BulkRun run;
    COFFER_TRY(run.read(options));
    const std::span private_keys(reinterpret_cast<PrivateKeyBytes*>(private_keys_out), count);
    Status status =
        coffer::keys::derive_children(known->held, first, way, keys, private_keys, run.options());
    // A range that is refused was never written, and may be longer than the caller's memory.
    if (!status && status.error().code != Code::out_of_range) {
      coffer_wipe(private_keys_out, count * sizeof(PrivateKeyBytes));
    }
    return status;
  });
}
