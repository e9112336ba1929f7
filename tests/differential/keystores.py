#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares keystores: Web3 version 3 with eth-keyfile (PyPI) and ethers (npm), BIP-38 with
bip_utils (PyPI) and bip38 (npm).

Each opens what the other sealed, under random passwords, and a wrong password is refused by all.
Of BIP-38 the texts are the same; keys that were made by a printer for an owner's passphrase (EC
multiplied, with and without a lot number) are read alike. Most of the time is scrypt's.
"""

import json
import sys
import unicodedata

import bip_utils
import eth_keyfile
from comparison import Comparison, Refused, accepts

from coffer.errors import CofferError
from coffer.keystores import (
    KeystoreCost,
    bip38_decrypt,
    bip38_encrypt,
    open_web3_keystore,
    seal_web3_keystore,
)


def web3(run: Comparison) -> None:
    key, node = run.private_key(), run.node
    # ethers brings a password to NFKC, eth-keyfile takes it as it is.
    password = unicodedata.normalize("NFKC", run.text(12)) + "a"
    log2_cost = run.source.randint(10, 13)
    what = f"key {key.hex()} under {password!r}"
    ours = seal_web3_keystore(key, password, KeystoreCost(log2_cost))
    run.same("eth-keyfile", what, key.hex(),
             eth_keyfile.decode_keyfile_json(json.loads(ours), password.encode()).hex())
    run.same("ethers", what, key.hex(), node.ask("openKeystore", ours, password))
    wrong = password + "b"
    refusals = [
        accepts(lambda: open_web3_keystore(ours, wrong), CofferError),
        accepts(lambda: eth_keyfile.decode_keyfile_json(json.loads(ours), wrong.encode()),
                ValueError),
        accepts(lambda: node.ask("openKeystore", ours, wrong), Refused),
    ]
    run.same("eth-keyfile", f"{what} opened with {wrong!r}", refusals[0], refusals[1])
    run.same("ethers", f"{what} opened with {wrong!r}", refusals[0], refusals[2])

    kdf = run.source.choice(("scrypt", "pbkdf2"))
    rounds = (1 << log2_cost) if kdf == "scrypt" else run.source.randint(1, 5000)
    sealed = eth_keyfile.create_keyfile_json(key, password.encode(), kdf=kdf, iterations=rounds)
    read = open_web3_keystore(json.dumps(sealed), password).export().hex()
    run.same("eth-keyfile", f"{kdf} {what}", read, key.hex())
    sealed = node.ask("sealKeystore", key, password, 1 << log2_cost)
    read = open_web3_keystore(sealed, password).export().hex()
    run.same("ethers", what, read, key.hex())


def bip38(run: Comparison) -> None:
    key, passphrase, compressed = run.private_key(), run.text(12), run.source.random() < 0.5
    modes = bip_utils.Bip38PubKeyModes
    mode = modes.COMPRESSED if compressed else modes.UNCOMPRESSED
    what = f"key {key.hex()} under {passphrase!r}, {mode.name.lower()}"
    ours = bip38_encrypt(key, passphrase, compressed)
    run.same("bip_utils", what, ours,
             bip_utils.Bip38Encrypter.EncryptNoEc(key, passphrase, mode))
    run.same("bip38", what, ours, run.node.ask("bip38Encrypt", key, compressed, passphrase))
    secret, is_compressed = bip38_decrypt(ours, passphrase)
    read = [secret.export().hex(), is_compressed]
    run.same("bip38", what, read, run.node.ask("bip38Decrypt", ours, passphrase))
    wrong = passphrase + "b"
    taken = accepts(lambda: bip38_decrypt(ours, wrong), CofferError)
    theirs = accepts(lambda: bip_utils.Bip38Decrypter.DecryptNoEc(ours, wrong), ValueError)
    run.same("bip_utils", f"{what} opened with {wrong!r}", taken, theirs)

    lot, sequence = None, None
    if run.source.random() < 0.5:
        lot, sequence = run.source.randint(100000, 999999), run.source.randint(0, 4095)
    made = bip_utils.Bip38Encrypter.GeneratePrivateKeyEc(passphrase, mode, lot, sequence)
    secret, is_compressed = bip38_decrypt(made, passphrase)
    read = [secret.export().hex(), is_compressed]
    theirs, _ = bip_utils.Bip38Decrypter.DecryptEc(made, passphrase)
    run.same("bip_utils", f"{made} under {passphrase!r}", read, [theirs.hex(), compressed])
    run.same("bip38", f"{made} under {passphrase!r}", read,
             run.node.ask("bip38Decrypt", made, passphrase))


def main() -> int:
    run = Comparison(__doc__, count=5)
    for _ in range(run.count):
        web3(run)
        bip38(run)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
