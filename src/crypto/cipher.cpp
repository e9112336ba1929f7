// SPDX-License-Identifier: MIT
// Ciphers through OpenSSL's EVP interface.
#include "crypto/cipher.hpp"

#include <openssl/evp.h>

#include <limits>
#include <memory>

#include "crypto/wiped.hpp"

namespace coffer::crypto {

namespace {

struct ContextFree {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextFree>;

// What EVP can take in one call; a seed or a key is far below.
bool fits(std::size_t size) noexcept {
  return size <= static_cast<std::size_t>(std::numeric_limits<int>::max() / 2);
}

const EVP_CIPHER* cipher_of(Aead aead) noexcept {
  return aead == Aead::aes_256_gcm ? EVP_aes_256_gcm() : EVP_chacha20_poly1305();
}

bool feed(EVP_CIPHER_CTX* context, std::span<const std::uint8_t> in, std::uint8_t* out) noexcept {
  int written = 0;
  return in.empty() ||
         EVP_CipherUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1;
}

bool seal_into(Aead aead, const std::uint8_t* key, const std::uint8_t* nonce,
               std::span<const std::uint8_t> associated, std::span<const std::uint8_t> plain,
               std::span<std::uint8_t> out) noexcept {
  const Context context(EVP_CIPHER_CTX_new());
  int written = 0;
  return context != nullptr && fits(plain.size()) && fits(associated.size()) &&
         out.size() == plain.size() + aead_tag_size &&
         EVP_CipherInit_ex(context.get(), cipher_of(aead), nullptr, key, nonce, 1) == 1 &&
         feed(context.get(), associated, nullptr) && feed(context.get(), plain, out.data()) &&
         EVP_CipherFinal_ex(context.get(), out.data() + plain.size(), &written) == 1 &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aead_tag_size,
                             out.data() + plain.size()) == 1;
}

bool open_into(Aead aead, const std::uint8_t* key, const std::uint8_t* nonce,
               std::span<const std::uint8_t> associated, std::span<const std::uint8_t> sealed,
               std::span<std::uint8_t> out) noexcept {
  if (sealed.size() < aead_tag_size || out.size() != sealed.size() - aead_tag_size ||
      !fits(sealed.size()) || !fits(associated.size())) {
    return false;
  }
  Wiped<aead_tag_size> tag;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    tag[i] = sealed[out.size() + i];
  }
  Wiped<EVP_MAX_BLOCK_LENGTH> rest;
  const Context context(EVP_CIPHER_CTX_new());
  int written = 0;
  return context != nullptr &&
         EVP_CipherInit_ex(context.get(), cipher_of(aead), nullptr, key, nonce, 0) == 1 &&
         feed(context.get(), associated, nullptr) &&
         feed(context.get(), sealed.first(out.size()), out.data()) &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aead_tag_size, tag.data()) ==
             1 &&
         EVP_CipherFinal_ex(context.get(), rest.data(), &written) == 1;
}

// A mode that gives as many bytes as it takes.
bool run(const EVP_CIPHER* cipher, bool encrypt, const std::uint8_t* key,
         const std::uint8_t* initial, std::span<const std::uint8_t> in,
         std::span<std::uint8_t> out) noexcept {
  const Context context(EVP_CIPHER_CTX_new());
  Wiped<EVP_MAX_BLOCK_LENGTH> rest;
  int written = 0;
  const bool done =
      context != nullptr && fits(in.size()) && out.size() == in.size() &&
      EVP_CipherInit_ex(context.get(), cipher, nullptr, key, initial, encrypt ? 1 : 0) == 1 &&
      EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 && feed(context.get(), in, out.data()) &&
      EVP_CipherFinal_ex(context.get(), rest.data(), &written) == 1;
  if (!done) {
    wipe(out);
  }
  return done;
}

}  // namespace

bool seal(Aead aead, std::span<const std::uint8_t, aead_key_size> key,
          std::span<const std::uint8_t, aead_nonce_size> nonce,
          std::span<const std::uint8_t> associated, std::span<const std::uint8_t> plain,
          std::span<std::uint8_t> out) {
  const bool done = seal_into(aead, key.data(), nonce.data(), associated, plain, out);
  if (!done) {
    wipe(out);
  }
  return done;
}

bool open(Aead aead, std::span<const std::uint8_t, aead_key_size> key,
          std::span<const std::uint8_t, aead_nonce_size> nonce,
          std::span<const std::uint8_t> associated, std::span<const std::uint8_t> sealed,
          std::span<std::uint8_t> out) {
  const bool done = open_into(aead, key.data(), nonce.data(), associated, sealed, out);
  if (!done) {
    wipe(out);
  }
  return done;
}

bool aes_ctr(std::span<const std::uint8_t> key, std::span<const std::uint8_t, 16> counter,
             std::span<const std::uint8_t> in, std::span<std::uint8_t> out) {
  const EVP_CIPHER* cipher = key.size() == 16   ? EVP_aes_128_ctr()
                             : key.size() == 24 ? EVP_aes_192_ctr()
                             : key.size() == 32 ? EVP_aes_256_ctr()
                                                : nullptr;
  return cipher != nullptr && run(cipher, true, key.data(), counter.data(), in, out);
}

bool aes_cbc_decrypt(std::span<const std::uint8_t> key, std::span<const std::uint8_t, 16> initial,
                     std::span<const std::uint8_t> in, std::span<std::uint8_t> out) {
  const EVP_CIPHER* cipher = key.size() == 16   ? EVP_aes_128_cbc()
                             : key.size() == 24 ? EVP_aes_192_cbc()
                             : key.size() == 32 ? EVP_aes_256_cbc()
                                                : nullptr;
  return cipher != nullptr && run(cipher, false, key.data(), initial.data(), in, out);
}

bool aes_256_blocks(bool encrypt, std::span<const std::uint8_t, 32> key,
                    std::span<const std::uint8_t> in, std::span<std::uint8_t> out) {
  return run(EVP_aes_256_ecb(), encrypt, key.data(), nullptr, in, out);
}

}  // namespace coffer::crypto
