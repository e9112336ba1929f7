# SPDX-License-Identifier: MIT
"""Wallets and reconciliations."""

import unittest
from decimal import Decimal

import coffer
from coffer import errors
from tests.book import BookCase


class WalletTest(BookCase):
    def setUp(self) -> None:
        super().setUp()
        self.wallets = self.engine.wallets
        self.usd_wallet = self.wallets.create("alice", "USD", "savings")

    def test_a_user_has_one_wallet_per_currency(self) -> None:
        self.assertEqual(self.wallets.create("alice", "USD"), self.usd_wallet)
        self.assertEqual(self.wallets.find_by_user("alice", "USD"), self.usd_wallet)
        self.assertEqual(self.wallets.find(self.usd_wallet.id).label, "savings")
        with self.assertRaises(errors.WalletNotFound):
            self.wallets.find(99)

    def test_money_goes_in_out_and_between(self) -> None:
        bob = self.wallets.create("bob", "USD")
        receipt = self.wallets.deposit(self.usd_wallet.id, Decimal("100.00"), "r1", "salary")
        self.assertFalse(receipt.existed)
        self.assertTrue(self.wallets.deposit(self.usd_wallet.id, 10000, "r1", "salary").existed)
        with self.assertRaises(errors.InsufficientBalance) as caught:
            self.wallets.withdraw(self.usd_wallet.id, "100.01", "r2")
        self.assertTrue(str(caught.exception).startswith("insufficient balance"))
        self.wallets.withdraw(self.usd_wallet.id, "40", "r2")
        self.wallets.transfer(self.usd_wallet.id, bob.id, "25.50", "r3")
        self.assertEqual(self.wallets.balance(self.usd_wallet.id).available, 3450)
        lines = list(self.wallets.transactions(self.usd_wallet.id))
        types = [line.type.name for line in lines]
        self.assertEqual(types, ["TRANSFER_OUT", "WITHDRAW", "DEPOSIT"])
        self.assertEqual(lines[2].description, "salary")
        query = coffer.WalletQuery(bob.id, type=coffer.WalletTransactionType.TRANSFER_IN)
        self.assertEqual([line.amount for line in self.wallets.transactions(query)], [2550])

    def test_a_page_goes_on_where_the_one_before_ended(self) -> None:
        for number in range(3):
            self.wallets.deposit(self.usd_wallet.id, number + 1, f"r{number}")
        page = self.wallets.transactions_page(self.usd_wallet.id, 2)
        self.assertEqual([line.amount for line in page.lines], [3, 2])
        self.assertTrue(page.has_more)
        query = coffer.WalletQuery(self.usd_wallet.id, after=page.next)
        page = self.wallets.transactions_page(query, 2)
        self.assertEqual([line.amount for line in page.lines], [1])
        self.assertFalse(page.has_more)

    def test_an_exchange_is_one_transaction(self) -> None:
        yen = self.wallets.create("alice", "JPY")
        self.wallets.deposit(self.usd_wallet.id, "100", "r1")
        receipt = self.wallets.exchange(self.usd_wallet.id, yen.id, "50", "151.3", "x")
        self.assertEqual(receipt.received, 7565)
        self.assertEqual(self.wallets.balance(yen.id).posted, 7565)
        self.assertEqual(len(self.ledger.find_transaction(receipt.transaction).entries), 4)

    def test_a_wallet_in_place_of_its_id_is_told_by_name(self) -> None:
        for amount in ("1", 1):
            with self.assertRaisesRegex(TypeError, "^wallet: must be an int, not Wallet$"):
                self.wallets.deposit(self.usd_wallet, amount, "r")  # type: ignore[arg-type]

    def test_bulk_creation_and_movements(self) -> None:
        made = self.wallets.create_many([(f"user-{index}", "USD") for index in range(450)])
        self.assertEqual(made.failed, 0)
        self.assertEqual(sum(1 for _ in self.wallets.list()), 451)
        moves = [
            coffer.Movement(coffer.MovementKind.DEPOSIT, made[0].id, 50, "a"),
            coffer.Movement(coffer.MovementKind.WITHDRAW, made[1].id, 1, "b"),
            coffer.Movement(coffer.MovementKind.TRANSFER, made[0].id, 20, "c", made[1].id),
        ]
        done = self.wallets.execute(moves)
        self.assertEqual([outcome.code for outcome in done], [0, 702, 0])
        again = self.wallets.execute(move for move in moves if move.reference != "b")
        self.assertEqual([outcome.existed for outcome in again], [True, True])
        found = self.wallets.create_many((f"user-{index}", "USD") for index in range(2))
        self.assertEqual([outcome.id for outcome in found], [made[0].id, made[1].id])

    def test_a_frozen_wallet_does_not_move(self) -> None:
        self.wallets.freeze(self.usd_wallet.id, "court order")
        self.assertTrue(self.wallets.is_frozen(self.usd_wallet.id))
        with self.assertRaises(errors.WalletFrozen):
            self.wallets.deposit(self.usd_wallet.id, 1, "r")
        self.wallets.thaw(self.usd_wallet.id)
        self.wallets.deposit(self.usd_wallet.id, 1, "r")

    def test_reconciliation_compares_stores_and_explains(self) -> None:
        reconciler, wallet, start = self.engine.reconciler, self.usd_wallet.id, self.clock.ns
        self.wallets.deposit(wallet, 40, "r")
        self.clock.advance(1000)
        request = coffer.ReconciliationRequest(wallet, start, self.clock.ns, 41, notes="monthly")
        record = reconciler.run(request)
        self.assertFalse(record.is_matched)
        self.assertEqual(record.difference, 1)
        self.assertEqual(reconciler.notes(record.id), "monthly")
        self.assertEqual(reconciler.find(record.id), record)
        detail = reconciler.detail(record.id)
        self.assertEqual((detail.turnover, len(detail.lines)), (40, 1))
        tolerant = coffer.ReconciliationRequest(wallet, start, self.clock.ns, 41, tolerance=1)
        unknown = coffer.ReconciliationRequest(99, start, self.clock.ns, 0)
        good, bad = reconciler.run_many(request for request in (tolerant, unknown))
        self.assertIsInstance(good, coffer.Reconciliation)
        self.assertIsInstance(bad, errors.WalletNotFound)
        self.assertEqual(len(list(reconciler.history(wallet))), 2)

    def test_a_source_that_fails_stops_only_its_wallet(self) -> None:
        other = self.wallets.create("bob", "USD").id
        self.wallets.deposit(self.usd_wallet.id, 40, "r")
        self.clock.advance(1000)

        def ask(wallet: int, code: str, end_at: int) -> int:
            if wallet == other:
                raise OSError("the bank is closed")
            self.assertEqual((code, end_at), ("USD", self.clock.ns))
            return 40

        good, bad = self.engine.reconciler.run_incremental(
            [self.usd_wallet.id, other], self.clock.ns, ask
        )
        self.assertTrue(isinstance(good, coffer.Reconciliation) and good.is_matched)
        self.assertIsInstance(bad, errors.SourceUnavailable)
        self.assertIn("OSError: the bank is closed", str(bad))


if __name__ == "__main__":
    unittest.main()
