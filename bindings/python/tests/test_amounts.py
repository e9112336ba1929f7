# SPDX-License-Identifier: MIT
"""Amounts are ints; Decimal at the borders; never a float."""

import unittest
from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, cast

import coffer
from coffer import amounts, errors
from tests.book import BookCase


class AmountTest(unittest.TestCase):
    def test_texts_decimals_and_ints_become_minor_units(self) -> None:
        usd = coffer.preset("USD")
        self.assertEqual(usd.units("12.34"), 1234)
        self.assertEqual(usd.units(Decimal("-0.05")), -5)
        self.assertEqual(usd.units(3), 300)
        self.assertEqual(usd.decimal(1234), Decimal("12.34"))
        self.assertEqual(usd.format(-5), "-0.05")
        self.assertEqual(usd.display(123456789), "1,234,567.89")

    def test_nothing_is_rounded_silently(self) -> None:
        usd = coffer.preset("USD")
        long = Decimal("1." + "1" * 200)
        values: list[str | Decimal] = ["1.005", Decimal("1.005"), Decimal("1e-300"), long]
        for value in values:
            with self.subTest(value), self.assertRaises(errors.AmountTooManyPlaces):
                usd.units(value)

    def test_a_float_is_a_type_error_everywhere(self) -> None:
        usd = coffer.preset("USD")
        wrong = cast(Any, 1.5)
        uses: list[Callable[[], object]] = [
            lambda: usd.units(wrong),
            lambda: usd.format(wrong),
            lambda: amounts.to_struct(wrong),
            lambda: coffer.Rate.parse(wrong),
            lambda: coffer.Rate(wrong),
            lambda: coffer.Rate(1, wrong),
            lambda: coffer.allocate(wrong, [1]),
            lambda: amounts.to_struct(cast(Any, True)),
        ]
        for use in uses:
            with self.assertRaises(TypeError):
                use()

    def test_the_whole_range_of_256_bits_passes_through(self) -> None:
        for value in (0, -1, 2**64, coffer.AMOUNT_MAX, coffer.AMOUNT_MIN):
            self.assertEqual(amounts.from_struct(amounts.to_struct(value)), value)
        for value in (coffer.AMOUNT_MAX + 1, coffer.AMOUNT_MIN - 1):
            with self.assertRaises(errors.AmountOverflow):
                amounts.to_struct(value)
        for text in ("1e90", "NaN", "Infinity"):
            with self.assertRaises(coffer.CofferError):
                coffer.preset("USD").units(Decimal(text))

    def test_rates_are_exact(self) -> None:
        self.assertEqual(coffer.Rate.parse("1.0825"), coffer.Rate(433, 400))
        self.assertEqual(str(coffer.Rate.parse("2/6")), "1/3")
        self.assertEqual(coffer.Rate.parse(Decimal("1E+2")), coffer.Rate(100, 1))
        self.assertEqual(coffer.Rate(1, 3).apply(100, 2, 2, coffer.Rounding.UP), 34)

    def test_allocating_loses_no_unit(self) -> None:
        self.assertEqual(coffer.allocate(100, [1, 1, 1]), [34, 33, 33])

    def test_times_are_nanoseconds_or_aware_datetimes(self) -> None:
        moment = datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=timezone.utc)
        ns = 1_704_164_645_678_901_000
        self.assertEqual(coffer.nanoseconds(moment), ns)
        self.assertEqual(coffer.moment(ns + 999), moment)
        with self.assertRaises(ValueError):
            coffer.nanoseconds(datetime(2024, 1, 2))

    def test_currencies_are_those_of_iso_4217(self) -> None:
        by_code = {one.code: one for one in coffer.currencies()}
        self.assertEqual(by_code["KWD"].minor_units, 3)
        self.assertIsNone(by_code["XAU"].minor_units)
        self.assertEqual(coffer.preset("ETH").scale, 18)
        with self.assertRaises(errors.AssetNotFound):
            coffer.preset("usd")


class FloatInBookTest(BookCase):
    def test_a_float_never_reaches_the_books(self) -> None:
        wallet = self.engine.wallets.create("u", "USD").id
        wrong = cast(Any, 1.0)
        uses: list[Callable[[], object]] = [
            lambda: self.pay_in("k", self.alice, wrong),
            lambda: self.ledger.post_columns(["k"], [self.cash], [self.alice], [wrong]),
            lambda: self.ledger.post_transfers(
                [coffer.Transfer("k", self.cash, self.alice, wrong)]
            ),
            lambda: self.engine.wallets.deposit(wallet, wrong, "r"),
            lambda: coffer.Policy(minimum=wrong).to_struct(),
        ]
        for use in uses:
            with self.assertRaises(TypeError):
                use()
        self.assertEqual(self.engine.statistics().transactions, 0)


if __name__ == "__main__":
    unittest.main()
