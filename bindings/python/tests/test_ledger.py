# SPDX-License-Identifier: MIT
"""Accounts, posting, holds and histories."""

import unittest
from array import array
from collections.abc import Callable
from typing import Any

import coffer
from coffer import errors
from tests.book import START, BookCase


class LedgerTest(BookCase):
    def test_a_repeated_key_gives_the_first_result(self) -> None:
        first = self.pay_in("d", self.alice, 500)
        again = self.pay_in("d", self.alice, 500)
        self.assertTrue(again.existed)
        self.assertEqual((again.id, again.recorded_at), (first.id, first.recorded_at))
        with self.assertRaises(errors.ExistsWithDifferentEntries) as caught:
            self.pay_in("d", self.alice, 501)
        self.assertEqual(caught.exception.code, 422)
        self.assertEqual(self.ledger.balance(self.alice).posted, 500)

    def test_an_integer_that_does_not_fit_is_refused_and_reaches_nobody(self) -> None:
        wrong = 2**64 + self.alice
        entries = [coffer.debit(self.cash, 500), coffer.credit(wrong, 500)]
        with self.assertRaises(OverflowError):
            self.ledger.post(coffer.Draft("w", entries))
        with self.assertRaises(OverflowError):
            self.ledger.balance(wrong)
        with self.assertRaises(OverflowError):
            self.engine.wallets.freeze(wrong, "x")
        with self.assertRaises(OverflowError):
            self.engine.wallets.deposit(wrong, 5, "r")
        with self.assertRaises(OverflowError):
            self.ledger.release(wrong)
        fitting = [coffer.debit(self.cash, 500), coffer.credit(self.alice, 500)]
        with self.assertRaises(OverflowError):
            self.ledger.post(coffer.Draft("c", fitting, code=2**32 + 7))
        self.assertEqual(self.ledger.balance(self.alice).posted, 0)

    def test_what_is_no_int_names_nobody(self) -> None:
        """True would be the account 1, which is here."""
        self.assertEqual(self.cash, 1)
        wallets, reconciler = self.engine.wallets, self.engine.reconciler
        amount = coffer.credit(self.alice, 500)
        wrong_calls: list[tuple[str, Callable[[Any], Any]]] = [
            ("account", self.ledger.balance),
            ("account", self.ledger.open_holds),
            ("account", lambda id: self.ledger.balance_as_of(id, 0)),
            ("id", self.ledger.account_metadata),
            ("account", lambda id: next(self.ledger.history(id))),
            ("account", lambda id: self.ledger.change_account(id, coffer.Policy())),
            ("account", lambda id: self.ledger.post(coffer.Draft("k", [coffer.debit(id, 500)]))),
            ("id", self.ledger.find_account),
            ("id", self.ledger.find_asset),
            ("id", self.ledger.find_transaction),
            ("hold", self.ledger.release),
            ("hold", lambda id: self.ledger.execute([coffer.Release(id)])),
            ("original", lambda id: self.ledger.reverse(coffer.Reversal("r", id))),
            ("wallet", wallets.balance),
            ("wallet", wallets.freeze),
            ("wallet", lambda id: wallets.deposit(id, 5, "r")),
            ("wallet", lambda id: next(wallets.transactions(id))),
            ("wallet", lambda id: next(reconciler.history(id))),
            ("wallets", lambda id: reconciler.run_incremental([id], 1, lambda *_: 0)),
            ("amount", lambda n: self.ledger.post(coffer.Draft("k", [coffer.debit(1, n), amount]))),
            ("debits", lambda id: self.ledger.post_columns(["k"], [id], [2], [5])),
            ("credits", lambda id: self.ledger.post_columns(["k"], [1], [id], [5])),
            ("units", lambda n: self.ledger.post_columns(["k"], [1], [2], [n])),
            ("code", lambda n: self.ledger.post(coffer.Draft("k", [], code=n))),
        ]
        for name, call in wrong_calls:
            for value in (True, False, None, 1.0, "1" if name != "id" else b"1"):
                with self.subTest(name=name, value=value):
                    with self.assertRaisesRegex(TypeError, f"^{name}: "):
                        call(value)
        bound: Any
        for bound in (False, 0.0):
            with self.assertRaisesRegex(TypeError, "^minimum: "):
                self.ledger.change_account(self.alice, coffer.Policy(minimum=bound))

    def test_a_text_that_is_none_is_named(self) -> None:
        half = "a\ud800b"
        wrong_calls: list[tuple[str, Callable[[Any], Any]]] = [
            ("key", lambda text: self.ledger.post(coffer.Draft(text, []))),
            ("description", lambda text: self.ledger.post(coffer.Draft("k", [], description=text))),
            ("account", self.ledger.find_account),
            ("asset", self.ledger.find_asset),
            ("transaction", self.ledger.find_transaction),
            ("owner", lambda text: list(self.ledger.accounts(text))),
            ("code", self.ledger.register_asset),
            ("symbol", lambda text: self.ledger.register_asset(coffer.Asset("X", 2, symbol=text))),
            ("user", lambda text: self.engine.wallets.create(text, "USD")),
            ("currency", lambda text: self.engine.wallets.create("u", text)),
            ("reason", lambda text: self.engine.wallets.freeze(1, text)),
            (r"keys\[1\]", lambda text: self.ledger.post_columns(["k", text], *[[1, 2]] * 3)),
            ("amount", lambda text: self.usd.asset.units(text)),
        ]
        for name, call in wrong_calls:
            with self.subTest(name=name):
                with self.assertRaisesRegex(errors.InvalidUtf8, f"^{name}: position 2 ") as caught:
                    call(half)
                self.assertIsNone(caught.exception.__context__)
        for name, call in wrong_calls:
            if name in ("key", "owner", "user", "currency", "reason", r"keys\[1\]"):
                with self.subTest(name=name), self.assertRaisesRegex(TypeError, f"^{name}: "):
                    call(None)

    def test_check_lists_every_reason(self) -> None:
        draft = coffer.Draft("", [coffer.debit(self.alice, 1), coffer.credit(99, 0)])
        reasons = [type(reason) for reason in self.ledger.check(draft)]
        self.assertIn(errors.KeyRequired, reasons)
        self.assertIn(errors.AmountNotPositive, reasons)
        self.assertIn(errors.AccountNotFound, reasons)

    def test_a_condition_guards_a_transaction(self) -> None:
        entries = [coffer.debit(self.cash, 1), coffer.credit(self.alice, 1)]
        draft = coffer.Draft("c", entries, [coffer.Condition(self.alice, 10)])
        with self.assertRaises(errors.ConditionNotMet):
            self.ledger.post(draft)
        self.pay_in("d", self.alice, 10)
        self.assertGreater(self.ledger.post(draft).id, 0)

    def test_accounts_can_be_found_listed_and_changed(self) -> None:
        self.ledger.change_account(self.alice, coffer.Policy(minimum=-100, maximum=2**70), "vip")
        account = self.ledger.find_account("alice")
        self.assertEqual(account, self.ledger.find_account(self.alice))
        self.assertEqual(account.policy, coffer.Policy(-100, 2**70))
        self.assertEqual(self.ledger.account_metadata(self.alice), "vip")
        self.assertEqual([one.key for one in self.ledger.accounts()], ["cash", "alice", "bob"])
        self.assertEqual([one.id for one in self.ledger.accounts("bob")], [self.bob])
        self.pay_in("d", self.alice, 7)
        self.assertEqual(self.ledger.totals("alice")[0].balance.posted, 7)
        self.ledger.change_account(self.bob, coffer.Policy(is_frozen=True))
        with self.assertRaises(errors.AccountFrozen):
            self.pay_in("f", self.bob, 1)

    def test_lists_longer_than_a_page_come_whole(self) -> None:
        for index in range(450):
            self.open(f"user-{index}")
        self.assertEqual(sum(1 for _ in self.ledger.accounts()), 453)
        self.assertEqual(len(self.ledger.assets()), 1)
        self.pay_in("d", self.alice, 450)
        for index in range(70):
            self.ledger.reserve(coffer.HoldDraft(f"h{index}", self.alice, 1))
        self.assertEqual(len(self.ledger.open_holds(self.alice)), 70)

    def test_history_is_an_iterator_over_pages(self) -> None:
        keys = [f"k{index}" for index in range(450)]
        cash, alice = [self.cash] * 450, [self.alice] * 450
        outcomes = self.ledger.post_columns(keys, cash, alice, [2] * 450)
        self.assertEqual(outcomes.failed, 0)
        lines = list(self.ledger.history(self.alice))
        self.assertEqual([line.key for line in lines], keys[::-1])
        self.assertEqual((lines[0].balance_before, lines[0].balance_after), (898, 900))
        query = coffer.HistoryQuery(self.alice, oldest_first=True, amount_min=3)
        self.assertEqual(list(self.ledger.history(query)), [])

    def test_transactions_come_with_all_their_entries(self) -> None:
        entries = [coffer.credit(self.open(f"u{index}"), 1) for index in range(30)]
        draft = coffer.Draft("n", [coffer.debit(self.cash, 30), *entries], metadata="ü" * 2000)
        made = self.ledger.post(draft)
        found = self.ledger.find_transaction("n")
        self.assertEqual(found, self.ledger.find_transaction(made.id))
        self.assertEqual(len(found.entries), 31)
        self.assertEqual(found.metadata, "ü" * 2000)
        undone = self.ledger.reverse(coffer.Reversal("r", made.id))
        self.assertEqual(self.ledger.find_transaction("n").reversed_by, undone.id)
        for is_reversed, id in ((True, made.id), (False, undone.id)):
            query = coffer.HistoryQuery(self.cash, is_reversed=is_reversed)
            self.assertEqual([line.transaction for line in self.ledger.history(query)], [id])

    def test_a_nul_within_a_key_survives(self) -> None:
        made = self.pay_in("a\0b", self.alice, 1)
        self.assertEqual(self.ledger.find_transaction(made.id).key, "a\0b")
        self.assertEqual(self.ledger.find_transaction("a\0b").id, made.id)

    def test_bulk_posting_tells_what_failed(self) -> None:
        transfers = [
            coffer.Transfer("a", self.cash, self.alice, 5, reference="first"),
            coffer.Transfer("b", self.alice, self.bob, 6),
            coffer.Transfer("ä", self.cash, self.alice, 2**90, code=4),
        ]
        outcomes = self.ledger.post_transfers(transfers)
        self.assertEqual(outcomes.failed, 1)
        ((index, outcome),) = outcomes.failures()
        self.assertEqual((index, outcome.code), (1, errors.ExceedsBalance.code))
        with self.assertRaises(errors.ExceedsBalance):
            outcomes.raise_first()
        self.assertEqual(self.ledger.find_transaction("ä").code, 4)
        self.assertEqual(self.ledger.balance(self.alice).posted, 5 + 2**90)
        self.assertEqual(next(self.ledger.history(self.bob), None), None)
        first = self.ledger.find_transaction("a")
        self.assertEqual(first.reference, "first")

    def test_columns_take_arrays_as_they_are(self) -> None:
        outcomes = self.ledger.post_columns(
            [b"x", b"yy"],
            array("q", [self.cash, self.alice]),
            array("q", [self.alice, self.bob]),
            array("q", [10, 4]),
            codes=array("I", [1, 2]),
            links=array("B", [1, 0]),
            effective_at=[START, 0],
            references=["", "ref"],
            mode=coffer.BatchMode.ATOMIC,
        )
        self.assertEqual([outcome.code for outcome in outcomes], [0, 0])
        self.assertEqual(self.ledger.find_transaction("x").effective_at, START)
        self.assertEqual(self.ledger.find_transaction("yy").reference, "ref")
        with self.assertRaises(ValueError):
            self.ledger.post_columns(["z"], [1, 2], [3], [4])

    def test_a_batch_mixes_operations_and_a_dry_run_forgets(self) -> None:
        batch: list[coffer.Operation] = [
            coffer.preset("JPY"),
            coffer.AccountDraft("carol", self.usd.id),
            coffer.Transfer("t", self.cash, self.alice, 9),
            coffer.HoldDraft("h", self.alice, 4),
            coffer.PolicyChange(self.bob, coffer.Policy(is_closed=True)),
        ]
        would = self.ledger.dry_run(iter(batch), coffer.BatchMode.ATOMIC)
        self.assertEqual(would.failed, 0)
        self.assertEqual(self.ledger.balance(self.alice).posted, 0)
        done = self.ledger.execute(batch, coffer.BatchMode.ATOMIC, linked=[1, 2])
        self.assertEqual(done.failed, 0)
        self.assertEqual(self.ledger.balance(self.alice).available, 5)
        self.assertTrue(self.ledger.find_account(self.bob).policy.is_closed)
        released = self.ledger.execute([coffer.Release(done[3].id)])
        self.assertEqual(released.failed, 0)

    def test_a_transfer_that_is_linked_stays_so_among_other_operations(self) -> None:
        batch: list[coffer.Operation] = [
            coffer.Transfer("t", self.cash, self.alice, 5, is_linked=True),
            coffer.HoldDraft("h", self.alice, 6),
        ]
        codes = [outcome.error for outcome in self.ledger.execute(batch)]
        self.assertIsInstance(codes[0], errors.GroupFailed)
        self.assertIsInstance(codes[1], errors.ExceedsBalance)
        self.assertEqual(self.ledger.balance(self.alice).posted, 0)

    def test_pages_go_on_from_a_cursor_in_both_directions(self) -> None:
        for number in range(5):
            self.pay_in(f"d{number}", self.alice, number + 1)
        for oldest_first, wanted in ((False, [[5, 4], [3, 2], [1]]), (True, [[1, 2], [3, 4], [5]])):
            cursor, pages, has_more = coffer.Cursor(), [], True
            while has_more:
                query = coffer.HistoryQuery(self.alice, oldest_first, after=cursor)
                page = self.ledger.history_page(query, 2)
                # What a client sends back is only the numbers.
                cursor = coffer.Cursor(page.next.transaction, page.next.line)
                pages.append([line.amount for line in page.lines])
                has_more = page.has_more
            self.assertEqual(pages, wanted)
        rest = self.ledger.history(coffer.HistoryQuery(self.alice, after=coffer.Cursor(3)))
        self.assertEqual([line.amount for line in rest], [2, 1])
        for limit in (0, 1001):
            with self.assertRaises(errors.OutOfRange):
                self.ledger.history_page(self.alice, limit)

    def test_holds_are_captured_released_and_expire(self) -> None:
        self.pay_in("d", self.alice, 100)
        hold = self.ledger.reserve(
            coffer.HoldDraft("h", self.alice, 60, destination=self.bob, expires_at=START + 1000)
        )
        self.assertEqual(self.ledger.balance(self.alice).held, 60)
        self.ledger.capture(coffer.Capture("c", hold.id, 10))
        self.assertEqual(self.ledger.find_hold(hold.id).remaining, 50)
        self.clock.ns = START + 1000
        self.assertEqual(self.ledger.find_hold(hold.id).state, coffer.HoldState.EXPIRED)
        self.assertEqual(self.ledger.balance(self.alice).available, 90)
        self.assertEqual(self.ledger.expire_due_holds(), 1)
        with self.assertRaises(errors.HoldNotOpen):
            self.ledger.release(hold.id)
        with self.assertRaises(ValueError):
            self.ledger.capture(coffer.Capture("z", hold.id, 0))

    def test_balances_as_of_a_time(self) -> None:
        before = self.pay_in("a", self.alice, 3).recorded_at
        self.clock.advance(10**9)
        self.pay_in("b", self.alice, 4)
        self.assertEqual(self.ledger.balance_as_of(self.alice, before), 3)
        axis = coffer.TimeAxis.EFFECTIVE
        self.assertEqual(self.ledger.balance_as_of(self.alice, self.clock.ns + 10**9, axis), 7)

    def test_events_come_after_the_commit(self) -> None:
        self.events.clear()
        made = self.pay_in("d", self.alice, 5)
        with self.assertRaises(errors.ExceedsBalance):
            self.ledger.post(
                coffer.Draft("x", [coffer.debit(self.bob, 1), coffer.credit(self.alice, 1)])
            )
        self.assertEqual(
            [(event.kind, event.code) for event in self.events],
            [(coffer.EventKind.POSTED, 0), (coffer.EventKind.REJECTED, 404)],
        )
        self.assertEqual(self.events[0].id, made.id)


if __name__ == "__main__":
    unittest.main()
