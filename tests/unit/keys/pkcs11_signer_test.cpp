// SPDX-License-Identifier: MIT
// Tests of the PKCS#11 signer: without the component, and with it against a token of SoftHSM.
#include <coffer/keys/pkcs11_signer.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "../crypto/crypto_text.hpp"
#include "support/temporary_folder.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::hex_of;

namespace {

constexpr const char* secp256k1_key =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgzTiLvUL/b3sktw5iIPo4\n"
    "kQ6+lBayW1e2zPyXDb98SzuhRANCAAT9n1Rn6oR76QYZ49qA0zBZEMdE+6nk2j+w\n"
    "VHYKXiGZx7u03ofX0riiFlOI5tRHcoDs2/19fBxKwg547ReZ6Jno\n"
    "-----END PRIVATE KEY-----\n";
constexpr const char* nist256p1_key =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgI7pFQVMOWYv8CiBr\n"
    "Oc6ubYGpb1jan9CQWYGiEIY+7N2hRANCAASDP0hg7xVMVbV+4ZHPHpbsebrq75FY\n"
    "0QO9toCqrUDFPq7VbTLz8VHh8KA3HalSyAOcVq/HvZ3kuIAHjsT4MtFK\n"
    "-----END PRIVATE KEY-----\n";

constexpr const char* pin = "0987";

bool run(const std::string& arguments) {
  return std::system(("softhsm2-util " + arguments + " >/dev/null 2>&1").c_str()) == 0;
}

bool import_key(const std::filesystem::path& folder, const char* pem, const std::string& label,
                const std::string& id) {
  const auto file = folder / (label + ".pem");
  std::ofstream(file) << pem;
  return run("--import " + file.string() + " --token coffer --label " + label + " --id " + id +
             " --pin " + pin);
}

// The path of SoftHSM's module, with a token "coffer" and two keys made; empty when it is not here.
std::string make_token(const std::filesystem::path& folder) {
  std::string module;
  for (const char* const place :
       {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"}) {
    if (std::filesystem::exists(place)) {
      module = place;
    }
  }
  std::filesystem::create_directory(folder / "tokens");
  std::ofstream(folder / "softhsm2.conf")
      << "directories.tokendir = " << (folder / "tokens").string()
      << "\nobjectstore.backend = file\nlog.level = ERROR\n";
  setenv("SOFTHSM2_CONF", (folder / "softhsm2.conf").c_str(), 1);
  const bool is_made =
      !module.empty() &&
      run(std::string("--init-token --free --label coffer --so-pin 1234 --pin ") + pin) &&
      import_key(folder, secp256k1_key, "bitcoin", "01") &&
      import_key(folder, nist256p1_key, "nist", "02");
  return is_made ? module : "";
}

bool has_component() {
  const auto signer = Pkcs11Signer::open("/nowhere.so", "coffer", pin);
  REQUIRE_FALSE(signer.has_value());
  return signer.error().code != Code::unsupported;
}

}  // namespace

TEST_CASE("a build without PKCS#11 says so, one with it names the module that is missing") {
  const auto signer = Pkcs11Signer::open("/nowhere.so", "coffer", pin);
  REQUIRE_FALSE(signer.has_value());
  CHECK(signer.error().message == (has_component() ? "module_path: '/nowhere.so' can't be loaded"
                                                   : "this build of coffer has no PKCS#11"));
}

TEST_CASE("a token signs through the port with both of its curves") {
  if (!has_component()) {
    MESSAGE("skipped, this build has no PKCS#11");
    return;
  }
  const coffer::TemporaryFolder folder;
  const std::string module = make_token(folder.path());
  if (module.empty()) {
    MESSAGE("skipped, there is no SoftHSM (Debian package softhsm2)");
    return;
  }
  CHECK(Pkcs11Signer::open(module, "another", pin).error().code == Code::not_found);
  CHECK(Pkcs11Signer::open(module, "coffer", "1111").error().code == Code::wrong_password);
  auto opened = Pkcs11Signer::open(module, "coffer", pin);
  REQUIRE(opened.has_value());
  Signer& signer = **opened;

  const KeyReference bitcoin{"bitcoin", Path(), Curve::secp256k1};
  const KeyReference nist{"nist", Path(), Curve::nist256p1};
  const auto bitcoin_key = signer.public_key(bitcoin);
  REQUIRE(bitcoin_key.has_value());
  CHECK(hex_of(*bitcoin_key) ==
        "02fd9f5467ea847be90619e3da80d3305910c744fba9e4da3fb054760a5e2199c7");
  CHECK(hex_of(*signer.public_key(nist)) ==
        "02833f4860ef154c55b57ee191cf1e96ec79baeaef9158d103bdb680aaad40c53e");

  const auto digest = fixed<32>("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  SignRequest request;
  request.key = bitcoin;
  request.message = digest;
  for (const auto scheme :
       {SignatureScheme::ecdsa, SignatureScheme::ecdsa_low_r, SignatureScheme::ecdsa_recoverable}) {
    request.scheme = scheme;
    for (int round = 0; round < 8; ++round) {
      const auto signature = signer.sign(request);
      REQUIRE(signature.has_value());
      CHECK(
          verify_signature(Curve::secp256k1, *bitcoin_key, scheme, digest, *signature).has_value());
      CHECK((scheme != SignatureScheme::ecdsa_low_r || signature->bytes[0] < 0x80));
    }
  }
  request.key = nist;
  request.scheme = SignatureScheme::ecdsa;
  CHECK(signer.sign(request).has_value());

  const auto refusal = [&] { return signer.sign(request).error().code; };
  request.key = {"bitcoin", Path(), Curve::nist256p1};
  CHECK(refusal() == Code::invalid_argument);
  request.key = {"nobody", Path(), Curve::secp256k1};
  CHECK(refusal() == Code::not_found);
  request.key = {"bitcoin", Path{1}, Curve::secp256k1};
  CHECK(refusal() == Code::derivation_path);
  request.key = bitcoin;
  request.scheme = SignatureScheme::schnorr;
  CHECK(refusal() == Code::unsupported);
  request.scheme = SignatureScheme::ecdsa;
  request.message = std::span(digest).first(31);
  CHECK(refusal() == Code::invalid_argument);
  signer.set_read_only(true);
  CHECK(refusal() == Code::signing_refused);
}
