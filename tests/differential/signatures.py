#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares plain signatures: BIP-340 Schnorr with btclib's ecc in pure Python (PyPI) and
@noble/curves (npm), ed25519 with PyNaCl (PyPI) and @noble/curves, ECDSA on secp256k1 with ecdsa
(PyPI) and @noble/curves, ECDSA on nist256p1 with cryptography (PyPI) and @noble/curves.

Of random keys over random messages the signatures are the same byte for byte, where the scheme
fixes them, and a signature, message or key with one bit changed is refused or taken by all.
"""

import hashlib
import sys
from collections.abc import Callable

import ecdsa
import nacl.exceptions
import nacl.signing
from comparison import Comparison, Refused, accepts
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from ecc.ecc import ssa

from coffer.errors import CofferError
from coffer.keys import Curve, Xprv
from coffer.signers import (
    KeyReference,
    Signature,
    SignatureScheme,
    SignRequest,
    SoftwareSigner,
    verify_signature,
)

class Signing:
    """One random key and message in a scheme."""

    def __init__(self, run: Comparison, curve: Curve, scheme: SignatureScheme) -> None:
        self.run, self.curve, self.scheme = run, curve, scheme
        self.secret = run.private_key()
        self.public = Xprv.from_private_key(self.secret, curve).public().public_key
        self.signer = SoftwareSigner().add_single("key", self.secret, curve)
        self.message = run.octets(0, 120)
        self.auxiliary = run.source.randbytes(32)
        if scheme not in (SignatureScheme.SCHNORR, SignatureScheme.ED25519):
            self.message = hashlib.sha256(self.message).digest()
        self.what = f"{curve.name} {scheme.name} {self.secret.hex()} over {self.message.hex()}"

    def sign(self) -> bytes:
        auxiliary = self.auxiliary if self.scheme == SignatureScheme.SCHNORR else bytes(32)
        request = SignRequest(
            KeyReference("key", curve=self.curve), self.scheme, self.message, auxiliary=auxiliary
        )
        return self.signer.sign(request).data

    def takes(self, public: bytes, message: bytes, signature: bytes) -> bool:
        made = Signature(signature)
        return accepts(
            lambda: verify_signature(self.curve, public, self.scheme, message, made), CofferError
        )

    def changed(self, signature: bytes) -> tuple[bytes, bytes, bytes]:
        """The public key, message and signature with one bit changed in one of them, or none."""
        public, message = self.public, self.message
        which = self.run.source.randrange(4)
        if which == 0:
            signature = self.run.flipped(signature)
        elif which == 1 and message:
            message = self.run.flipped(message)
        elif which == 2:
            public = public[:1] + self.run.flipped(public[1:])
        return public, message, signature

    def verify_changed(
        self, signature: bytes, others: dict[str, Callable[[bytes, bytes, bytes], bool]]
    ) -> None:
        given = self.changed(signature)
        ours, what = self.takes(*given), f"{self.what} takes {[one.hex() for one in given]}"
        for other, takes in others.items():
            self.run.same(other, what, ours, takes(*given))


def schnorr(run: Comparison) -> None:
    one = Signing(run, Curve.SECP256K1, SignatureScheme.SCHNORR)
    signature, node = one.sign(), run.node
    theirs = ssa.sign_(one.message, one.secret, aux=one.auxiliary).serialize()
    run.same("ecc", one.what, signature.hex(), theirs.hex())
    theirs = node.ask("signSchnorr", one.message, one.secret, one.auxiliary)
    run.same("@noble/curves", one.what, signature.hex(), theirs)
    one.verify_changed(signature, {
        "ecc": lambda key, message, made: accepts(
            lambda: ssa.assert_as_valid_(message, key[1:], made), Exception
        ),
        "@noble/curves": lambda key, message, made: accepts(
            lambda: node.ask("verifySchnorr", made, message, key[1:]), Refused
        ),
    })


def ed25519(run: Comparison) -> None:
    one = Signing(run, Curve.ED25519, SignatureScheme.ED25519)
    signature, node = one.sign(), run.node
    theirs = nacl.signing.SigningKey(one.secret).sign(one.message).signature
    run.same("PyNaCl", one.what, signature.hex(), theirs.hex())
    theirs = node.ask("signEd25519", one.message, one.secret)
    run.same("@noble/curves", one.what, signature.hex(), theirs)
    one.verify_changed(signature, {
        "PyNaCl": lambda key, message, made: accepts(
            lambda: nacl.signing.VerifyKey(key[1:]).verify(message, made),
            nacl.exceptions.BadSignatureError,
        ),
        "@noble/curves": lambda key, message, made: accepts(
            lambda: node.ask("verifyEd25519", made, message, key[1:]), Refused
        ),
    })


def low(r: int, s: int, order: int) -> bytes:
    """The form in which both halves of s are one."""
    return r.to_bytes(32, "big") + min(s, order - s).to_bytes(32, "big")


def secp256k1(run: Comparison) -> None:
    one = Signing(run, Curve.SECP256K1, SignatureScheme.ECDSA)
    signature, node = one.sign(), run.node
    key = ecdsa.SigningKey.from_string(one.secret, ecdsa.SECP256k1)
    theirs = key.sign_digest_deterministic(
        one.message, hashlib.sha256, sigencode=lambda r, s, order: low(r, s, order)
    )
    run.same("ecdsa", one.what, signature.hex(), theirs.hex())
    theirs = node.ask("signEcdsa", "secp256k1", one.message, one.secret)
    run.same("@noble/curves", one.what, signature.hex(), theirs)
    one.verify_changed(signature, {
        "ecdsa": lambda key, message, made: accepts(
            lambda: made[32] < 0x80
            and ecdsa.VerifyingKey.from_string(key, ecdsa.SECP256k1).verify_digest(made, message),
            ecdsa.BadSignatureError, ecdsa.errors.MalformedPointError,
        ),
        "@noble/curves": lambda key, message, made: accepts(
            lambda: node.ask("verifyEcdsa", "secp256k1", made, message, key), Refused
        ),
    })


def nist256p1(run: Comparison) -> None:
    """Coffer's signatures of this curve are not fixed by their input, so only read by others. No
    standard asks for the low s here, and hardware gives either: both are taken."""
    one = Signing(run, Curve.NIST256P1, SignatureScheme.ECDSA)
    signature, node = one.sign(), run.node

    def read(key: bytes, message: bytes, made: bytes) -> bool:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        r, s = int.from_bytes(made[:32], "big"), int.from_bytes(made[32:], "big")
        encoded = utils.encode_dss_signature(r, s)
        point.verify(encoded, message, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        return True

    theirs = node.ask("signEcdsa", "p256", one.message, one.secret)
    taken = one.takes(one.public, one.message, bytes.fromhex(theirs))
    run.same("@noble/curves", f"{one.what} takes {theirs}", taken, True)
    one.verify_changed(signature, {
        "cryptography": lambda key, message, made: accepts(
            lambda: read(key, message, made), InvalidSignature, ValueError
        ),
        "@noble/curves": lambda key, message, made: accepts(
            lambda: node.ask("verifyEcdsa", "p256", made, message, key), Refused
        ),
    })


def main() -> int:
    run = Comparison(__doc__, count=200)
    for _ in range(run.count):
        schnorr(run)
        ed25519(run)
        secp256k1(run)
        nist256p1(run)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
