# SPDX-License-Identifier: MIT
"""A book in memory with USD, an unbounded account and two of users."""

import unittest

import coffer

START = 1_700_000_000_000_000_000


class BookCase(unittest.TestCase):
    """Opens the book before each test and closes it after."""

    def setUp(self) -> None:
        self.clock = coffer.ManualClock(START)
        self.events: list[coffer.Event] = []
        self.engine = coffer.Engine(None, clock=self.clock, on_event=self.events.append)
        self.addCleanup(self.engine.close)
        self.ledger = self.engine.ledger
        self.usd = self.ledger.register_asset("USD")
        self.cash = self.open("cash", coffer.Side.DEBIT, coffer.UNBOUNDED)
        self.alice = self.open("alice")
        self.bob = self.open("bob")

    def open(
        self,
        key: str,
        side: coffer.Side = coffer.Side.CREDIT,
        policy: coffer.Policy = coffer.Policy(),
    ) -> int:
        return self.ledger.open_account(
            coffer.AccountDraft(key, self.usd.id, key, normal_side=side, policy=policy)
        )

    def pay_in(self, key: str, account: int, amount: int) -> coffer.Outcome:
        entries = [coffer.debit(self.cash, amount), coffer.credit(account, amount)]
        return self.ledger.post(coffer.Draft(key, entries))
