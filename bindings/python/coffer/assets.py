# SPDX-License-Identifier: MIT
"""Assets: what an amount counts; the built-in currencies and coins."""

import ctypes
import decimal
from dataclasses import dataclass
from enum import IntEnum

from coffer import _abi, _lib, amounts


class AssetKind(IntEnum):
    """Where an asset lives."""

    FIAT = _abi.ASSET_FIAT
    CRYPTO = _abi.ASSET_CRYPTO


@dataclass(frozen=True, slots=True)
class Asset:
    """A kind of unit, e.g. Asset("USD", 2)."""

    code: str
    scale: int
    kind: AssetKind = AssetKind.FIAT
    network: str = ""
    contract: str = ""
    symbol: str = ""

    def units(self, value: int | str | decimal.Decimal) -> int:
        """Money as people write it, in minor units: "12.34" or Decimal("12.34") gives 1234."""
        return amounts.units(value, self.scale)

    def decimal(self, amount: int) -> decimal.Decimal:
        """Minor units as an exact Decimal."""
        return amounts.as_decimal(amount, self.scale)

    def format(self, amount: int) -> str:
        """Minor units as a decimal text."""
        return amounts.format_amount(amount, self.scale)

    def display(self, amount: int, locale: str = "en") -> str:
        """Minor units for a person to read; may be rounded, and nothing parses it."""
        tag = _lib.utf8(locale, "locale")
        asset, units = to_struct(self), amounts.to_struct(amount)
        return _lib.text_out(
            "asset_display", ctypes.byref(asset), ctypes.byref(units), tag, len(tag)
        )


@dataclass(frozen=True, slots=True)
class RegisteredAsset:
    """An asset of a book."""

    id: int
    asset: Asset


@dataclass(frozen=True, slots=True)
class Currency:
    """An active currency of ISO 4217."""

    code: str
    number: int
    minor_units: int | None


def to_struct(asset: Asset) -> _abi.Asset:
    """The asset as the C struct. A text that does not fit its array is a ValueError."""
    struct = _abi.Asset(scale=amounts.whole(asset.scale, "scale"), kind=asset.kind)
    for field in ("code", "network", "contract", "symbol"):
        data = _lib.utf8(getattr(asset, field), field)
        if len(data) >= getattr(_abi.Asset, field).size:
            raise ValueError(f"{field}: is too long")
        setattr(struct, field, data)
    return struct


def from_struct(struct: _abi.Asset) -> Asset:
    texts = (_lib.text_of(struct, field) for field in ("network", "contract", "symbol"))
    return Asset(_lib.text_of(struct, "code"), struct.scale, AssetKind(struct.kind), *texts)


def preset(code: str) -> Asset:
    """The built-in asset of this code, e.g. "USD", "BTC", "USDT-TRON"; else AssetNotFound."""
    struct = _abi.Asset()
    data = _lib.utf8(code, "code")
    _lib.call("asset_preset", data, len(data), ctypes.byref(struct))
    return from_struct(struct)


def currencies() -> list[Currency]:
    """The active currencies of ISO 4217 in order of their codes."""
    count = ctypes.c_size_t()
    array = (_abi.Currency * 256)()
    _lib.call("currency_list", array, len(array), ctypes.byref(count))
    return [
        Currency(one.code.decode(), one.number, None if one.minor_units < 0 else one.minor_units)
        for one in array[: count.value]
    ]
