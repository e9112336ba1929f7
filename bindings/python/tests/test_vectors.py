# SPDX-License-Identifier: MIT
"""Published vectors through Python, from the folder that COFFER_SHARED names, where it is."""

import csv
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

    def test_the_trees_of_slip10(self) -> None:
        count = 0
        for tree in vectors("extracted/slip10.json"):
            name = tree["name"]
            if "curve25519" in name or "retry" in name:
                continue  # no network has such keys; a section that the file mixed with another
            curves = {"secp256k1": coffer.Curve.SECP256K1, "nist256p1": coffer.Curve.NIST256P1}
            curve = next((one for word, one in curves.items() if word in name), None)
            seed = bytes.fromhex(tree["seed"])
            master = coffer.Xprv.from_seed(seed, curve or coffer.Curve.ED25519)
            for node in tree["chains"]:
                with self.subTest(f"{name} {node['path']}"):
                    key = master.derive(node["path"])
                    public = key.public()
                    self.assertEqual(key.private_key().export().hex(), node["private"])
                    self.assertEqual(public.public_key.hex(), node["public"])
                    self.assertEqual(public.chain_code.hex(), node["chain_code"])
                    count += 1
        self.assertGreater(count, 30)

    def test_the_addresses_of_bip84_and_bip86(self) -> None:
        networks = coffer.NetworkTable()
        for name, form in (
            ("bip84", coffer.AddressForm.P2WPKH), ("bip86", coffer.AddressForm.P2TR)
        ):
            sections: dict[str, dict[str, str]] = {}
            for row in vectors(f"extracted/{name}.json"):
                sections.setdefault(row["section"], {})[row["key"]] = row["value"]
            master = coffer.Xprv.from_seed(coffer.Mnemonic(sections["top"]["mnemonic"]).seed())
            found = 0
            for title, section in sections.items():
                if "address" in section:
                    key = master.derive(title.split("= ")[1]).public().public_key
                    address = networks.address_of("bitcoin", key, form)
                    self.assertEqual(address, section["address"])
                    found += 1
            self.assertEqual(found, 3)

    def test_the_entropies_of_bip85(self) -> None:
        for row in vectors("extracted/bip85.json"):
            with self.subTest(row["path"]):
                made = coffer.Xprv(row["root"]).child_entropy(row["path"]).export().hex()
                # XPRV gives its second half as "entropy", the others a beginning.
                made = made[64:] if "/32'/" in row["path"] else made
                self.assertTrue(made.startswith(row["DERIVED ENTROPY"]))

    def test_the_keys_of_bip38(self) -> None:
        rows = [row for row in vectors("extracted/bip38.json") if "Passphrase" in row]
        for row in rows[:1] + rows[-1:]:  # each costs a scrypt
            text = row.get("Encrypted") or row["Encrypted key"]
            key, is_compressed = coffer.bip38_decrypt(text, row["Passphrase"])
            wanted = next(value for name, value in row.items() if name.endswith("(hex)"))
            self.assertEqual(key.export().hex(), wanted.lower())
            self.assertFalse(is_compressed)

    def test_the_keystores_of_ethereum(self) -> None:
        file = vectors("ethereum-tests/KeyStoreTests/basic_tests.json")
        for name in ("test1", "evilnonce"):  # those that are quick
            row = file[name]
            key = coffer.open_web3_keystore(json.dumps(row["json"]), row["password"])
            self.assertEqual(key.export().hex(), row["priv"])

    def test_the_checksums_of_erc55(self) -> None:
        networks = coffer.NetworkTable()
        for text in vectors("extracted/erc55.json"):
            address = networks.parse("ethereum", text)
            self.assertEqual(networks.format("ethereum", address).lower(), text.lower())
            if text != text.lower():
                self.assertEqual(networks.format("ethereum", address), text)

    def test_the_signatures_of_bip340(self) -> None:
        path = VECTORS / "bip340/test-vectors.csv"
        if not path.is_file():
            self.skipTest("without bip340/test-vectors.csv")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                with self.subTest(row["index"]):
                    self.check_bip340(row)

    def check_bip340(self, row: dict[str, str]) -> None:
        scheme, message = coffer.SignatureScheme.SCHNORR, bytes.fromhex(row["message"])
        signature = coffer.Signature(bytes.fromhex(row["signature"]))
        if row["secret key"]:
            signer = coffer.SoftwareSigner().add_single("key", bytes.fromhex(row["secret key"]))
            made = signer.sign(
                coffer.SignRequest(
                    coffer.KeyReference("key"),
                    scheme,
                    message,
                    auxiliary=bytes.fromhex(row["aux_rand"]),
                )
            )
            self.assertEqual(made.data, signature.data)
        key = b"\x02" + bytes.fromhex(row["public key"])
        if row["verification result"] == "TRUE":
            coffer.verify_signature(coffer.Curve.SECP256K1, key, scheme, message, signature)
            return
        with self.assertRaises(coffer.CofferError):
            coffer.verify_signature(coffer.Curve.SECP256K1, key, scheme, message, signature)

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
