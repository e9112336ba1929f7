# SPDX-License-Identifier: MIT
"""Prints what a second thread of Python gains: the same work one after the other and at once.

usage: python3 tests/bench/python_threads.py [--library LIBCOFFER] [--transfers N] [--rounds N]

A call into the library lets other threads of Python run, so two of them use two cores as long as
both are inside it. Writers of one book are decided one after the other whatever the language.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import coffer  # noqa: E402

Work = Callable[[], object]
BATCH = 8190


class Book:
    """A book with accounts of one asset, which posts transfers in batches."""

    def __init__(self, path: str) -> None:
        self.engine = coffer.Engine(path)
        ledger = self.engine.ledger
        asset = ledger.register_asset("USD").id
        self.accounts = [
            ledger.open_account(coffer.AccountDraft(f"a{i}", asset, policy=coffer.UNBOUNDED))
            for i in range(100)
        ]
        self.posted = 0

    def post(self, count: int) -> None:
        for first in range(0, count, BATCH):
            size = min(BATCH, count - first)
            start, self.posted = self.posted, self.posted + size
            outcomes = self.engine.ledger.post_columns(
                [f"transfer-{start + i}" for i in range(size)],
                [self.accounts[i % 100] for i in range(size)],
                [self.accounts[(i + 1) % 100] for i in range(size)],
                [1] * size,
            )
            if outcomes.failed:
                raise RuntimeError(f"{outcomes.failed} transfers failed")

    def verify(self) -> None:
        self.engine.verify()

    def read(self, pages: int) -> None:
        """Balances as of past times: short calls, most of each inside the library."""
        ledger, accounts = self.engine.ledger, self.accounts
        now = time.time_ns()
        for i in range(pages):
            ledger.balance_as_of(accounts[i % 100], now - i * 1000)


def seconds(works: list[Work], at_once: bool) -> float:
    start = time.perf_counter()
    if at_once:
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        for work in works:
            work()
    return time.perf_counter() - start


def show(name: str, works: list[Work], rounds: int) -> None:
    """The gain is that of the median round; rounds alternate, so that both meet the same load."""
    gains = []
    for _ in range(rounds):
        alone = seconds(works, at_once=False)
        gains.append(alone / seconds(works, at_once=True))
    print(f"{name:<58} {statistics.median(gains):5.2f}  ({min(gains):.2f}..{max(gains):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--library", help="libcoffer.so; default: the one in the package")
    parser.add_argument("--transfers", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.library:
        coffer.use_library(options.library)
    with tempfile.TemporaryDirectory() as folder:
        one, other = Book(f"{folder}/one.db"), Book(f"{folder}/other.db")
        one.post(options.transfers)
        other.post(options.transfers)
        part = options.transfers // 4
        print(f"{'two threads at once, against one after the other':<58}  gain  (rounds)")
        show("verify two books", [one.verify, other.verify], options.rounds)
        show(
            "verify one book, post in bulk to it",
            [one.verify, lambda: one.post(part)],
            options.rounds,
        )
        show(
            "verify one book, post in bulk to another",
            [one.verify, lambda: other.post(part)],
            options.rounds,
        )
        show(
            "post in bulk to two books",
            [lambda: one.post(part), lambda: other.post(part)],
            options.rounds,
        )
        show("read 10,000 balances each", [lambda: one.read(10_000)] * 2, options.rounds)
        one.engine.close()
        other.engine.close()


if __name__ == "__main__":
    main()
