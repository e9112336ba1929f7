#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares coffer's addresses with those of bip_utils, on random keys, seeds and typing errors.

A person runs it, not the test-suite: it needs the package bip_utils (pip install bip_utils) and the
built library. For each network and form: the address of random keys is the same, reading it gives
the same bytes, and a text with one wrong character is taken or refused by both. Then random seeds:
the addresses on the default path, derived in one call, are the same.

    python3 tests/differential/addresses.py --library build/libcoffer.so --count 2000
"""

import argparse
import pathlib
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import bip_utils  # noqa: E402

from coffer import _lib  # noqa: E402
from coffer.errors import CofferError  # noqa: E402
from coffer.keys import HARDENED, Curve, Xprv, Xpub  # noqa: E402
from coffer.networks import AddressForm, Family, Network, NetworkTable  # noqa: E402

TYPING = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:"
SIBLINGS = 20


class Other(NamedTuple):
    """The classes of bip_utils for a network and form, and what they need."""

    encoder: Any
    decoder: Any
    parameters: dict[str, Any]
    compares_errors: bool = True  # whether both follow the same rules for what to refuse


def version(number: int | None) -> bytes:
    assert number is not None
    return bytes([number]) if number < 256 else number.to_bytes(2, "big")


def other_of(row: Network, form: AddressForm) -> Other | None:
    """What bip_utils has for it, if anything."""
    b = bip_utils
    if form == AddressForm.P2PKH:
        parameters = {"net_ver": version(row.p2pkh_version)}
        return Other(b.P2PKHAddrEncoder, b.P2PKHAddrDecoder, parameters)
    if form == AddressForm.P2SH_P2WPKH:
        return Other(b.P2SHAddrEncoder, b.P2SHAddrDecoder, {"net_ver": version(row.p2sh_version)})
    if form == AddressForm.P2WPKH:
        return Other(b.P2WPKHAddrEncoder, b.P2WPKHAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.P2TR:
        return Other(b.P2TRAddrEncoder, b.P2TRAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.CASH_P2PKH:
        parameters = {"hrp": row.cash_prefix, "net_ver": b"\x00"}
        # bip_utils wants the prefix, coffer does without it too.
        return Other(b.BchP2PKHAddrEncoder, b.BchP2PKHAddrDecoder, parameters, False)
    if form == AddressForm.EVM and not row.has_chain_checksum:
        # bip_utils refuses the texts in one case, which carry no checksum.
        return Other(b.EthAddrEncoder, b.EthAddrDecoder, {}, False)
    if form == AddressForm.TRON:
        return Other(b.TrxAddrEncoder, b.TrxAddrDecoder, {})
    if form == AddressForm.SOLANA:
        # bip_utils refuses what is no point of the curve, as accounts of programs are.
        return Other(b.SolAddrEncoder, b.SolAddrDecoder, {}, False)
    if form == AddressForm.COSMOS and row.has_ethereum_keys:
        return Other(b.InjAddrEncoder, b.InjAddrDecoder, {})
    if form == AddressForm.COSMOS:
        return Other(b.AtomAddrEncoder, b.AtomAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.XRP:
        return Other(b.XrpAddrEncoder, b.XrpAddrDecoder, {})
    if form == AddressForm.STELLAR:
        kind = {"addr_type": b.XlmAddrTypes.PUB_KEY}
        return Other(b.XlmAddrEncoder, b.XlmAddrDecoder, kind, False)
    return None


def random_keys(curve: Curve, count: int, source: random.Random) -> list[bytes]:
    """Public keys of 33 bytes."""
    keys = []
    while len(keys) < count:
        secret = source.randbytes(32)
        if curve == Curve.ED25519:
            private = bip_utils.Ed25519PrivateKey.FromBytes(secret)
        else:
            private = bip_utils.Secp256k1PrivateKey.FromBytes(secret)
        keys.append(private.PublicKey().RawCompressed().ToBytes())
    return keys


def accepts(call: Callable[[], Any]) -> bool:
    try:
        call()
    except (ValueError, CofferError):
        return False
    return True


class Comparison:
    def __init__(self, count: int, seed: int) -> None:
        self.table = NetworkTable()
        self.source = random.Random(seed)
        self.differences = 0
        self.count = count
        self.keys = {
            curve: random_keys(curve, count, self.source)
            for curve in (Curve.SECP256K1, Curve.ED25519)
        }

    def expect(self, what: str, ours: Any, theirs: Any) -> None:
        if ours != theirs:
            self.differences += 1
            if self.differences <= 20:
                print(f"DIFFERS {what}: coffer {ours!r}, bip_utils {theirs!r}")

    def forms(self) -> Iterator[tuple[Network, AddressForm, Other]]:
        for row in self.table.rows():
            for form in AddressForm:
                if form == AddressForm.DEFAULT:
                    continue
                key = self.keys[row.curve][0]
                if not accepts(lambda: self.table.address_of(row.name, key, form)):
                    continue
                other = other_of(row, form)
                if other is None:
                    print(f"{row.name} {form.name.lower()}: bip_utils has none")
                    continue
                yield row, form, other

    def one_form(self, row: Network, form: AddressForm, other: Other) -> None:
        taken = refused = 0
        for key in self.keys[row.curve]:
            ours = self.table.address_of(row.name, key, form)
            theirs = other.encoder.EncodeKey(key, **other.parameters)
            self.expect(f"{row.name} {form.name} of {key.hex()}", ours, theirs)
            payload = other.decoder.DecodeAddr(ours, **other.parameters)
            read = self.table.parse(row.name, ours).payload
            self.expect(f"{row.name} reads {ours}", read, payload)
            if not other.compares_errors:
                continue
            place = self.source.randrange(len(ours))
            wrong = ours[:place] + self.source.choice(TYPING) + ours[place + 1 :]
            by_coffer = accepts(lambda: self.table.parse(row.name, wrong))
            by_other = accepts(lambda: other.decoder.DecodeAddr(wrong, **other.parameters))
            self.expect(f"{row.name} takes {wrong}", by_coffer, by_other)
            taken += by_coffer
            refused += not by_coffer
        errors = f", one wrong character: {refused} refused, {taken} the same" if refused else ""
        print(f"{row.name} {form.name.lower()}: {len(self.keys[row.curve])} addresses{errors}")

    def seeds(self, rounds: int) -> None:
        """Whole paths from random seeds, siblings derived in one call."""
        done = 0
        for _ in range(rounds):
            seed = self.source.randbytes(self.source.choice((16, 32, 64)))
            for row, form, other in self.cheap_forms():
                done += self.one_seed(seed, row, form, other)
        print(f"random seeds: {done} addresses on default paths")

    def cheap_forms(self) -> Iterator[tuple[Network, AddressForm, Other]]:
        for row in self.table.rows():
            other = other_of(row, row.default_form)
            if other is not None and not row.is_test:
                yield row, row.default_form, other

    def one_seed(self, seed: bytes, row: Network, form: AddressForm, other: Other) -> int:
        path = self.table.account_path(row.name, form)
        first = self.source.randrange(HARDENED - SIBLINGS)
        if row.curve == Curve.ED25519:
            tail = "0'" if row.family == Family.SOLANA else ""
            node = Xprv.from_seed(seed, Curve.ED25519).derive(path)
            ours = self.table.derive_many(
                row.name, node, first + HARDENED, SIBLINGS, form=form, tail=tail
            )
            parent = bip_utils.Bip32Slip10Ed25519.FromSeed(seed).DerivePath(path)
            steps = [f"{first + i}'" + ("/" + tail if tail else "") for i in range(SIBLINGS)]
        else:
            chain: Xpub = Xprv.from_seed(seed).derive(path + "/0").public()
            ours = self.table.derive_many(row.name, chain, first, SIBLINGS, form=form)
            parent = bip_utils.Bip32Slip10Secp256k1.FromSeed(seed).DerivePath(path + "/0")
            steps = [str(first + i) for i in range(SIBLINGS)]
        for step, address in zip(steps, ours, strict=True):
            key = parent.DerivePath(step).PublicKey().RawCompressed().ToBytes()
            theirs = other.encoder.EncodeKey(key, **other.parameters)
            self.expect(f"{row.name} {path}/{step} of seed {seed.hex()}", address, theirs)
        return SIBLINGS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--library", required=True, help="path of libcoffer.so")
    parser.add_argument("--count", type=int, default=1000, help="random keys for each form")
    parser.add_argument("--rounds", type=int, default=3, help="random seeds")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    chosen = parser.parse_args()
    _lib.use_library(chosen.library)
    comparison = Comparison(chosen.count, chosen.seed)
    for row, form, other in comparison.forms():
        comparison.one_form(row, form, other)
    comparison.seeds(chosen.rounds)
    print(f"{comparison.differences} differences")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
