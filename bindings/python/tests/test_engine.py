# SPDX-License-Identifier: MIT
"""Opening, closing, proving and keeping a book; threads."""

import contextlib
import io
import os
import pathlib
import sqlite3
import tempfile
import threading
import time
import unittest

import coffer
from coffer import errors
from tests.book import BookCase


class FileTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = self.folder / "book.db"

    def test_a_file_keeps_the_book(self) -> None:
        with coffer.Engine(self.path) as engine:
            wallet = engine.wallets.create("u", "EUR")
            engine.wallets.deposit(wallet.id, "10", "r")
            head = engine.chain_head()
        with coffer.Engine(self.path, read_only=True) as engine:
            self.assertEqual(engine.wallets.balance(wallet.id).posted, 1000)
            self.assertGreaterEqual(engine.verify(head).head.commit, head.commit)
            with self.assertRaises(errors.NotPermitted):
                engine.wallets.create("v", "EUR")
        with coffer.Engine(self.path) as engine:
            wrong = coffer.ChainHead(head.commit, head.recorded_at, bytes(32))
            with self.assertRaises(errors.IntegrityFailure):
                engine.verify(wrong)

    def test_opening_fails_with_the_reason(self) -> None:
        with self.assertRaises(errors.StorageCannotOpen):
            coffer.Engine(self.path, must_exist=True)
        self.path.write_bytes(b"this is no database, " * 100)
        with self.assertRaises(coffer.CofferError) as caught:
            coffer.Engine(self.path)
        self.assertIn(type(caught.exception), (errors.StorageForeign, errors.StorageCorrupt))

    def test_a_clock_that_fails_gives_its_last_time_again(self) -> None:
        answers: list[int | None] = [5_000_000_000, None, -5, 2**70]

        def clock() -> int:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if answer is None:
                raise RuntimeError("no time")
            return answer

        with contextlib.redirect_stderr(io.StringIO()) as told:
            with coffer.Engine(self.path, clock=clock) as engine:
                wallet = engine.wallets.create("u", "EUR")
        self.assertIn("no time", told.getvalue())
        self.assertGreaterEqual(wallet.recorded_at, 5_000_000_000)
        self.assertLess(wallet.recorded_at, 5_000_001_000)

    def test_a_damaged_index_is_built_again(self) -> None:
        with coffer.Engine(self.path) as engine:
            wallet = engine.wallets.create("u", "EUR")
            # A short tail stays in the journal alone; these are enough for an index.
            deposit = coffer.MovementKind.DEPOSIT
            engine.wallets.execute(
                [coffer.Movement(deposit, wallet.id, 1, f"d{i}") for i in range(3000)]
            )
        with contextlib.closing(sqlite3.connect(self.path)) as database, database:
            self.assertGreater(database.execute("DELETE FROM index_blocks").rowcount, 0)
        with self.assertRaisesRegex(errors.StorageCorrupt, "rebuild_index"):
            with coffer.Engine(self.path) as engine:
                list(engine.wallets.transactions(wallet.id))
        with coffer.Engine(self.path, rebuild_index=True) as engine:
            self.assertEqual(len(list(engine.wallets.transactions(wallet.id))), 3000)
            engine.verify()

    def test_a_second_writer_is_refused(self) -> None:
        with coffer.Engine(self.path), self.assertRaises(errors.StorageBusy):
            coffer.Engine(self.path)

    def test_backup_copies_reports_and_can_be_stopped(self) -> None:
        with coffer.Engine(self.path) as engine:
            engine.wallets.create("u", "EUR")
            seen: list[tuple[int, int]] = []
            engine.backup(self.folder / "copy.db", lambda done, total: seen.append((done, total)))
            self.assertTrue(seen)
            with self.assertRaises(errors.AlreadyExists):
                engine.backup(self.folder / "copy.db")

            def stop(done: int, total: int) -> None:
                raise KeyboardInterrupt

            with self.assertRaises(KeyboardInterrupt):
                engine.backup(self.folder / "other.db", stop)
        with coffer.Engine(self.folder / "copy.db") as engine:
            self.assertEqual([wallet.user for wallet in engine.wallets.list()], ["u"])


class EngineTest(BookCase):
    def test_closing_twice_is_fine_and_using_it_closed_raises(self) -> None:
        self.engine.close()
        self.engine.close()
        with self.assertRaises(errors.Closed):
            self.ledger.balance(self.alice)

    def test_statistics_count(self) -> None:
        self.pay_in("d", self.alice, 1)
        self.pay_in("d", self.alice, 1)
        numbers = self.engine.statistics()
        self.assertEqual((numbers.transactions, numbers.accounts), (1, 3))
        self.assertEqual((numbers.posted, numbers.repeated), (1, 1))

    def test_verify_reports_what_it_looked_at(self) -> None:
        self.pay_in("d", self.alice, 1)
        report = self.engine.verify()
        self.assertEqual((report.transactions, report.entries), (1, 2))
        self.assertEqual(report.head, self.engine.chain_head())

    def test_many_threads_post_to_one_account_exactly_once(self) -> None:
        outcomes: list[coffer.Outcome] = []

        def work() -> None:
            for index in range(50):
                outcomes.append(self.pay_in(f"k{index}", self.alice, 1))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.ledger.balance(self.alice).posted, 50)
        self.assertEqual(sum(not outcome.existed for outcome in outcomes), 50)


class ThreadGainTest(unittest.TestCase):
    def test_two_threads_work_at_the_same_moment(self) -> None:
        """Two books, so that nothing but Python could make one wait for the other. The times are
        reported, not asserted: a busy machine may have no second core to give."""
        engines = [coffer.Engine(None, one_threaded=True) for _ in range(2)]
        for engine in engines:
            ledger = engine.ledger
            usd = ledger.register_asset("USD").id
            for key in ("a", "b"):
                ledger.open_account(coffer.AccountDraft(key, usd, policy=coffer.UNBOUNDED))
        count, rounds = 8190, 4

        def work(engine: coffer.Engine, name: str) -> None:
            for turn in range(rounds):
                keys = [f"{name}-{turn}-{index}" for index in range(count)]
                done = engine.ledger.post_columns(keys, [1] * count, [2] * count, [1] * count)
                self.assertEqual(done.failed, 0)

        started = time.perf_counter()
        for engine in engines:
            work(engine, "alone")
        alone = time.perf_counter() - started
        threads = [threading.Thread(target=work, args=(engine, "beside")) for engine in engines]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        beside = time.perf_counter() - started
        for engine in engines:
            self.assertEqual(engine.ledger.balance(2).posted, 2 * rounds * count)
            engine.close()
        print(
            f"\n{2 * rounds * count} transfers in two books: one after the other {alone:.3f} s, "
            f"two threads {beside:.3f} s, gain {alone / beside:.2f} on {os.cpu_count()} cores"
        )


if __name__ == "__main__":
    unittest.main()
