#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares derived keys: BIP-32 with bip_utils (PyPI) and @scure/bip32 (npm), SLIP-10 with
bip_utils and slip10 (PyPI).

Random seeds and paths give the same xprv and xpub texts in each version of SLIP-132 that they
know, the same fingerprints, and the same public children of an xpub; a text with one wrong
character is refused. On ed25519 and nist256p1 the private key, chain code and public key are the
same. The two of SLIP-10 refuse what they can't derive as coffer does: a plain child on ed25519.
"""

import sys
from typing import Any

import bip_utils
import slip10
import slip10.utils
from comparison import Comparison, Refused, accepts

from coffer.errors import CofferError
from coffer.keys import HARDENED, Curve, KeyVersion, Xprv, Xpub, format_path, key_versions

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def random_path(run: Comparison, steps: int, hardened: float) -> str:
    """A path of so many steps, each hardened with that chance, with small and huge numbers."""
    numbers = []
    for _ in range(steps):
        number = run.source.randrange(run.source.choice((10, HARDENED)))
        numbers.append(number + (HARDENED if run.source.random() < hardened else 0))
    return format_path(numbers)


def seed_of(run: Comparison) -> bytes:
    return run.source.randbytes(run.source.choice((16, 32, 64, run.source.randint(16, 64))))


def versions_of(version: KeyVersion) -> tuple[Any, dict[str, int]]:
    numbers = version.public_key.to_bytes(4, "big"), version.private_key.to_bytes(4, "big")
    scure = {"public": version.public_key, "private": version.private_key}
    return bip_utils.Bip32KeyNetVersions(*numbers), scure


def bip32(run: Comparison, version: KeyVersion) -> None:
    seed, path = seed_of(run), random_path(run, run.source.randint(0, 6), 0.5)
    bip_versions, scure_versions = versions_of(version)
    what = f"{path} of {seed.hex()} as {version.public_name}"
    ours = Xprv.from_seed(seed, version=version.public_name).derive(path)
    key = bip_utils.Bip32Slip10Secp256k1.FromSeed(seed, bip_versions).DerivePath(path)
    xprv, xpub = ours.export_text(), str(ours.public())
    run.same("bip_utils", what, xprv, key.PrivateKey().ToExtended())
    run.same("bip_utils", what, xpub, key.PublicKey().ToExtended())
    fingerprint = ours.public().fingerprint
    run.same("bip_utils", what, fingerprint, key.FingerPrint().ToInt())
    theirs = run.node.ask("privateChild", seed, path, scure_versions)
    run.same("@scure/bip32", what, [xprv, xpub, fingerprint], theirs)
    run.same("bip_utils", f"{what} read", Xprv(xprv).export_text(), xprv)


def public_children(run: Comparison) -> None:
    """From an xpub, and its text with one wrong character."""
    parent = Xprv.from_seed(seed_of(run)).derive(random_path(run, run.source.randint(0, 4), 0.7))
    xpub, path = str(parent.public()), random_path(run, run.source.randint(1, 4), 0)
    child = str(Xpub.parse(xpub).derive(path))
    key = bip_utils.Bip32Slip10Secp256k1.FromExtendedKey(xpub).DerivePath(path[2:])
    run.same("bip_utils", f"{path} of {xpub}", child, key.PublicKey().ToExtended())
    theirs = run.node.ask("publicChild", xpub, path.replace("m", "M"))
    run.same("@scure/bip32", f"{path} of {xpub}", child, theirs)

    place = run.source.randrange(len(xpub))
    wrong = xpub[:place] + run.source.choice(BASE58) + xpub[place + 1 :]
    taken = accepts(lambda: Xpub.parse(wrong), CofferError)
    bip_utils_takes = accepts(
        lambda: bip_utils.Bip32Slip10Secp256k1.FromExtendedKey(wrong),
        bip_utils.Base58ChecksumError, bip_utils.Bip32KeyError,
    )
    run.same("bip_utils", f"takes {wrong}", taken, bip_utils_takes)
    scure_takes = accepts(lambda: run.node.ask("publicChild", wrong, "M"), Refused)
    run.same("@scure/bip32", f"takes {wrong}", taken, scure_takes)


def other_curve(run: Comparison, curve: Curve, other: Any, name: str) -> None:
    hardened = 1 if curve == Curve.ED25519 else 0.5
    seed, path = seed_of(run), random_path(run, run.source.randint(0, 4), hardened)
    ours, what = Xprv.from_seed(seed, curve).derive(path), f"{curve.name} {path} of {seed.hex()}"
    public = ours.public()
    parts = [bytes(ours.private_key().export()), public.chain_code, public.public_key]
    key = other.FromSeed(seed).DerivePath(path)
    theirs = [
        key.PrivateKey().Raw().ToBytes(), key.ChainCode().ToBytes(),
        key.PublicKey().RawCompressed().ToBytes(),
    ]
    run.same("bip_utils", what, parts, theirs)
    one = slip10.SLIP10.from_seed(seed, curve_name=name).get_child_from_path(path)
    run.same("slip10", what, parts, [one.privkey, one.chaincode, one.pubkey])

    if curve == Curve.NIST256P1:
        path = random_path(run, run.source.randint(1, 2), 0)
        child = public.derive(path).public_key
        run.same("bip_utils", what, child, key.DerivePath(path[2:]).PublicKey()
                 .RawCompressed().ToBytes())
        run.same("slip10", what, child, one.get_pubkey_from_path(path))
    else:
        taken = accepts(lambda: ours.derive("m/0"), CofferError)
        slip10_takes = accepts(
            lambda: one.get_child_from_path("m/0"), slip10.utils.SLIP10DerivationError
        )
        run.same("slip10", "a plain child on ed25519", taken, slip10_takes)


def main() -> int:
    run = Comparison(__doc__, count=200)
    versions = key_versions()
    for _ in range(run.count):
        bip32(run, run.source.choice(versions))
        public_children(run)
        other_curve(run, Curve.ED25519, bip_utils.Bip32Slip10Ed25519, "ed25519")
        other_curve(run, Curve.NIST256P1, bip_utils.Bip32Slip10Nist256p1, "secp256r1")
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
