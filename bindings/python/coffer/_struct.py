# SPDX-License-Identifier: MIT
"""Structs and arguments of C that take whole numbers which fit and nothing else: ctypes would cut a
number, and would take True for 1."""

import ctypes
from typing import Any

_FLAG = ctypes.c_uint8
_NUMBERS = (ctypes.c_int32, ctypes.c_int64, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_size_t)


def check_number(name: str, value: Any, kind: Any) -> None:
    """Raises TypeError or OverflowError when `value` is not a whole number that `kind` holds."""
    if isinstance(value, kind):
        return
    is_number = isinstance(value, int) and (kind is _FLAG or not isinstance(value, bool))
    if not is_number:
        raise TypeError(f"{name}: must be an int, not {type(value).__name__}")
    if kind(value).value != value:
        bits = 8 * ctypes.sizeof(kind)
        raise OverflowError(f"{name}: {value} does not fit its {bits} bits")


class Struct(ctypes.Structure):
    """A cut id would name another account, so each number is checked before it is set."""

    _numbers_: dict[str, Any] | None = None

    def __setattr__(self, name: str, value: Any) -> None:
        kind = _numbers_of(type(self)).get(name)
        if kind is not None:
            check_number(name, value, kind)
        super().__setattr__(name, value)


def _numbers_of(struct: Any) -> dict[str, Any]:
    """The fields of a struct that are numbers, with their types."""
    known: dict[str, Any] | None = struct.__dict__.get("_numbers_")
    if known is None:
        known = {name: kind for name, kind in struct._fields_ if kind in (_FLAG, *_NUMBERS)}
        struct._numbers_ = known
    return known


def check_arguments(names: tuple[str, ...], values: tuple[Any, ...], kinds: list[Any]) -> None:
    """Does the same for what a function of C is called with."""
    for name, value, kind in zip(names, values, kinds):
        if kind is _FLAG or kind in _NUMBERS:
            check_number(name, value, kind)
