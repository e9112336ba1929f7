// SPDX-License-Identifier: MIT
// Tests of the scripts behind Bitcoin's addresses: outputs, multisig, taproot.
#include <coffer/chain/bitcoin_script.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "chain_rows.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::chain;
using chain_test::row;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

using coffer::keys::PublicKey;

struct Multisig {
  unsigned threshold;
  std::vector<const char*> keys;
  const char* script;
  const char* address;
};

// The vectors of BIP-67.
const std::vector<Multisig> multisigs = {
    {2,
     {"02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8",
      "02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f"},
     "522102fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f2102ff12471208c14bd5"
     "80709cb2358d98975247d8765f92bc25eab3b2763ed605f852ae",
     "39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z"},
    {2,
     {"02632b12f4ac5b1d1b72b2a3b508c19172de44f6f46bcee50ba33f3f9291e47ed0",
      "027735a29bae7780a9755fae7a1c4374c656ac6a69ea9f3697fda61bb99a4f3e77",
      "02e2cc6bd5f45edd43bebe7cb9b675f0ce9ed3efe613b177588290ad188d11b404"},
     "522102632b12f4ac5b1d1b72b2a3b508c19172de44f6f46bcee50ba33f3f9291e47ed021027735a29bae7780a9"
     "755fae7a1c4374c656ac6a69ea9f3697fda61bb99a4f3e772102e2cc6bd5f45edd43bebe7cb9b675f0ce9ed3ef"
     "e613b177588290ad188d11b40453ae",
     "3CKHTjBKxCARLzwABMu9yD85kvtm7WnMfH"},
    {2,
     {"022df8750480ad5b26950b25c7ba79d3e37d75f640f8e5d9bcd5b150a0f85014da",
      "03e3818b65bcc73a7d64064106a859cc1a5a728c4345ff0b641209fba0d90de6e9",
      "021f2f6e1e50cb6a953935c3601284925decd3fd21bc445712576873fb8c6ebc18"},
     "5221021f2f6e1e50cb6a953935c3601284925decd3fd21bc445712576873fb8c6ebc1821022df8750480ad5b26"
     "950b25c7ba79d3e37d75f640f8e5d9bcd5b150a0f85014da2103e3818b65bcc73a7d64064106a859cc1a5a728c"
     "4345ff0b641209fba0d90de6e953ae",
     "3Q4sF6tv9wsdqu2NtARzNCpQgwifm2rAba"},
};

std::vector<PublicKey> keys_of(const Multisig& multisig) {
  std::vector<PublicKey> keys;
  for (const char* key : multisig.keys) {
    keys.push_back(fixed<33>(key));
  }
  return keys;
}

}  // namespace

TEST_CASE("a sorted multisig script is that of BIP-67 in any order of its keys") {
  for (const Multisig& one : multisigs) {
    std::vector<PublicKey> keys = keys_of(one);
    std::sort(keys.begin(), keys.end());
    do {
      const auto script = sorted_multisig_script(one.threshold, keys);
      REQUIRE(script.has_value());
      CHECK(hex_of(*script) == one.script);
      CHECK(*address_of_script(row("bitcoin"), *script, AddressForm::p2sh) == one.address);
    } while (std::next_permutation(keys.begin(), keys.end()));
  }
}

TEST_CASE("a multisig script goes into P2WSH, also inside P2SH, and CashAddr") {
  const auto script = *sorted_multisig_script(2, keys_of(multisigs[0]));
  const std::string segwit = *address_of_script(row("bitcoin"), script, AddressForm::p2wsh);
  CHECK(segwit == "bc1qknwt9mhqpd7hrjrvpqz57zjqk28xlp2h90te6v22en0m3uctnams3pq5ce");
  const auto nested = *output_script(*decode_address(row("bitcoin"), segwit));
  CHECK(*address_of_script(row("bitcoin"), nested, AddressForm::p2sh) ==
        "3BBLivaThSP3C31jzmQJiMWBM7BLndaWfh");
  CHECK(*address_of_script(row("bitcoin-cash"), script, AddressForm::cash_p2sh) ==
        "bitcoincash:ppttar4f8yf0xa592s4z4pj22cq03zn82sqt8glpum");
}

TEST_CASE("a multisig script that nobody could use is refused") {
  auto keys = keys_of(multisigs[0]);
  CHECK(sorted_multisig_script(0, keys).error().message == "threshold: 1 to 2 is possible, not 0");
  CHECK(sorted_multisig_script(3, keys).error().code == Code::out_of_range);
  CHECK(sorted_multisig_script(1, {}).error().code == Code::out_of_range);
  CHECK(sorted_multisig_script(1, std::vector<PublicKey>(16, keys[0])).error().code ==
        Code::out_of_range);
  keys.push_back(keys[0]);
  CHECK(sorted_multisig_script(2, keys).error().code == Code::already_exists);
  keys[2].fill(0xff);
  CHECK(sorted_multisig_script(2, keys).error().message ==
        "keys: number 3 is no compressed point of secp256k1");
}

TEST_CASE("a script is refused where its address could not be spent") {
  const std::vector<std::uint8_t> long_script(521, 0x51);
  CHECK(address_of_script(row("bitcoin"), long_script, AddressForm::p2sh).error().message ==
        "script: it has 521 bytes, a redeem script at most 520");
  CHECK(address_of_script(row("bitcoin"), long_script, AddressForm::p2wsh).has_value());
  CHECK(address_of_script(row("dogecoin"), long_script, AddressForm::p2wsh).error().code ==
        Code::unsupported);
  CHECK(address_of_script(row("ethereum"), {}, AddressForm::p2sh).error().code ==
        Code::unsupported);
  CHECK(address_of_script(row("bitcoin"), {}, AddressForm::p2wpkh).error().message ==
        "address: p2wpkh is not the address of a script");
}

TEST_CASE("an output script that is no standard one has no address") {
  const auto& bitcoin = row("bitcoin");
  for (const char* script : {"", "6a", "51", "0014", "001500", "0013751e76e8199196d454941c45d1b3a3",
                             "76a914d986ed01b7a22225a70edbf2ba7cfb63a15cb3aa88ad"}) {
    CHECK(address_of_output_script(bitcoin, from_hex(script)).error().code == Code::address_syntax);
  }
  CHECK(address_of_output_script(row("dogecoin"),
                                 from_hex("0014751e76e8199196d454941c45d1b3a323f1433bd6"))
            .error()
            .message == "address: network dogecoin has no address for p2wpkh");
  CHECK(address_of_output_script(row("tron"), {}).error().code == Code::unsupported);
  Address address;
  address.form = AddressForm::solana;
  CHECK(output_script(address).error().code == Code::unsupported);
  address.form = AddressForm::p2pkh;
  CHECK(output_script(address).error().code == Code::invalid_argument);
}

TEST_CASE("taproot keys are those of BIP-86 and BIP-341") {
  const auto key_path =
      taproot_output(from_hex("cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115"));
  REQUIRE(key_path.has_value());
  CHECK(hex_of(key_path->key) ==
        "a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c");
  const auto& bitcoin = row("bitcoin");
  CHECK(*taproot_address(
            bitcoin, from_hex("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27"),
            fixed<32>("5b75adecf53548f3ec6ad7d78383bf84cc57b55a3127c72b9a2481752dd88b21")) ==
        "bc1pz37fc4cn9ah8anwm4xqqhvxygjf9rjf2resrw8h8w4tmvcs0863sa2e586");
  CHECK(taproot_output(from_hex("00")).error().code == Code::invalid_key);
  CHECK(taproot_address(row("dogecoin"), {}, {}).error().code == Code::unsupported);
}

TEST_CASE("the published taproot outputs agree") {
  const auto vectors = shared_vectors::json("bip341/wallet-test-vectors.json");
  if (!vectors) {
    return;
  }
  for (const auto& one : (*vectors)["scriptPubKey"]) {
    const auto internal = from_hex(one["given"]["internalPubkey"].get<std::string>());
    std::optional<std::array<std::uint8_t, 32>> root;
    if (!one["intermediary"]["merkleRoot"].is_null()) {
      root = fixed<32>(one["intermediary"]["merkleRoot"].get<std::string>());
    }
    const auto output = taproot_output(internal, root);
    REQUIRE(output.has_value());
    CHECK(hex_of(output->key) == one["intermediary"]["tweakedPubkey"].get<std::string>());
    const auto expected = one["expected"]["bip350Address"].get<std::string>();
    const auto address = decode_address(row("bitcoin"), expected);
    REQUIRE(address.has_value());
    CHECK(hex_of(*output_script(*address)) == one["expected"]["scriptPubKey"].get<std::string>());
    if (root) {
      CHECK(*taproot_address(row("bitcoin"), internal, *root) == expected);
      const auto& blocks = one["expected"]["scriptPathControlBlocks"];
      const auto block = from_hex(blocks[0].get<std::string>());
      CHECK((block[0] & 1) == (output->is_odd ? 1 : 0));
    }
  }
}
