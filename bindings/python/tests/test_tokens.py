# SPDX-License-Identifier: MIT
"""A token as a signer: beside one of SoftHSM, and the answers that need none.

tests/pkcs11/with_token.sh makes the token and names its module in COFFER_TEST_TOKEN.
"""

import os
import unittest

import coffer
from coffer import errors
from tests import HAS_KEYS

PIN = "0987"
MODULE = os.environ.get("COFFER_TEST_TOKEN", "")


def has_component() -> bool:
    try:
        coffer.Pkcs11Signer("/nowhere.so", "coffer", PIN)
    except errors.NotFound:
        return True
    except errors.Unsupported:
        return False
    raise AssertionError("a module that is nowhere was loaded")


class TokenTest(unittest.TestCase):
    def test_a_library_without_tokens_names_the_option(self) -> None:
        if HAS_KEYS and has_component():
            with self.assertRaisesRegex(errors.NotFound, "/nowhere.so"):
                coffer.Pkcs11Signer("/nowhere.so", "coffer", PIN)
            with self.assertRaises(errors.InvalidArgument):
                coffer.Pkcs11Signer("", "coffer", PIN)
        else:
            option = "COFFER_PKCS11" if HAS_KEYS else "COFFER_KEYS"
            with self.assertRaisesRegex(errors.Unsupported, option):
                coffer.Pkcs11Signer("/nowhere.so", "coffer", PIN)

    @unittest.skipUnless(MODULE, "no token; see tests/pkcs11/with_token.sh")
    def test_a_token_signs_for_the_keys_in_it(self) -> None:
        with self.assertRaisesRegex(errors.NotFound, "another"):
            coffer.Pkcs11Signer(MODULE, "another", PIN)
        with self.assertRaises(errors.WrongPassword):
            coffer.Pkcs11Signer(MODULE, "coffer", b"1111")
        digest = bytes(range(32))
        with coffer.Pkcs11Signer(MODULE, "coffer", PIN) as signer:
            for name, curve, scheme in (
                ("bitcoin", coffer.Curve.SECP256K1, coffer.SignatureScheme.ECDSA_LOW_R),
                ("bitcoin", coffer.Curve.SECP256K1, coffer.SignatureScheme.ECDSA_RECOVERABLE),
                ("nist", coffer.Curve.NIST256P1, coffer.SignatureScheme.ECDSA),
            ):
                with self.subTest(scheme):
                    key = coffer.KeyReference(name, curve=curve)
                    signature = signer.sign(coffer.SignRequest(key, scheme, digest))
                    coffer.verify_signature(
                        curve, signer.public_key(key), scheme, digest, signature
                    )
            with self.assertRaises(errors.NotFound):
                signer.public_key(coffer.KeyReference("nobody"))
            with self.assertRaises(errors.DerivationPath):
                signer.public_key(coffer.KeyReference("bitcoin", "m/0"))
            signer.read_only = True
            with self.assertRaises(errors.SigningRefused):
                signer.sign(coffer.SignRequest(key, coffer.SignatureScheme.ECDSA, digest))

    @unittest.skipUnless(MODULE, "no token; see tests/pkcs11/with_token.sh")
    def test_a_token_signs_a_message_of_its_address(self) -> None:
        networks, messages = coffer.NetworkTable(), coffer.Messages()
        key = coffer.KeyReference("bitcoin")
        with coffer.Pkcs11Signer(MODULE, "coffer", PIN) as signer:
            address = networks.address_of("ethereum", signer.public_key(key))
            signature = messages.sign_account(signer, key, "ethereum", "hello")
            messages.verify_account("ethereum", address, "hello", signature)
            address = networks.address_of("bitcoin", signer.public_key(key))
            text = messages.sign_bip322(signer, key, "bitcoin", "hello")
            messages.verify_bip322("bitcoin", address, "hello", text)


if __name__ == "__main__":
    unittest.main()
