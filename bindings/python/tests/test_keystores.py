# SPDX-License-Identifier: MIT
"""Keystores of three kinds, guardians, and signers of both kinds."""

import unittest

import coffer
from coffer import errors
from tests import HAS_KEYS

CHEAP = coffer.KeystoreCost(log2_cost=10)
SEED = bytes(range(16))


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class KeystoreTest(unittest.TestCase):
    def test_a_mnemonic_comes_back_under_its_password_alone(self) -> None:
        mnemonic = coffer.Mnemonic.generate(12, coffer.Language.SPANISH)
        file = coffer.seal_keystore(mnemonic, "correct horse", cost=CHEAP)
        with coffer.open_keystore(file, "correct horse").mnemonic() as back:
            self.assertEqual(back.export_sentence(), mnemonic.export_sentence())
        with self.assertRaises(errors.WrongPassword):
            coffer.open_keystore(file, "wrong horse")
        damaged = bytearray(file)
        damaged[20] ^= 1
        with self.assertRaises(errors.KeystoreDamaged):
            coffer.open_keystore(bytes(damaged), "correct horse")
        with self.assertRaises(errors.KeystoreDamaged):
            coffer.inspect_keystore(b"")

    def test_a_password_is_changed(self) -> None:
        cipher = coffer.KeystoreCipher.CHACHA20_POLY1305
        file = coffer.seal_keystore(coffer.Secret(SEED), b"old", cost=CHEAP, cipher=cipher)
        changed = coffer.change_keystore_password(file, "old", "new", CHEAP)
        info = coffer.inspect_keystore(changed)
        self.assertEqual((info.kind, info.cipher), (coffer.KeystoreKind.SEED, cipher))
        self.assertEqual(info.cost, CHEAP)
        self.assertEqual(coffer.open_keystore(changed, "new").material.export(), SEED)
        key = coffer.seal_keystore(
            coffer.Secret(bytes(31) + b"\1"), "p", curve=coffer.Curve.ED25519, cost=CHEAP
        )
        content = coffer.open_keystore(key, "p")
        self.assertEqual(content.curve, coffer.Curve.ED25519)
        self.assertNotIn("\\x01", repr(content))
        with self.assertRaises(ValueError):
            content.mnemonic()

    def test_other_programs_files_are_read_and_written(self) -> None:
        key = bytes.fromhex("cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5")
        json = coffer.seal_web3_keystore(key, "p", CHEAP)
        self.assertEqual(coffer.open_web3_keystore(json, "p").export(), key)
        with self.assertRaises(errors.WrongPassword):
            coffer.open_web3_keystore(json, "q")
        text = coffer.bip38_encrypt(key, "TestingOneTwoThree", compressed=False)
        self.assertEqual(text, "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg")
        back, compressed = coffer.bip38_decrypt(text, "TestingOneTwoThree")
        self.assertEqual((back.export(), compressed), (key, False))


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class ShareTest(unittest.TestCase):
    def test_guardians_bring_the_secret_back(self) -> None:
        secret = coffer.Secret(SEED)
        groups = [coffer.ShareGroup(2, 3), coffer.ShareGroup(1, 1)]
        with coffer.ShareSet.split(secret, groups, group_threshold=2) as shares:
            self.assertEqual(shares.groups, tuple(groups))
            given = [shares.export_sentence(*at) for at in ((0, 2), (0, 0), (1, 0))]
        self.assertTrue(coffer.combine_shares(given).equals(secret))
        self.assertEqual(coffer.inspect_share(given[0]).member_index, 2)
        with self.assertRaises(errors.ShareInvalid):
            coffer.combine_shares(given[:2])
        with self.assertRaises(errors.Closed):
            shares.export_sentence(0, 0)

    def test_a_published_share_gives_its_secret(self) -> None:
        share = (
            "duckling enlarge academic academic agency result length solution fridge kidney coal "
            "piece deal husband erode duke ajar critical decision keyboard"
        )
        self.assertEqual(
            coffer.combine_shares([share], "TREZOR").export().hex(),
            "bb54aac4b89dc868ba37d9cc21b2cece",
        )


class Vault(coffer.SigningHost):
    """A host that keeps its keys in a signer of its own, and can go wrong."""

    def __init__(self) -> None:
        self.inside = coffer.SoftwareSigner().add("main", coffer.Xprv.from_seed(SEED))
        self.asked: list[coffer.SignRequest] = []
        self.problem: BaseException | None = None
        self.lies = False

    def public_key(self, key: coffer.KeyReference) -> bytes:
        return self.inside.public_key(key)

    def sign(self, request: coffer.SignRequest) -> coffer.Signature:
        self.asked.append(request)
        if self.problem is not None:
            raise self.problem
        signature = self.inside.sign(request)
        if self.lies:
            return coffer.Signature(signature.data[:-1] + bytes([signature.data[-1] ^ 1]))
        return signature


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class SignerTest(unittest.TestCase):
    request = coffer.SignRequest(
        coffer.KeyReference("main", "m/44'/60'/0'/0/1"),
        coffer.SignatureScheme.ECDSA_RECOVERABLE,
        b"\0" + bytes(range(31)),
    )

    def test_a_software_signer_signs_and_its_read_only_mode_does_not(self) -> None:
        with coffer.SoftwareSigner() as signer:
            signer.add("main", coffer.Xprv.from_seed(SEED))
            signature = signer.sign(self.request)
            key, request = signer.public_key(self.request.key), self.request
            curve = coffer.Curve.SECP256K1
            coffer.verify_signature(curve, key, request.scheme, request.message, signature)
            with self.assertRaises(errors.SignatureInvalid):
                coffer.verify_signature(curve, key, request.scheme, bytes(32), signature)
            self.assertFalse(signer.read_only)
            signer.read_only = True
            with self.assertRaises(errors.SigningRefused):
                signer.sign(self.request)
            signer.remove("main")
            with self.assertRaises(errors.NotFound):
                signer.public_key(self.request.key)

    def test_many_are_signed_at_once_and_each_has_its_answer(self) -> None:
        master = coffer.Xprv.from_seed(coffer.Secret(bytes(range(16))))
        signer = coffer.SoftwareSigner().add("main", master)
        requests = [
            coffer.SignRequest(
                coffer.KeyReference("main" if i != 7 else "none", f"m/44'/0'/{i % 3}'/0/{i}"),
                coffer.SignatureScheme.ECDSA,
                bytes([i]) * 32,
            )
            for i in range(40)
        ]
        for threads in (1, 4):
            answers = signer.sign_many(requests, threads)
            self.assertIsInstance(answers[7], coffer.errors.NotFound)
            for request, answer in zip(requests[:7] + requests[8:], answers[:7] + answers[8:]):
                self.assertEqual(answer, signer.sign(request))
        self.assertEqual(signer.sign_many([]), [])
        signer.read_only = True
        refused = signer.sign_many(requests[:2])
        self.assertIsInstance(refused[0], coffer.errors.SigningRefused)

    def test_a_single_key_signs_as_rfc_8032(self) -> None:
        key = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        signer = coffer.SoftwareSigner().add_single("one", key, coffer.Curve.ED25519)
        signature = signer.sign(
            coffer.SignRequest(
                coffer.KeyReference("one", curve=coffer.Curve.ED25519),
                coffer.SignatureScheme.ED25519,
                b"",
            )
        )
        self.assertEqual(signature.data.hex()[:32], "e5564300c360ac729086e2cc806e828a")
        self.assertEqual(signature.recovery_id, -1)

    def test_a_host_is_asked_by_reference_and_its_answer_checked(self) -> None:
        host = Vault()
        with coffer.Signer(host) as signer:
            signature = signer.sign(self.request)
            self.assertEqual(host.asked, [self.request])
            self.assertEqual(signature, host.inside.sign(self.request))
            host.lies = True
            with self.assertRaises(errors.SignatureInvalid):
                signer.sign(self.request)

    def test_what_a_host_raises_arrives(self) -> None:
        host = Vault()
        with coffer.Signer(host) as signer:
            host.problem = errors.NotPermitted("over the daily limit")
            with self.assertRaisesRegex(errors.NotPermitted, "over the daily limit"):
                signer.sign(self.request)
            host.problem = OSError("the device is gone")
            with self.assertRaisesRegex(errors.SigningRefused, "OSError: the device is gone"):
                signer.sign(self.request)
            with self.assertRaises(errors.NotFound):
                signer.public_key(coffer.KeyReference("stranger"))

    def test_a_taproot_request_passes_whole(self) -> None:
        host = Vault()
        request = coffer.SignRequest(
            coffer.KeyReference("main", "m/86'/0'/0'/0/0"),
            coffer.SignatureScheme.SCHNORR,
            b"any\0message",
            taproot_tweak=b"\5" * 32,
            auxiliary=b"\7" * 32,
        )
        with coffer.Signer(host) as signer:
            signer.sign(request)
        self.assertEqual(host.asked, [request])


if __name__ == "__main__":
    unittest.main()
