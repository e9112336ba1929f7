# SPDX-License-Identifier: MIT
"""Mnemonics and keys by the standards' own figures; secrets that close, and show nothing."""

import copy
import pickle
import unittest

import coffer
from coffer import errors
from tests import HAS_KEYS

ABANDON = "abandon " * 11 + "about"
SEED = bytes(range(16))


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class SecretTest(unittest.TestCase):
    def test_a_secret_gives_its_bytes_on_demand_only(self) -> None:
        with coffer.Secret(SEED) as secret:
            self.assertEqual(len(secret), 16)
            data = secret.export()
            self.assertEqual(data, SEED)
            coffer.wipe(data)
            self.assertEqual(data, bytes(16))
            self.assertNotIn("0001", repr(secret) + str(secret))
            self.assertTrue(secret.equals(coffer.Secret(bytearray(SEED))))
            self.assertFalse(secret.equals(coffer.Secret(b"other")))
        with self.assertRaises(errors.Closed):
            secret.export()
        secret.close()

    def test_handles_are_not_copied_or_pickled(self) -> None:
        for secret in (coffer.Secret(SEED), coffer.Mnemonic(ABANDON), coffer.Xprv.from_seed(SEED)):
            with self.assertRaises(TypeError):
                copy.copy(secret)
            with self.assertRaises(TypeError):
                pickle.dumps(secret)
            self.assertRegex(repr(secret), r"^<coffer\.\w+>$")

    def test_fresh_secrets_differ(self) -> None:
        self.assertFalse(coffer.Secret.generate(32).equals(coffer.Secret.generate(32)))
        with self.assertRaises(errors.OutOfRange):
            coffer.Secret(b"")


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class MnemonicTest(unittest.TestCase):
    def test_the_seed_is_that_of_bip39(self) -> None:
        with coffer.Mnemonic(ABANDON) as mnemonic, mnemonic.seed("TREZOR") as seed:
            self.assertEqual(mnemonic.language, coffer.Language.ENGLISH)
            self.assertEqual(mnemonic.word_count, 12)
            self.assertEqual(
                seed.export().hex(),
                "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
                "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
            )
            self.assertEqual(
                coffer.Xprv.from_seed(seed).export_text(),
                "xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHr"
                "EpTuuRhxMwvKDwqdKiGJS9XFKzUsAF",
            )

    def test_a_new_sentence_reads_back_in_each_language(self) -> None:
        for language in coffer.Language:
            with self.subTest(language), coffer.Mnemonic.generate(15, language) as made:
                again = coffer.Mnemonic(made.export_sentence(), language)
                self.assertTrue(again.entropy().equals(made.entropy()))

    def test_a_typing_error_is_named_by_its_place(self) -> None:
        wrong = ABANDON.replace("about", "abuot")
        with self.assertRaises(errors.MnemonicUnknownWord) as caught:
            coffer.Mnemonic(wrong)
        self.assertIn("12", str(caught.exception))
        self.assertNotIn("abuot", str(caught.exception))
        (unknown,) = coffer.unknown_words(wrong, coffer.Language.ENGLISH)
        self.assertEqual(unknown.position, 12)
        self.assertIn("about", unknown.suggestions)
        many = coffer.unknown_words("qqqq " * 30, coffer.Language.ENGLISH)
        self.assertEqual(len(many), 30)
        with self.assertRaises(errors.MnemonicChecksum):
            coffer.Mnemonic("abandon " * 12)
        with self.assertRaises(errors.MnemonicLength):
            coffer.Mnemonic.generate(13)

    def test_words_are_listed_and_completed(self) -> None:
        self.assertEqual(coffer.mnemonic_word(coffer.Language.ENGLISH, 2047), "zoo")
        self.assertEqual(coffer.complete_word("zo", coffer.Language.ENGLISH), ["zone", "zoo"])
        self.assertEqual(coffer.complete_word("", coffer.Language.ENGLISH), [])


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class KeyTest(unittest.TestCase):
    def setUp(self) -> None:
        self.master = coffer.Xprv.from_seed(SEED)

    def test_keys_derive_as_vector_1_of_bip32(self) -> None:
        xpub = self.master.derive("m/0'").public()
        self.assertEqual(
            str(xpub),
            "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdrfp1b"
            "gwQ9xv5ski8PX9rL2dZXvgGDnw",
        )
        child = xpub.derive("m/1")
        self.assertEqual(coffer.Xpub.parse(str(child)), child)
        self.assertEqual(child.parent_fingerprint, xpub.fingerprint)
        self.assertTrue(str(xpub.with_version("zpub")).startswith("zpub"))
        with self.assertRaises(errors.HardenedFromPublic):
            xpub.derive("m/1'")
        self.assertNotIn(xpub.public_key.hex()[:8], repr(xpub))

    def test_paths_are_read_and_written(self) -> None:
        steps = (84 | coffer.HARDENED, 5)
        self.assertEqual(coffer.parse_path("m/84'/5"), steps)
        self.assertEqual(coffer.format_path(steps), "m/84'/5")
        with self.assertRaises(errors.DerivationPath):
            coffer.parse_path("m/01")

    def test_many_children_are_those_that_come_one_by_one(self) -> None:
        xpub = self.master.public()
        seen: list[tuple[int, int]] = []
        keys = xpub.derive_many(
            3, 500, threads=2, progress=lambda done, total: seen.append((done, total))
        )
        self.assertEqual(len(keys), 500)
        self.assertEqual(keys[-1], xpub.derive("m/502").public_key)
        self.assertEqual(keys[1:3], [xpub.derive("m/4").public_key, xpub.derive("m/5").public_key])
        self.assertEqual(seen[-1], (500, 500))
        self.assertEqual(self.master.derive_many(3, 500).data, keys.data)
        public, private = self.master.export_many(coffer.HARDENED, 2, "m/7")
        child = self.master.derive("m/1'/7")
        self.assertEqual(public[1], child.public().public_key)
        self.assertEqual(private[32:], child.private_key().export())
        with self.assertRaises(IndexError):
            keys[500]

    def test_what_a_progress_raises_ends_the_work_and_arrives(self) -> None:
        def stop(done: int, total: int) -> None:
            raise KeyError("enough")

        with self.assertRaisesRegex(KeyError, "enough"):
            self.master.public().derive_many(0, 20_000, progress=stop)

    def test_child_secrets_are_those_of_bip85(self) -> None:
        master = coffer.Xprv(
            "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1"
            "LqdGhUtyoFnCNkfmXRyPXLjbKb"
        )
        self.assertEqual(
            master.child_mnemonic(12, 0).export_sentence(),
            "girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose",
        )
        self.assertEqual(master.child_password(21, 0).export(), b"dKLoepugzdVJvdL56ogNV")
        self.assertEqual(
            master.child_private_key(0).export().hex(),
            "7040bb53104f27367f317558e78a994ada7296c6fde36a364e5baf206e502bb1",
        )
        self.assertEqual(master.child_bytes(64, 0).export().hex()[:16], "492db4698cf3b73a")
        self.assertEqual(len(master.child_entropy("m/83696968'/0'/0'")), 64)
        self.assertEqual(master.child_master_key(0).public().depth, 0)


if __name__ == "__main__":
    unittest.main()
