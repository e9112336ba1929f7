# SPDX-License-Identifier: MIT
"""Published vectors through Python, from the folder that COFFER_SHARED names, where it is."""

import json
import os
import pathlib
import unittest
from typing import Any

import coffer
from coffer import errors
from tests import HAS_KEYS

ROOT = pathlib.Path(__file__).resolve().parents[3]
VECTORS = pathlib.Path(os.environ.get("COFFER_SHARED", ROOT.parent / "shared")) / "vectors"


def vectors(name: str) -> Any:
    path = VECTORS / name
    if not path.is_file():
        raise unittest.SkipTest(f"without {name}")
    return json.loads(path.read_text(encoding="utf-8"))


@unittest.skipUnless(HAS_KEYS, "a library without keys")
class VectorTest(unittest.TestCase):
    def test_the_sentences_of_bip39(self) -> None:
        count = 0
        for name, rows in vectors("bip39/trezor_vectors.json").items():
            if name.upper() not in coffer.Language.__members__:
                continue  # two that the standard has no list for
            language = coffer.Language[name.upper()]
            for entropy, sentence, seed, *rest in rows:
                mnemonic = coffer.Mnemonic.from_entropy(bytes.fromhex(entropy), language)
                self.assertTrue(
                    coffer.Mnemonic(sentence, language).entropy().equals(mnemonic.entropy())
                )
                with mnemonic.seed("TREZOR") as made:
                    self.assertEqual(made.export().hex(), seed)
                    if rest:
                        self.assertEqual(coffer.Xprv.from_seed(made).export_text(), rest[0])
                count += 1
        self.assertGreater(count, 23)

    def test_the_chains_and_refusals_of_bip32(self) -> None:
        file = vectors("extracted/bip32.json")
        for vector in file["valid"]:
            master = coffer.Xprv.from_seed(bytes.fromhex(vector["seed"]))
            for chain in vector["chains"]:
                key = master.derive(chain["path"])
                self.assertEqual(key.export_text(), chain["xprv"])
                self.assertEqual(str(key.public()), chain["xpub"])
        for refused in file["invalid"]:
            text = refused["key"]
            with self.assertRaises(errors.ExtendedKey):
                coffer.Xpub.parse(text)
            with self.assertRaises(errors.ExtendedKey):
                coffer.Xprv(text)

    def test_the_shares_of_slip39(self) -> None:
        for title, shares, secret, *_ in vectors("slip39/vectors.json"):
            with self.subTest(title):
                if secret:
                    made = coffer.combine_shares(shares, "TREZOR").export()
                    self.assertEqual(made.hex(), secret)
                else:
                    with self.assertRaises(errors.ShareInvalid):
                        coffer.combine_shares(shares, "TREZOR")

    def test_the_messages_of_bip322(self) -> None:
        file, messages = vectors("bip322/basic-test-vectors.json"), coffer.Messages()
        for row in file["simple"]:
            for signature in row["bip322_signatures"]:
                with self.subTest(signature):
                    messages.verify_bip322("bitcoin", row["address"], row["message"], signature)
        for row in file["error"]:
            with self.subTest(row["description"]), self.assertRaises(coffer.CofferError):
                messages.verify_bip322(
                    "bitcoin", row["address"], row["message"], row["signature"]
                )


if __name__ == "__main__":
    unittest.main()
