# SPDX-License-Identifier: MIT
"""Opening, closing, proving and keeping a book; threads."""

import contextlib
import io
import pathlib
import sqlite3
import sys
import tempfile
import threading
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

    def test_verify_tells_how_far_it_is_and_can_be_stopped(self) -> None:
        self.pay_in("d", self.alice, 1)
        seen: list[tuple[int, int]] = []
        self.engine.verify(progress=lambda done, total: seen.append((done, total)))
        self.assertEqual(seen[-1], (1, 1))
        with self.assertRaises(errors.Cancelled):
            self.engine.verify(progress=lambda done, total: False)

        def stop(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.engine.verify(progress=stop)
        self.engine.verify()

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


class ThreadTest(unittest.TestCase):
    def test_a_thread_in_a_long_call_lets_others_work(self) -> None:
        """One thread waits in C for the writer's role, which another one gives up meanwhile. If the
        call kept Python to itself, nobody could, and it would end with StorageBusy."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "book.db"
        entering, ended = threading.Event(), threading.Event()
        failures: list[BaseException] = []

        def wait_for_the_role() -> None:
            entering.set()  # nobody else runs before the call of C lets them
            try:
                wait = coffer.Takeover.WAIT
                coffer.Engine(path, takeover=wait, takeover_wait_ns=60 * 10**9).close()
            except BaseException as error:
                failures.append(error)
            ended.set()

        self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())
        with coffer.Engine(path) as first:
            waiting = threading.Thread(target=wait_for_the_role)
            sys.setswitchinterval(1000)  # Python itself takes no thread's turn away
            waiting.start()
            entering.wait()
            self.assertEqual(first.ledger.register_asset("USD").id, 1)
            self.assertFalse(ended.is_set())
        waiting.join()
        self.assertEqual(failures, [])


if __name__ == "__main__":
    unittest.main()
