# SPDX-License-Identifier: MIT
"""A backend written in Python carries a book."""

import unittest

import coffer
from coffer import errors
from tests.memory_storage import MemoryStorage, View


class StorageTest(unittest.TestCase):
    def test_it_passes_the_conformance_suite(self) -> None:
        made: list[MemoryStorage] = []
        problems: list[str] = []

        def create() -> coffer.Storage:
            made.append(MemoryStorage())
            return made[-1]

        def report(name: str, problem: str) -> None:
            if problem:
                problems.append(f"{name}: {problem}")

        passed, failed = coffer.run_conformance(
            create, lambda: MemoryStorage(made[-1].book), report
        )
        self.assertEqual(problems, [])
        self.assertEqual(failed, 0)
        self.assertGreater(passed, 20)

    def test_a_book_lives_in_it_and_is_found_again(self) -> None:
        storage = MemoryStorage()
        with coffer.Engine(None, storage=storage) as engine:
            wallet = engine.wallets.create("u", "USD").id
            engine.wallets.deposit(wallet, "12.50", "r")
        with coffer.Engine(None, storage=storage) as engine:
            self.assertEqual(engine.wallets.balance(wallet).posted, 1250)
            self.assertEqual(engine.verify().transactions, 1)

    def test_what_it_raises_arrives(self) -> None:
        class Full(MemoryStorage):
            is_full = False

            def commit(self, unit: View) -> None:
                if self.is_full:
                    raise OSError("no space in this world")
                super().commit(unit)

        storage = Full()
        with coffer.Engine(None, storage=storage) as engine:
            wallet = engine.wallets.create("u", "USD").id
            storage.is_full = True
            with self.assertRaises(errors.StorageBackend) as caught:
                engine.wallets.deposit(wallet, 1, "r")
            self.assertIn("OSError: no space in this world", str(caught.exception))
            storage.is_full = False


if __name__ == "__main__":
    unittest.main()
