# SPDX-License-Identifier: MIT
"""Two users' wallets, a deposit of 50.00 USD, a payment of 12.50, and what is left."""

import coffer

with coffer.Engine("money.db") as book:
    ann = book.wallets.create("ann", "USD")
    bob = book.wallets.create("bob", "USD")
    book.wallets.deposit(ann.id, "50", reference="deposit-1")
    book.wallets.transfer(ann.id, bob.id, "12.50", reference="payment-1")
    left = book.wallets.balance(ann.id).available
    print("ann has", ann.asset.decimal(left), "USD")
