# SPDX-License-Identifier: MIT
"""Opens a book, moves 12.50 USD between two accounts, looks at them and verifies."""

import sys

import coffer

with coffer.Engine(sys.argv[1] if len(sys.argv) > 1 else "quickstart.db") as engine:
    book = engine.ledger
    usd = book.register_asset("USD")
    cash = book.open_account(
        coffer.AccountDraft(
            "cash", usd.id, normal_side=coffer.Side.DEBIT, policy=coffer.UNBOUNDED
        )
    )
    alice = book.open_account(coffer.AccountDraft("alice", usd.id))

    amount = usd.asset.units("12.50")
    draft = coffer.Draft("deposit-1", [coffer.debit(cash, amount), coffer.credit(alice, amount)])
    print("posted transaction", book.post(draft).id)

    print("alice has", usd.asset.decimal(book.balance(alice).available), "USD")
    for line in book.history(alice):
        print(" ", line.key, usd.asset.decimal(line.change))
    print("verified", engine.verify().transactions, "transaction")
