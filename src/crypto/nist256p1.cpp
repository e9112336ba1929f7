// SPDX-License-Identifier: MIT
// P-256 on OpenSSL's group functions for keys and on its EVP interface for signatures.
#include "crypto/nist256p1.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <memory>

#include "crypto/wiped.hpp"

namespace coffer::crypto::nist256p1 {

namespace {

template <auto free_function>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free_function(object);
  }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using NumberContext = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using DerForm = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

// Constant after it is made, so threads share it; never freed.
const EC_GROUP* group() noexcept {
  static const EC_GROUP* const shared = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
  return shared;
}

Number number_of(std::span<const std::uint8_t> bytes) noexcept {
  Number number(BN_secure_new());
  if (number != nullptr) {
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), number.get());
  }
  return number;
}

bool is_below_order(const BIGNUM* number) noexcept {
  return BN_cmp(number, EC_GROUP_get0_order(group())) < 0;
}

std::optional<CompressedKey> serialise(const EC_POINT* point, BN_CTX* context) noexcept {
  CompressedKey bytes;
  if (EC_POINT_is_at_infinity(group(), point) == 1 ||
      EC_POINT_point2oct(group(), point, POINT_CONVERSION_COMPRESSED, bytes.data(), bytes.size(),
                         context) != bytes.size()) {
    return std::nullopt;
  }
  return bytes;
}

bool parse(EC_POINT* point, std::span<const std::uint8_t> key, BN_CTX* context) noexcept {
  return EC_POINT_oct2point(group(), point, key.data(), key.size(), context) == 1 &&
         EC_POINT_is_at_infinity(group(), point) == 0;
}

// The key as an EVP object; `secret` may be empty for verifying.
Key make_key(std::span<const std::uint8_t> public_bytes,
             std::span<const std::uint8_t> secret) noexcept {
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  const Number number = number_of(secret);
  if (builder == nullptr || context == nullptr || number == nullptr ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, public_bytes.data(),
                                       public_bytes.size()) != 1) {
    return nullptr;
  }
  if (!secret.empty() &&
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) != 1) {
    return nullptr;
  }
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  EVP_PKEY* key = nullptr;
  if (parameters == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key,
                        secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR,
                        parameters.get()) != 1) {
    return nullptr;
  }
  return Key(key);
}

}  // namespace

bool is_valid_secret(SecretView secret) noexcept {
  const Number number = number_of(secret);
  return number != nullptr && BN_is_zero(number.get()) == 0 && is_below_order(number.get());
}

std::optional<CompressedKey> public_key(SecretView secret) noexcept {
  const Number number = number_of(secret);
  const NumberContext context(BN_CTX_secure_new());
  const Point point(EC_POINT_new(group()));
  if (!is_valid_secret(secret) || context == nullptr || point == nullptr ||
      EC_POINT_mul(group(), point.get(), number.get(), nullptr, nullptr, context.get()) != 1) {
    return std::nullopt;
  }
  return serialise(point.get(), context.get());
}

std::optional<CompressedKey> compress(std::span<const std::uint8_t> key) noexcept {
  const NumberContext context(BN_CTX_new());
  const Point point(EC_POINT_new(group()));
  if (context == nullptr || point == nullptr || !parse(point.get(), key, context.get())) {
    return std::nullopt;
  }
  return serialise(point.get(), context.get());
}

bool add_to_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept {
  const Number a = number_of(secret);
  const Number b = number_of(tweak);
  const bool done =
      a != nullptr && b != nullptr && is_below_order(b.get()) && is_valid_secret(secret) &&
      BN_mod_add_quick(a.get(), a.get(), b.get(), EC_GROUP_get0_order(group())) == 1 &&
      BN_is_zero(a.get()) == 0 &&
      BN_bn2binpad(a.get(), secret.data(), static_cast<int>(secret.size())) == 32;
  if (!done) {
    wipe(secret);
  }
  return done;
}

std::optional<CompressedKey> add_to_public(std::span<const std::uint8_t> key,
                                           SecretView tweak) noexcept {
  const Number number = number_of(tweak);
  const NumberContext context(BN_CTX_new());
  const Point point(EC_POINT_new(group()));
  const Point step(EC_POINT_new(group()));
  if (number == nullptr || context == nullptr || point == nullptr || step == nullptr ||
      !is_below_order(number.get()) || !parse(point.get(), key, context.get()) ||
      EC_POINT_mul(group(), step.get(), number.get(), nullptr, nullptr, context.get()) != 1 ||
      EC_POINT_add(group(), point.get(), point.get(), step.get(), context.get()) != 1) {
    return std::nullopt;
  }
  return serialise(point.get(), context.get());
}

std::optional<Signature> sign(SecretView secret,
                              std::span<const std::uint8_t, 32> digest) noexcept {
  const auto public_bytes = public_key(secret);
  const Key key = public_bytes ? make_key(*public_bytes, secret) : nullptr;
  const KeyContext context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
  std::array<std::uint8_t, 80> der;
  std::size_t size = der.size();
  if (context == nullptr || EVP_PKEY_sign_init(context.get()) != 1 ||
      EVP_PKEY_sign(context.get(), der.data(), &size, digest.data(), digest.size()) != 1) {
    return std::nullopt;
  }
  const unsigned char* at = der.data();
  const DerForm form(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  Signature signature;
  if (form == nullptr || BN_bn2binpad(ECDSA_SIG_get0_r(form.get()), signature.data(), 32) != 32 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(form.get()), signature.data() + 32, 32) != 32) {
    return std::nullopt;
  }
  return signature;
}

bool verify(std::span<const std::uint8_t> key, std::span<const std::uint8_t, 32> digest,
            const Signature& signature) noexcept {
  const Key parsed = make_key(key, {});
  const KeyContext context(parsed ? EVP_PKEY_CTX_new(parsed.get(), nullptr) : nullptr);
  const DerForm form(ECDSA_SIG_new());
  Number r = number_of(std::span(signature).first<32>());
  Number s = number_of(std::span(signature).last<32>());
  if (context == nullptr || form == nullptr || r == nullptr || s == nullptr ||
      ECDSA_SIG_set0(form.get(), r.get(), s.get()) != 1) {
    return false;
  }
  // The signature owns both now.
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(form.get(), &der);
  const bool valid = size > 0 && EVP_PKEY_verify_init(context.get()) == 1 &&
                     EVP_PKEY_verify(context.get(), der, static_cast<std::size_t>(size),
                                     digest.data(), digest.size()) == 1;
  OPENSSL_free(der);
  return valid;
}

}  // namespace coffer::crypto::nist256p1
