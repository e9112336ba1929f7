# SPDX-License-Identifier: MIT
"""Signed messages of each family: made, verified, and refused for another message."""

import unittest
from typing import Any

import coffer
from coffer import errors
from coffer.networks import AddressForm
from tests import HAS_KEYS

COW = bytes.fromhex("c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4")
COW_ADDRESS = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"
MAIL: dict[str, Any] = {  # the example of EIP-712
    "types": {
        "EIP712Domain": [
            {"name": "name", "type": "string"},
            {"name": "version", "type": "string"},
            {"name": "chainId", "type": "uint256"},
            {"name": "verifyingContract", "type": "address"},
        ],
        "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
        "Mail": [
            {"name": "from", "type": "Person"},
            {"name": "to", "type": "Person"},
            {"name": "contents", "type": "string"},
        ],
    },
    "primaryType": "Mail",
    "domain": {
        "name": "Ether Mail",
        "version": "1",
        "chainId": 1,
        "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC",
    },
    "message": {
        "from": {"name": "Cow", "wallet": COW_ADDRESS},
        "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
        "contents": "Hello, Bob!",
    },
}


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class MessageTest(unittest.TestCase):
    def setUp(self) -> None:
        self.networks = coffer.NetworkTable()
        self.messages = coffer.Messages(self.networks)
        self.signer = coffer.SoftwareSigner().add_single("cow", COW)
        self.key = coffer.KeyReference("cow")

    def test_a_personal_message_leads_back_to_its_account(self) -> None:
        signature = self.messages.sign_account(self.signer, self.key, "ethereum", "hello")
        self.assertEqual(
            signature.hex(),
            "2452a50a1b27db559e685e82ef59445ff08ca6843b5089aa1c32a70db206d47d"
            "693e5ae94daffccbbf590c5d2a72ad5706994748d2c8d3a8b39355589e16e8751c",
        )
        who = self.messages.recover_account("ethereum", b"hello", signature)
        self.assertEqual(who, COW_ADDRESS)
        self.messages.verify_account("ethereum", COW_ADDRESS, "hello", signature)
        with self.assertRaises(errors.SignatureInvalid):
            self.messages.verify_account("ethereum", COW_ADDRESS, "hellO", signature)
        with self.assertRaises(errors.Unsupported):
            self.messages.sign_account(self.signer, self.key, "bitcoin", "hello")

    def test_typed_data_is_hashed_signed_and_verified(self) -> None:
        self.assertEqual(
            coffer.typed_data_hashes(MAIL).digest.hex(),
            "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2",
        )
        signature = self.messages.sign_typed_data(self.signer, self.key, "ethereum", MAIL)
        self.messages.verify_typed_data("ethereum", COW_ADDRESS, MAIL, signature)
        self.assertEqual(
            self.messages.recover_typed_data("ethereum", MAIL, signature), COW_ADDRESS
        )
        with self.assertRaises(errors.InvalidArgument):
            self.messages.sign_typed_data(self.signer, self.key, "polygon", MAIL)
        with self.assertRaisesRegex(errors.InvalidArgument, "^message.to"):
            broken = MAIL | {"message": MAIL["message"] | {"to": {"name": "Bob"}}}
            coffer.typed_data_hashes(broken)

    def test_an_account_of_solana_signs_bytes_as_they_are(self) -> None:
        curve = coffer.Curve.ED25519
        signer = coffer.SoftwareSigner().add_single("sol", COW, curve)
        key = coffer.KeyReference("sol", curve=curve)
        address = self.networks.address_of("solana", signer.public_key(key))
        signature = self.messages.sign_solana(signer, key, "solana", "hello")
        self.messages.verify_solana("solana", address, "hello", signature)
        with self.assertRaises(errors.SignatureInvalid):
            self.messages.verify_solana("solana", address, "hellO", signature)

    def test_bitcoin_signs_in_both_formats(self) -> None:
        public = self.signer.public_key(self.key)
        for form in (
            AddressForm.P2PKH, AddressForm.P2SH_P2WPKH, AddressForm.P2WPKH, AddressForm.P2TR,
        ):
            with self.subTest(form):
                address = self.networks.address_of("bitcoin", public, form)
                signature = self.messages.sign_bip322(
                    self.signer, self.key, "bitcoin", "hello", form
                )
                proof = self.messages.verify_bip322("bitcoin", address, "hello", signature)
                self.assertEqual((proof.times, proof.outputs), (coffer.Bip322Times(), ()))
                with self.assertRaises(errors.SignatureInvalid):
                    self.messages.verify_bip322("bitcoin", address, "hellO", signature)
        address = self.networks.address_of("bitcoin", public)
        times = coffer.Bip322Times(version=2, lock_time=700_000)
        signature = self.messages.sign_bip322(
            self.signer, self.key, "bitcoin", "hello", times=times
        )
        proof = self.messages.verify_bip322("bitcoin", address, "hello", signature)
        self.assertEqual(proof.times, times)
        kind = coffer.LegacyKind.P2WPKH
        signature = self.messages.sign_legacy(self.signer, self.key, "bitcoin", kind, "hello")
        self.messages.verify_legacy("bitcoin", address, "hello", signature)
        with self.assertRaises(errors.SignatureInvalid):
            self.messages.verify_legacy("bitcoin", address, "hellO", signature)

    def test_the_keys_of_a_multisig_script_sign_together(self) -> None:
        signer = coffer.SoftwareSigner().add("main", coffer.Xprv.from_seed(bytes(range(16))))
        keys = [coffer.KeyReference("main", f"m/{i}") for i in range(4)]
        script = coffer.multisig_script(2, [signer.public_key(key) for key in keys[:3]])
        for form in (AddressForm.P2SH, AddressForm.P2WSH):
            with self.subTest(form):
                address = self.networks.address_of_script("bitcoin", script, form)
                signature = self.messages.sign_bip322_multisig(
                    signer, [keys[2], keys[0]], "bitcoin", "hello", script, form
                )
                self.messages.verify_bip322("bitcoin", address, "hello", signature)
                with self.assertRaises(errors.SignatureInvalid):
                    self.messages.verify_bip322("bitcoin", address, "hellO", signature)
        with self.assertRaisesRegex(errors.InvalidArgument, "place 2"):
            self.messages.sign_bip322_multisig(
                signer, [keys[0], keys[3]], "bitcoin", "hello", script
            )
        with self.assertRaises(errors.OutOfRange):
            self.messages.sign_bip322_multisig(signer, [], "bitcoin", "hello", script)


if __name__ == "__main__":
    unittest.main()
