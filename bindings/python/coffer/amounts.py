# SPDX-License-Identifier: MIT
"""Amounts are ints that count minor units; Decimal at the borders; never a float."""

import ctypes
import decimal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum

from coffer import _abi, _lib
from coffer.errors import AmountOverflow, AmountTooManyPlaces, InvalidArgument, OutOfRange

AMOUNT_MIN = -(2**255)
AMOUNT_MAX = 2**255 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EXACT = decimal.Context(prec=160, traps=[decimal.InvalidOperation, decimal.Inexact])

Time = int | datetime | None
"""Nanoseconds since 1970 in UTC, a datetime with a time zone, or None for "none"."""


class Rounding(IntEnum):
    """How a quotient that is not exact becomes a whole number of units."""

    DOWN = _abi.ROUNDING_DOWN
    UP = _abi.ROUNDING_UP
    FLOOR = _abi.ROUNDING_FLOOR
    CEILING = _abi.ROUNDING_CEILING
    HALF_UP = _abi.ROUNDING_HALF_UP
    HALF_DOWN = _abi.ROUNDING_HALF_DOWN
    HALF_EVEN = _abi.ROUNDING_HALF_EVEN


def whole(value: object, name: str = "amount", kind: str = "an int of minor units") -> int:
    """`value` when it is an int. A float, a bool or anything else is a TypeError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name}: {kind} is needed, not {type(value).__name__}")
    return value


def to_struct(value: int, name: str = "amount") -> _abi.Amount:
    """The amount as the C struct."""
    units = whole(value, name)
    if not AMOUNT_MIN <= units <= AMOUNT_MAX:
        raise AmountOverflow(f"{name}: does not fit 256 bits")
    return _abi.Amount.from_buffer_copy(units.to_bytes(32, "little", signed=True))


def bound(value: int | None, name: str) -> _abi.Amount:
    """The struct of a bound that may be absent; then it is zero, and a flag beside says so."""
    return to_struct(0 if value is None else value, name)


def from_struct(amount: _abi.Amount) -> int:
    """The C struct as an int."""
    return int.from_bytes(bytes(amount), "little", signed=True)


def units(value: int | str | decimal.Decimal, scale: int) -> int:
    """Money as people write it, in minor units: "12.34", Decimal("12.34") or 12 with scale 2.

    Nothing is rounded: more places than the scale are AmountTooManyPlaces. A float is a TypeError.
    """
    if isinstance(value, str):
        amount = _abi.Amount()
        data = _lib.utf8(value, "amount")
        _lib.call("amount_parse", data, len(data), scale, ctypes.byref(amount))
        return from_struct(amount)
    if isinstance(value, decimal.Decimal):
        if not value.is_finite():
            raise InvalidArgument("amount: is not a finite number")
        try:
            scaled = value.scaleb(scale, context=_EXACT)
        except decimal.InvalidOperation:
            raise AmountOverflow("amount: does not fit 256 bits") from None
        except decimal.Inexact:
            raise AmountTooManyPlaces("amount: has more digits than any amount") from None
        if scaled and scaled.adjusted() > 80:
            raise AmountOverflow("amount: does not fit 256 bits")
        if scaled != scaled.to_integral_value(context=_EXACT):
            raise AmountTooManyPlaces(f"amount: {value} has more than {scale} places")
        return whole(int(scaled))
    return whole(value) * int(10**scale)


def as_decimal(amount: int, scale: int) -> decimal.Decimal:
    """Minor units as an exact Decimal with `scale` places."""
    return decimal.Decimal(whole(amount)).scaleb(-scale, context=_EXACT)


def format_amount(amount: int, scale: int) -> str:
    """Minor units as a decimal text with exactly `scale` places."""
    return _lib.text_out("amount_format", ctypes.byref(to_struct(amount)), scale)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Divides an amount in proportion to weights, without losing or making a unit."""
    count = len(weights)
    shares = (_abi.Amount * count)(*(to_struct(weight, "weight") for weight in weights))
    parts = (_abi.Amount * count)()
    _lib.call("amount_allocate", ctypes.byref(to_struct(amount)), shares, count, parts)
    return [from_struct(part) for part in parts]


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact price: numerator / denominator whole units of one asset for one of another."""

    numerator: int = 1
    denominator: int = 1

    def __post_init__(self) -> None:
        whole(self.numerator, "rate", "an int above and below, or Rate.parse of a text,")
        whole(self.denominator, "rate", "an int above and below, or Rate.parse of a text,")

    @classmethod
    def parse(cls, value: "str | int | decimal.Decimal") -> "Rate":
        """Reads "1.0825", "3/7", an int or a Decimal. A float is a TypeError."""
        if isinstance(value, bool) or not isinstance(value, str | int | decimal.Decimal):
            raise TypeError(f"rate: a text, int or Decimal is needed, not {type(value).__name__}")
        text = f"{value:f}" if isinstance(value, decimal.Decimal) else str(value)
        rate = _abi.Rate()
        data = _lib.utf8(text, "rate")
        _lib.call("rate_parse", data, len(data), ctypes.byref(rate))
        return cls(from_struct(rate.numerator), from_struct(rate.denominator))

    def to_struct(self) -> _abi.Rate:
        return _abi.Rate(to_struct(self.numerator, "rate"), to_struct(self.denominator, "rate"))

    def apply(
        self, amount: int, from_scale: int, to_scale: int, rounding: Rounding = Rounding.DOWN
    ) -> int:
        """Converts minor units of one asset into those of another, rounded once."""
        result = _abi.Amount()
        _lib.call(
            "rate_apply",
            ctypes.byref(self.to_struct()),
            ctypes.byref(to_struct(amount)),
            from_scale,
            to_scale,
            rounding,
            ctypes.byref(result),
        )
        return from_struct(result)

    def __str__(self) -> str:
        return _lib.text_out("rate_format", ctypes.byref(self.to_struct()))


def nanoseconds(time: Time) -> int:
    """A time as nanoseconds since 1970; None is 0."""
    if time is None:
        return 0
    if isinstance(time, datetime):
        if time.tzinfo is None:
            raise ValueError("time: a datetime needs a time zone")
        return (time - _EPOCH) // timedelta(microseconds=1) * 1000
    ns = whole(time, "time", "a datetime or an int of nanoseconds")
    if not -(2**63) <= ns < 2**63:
        raise OutOfRange("time: does not fit 64 bits")
    return ns


def moment(ns: int) -> datetime:
    """Nanoseconds since 1970 as a datetime in UTC; what is below a microsecond is cut off."""
    return _EPOCH + timedelta(microseconds=ns // 1000)
