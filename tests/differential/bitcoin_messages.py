#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares Bitcoin's signed messages: BIP-137 with btclib (PyPI) and bitcoinjs-message (npm),
BIP-322 with bip322 (PyPI, over Rust) and bip322-js (npm).

Each verifies what the other signed, for every kind of address that it knows, and a signature,
message or address that was exchanged is refused by all. What differs by intent is brought into one
form first: coffer writes BIP-322's prefix "smp", which these two do not know yet, and for
P2SH-P2WPKH the full format ("ful"), because the simple one has no place for the script that
consensus wants there; bip322-js writes and reads the witness alone.
"""

import base64
import sys
from collections.abc import Callable
from typing import NamedTuple

import base58
import bip322
from btclib.ecc import bms
from btclib.exceptions import BTClibValueError
from btclib.key import PrvKeyData
from comparison import Comparison, Refused, accepts
from embit.script import Witness
from embit.transaction import Transaction

from coffer.errors import CofferError
from coffer.keys import Xprv
from coffer.messages import LegacyKind, Messages
from coffer.networks import AddressForm, NetworkTable
from coffer.signers import KeyReference, SoftwareSigner

KINDS = {
    AddressForm.P2PKH: (LegacyKind.P2PKH, None),
    AddressForm.P2SH_P2WPKH: (LegacyKind.P2SH_P2WPKH, "p2sh(p2wpkh)"),
    AddressForm.P2WPKH: (LegacyKind.P2WPKH, "p2wpkh"),
}
Verifier = Callable[[str, str, str], bool]


class Signed(NamedTuple):
    address: str
    message: str
    signature: str


class Signing:
    """A random key with its addresses, and a random message."""

    def __init__(self, run: Comparison) -> None:
        self.run = run
        self.messages, self.table = Messages(), NetworkTable()
        self.secret = run.private_key()
        self.signer, self.key = SoftwareSigner().add_single("k", self.secret), KeyReference("k")
        self.public = Xprv.from_private_key(self.secret).public().public_key
        self.message = run.text(120)
        self.wif = base58.b58encode_check(b"\x80" + self.secret + b"\x01").decode()

    def address(self, form: AddressForm) -> str:
        return self.table.address_of("bitcoin", self.public, form)

    def exchanged(self, signed: Signed, form: AddressForm) -> Signed:
        """The same, with the signature, message or address of another."""
        which = self.run.source.randrange(3)
        if which == 0:
            other = Signing(self.run).address(form)
            return signed._replace(address=other)
        if which == 1:
            return signed._replace(message=signed.message + " ")
        raw = base64.b64decode(signed.signature)
        # A bit of r, behind the header of BIP-137 and the counts of a witness.
        changed = raw[:12] + self.run.flipped(raw[12:30]) + raw[30:]
        return signed._replace(signature=base64.b64encode(changed).decode())

    def verify(self, form: AddressForm, signed: Signed, ours: Verifier,
               others: dict[str, Verifier]) -> None:
        """The signature as it is, and exchanged: all take the first and refuse the second."""
        bad = self.exchanged(signed, form)
        for other, takes in others.items():
            self.run.same(other, f"takes {signed}", [ours(*signed), True], [True, takes(*signed)])
            self.run.same(other, f"takes {bad}", ours(*bad), takes(*bad))

    def legacy(self, form: AddressForm) -> None:
        node, (kind, segwit) = self.run.node, KINDS[form]
        address = self.address(form)
        verifiers = {
            "btclib": lambda who, message, signature: accepts(
                lambda: bms.verify(message.encode(), who, signature), BTClibValueError
            ),
            "bitcoinjs-message": lambda who, message, signature: accepts(
                lambda: node.ask("verifyLegacy", message, who, signature), Refused
            ),
        }
        ours = self.messages.sign_legacy(self.signer, self.key, "bitcoin", kind, self.message)
        scalar = PrvKeyData(int.from_bytes(self.secret, "big"), "mainnet", True)
        theirs = bms.sign(self.message.encode(), scalar, address).b64encode()
        for other, signature in (
            ("btclib", theirs),
            ("bitcoinjs-message", node.ask("signLegacy", self.message, self.secret, segwit)),
        ):
            what = f"{kind.name} {self.secret.hex()} over {self.message!r}"
            self.run.same(other, what, ours, signature)
        self.verify(form, Signed(address, self.message, ours), self.takes_legacy, verifiers)

    def takes_legacy(self, address: str, message: str, signature: str) -> bool:
        return accepts(
            lambda: self.messages.verify_legacy("bitcoin", address, message, signature),
            CofferError,
        )

    def generic(self, form: AddressForm) -> None:
        node, address = self.run.node, self.address(form)
        verifiers: dict[str, Verifier] = {
            "bip322-js": lambda who, message, signature: accepts(
                lambda: node.ask("verifyGeneric", message, who, signature), Refused
            ),
        }
        if form != AddressForm.P2SH_P2WPKH:
            verifiers["bip322"] = lambda who, message, signature: accepts(
                lambda: bip322.verify_simple_encoded(who, message, signature),
                bip322.VerificationError, ValueError,
            )
        theirs = node.ask("signGeneric", self.wif, address, self.message)
        ours = self.messages.sign_bip322(self.signer, self.key, "bitcoin", self.message, form)
        plain, takes = ours[3:], self.takes_generic
        if form == AddressForm.P2SH_P2WPKH:
            whole = Transaction.parse(base64.b64decode(plain))
            plain = base64.b64encode(whole.vin[0].witness.serialize()).decode()

            def takes(who: str, message: str, signature: str) -> bool:
                whole.vin[0].witness = Witness.parse(base64.b64decode(signature))
                full = "ful" + base64.b64encode(whole.serialize()).decode()
                return self.takes_generic(who, message, full)

        for signature in (theirs, plain):
            self.verify(form, Signed(address, self.message, signature), takes, verifiers)

    def takes_generic(self, address: str, message: str, signature: str) -> bool:
        return accepts(
            lambda: self.messages.verify_bip322("bitcoin", address, message, signature),
            CofferError,
        )


def main() -> int:
    run = Comparison(__doc__, count=100)
    for _ in range(run.count):
        for form in KINDS:
            Signing(run).legacy(form)
        for form in (AddressForm.P2WPKH, AddressForm.P2TR, AddressForm.P2SH_P2WPKH):
            Signing(run).generic(form)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
