#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares SLIP-39 with shamir-mnemonic (PyPI) and slip39 (npm).

Random secrets among random groups: each brings together the shares of the other, taken in any
order; a wrong passphrase gives the same other secret; a share with one word exchanged, a share too
few and a share of another set are refused by all.
"""

import sys
from typing import NamedTuple

import shamir_mnemonic
from comparison import Comparison, Refused, accepts

from coffer.errors import CofferError
from coffer.secret import Secret
from coffer.shares import ShareGroup, ShareSet, combine_shares

# How each refuses; the last for indexes that a random word brought beyond its tables.
REFUSALS = (shamir_mnemonic.MnemonicError, ValueError, IndexError)


class Plan(NamedTuple):
    """A secret and how it is to be split."""

    secret: bytes
    passphrase: str
    threshold: int
    groups: list[tuple[int, int]]
    exponent: int
    extendable: bool


def random_plan(run: Comparison) -> Plan:
    source = run.source
    groups = []
    for _ in range(source.randint(1, 4)):
        count = source.randint(1, 6)
        groups.append((source.randint(2, count), count) if count > 1 else (1, 1))
    secret = source.randbytes(source.choice((16, 20, 32, 64)))
    passphrase = "".join(source.choices("abc XYZ09~!", k=source.randint(0, 12)))
    threshold = source.randint(1, len(groups))
    return Plan(secret, passphrase, threshold, groups, source.randint(0, 1),
                source.random() < 0.5)


def by_coffer(plan: Plan) -> list[list[str]]:
    groups = [ShareGroup(least, count) for least, count in plan.groups]
    made = ShareSet.split(
        Secret(plan.secret), groups, plan.passphrase, group_threshold=plan.threshold,
        iteration_exponent=plan.exponent, extendable=plan.extendable,
    )
    return [
        [made.export_sentence(group, member) for member in range(count)]
        for group, (_, count) in enumerate(plan.groups)
    ]


def enough(run: Comparison, plan: Plan, shares: list[list[str]]) -> list[str]:
    """Just as many as are needed, in any order."""
    chosen = run.source.sample(range(len(plan.groups)), plan.threshold)
    needed = [share for group in chosen
              for share in run.source.sample(shares[group], plan.groups[group][0])]
    run.source.shuffle(needed)
    return needed


def spoiled(run: Comparison, shares: list[str]) -> list[str]:
    """A share too few, or one of another set, or with another word."""
    which = run.source.randrange(3)
    if which == 0:
        return shares[1:]
    if which == 1:
        other = random_plan(run)
        return [*shares[1:], by_coffer(other)[0][0]]
    words = shares[0].split()
    place = run.source.randrange(len(words))
    words[place] = run.source.choice(shamir_mnemonic.wordlist.WORDLIST)
    return [" ".join(words), *shares[1:]] if words != shares[0].split() else shares[1:]


def combined(shares: list[str], passphrase: str) -> str:
    return combine_shares(shares, passphrase).export().hex()


def compare(run: Comparison) -> None:
    plan, node = random_plan(run), run.node
    what = str(plan)
    sets = {"coffer": by_coffer(plan)}
    sets["shamir-mnemonic"] = shamir_mnemonic.generate_mnemonics(
        plan.threshold, plan.groups, plan.secret, plan.passphrase.encode(),
        extendable=plan.extendable, iteration_exponent=plan.exponent,
    )
    sets["slip39"] = node.ask(
        "split", plan.secret, plan.passphrase, plan.threshold, plan.groups, plan.exponent,
        plan.extendable,
    )
    for maker, shares in sets.items():
        needed = enough(run, plan, shares)
        for passphrase in (plan.passphrase, plan.passphrase + "x"):
            ours = combined(needed, passphrase)
            theirs = shamir_mnemonic.combine_mnemonics(needed, passphrase.encode()).hex()
            run.same("shamir-mnemonic", f"{maker} {what} with {passphrase!r}", ours, theirs)
            theirs = node.ask("combine", needed, passphrase)
            run.same("slip39", f"{maker} {what} with {passphrase!r}", ours, theirs)
        run.same(maker if maker != "coffer" else "slip39", what,
                 combined(needed, plan.passphrase), plan.secret.hex())

        bad = spoiled(run, needed)
        taken = accepts(lambda: combine_shares(bad), CofferError)
        theirs = accepts(lambda: shamir_mnemonic.combine_mnemonics(bad), *REFUSALS)
        run.same("shamir-mnemonic", f"takes {bad}", taken, theirs)
        run.same("slip39", f"takes {bad}", taken,
                 accepts(lambda: node.ask("combine", bad, ""), Refused))


def main() -> int:
    run = Comparison(__doc__, count=30)
    for _ in range(run.count):
        compare(run)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
