// SPDX-License-Identifier: MIT
// C: keystores of coffer, of Web3 and of BIP-38.
#include "coffer_keystore.h"

#include <string>

#include <coffer/keys/bip38.hpp>
#include <coffer/keys/keystore.hpp>
#include <coffer/keys/web3_keystore.hpp>

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
using coffer::keys::KeystoreCipher;
using coffer::keys::KeystoreContent;
using coffer::keys::KeystoreCost;
using coffer::keys::KeystoreInfo;
using coffer::keys::KeystoreKind;

namespace {

/// Larger than any keystore; the bytes of a longer file are not looked at.
constexpr std::size_t file_size_max = 65'536;

/// How a keystore is sealed.
struct Sealing {
  KeystoreCost cost;
  KeystoreCipher cipher = KeystoreCipher::aes_256_gcm;
};

Status read_cost(std::uint32_t given, std::uint32_t max, std::string_view name, auto* out) {
  if (given > max) {
    return Error{Code::out_of_range, std::string(name) + ": " + std::to_string(given) +
                                         " is above " + std::to_string(max)};
  }
  if (given != 0) {
    *out = static_cast<std::remove_pointer_t<decltype(out)>>(given);
  }
  return {};
}

Result<Sealing> sealing_of(const coffer_keystore_options* options) {
  coffer_keystore_options in{};
  if (options != nullptr) {
    COFFER_TRY_ASSIGN(in, read_struct(options, "options"));
  }
  Sealing out;
  COFFER_TRY(read_cost(in.log2_cost, 23, "log2_cost", &out.cost.log2_cost));
  COFFER_TRY(read_cost(in.block_size, 1024, "block_size", &out.cost.block_size));
  COFFER_TRY(read_cost(in.parallelism, 1024, "parallelism", &out.cost.parallelism));
  if (in.cipher != 0) {
    COFFER_TRY_ASSIGN(out.cipher,
                      constant_of(in.cipher, KeystoreCipher::chacha20_poly1305, "cipher"));
  }
  return out;
}

Result<KeystoreContent> content_of(const coffer_secret* material,
                                   const coffer_keystore_content* in) {
  COFFER_TRY_ASSIGN(const auto bytes, secret_of(material, "material"));
  COFFER_TRY(require(in, "content"));
  KeystoreContent out;
  COFFER_TRY_ASSIGN(out.kind, constant_of(in->kind, KeystoreKind::private_key, "kind"));
  if (out.kind == KeystoreKind::mnemonic) {
    COFFER_TRY_ASSIGN(out.language, language_of(in->language));
  }
  if (out.kind == KeystoreKind::private_key) {
    COFFER_TRY_ASSIGN(out.curve, curve_of(in->curve));
  }
  out.material = Secret::copy_of(bytes);
  return out;
}

coffer_keystore_content to_struct(const KeystoreContent& content) {
  coffer_keystore_content out{};
  out.kind = static_cast<coffer_keystore_kind>(content.kind);
  if (content.kind == KeystoreKind::mnemonic) {
    out.language = static_cast<coffer_language>(content.language);
  }
  if (content.kind == KeystoreKind::private_key) {
    out.curve = static_cast<coffer_curve>(content.curve);
  }
  return out;
}

}  // namespace

coffer_status coffer_keystore_seal(const coffer_secret* material,
                                   const coffer_keystore_content* content, const char* password,
                                   size_t password_length, const coffer_keystore_options* options,
                                   uint8_t* file_out, size_t size, size_t* size_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(size_out, "size_out"));
    COFFER_TRY(check_buffer(file_out, size, COFFER_KEYSTORE_SIZE_MAX, size_out));
    COFFER_TRY_ASSIGN(const KeystoreContent given, content_of(material, content));
    COFFER_TRY_ASSIGN(const auto word, text_of(password, password_length, "password"));
    COFFER_TRY_ASSIGN(const Sealing how, sealing_of(options));
    COFFER_TRY_ASSIGN(const auto file,
                      coffer::keys::seal_keystore(given, word, how.cost, how.cipher));
    return put_bytes(file, file_out, size, size_out);
  });
}

coffer_status coffer_keystore_open(const uint8_t* file, size_t file_size, const char* password,
                                   size_t password_length, coffer_keystore_content* content_out,
                                   coffer_secret** material_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(file, file_size, file_size_max, "file"));
    COFFER_TRY(require(material_out, "material_out"));
    COFFER_TRY_ASSIGN(const auto word, text_of(password, password_length, "password"));
    COFFER_TRY_ASSIGN(KeystoreContent opened, coffer::keys::open_keystore(bytes, word));
    put_if(content_out, to_struct(opened));
    give(material_out, std::move(opened.material));
    return {};
  });
}

coffer_status coffer_keystore_inspect(const uint8_t* file, size_t file_size,
                                      coffer_keystore_info* info_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(file, file_size, file_size_max, "file"));
    COFFER_TRY(require(info_out, "info_out"));
    COFFER_TRY_ASSIGN(const KeystoreInfo info, coffer::keys::inspect_keystore(bytes));
    coffer_keystore_info out{};
    out.log2_cost = info.cost.log2_cost;
    out.block_size = info.cost.block_size;
    out.parallelism = info.cost.parallelism;
    out.version = info.version;
    out.kind = static_cast<coffer_keystore_kind>(info.kind);
    out.cipher = static_cast<coffer_keystore_cipher>(info.cipher);
    *info_out = out;
    return {};
  });
}

coffer_status coffer_keystore_change_password(const uint8_t* file, size_t file_size,
                                              const char* old_password, size_t old_password_length,
                                              const char* new_password, size_t new_password_length,
                                              const coffer_keystore_options* options,
                                              uint8_t* file_out, size_t size, size_t* size_out,
                                              coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(size_out, "size_out"));
    COFFER_TRY(check_buffer(file_out, size, COFFER_KEYSTORE_SIZE_MAX, size_out));
    COFFER_TRY_ASSIGN(const auto bytes, bytes_of(file, file_size, file_size_max, "file"));
    COFFER_TRY_ASSIGN(const auto before,
                      text_of(old_password, old_password_length, "old_password"));
    COFFER_TRY_ASSIGN(const auto after, text_of(new_password, new_password_length, "new_password"));
    COFFER_TRY_ASSIGN(const Sealing how, sealing_of(options));
    COFFER_TRY_ASSIGN(const auto changed,
                      coffer::keys::change_keystore_password(bytes, before, after, how.cost));
    return put_bytes(changed, file_out, size, size_out);
  });
}

coffer_status coffer_web3_keystore_seal(const coffer_secret* key, const char* password,
                                        size_t password_length,
                                        const coffer_keystore_options* options, char* buffer,
                                        size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(check_buffer(buffer, size, COFFER_WEB3_KEYSTORE_TEXT_SIZE, needed_out));
    COFFER_TRY_ASSIGN(const auto bytes, private_key_of(key, "key"));
    COFFER_TRY_ASSIGN(const auto word, text_of(password, password_length, "password"));
    COFFER_TRY_ASSIGN(const Sealing how, sealing_of(options));
    COFFER_TRY_ASSIGN(const std::string json,
                      coffer::keys::seal_web3_keystore(bytes, word, how.cost));
    return put_text(json, buffer, size, needed_out);
  });
}

coffer_status coffer_web3_keystore_open(const char* json, size_t json_length, const char* password,
                                        size_t password_length, coffer_secret** secret_out,
                                        coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(secret_out, "secret_out"));
    COFFER_TRY_ASSIGN(const auto file, text_of(json, json_length, "json"));
    COFFER_TRY_ASSIGN(const auto word, text_of(password, password_length, "password"));
    COFFER_TRY_ASSIGN(Secret secret, coffer::keys::open_web3_keystore(file, word));
    if (secret.is_empty()) {
      return Error{Code::keystore_damaged, "keystore: there is nothing in it"};
    }
    give(secret_out, std::move(secret));
    return {};
  });
}

coffer_status coffer_bip38_encrypt(const coffer_secret* key, uint8_t is_compressed,
                                   const char* passphrase, size_t passphrase_length, char* buffer,
                                   size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(check_buffer(buffer, size, COFFER_BIP38_TEXT_SIZE, needed_out));
    COFFER_TRY_ASSIGN(const auto bytes, private_key_of(key, "key"));
    COFFER_TRY_ASSIGN(const auto phrase, text_of(passphrase, passphrase_length, "passphrase"));
    COFFER_TRY_ASSIGN(const std::string text,
                      coffer::keys::bip38_encrypt(bytes, is_compressed != 0, phrase));
    return put_text(text, buffer, size, needed_out);
  });
}

coffer_status coffer_bip38_decrypt(const char* text, size_t text_length, const char* passphrase,
                                   size_t passphrase_length, coffer_secret** key_out,
                                   uint8_t* is_compressed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(key_out, "key_out"));
    COFFER_TRY_ASSIGN(const auto given, text_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const auto phrase, text_of(passphrase, passphrase_length, "passphrase"));
    COFFER_TRY_ASSIGN(coffer::keys::Bip38Key key, coffer::keys::bip38_decrypt(given, phrase));
    put_if<uint8_t>(is_compressed_out, key.is_compressed ? 1 : 0);
    give(key_out, std::move(key.private_key));
    return {};
  });
}
