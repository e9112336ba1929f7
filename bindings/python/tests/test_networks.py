# SPDX-License-Identifier: MIT
"""Networks and addresses: those that known wallets show for a known sentence."""

import dataclasses
import unittest

import coffer
from coffer import errors
from coffer.networks import AddressForm
from tests import HAS_KEYS

SENTENCE = "abandon " * 11 + "about"
SHOWN = [
    ("bitcoin", AddressForm.P2PKH, "m/44'/0'/0'/0/0", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"),
    ("bitcoin", AddressForm.P2SH_P2WPKH, "m/49'/0'/0'/0/0", "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf"),
    (
        "bitcoin", AddressForm.DEFAULT, "m/84'/0'/0'/0/0",
        "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
    ),
    (
        "bitcoin", AddressForm.P2TR, "m/86'/0'/0'/0/0",
        "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
    ),
    (
        "ethereum", AddressForm.DEFAULT, "m/44'/60'/0'/0/0",
        "0x9858EfFD232B4033E47d90003D41EC34EcaEda94",
    ),
    ("tron", AddressForm.DEFAULT, "m/44'/195'/0'/0/0", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH"),
    (
        "solana", AddressForm.DEFAULT, "m/44'/501'/0'/0'",
        "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk",
    ),
    ("dogecoin", AddressForm.DEFAULT, "m/44'/3'/0'/0/0", "DBus3bamQjgJULBJtYXpEzDWQRwF5iwxgC"),
    ("xrp", AddressForm.DEFAULT, "m/44'/144'/0'/0/0", "rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v3"),
    (
        "cosmos-hub", AddressForm.DEFAULT, "m/44'/118'/0'/0/0",
        "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
    ),
]


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class AddressTest(unittest.TestCase):
    def setUp(self) -> None:
        self.networks = coffer.NetworkTable()
        self.seed = coffer.Mnemonic(SENTENCE).seed()

    def test_each_network_has_the_address_that_its_wallets_show(self) -> None:
        for name, form, path, address in SHOWN:
            with self.subTest(address):
                network = self.networks.find(name)
                self.assertEqual(self.networks.address_path(name, form), path)
                key = coffer.Xprv.from_seed(self.seed, network.curve).derive(path).public()
                text = self.networks.address_of(name, key.public_key, form)
                self.assertEqual(self.networks.address_of(name, key, form), text)
                self.assertEqual(text, address)
                read = self.networks.parse(name, text)
                self.assertEqual(self.networks.format(name, read), address)
                self.assertIn((name, read), self.networks.match(text))

    def test_an_address_is_refused_with_the_reason(self) -> None:
        with self.assertRaises(errors.AddressChecksum):
            self.networks.parse("bitcoin", "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyx")
        with self.assertRaisesRegex(errors.AddressNetwork, "tron"):
            self.networks.parse("bitcoin", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH")
        with self.assertRaises(errors.AddressSyntax):
            self.networks.parse("ethereum", "0x12")
        with self.assertRaisesRegex(errors.NetworkNotFound, "bitcoin"):
            self.networks.find("bitcion")

    def test_many_addresses_are_those_that_come_one_by_one(self) -> None:
        account = coffer.Xprv.from_seed(self.seed).derive(self.networks.account_path("bitcoin"))
        chain = account.public().derive("m/0")
        texts, keys = self.networks.derive_many_with_keys("bitcoin", chain, 0, 100, threads=2)
        self.assertEqual(texts[:2], [
            "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
            "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g",
        ])
        for text, key in zip(texts, keys, strict=True):
            self.assertEqual(self.networks.address_of("bitcoin", key), text)
        self.assertEqual(self.networks.derive_many("bitcoin", chain, 98, 2), texts[98:])
        with self.assertRaises(errors.InvalidKey):
            self.networks.derive_many("solana", chain, 0, 1)
        solana = coffer.Xprv.from_seed(self.seed, coffer.Curve.ED25519).derive("m/44'/501'")
        (first,) = self.networks.derive_many("solana", solana, coffer.HARDENED, 1, tail="0'")
        self.assertEqual(first, "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk")

    def test_a_network_is_added_by_a_row(self) -> None:
        row = coffer.Network("our-chain", coffer.Family.ETHEREUM, "OUR", 60, 18, chain_id=4242)
        self.networks.add(row)
        found = self.networks.find("our-chain")
        self.assertEqual((found.chain_id, found.default_form), (4242, AddressForm.EVM))
        self.assertEqual(self.networks.rows()[-1], found)
        with self.assertRaises(errors.AlreadyExists):
            self.networks.add(row)
        with self.assertRaisesRegex(errors.InvalidArgument, "chain_id"):
            self.networks.add(coffer.Network("other", coffer.Family.ETHEREUM, "X", 60, 18))
        with self.assertRaises(errors.NetworkNotFound):
            coffer.NetworkTable().find("our-chain")
        every = coffer.NetworkTable().rows()
        self.assertGreater(len(every), 20)
        copies = coffer.NetworkTable()
        for known in every:  # what is read can be added again under another name
            copies.add(dataclasses.replace(known, name=f"{known.name[:36]}-2"))

    def test_scripts_have_addresses_and_addresses_scripts(self) -> None:
        keys = [  # the first vector of BIP-67
            bytes.fromhex("02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8"),
            bytes.fromhex("02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f"),
        ]
        script = coffer.multisig_script(2, keys)
        text = self.networks.address_of_script("bitcoin", script, AddressForm.P2SH)
        self.assertEqual(text, "39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z")
        self.assertEqual(self.networks.script_of_address("bitcoin", text)[:2], b"\xa9\x14")

    def test_output_scripts_and_taproot_have_addresses(self) -> None:
        address = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"
        script = self.networks.script_of_address("bitcoin", address)
        self.assertEqual(self.networks.address_of_output_script("bitcoin", script), address)
        with self.assertRaises(errors.AddressSyntax):
            self.networks.address_of_output_script("dogecoin", script)
        internal = bytes.fromhex(  # the first key of BIP-86's vectors
            "cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115"
        )
        self.assertEqual(script, b"\x51\x20" + coffer.taproot_output(internal).key)
        internal, root = (  # a tree of BIP-341's vectors
            bytes.fromhex("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27"),
            bytes.fromhex("5b75adecf53548f3ec6ad7d78383bf84cc57b55a3127c72b9a2481752dd88b21"),
        )
        text = self.networks.address_of_taproot("bitcoin", internal, root)
        self.assertEqual(text, "bc1pz37fc4cn9ah8anwm4xqqhvxygjf9rjf2resrw8h8w4tmvcs0863sa2e586")
        self.assertEqual(
            self.networks.parse("bitcoin", text).payload, coffer.taproot_output(internal, root).key
        )
        with self.assertRaises(errors.InvalidKey):
            coffer.taproot_output(b"\xff" * 32)
        with self.assertRaises(errors.InvalidKey):
            coffer.taproot_output(b"")
        with self.assertRaisesRegex(ValueError, "merkle_root"):
            coffer.taproot_output(internal, b"")

    def test_forms_know_their_key_versions(self) -> None:
        self.assertEqual(self.networks.key_version("bitcoin", AddressForm.P2WPKH), "zpub")
        with self.assertRaises(errors.Unsupported):
            self.networks.key_version("solana")


if __name__ == "__main__":
    unittest.main()
