# SPDX-License-Identifier: MIT
"""Prints what Python's own lists and objects cost, beside the C function alone with ready memory.

usage: python3 tests/bench/python_rates.py [--library LIBCOFFER] [--rounds N]

The ways take turns in each round; the ratio is the median of those of the rounds.
"""

import argparse
import ctypes
import pathlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import coffer  # noqa: E402
from coffer import _abi, _columns, _lib  # noqa: E402

BATCH = 8190
ACCOUNTS = 10_000
ADDRESSES = 10_000


def show(what: str, count: int, ways: dict[str, Callable[[], None]], rounds: int) -> None:
    """The first way is the floor. Each prepares its input before it is timed."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    floor = next(iter(seconds.values()))
    print(what)
    for name, own in seconds.items():
        ratios = [first / second for first, second in zip(floor, own, strict=True)]
        rate = count / statistics.median(own) / 1000
        print(
            f"  {name:<44} {rate:7.0f} k/s  {statistics.median(ratios):5.2f} of the C function"
            f"  ({min(ratios):.2f}..{max(ratios):.2f})"
        )


class Transfers:
    """A book, and rows for it that were never posted, in the three forms."""

    def __init__(self, path: str) -> None:
        self.engine = coffer.Engine(path)
        self.ledger = self.engine.ledger
        asset = self.ledger.register_asset("USD").id
        self.accounts = [
            self.ledger.open_account(coffer.AccountDraft(f"a{i}", asset, policy=coffer.UNBOUNDED))
            for i in range(ACCOUNTS)
        ]
        self.random = random.Random(7)
        self.ready: list[tuple[_abi.TransferColumns, object]] = []
        self.lists: list[tuple[list[str], list[int], list[int], list[int]]] = []
        self.objects: list[list[coffer.Transfer]] = []

    def rows(self) -> tuple[list[str], list[int], list[int], list[int]]:
        pick = self.random
        keys = [f"{pick.getrandbits(128):032x}" for _ in range(BATCH)]
        debits = [pick.choice(self.accounts) for _ in range(BATCH)]
        credits = [self.accounts[account % ACCOUNTS] for account in debits]
        return keys, debits, credits, [pick.randrange(1, 10_000) for _ in range(BATCH)]

    def prepare(self, rounds: int) -> None:
        for _ in range(rounds):
            self.ready.append(_columns.columns(*self.rows(), None, None, None, None))
            self.lists.append(self.rows())
            rows = zip(*self.rows(), strict=True)
            self.objects.append([coffer.Transfer(*row) for row in rows])

    def post_ready(self) -> None:
        struct, keep = self.ready.pop()
        outcomes = (_abi.Outcome * struct.count)()
        failed = ctypes.c_size_t()
        self.ledger._call(
            "transfer_post_columns", ctypes.byref(struct), 0, outcomes, ctypes.byref(failed)
        )
        del keep
        if failed.value:
            raise RuntimeError("transfers failed")

    def post_lists(self) -> None:
        self.ledger.post_columns(*self.lists.pop())

    def post_objects(self) -> None:
        self.ledger.post_transfers(self.objects.pop())


def show_addresses(rounds: int) -> None:
    seed = coffer.Secret(bytes(32))
    node = coffer.Xprv.from_seed(seed).derive("m/84'/0'/0'/0").public()
    networks = coffer.NetworkTable()
    texts = ((ctypes.c_char * _abi.ADDRESS_TEXT_SIZE) * ADDRESSES)()
    struct = node.to_struct()

    def alone() -> None:
        _lib.call(
            "address_derive_many", None, b"bitcoin", 7, coffer.AddressForm.DEFAULT,
            ctypes.byref(struct), 0, ADDRESSES, None, texts, _abi.ADDRESS_TEXT_SIZE, None,
        )

    def listed() -> None:
        networks.derive_many("bitcoin", node, 0, ADDRESSES)

    alone()
    ways = {"the C function": alone, "NetworkTable.derive_many, a list of texts": listed}
    show(f"{ADDRESSES} P2WPKH addresses from an xpub in one call", ADDRESSES, ways, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--library", help="libcoffer.so; default: the one in the package")
    parser.add_argument("--rounds", type=int, default=31)
    options = parser.parse_args()
    if options.library:
        coffer.use_library(options.library)
    with tempfile.TemporaryDirectory() as folder:
        transfers = Transfers(f"{folder}/book.db")
        transfers.prepare(options.rounds)
        ways = {
            "the C function": transfers.post_ready,
            "post_columns, lists of Python": transfers.post_lists,
            "post_transfers, an object each": transfers.post_objects,
        }
        show(f"{BATCH} transfers posted durably in one call", BATCH, ways, options.rounds)
        transfers.engine.close()
    if coffer.has_keys():
        show_addresses(options.rounds)


if __name__ == "__main__":
    main()
