# SPDX-License-Identifier: MIT
"""Columns of transfers as the library wants them, without a step of Python per field."""

from __future__ import annotations  # array[int] is for the checker only

import ctypes
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from coffer import _abi, _lib, amounts


def texts(values: Iterable[str | bytes], name: str) -> tuple[bytes, array[int]]:
    """All texts one behind the other, and where each ends."""
    items = values if isinstance(values, list) else list(values)
    try:
        joined = "".join(items)
    except TypeError:
        pass  # some are bytes, or no text at all
    else:
        if joined.isascii():  # one step for all, as each character is a byte
            return joined.encode(), array("I", accumulate(map(len, items)))
    parts = [_lib.as_bytes(item, f"{name}[{index}]") for index, item in enumerate(items)]
    return b"".join(parts), array("I", accumulate(map(len, parts)))


def numbers(values: Iterable[int], code: str, name: str) -> array[int]:
    """The numbers in an array of this type; one that is given is taken as it is."""
    if isinstance(values, array) and values.typecode == code:
        return values
    items = values if isinstance(values, list) else list(values)
    if code != "B" and bool in map(type, items):  # an array would take True for the account 1
        raise TypeError(f"{name}: must be ints, not bool")
    try:
        return array(code, items)
    except TypeError as error:
        raise TypeError(f"{name}: must be ints: {error}") from None
    except OverflowError:
        bits = 8 * array(code).itemsize
        raise OverflowError(f"{name}: one does not fit its {bits} bits") from None


def pointer(values: array[int], kind: Any) -> Any:
    """A pointer to the numbers of an array. The array must outlive its use."""
    return ctypes.cast(values.buffer_info()[0], ctypes.POINTER(kind))


def set_amounts(struct: _abi.TransferColumns, values: Sequence[int]) -> tuple[Any, int]:
    """Sets the narrow column when all amounts fit it, else the wide one; gives what to keep."""
    try:
        narrow = numbers(values, "q", "units")
    except OverflowError:
        wide = b"".join(bytes(amounts.to_struct(value)) for value in values)
        block = (_abi.Amount * len(values)).from_buffer_copy(wide)
        struct.wide_amounts = block
        return block, len(values)
    struct.amounts = pointer(narrow, ctypes.c_int64)
    return narrow, len(narrow)


def columns(
    keys: Iterable[str | bytes],
    debits: Iterable[int],
    credits: Iterable[int],
    units: Sequence[int],
    codes: Iterable[int] | None,
    links: Iterable[int] | None,
    effective_at: Iterable[int] | None,
    references: Iterable[str | bytes] | None,
) -> tuple[_abi.TransferColumns, list[Any]]:
    """The struct, and what it points at. Columns of different lengths are a ValueError."""
    struct: _abi.TransferColumns = _lib.new(_abi.TransferColumns)
    kept, struct.count = set_amounts(struct, units)
    keep: list[Any] = [kept]
    lengths = {struct.count}

    def numeric(field: str, values: Iterable[int] | None, code: str, kind: Any) -> None:
        if values is not None:
            data = numbers(values, code, field)
            lengths.add(len(data))
            keep.append(data)
            setattr(struct, field, pointer(data, kind))

    def textual(field: str, ends_field: str, values: Iterable[str | bytes] | None) -> None:
        if values is not None:
            data, ends = texts(values, field)
            lengths.add(len(ends))
            keep.extend((data, ends))
            _lib.set_text(struct, **{field: data})
            setattr(struct, ends_field, pointer(ends, ctypes.c_uint32))

    numeric("debits", debits, "q", ctypes.c_int64)
    numeric("credits", credits, "q", ctypes.c_int64)
    numeric("codes", codes, "I", ctypes.c_uint32)
    numeric("links", links, "B", ctypes.c_uint8)
    numeric("effective_at", effective_at, "q", ctypes.c_int64)
    textual("keys", "key_ends", keys)
    textual("references", "reference_ends", references)
    if len(lengths) != 1:
        raise ValueError(f"columns: they have different lengths {sorted(lengths)}")
    return struct, keep
