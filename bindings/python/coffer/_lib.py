# SPDX-License-Identifier: MIT
"""Finds and loads libcoffer, declares its functions, and turns a status into an exception."""

import ctypes
import ctypes.util
import functools
import pathlib
from typing import Any

from coffer import _abi
from coffer.errors import error_of

_chosen: list[str] = []


def use_library(path: str) -> None:
    """Takes the library at `path`, and no other. Call it before anything else of this package.

    Without it the library inside the package is taken (a wheel carries it), else the system's.
    """
    _chosen[:] = [path]
    library.cache_clear()


class Library:
    """libcoffer with its functions declared."""

    def __init__(self, path: str) -> None:
        self.path = path
        handle = ctypes.CDLL(path)  # a CDLL call lets other threads of Python run meanwhile
        self._functions: dict[str, Any] = {}
        for name, (result, *arguments) in _abi.FUNCTIONS.items():
            function = getattr(handle, name)
            function.restype = result
            function.argtypes = arguments
            self._functions[name.removeprefix("coffer_")] = function
        for name, struct in _abi.STRUCTS.items():
            size = self.plain("abi_sizeof", name.encode())
            if size != ctypes.sizeof(struct):
                raise ImportError(
                    f"{path} does not fit this package: its {name} has {size} bytes, "
                    f"here are {ctypes.sizeof(struct)}"
                )

    def call(self, name: str, *arguments: Any) -> None:
        """Calls a function that returns a status; raises when it is not OK."""
        error = _abi.Error()
        status = self._functions[name](*arguments, ctypes.byref(error))
        if status != _abi.OK:
            raise error_of(status, error.message.decode("utf-8", errors="replace"))

    def plain(self, name: str, *arguments: Any) -> Any:
        """Calls a function that can't fail."""
        return self._functions[name](*arguments)


@functools.cache
def library() -> Library:
    """The library, loaded on first use."""
    if _chosen:
        return Library(_chosen[0])
    inside = sorted(pathlib.Path(__file__).parent.glob("libcoffer.*"))
    if inside:
        return Library(str(inside[0]))
    found = ctypes.util.find_library("coffer")
    if found is None:
        raise ImportError("libcoffer is neither in this package nor in the system")
    return Library(found)


def call(name: str, *arguments: Any) -> None:
    library().call(name, *arguments)


def text_out(name: str, *arguments: Any) -> str:
    """Calls a function that ends in (buffer, size, needed_out), as often as it needs."""
    needed = ctypes.c_size_t(256)
    while True:
        buffer = ctypes.create_string_buffer(needed.value)
        try:
            call(name, *arguments, buffer, len(buffer), ctypes.byref(needed))
        except Exception as error:
            if getattr(error, "code", 0) != _abi.ERR_BUFFER_TOO_SMALL:
                raise
        else:
            return buffer.raw[: needed.value - 1].decode()


def text_of(struct: ctypes.Structure, field: str) -> str:
    """The text in an array of a struct; its length stands beside it where it may hold a NUL."""
    value: bytes = getattr(struct, field)
    length = getattr(struct, f"{field}_length", len(value))
    if length != len(value):
        offset = getattr(type(struct), field).offset
        value = ctypes.string_at(ctypes.addressof(struct) + offset, length)
    return value.decode()


def set_text(struct: ctypes.Structure, **fields: str | bytes) -> None:
    """Sets pointer and length of texts; the struct keeps the bytes alive."""
    for field, value in fields.items():
        data = value.encode() if isinstance(value, str) else value
        setattr(struct, field, data)
        setattr(struct, f"{field}_length", len(data))


def new(kind: type[Any], /, **fields: Any) -> Any:
    """A zeroed struct that knows its size, with some fields set."""
    struct = kind(**fields)
    struct.struct_size = ctypes.sizeof(kind)
    return struct


def library_version() -> str:
    """The version of the loaded library, "major.minor.patch"."""
    version: bytes = library().plain("version")
    return version.decode()
