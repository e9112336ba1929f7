# SPDX-License-Identifier: MIT
"""Functions of yours that C calls: no exception passes through it."""

from collections.abc import Callable
from typing import Any

from coffer import _abi
from coffer.errors import CofferError


def guarded(function: Callable[..., None], fallback: int) -> Callable[..., int]:
    """The function for C: it gets what stands between the data and the error. An exception of
    coffer.errors becomes its code, any other `fallback`; the text goes along."""

    def call(_data: Any, *arguments: Any) -> int:
        *given, error_out = arguments
        try:
            function(*given)
        except BaseException as error:
            return tell(error, error_out, fallback)
        return _abi.OK

    return call


def tell(error: BaseException, error_out: Any, fallback: int) -> int:
    """Writes an exception's text for C; gives its status. Whatever its text is made of: what is
    raised here would be lost, and C would see any number."""
    known = error.code if isinstance(error, CofferError) and error.code > 0 else 0
    try:
        text = str(error) if known else f"{type(error).__name__}: {error}"
    except Exception:
        text = type(error).__name__
    if error_out:
        data = text.encode(errors="replace")[:251]
        error_out[0].message = data.decode(errors="ignore").encode()
    return known or fallback
