# SPDX-License-Identifier: MIT
"""MuSig2: several signers with one key, and a library without it."""

import copy
import pickle
import threading
import unittest

import coffer
from coffer import errors
from tests import HAS_KEYS

KEY = coffer.KeyReference("own")
MESSAGE = bytes(range(32))
ZEROS = bytes(33)


def has_musig() -> bool:
    try:
        coffer.MusigKeys([ZEROS])
    except errors.InvalidKey:
        return True
    except errors.Unsupported:
        return False
    raise AssertionError("zeros were taken for a key")


HAS_MUSIG = has_musig()


class Party:
    """Signers, each of whom holds one private key: 1, 2, ..."""

    def __init__(self, count: int) -> None:
        self.signers = [
            coffer.SoftwareSigner().add_single("own", bytes(31) + bytes([i + 1]))
            for i in range(count)
        ]
        self.public_keys = [signer.public_key(KEY) for signer in self.signers]

    def begin(self, keys: coffer.MusigKeys) -> coffer.MusigSession:
        self.nonces = [coffer.MusigNonce(one, KEY, keys, MESSAGE) for one in self.signers]
        self.public_nonces = [nonce.public_nonce for nonce in self.nonces]
        return coffer.MusigSession(
            keys, coffer.aggregate_musig_nonces(self.public_nonces), MESSAGE
        )

    def sign(self, session: coffer.MusigSession) -> list[bytes]:
        return [
            session.sign(signer, KEY, nonce) for signer, nonce in zip(self.signers, self.nonces)
        ]


class AbsentTest(unittest.TestCase):
    def test_a_library_without_musig_names_what_is_missing(self) -> None:
        if HAS_MUSIG:
            with self.assertRaises(errors.InvalidArgument):
                coffer.aggregate_musig_nonces([bytes(66)])
            return
        missing = "secp256k1_musig.h" if HAS_KEYS else "COFFER_KEYS"
        with self.assertRaisesRegex(errors.Unsupported, missing):
            coffer.MusigKeys([ZEROS])
        with self.assertRaisesRegex(errors.Unsupported, missing):
            coffer.aggregate_musig_nonces([bytes(66)])
        if HAS_KEYS:
            with self.assertRaisesRegex(errors.Unsupported, missing):
                coffer.MusigNonce(Party(1).signers[0], KEY)

    @unittest.skipUnless(HAS_KEYS, "this library was built without keys")
    def test_keys_are_sorted_and_read_only_mode_refuses_in_every_library(self) -> None:
        party = Party(3)
        self.assertEqual(coffer.sort_musig_keys(party.public_keys[::-1]), party.public_keys)
        self.assertEqual(coffer.sort_musig_keys([]), [])
        with self.assertRaises(errors.OutOfRange):
            coffer.sort_musig_keys([ZEROS] * 1001)
        party.signers[0].read_only = True
        with self.assertRaises(errors.SigningRefused):
            coffer.MusigNonce(party.signers[0], KEY)


@unittest.skipUnless(HAS_MUSIG, "this library's libsecp256k1 has no MuSig2")
class MusigTest(unittest.TestCase):
    def verify(self, keys: coffer.MusigKeys, signature: coffer.Signature) -> None:
        coffer.verify_signature(
            coffer.Curve.SECP256K1, keys.public_key, coffer.SignatureScheme.SCHNORR, MESSAGE,
            signature,
        )

    def test_two_to_five_signers_give_one_signature(self) -> None:
        for count in range(2, 6):
            with self.subTest(count):
                party = Party(count)
                with coffer.MusigKeys(party.public_keys) as keys:
                    with party.begin(keys) as session:
                        partials = party.sign(session)
                        for place, partial in enumerate(partials):
                            session.verify(place, party.public_nonces[place], partial)
                        self.verify(keys, session.aggregate(partials, party.public_nonces))

    def test_keys_are_tweaked_as_the_standards_say(self) -> None:
        party = Party(3)
        keys = coffer.MusigKeys(party.public_keys)
        self.assertEqual(
            keys.public_key.hex(),
            "020a8111534296d6fef2b23ad86d0d982b7b2f0fe6a48f03b1827954da2026f8dc",
        )
        self.assertEqual(
            keys.tweaked(coffer.MusigTweak.PLAIN, b"\7" * 32).public_key.hex(),
            "02c555badb97dc42f4878861124c199528a418c5ada904c9ebac9b6afb8baf6457",
        )
        child = keys.derive("m/0/5")
        self.assertEqual(child.public_key, keys.xpub.derive("m/0/5").public_key)
        output = child.taproot()
        self.assertEqual(output.public_key[1:], coffer.taproot_output(child.public_key).key)
        self.assertNotEqual(child.taproot(MESSAGE).public_key, output.public_key)
        session = party.begin(output)
        self.verify(output, session.aggregate(party.sign(session)))
        with self.assertRaises(errors.InvalidArgument):
            _ = child.xpub
        with self.assertRaises(errors.HardenedFromPublic):
            keys.derive("m/0'")
        with self.assertRaisesRegex(errors.OutOfRange, "tweak"):
            keys.tweaked(coffer.MusigTweak.X_ONLY, b"\xff" * 32)

    def test_a_nonce_signs_once_and_can_not_be_copied(self) -> None:
        party = Party(2)
        session = party.begin(coffer.MusigKeys(party.public_keys))
        nonce = party.nonces[0]
        with self.assertRaises(TypeError):
            copy.copy(nonce)
        with self.assertRaises(TypeError):
            copy.deepcopy(nonce)
        with self.assertRaises(TypeError):
            pickle.dumps(nonce)
        session.sign(party.signers[0], KEY, nonce)
        with self.assertRaisesRegex(errors.InvalidArgument, "nonce: it signed before"):
            session.sign(party.signers[0], KEY, nonce)
        nonce.close()
        with self.assertRaises(errors.Closed):
            session.sign(party.signers[0], KEY, nonce)

    def test_of_many_threads_with_one_nonce_one_signs(self) -> None:
        party = Party(2)
        session = party.begin(coffer.MusigKeys(party.public_keys))
        answers: list[object] = []
        start = threading.Barrier(8)

        def attempt() -> None:
            start.wait()
            try:
                answers.append(session.sign(party.signers[0], KEY, party.nonces[0]))
            except errors.InvalidArgument as error:
                answers.append(error)

        threads = [threading.Thread(target=attempt) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 8)
        self.assertEqual(sum(isinstance(answer, bytes) for answer in answers), 1)

    def test_read_only_mode_hosts_and_outsiders_do_not_sign(self) -> None:
        party = Party(3)
        session = party.begin(coffer.MusigKeys(party.public_keys[:2]))
        party.signers[0].read_only = True
        with self.assertRaises(errors.SigningRefused):
            session.sign(party.signers[0], KEY, party.nonces[0])
        with self.assertRaisesRegex(errors.InvalidKey, "key: it is none of those"):
            session.sign(party.signers[2], KEY, party.nonces[2])
        host = coffer.Signer(coffer.SigningHost())
        with self.assertRaisesRegex(errors.Unsupported, "MuSig2"):
            coffer.MusigNonce(host, KEY)
        with self.assertRaisesRegex(errors.Unsupported, "MuSig2"):
            session.sign(host, KEY, party.nonces[1])

    def test_what_is_wrong_is_named(self) -> None:
        party = Party(3)
        with self.assertRaisesRegex(errors.InvalidKey, r"keys\[1\]: "):
            coffer.MusigKeys([party.public_keys[0], ZEROS])
        with self.assertRaisesRegex(ValueError, r"keys\[0\]: has 32 bytes, not 33"):
            coffer.MusigKeys([bytes(32)])
        with self.assertRaises(errors.OutOfRange):
            coffer.MusigKeys([])
        with self.assertRaisesRegex(errors.InvalidArgument, r"public_nonces\[0\]: "):
            coffer.aggregate_musig_nonces([bytes(66)])
        keys = coffer.MusigKeys(party.public_keys)
        with self.assertRaisesRegex(ValueError, "message: has 31 bytes, not 32"):
            coffer.MusigSession(keys, bytes(66), bytes(31))
        with self.assertRaisesRegex(errors.InvalidArgument, "aggregate_nonce"):
            coffer.MusigSession(keys, b"\4" * 66, MESSAGE)
        session = party.begin(keys)
        partials = party.sign(session)
        wrong = [partials[0], partials[1], partials[0]]
        with self.assertRaisesRegex(errors.SignatureInvalid, r"partials\[2\]: "):
            session.aggregate(wrong, party.public_nonces)
        with self.assertRaisesRegex(errors.SignatureInvalid, "whose is wrong"):
            session.aggregate(wrong)
        with self.assertRaises(errors.SignatureInvalid):
            session.verify(2, party.public_nonces[2], wrong[2])
        with self.assertRaises(errors.OutOfRange):
            session.verify(3, party.public_nonces[2], wrong[2])
        with self.assertRaises(errors.OutOfRange):
            session.aggregate(partials[:2])


if __name__ == "__main__":
    unittest.main()
