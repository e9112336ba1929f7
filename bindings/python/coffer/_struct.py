# SPDX-License-Identifier: MIT
"""Structs and arguments of C that refuse an integer which they can't hold; ctypes would cut it."""

import ctypes
from typing import Any

_POINTERS = (ctypes.c_void_p, ctypes.c_char_p)


class Struct(ctypes.Structure):
    """A cut id would name another account, so what was set is read back."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if isinstance(value, int) and getattr(self, name) != value:
            raise OverflowError(f"{name}: {value} does not fit its {8 * _size(self, name)} bits")


def _size(struct: ctypes.Structure, name: str) -> int:
    size: int = getattr(type(struct), name).size
    return size


def check_arguments(function: str, values: tuple[Any, ...], kinds: list[Any]) -> None:
    """Raises OverflowError for an integer that the parameter's type would cut."""
    for place, (value, kind) in enumerate(zip(values, kinds), 1):
        if (
            isinstance(value, int)
            and issubclass(kind, ctypes._SimpleCData)
            and kind not in _POINTERS
            and kind(value).value != value
        ):
            bits = 8 * ctypes.sizeof(kind)
            raise OverflowError(f"{function}, argument {place}: {value} does not fit {bits} bits")
