# SPDX-License-Identifier: MIT
"""Finds and loads libcoffer, declares its functions, and turns a status into an exception."""

import ctypes
import ctypes.util
import functools
import pathlib
from collections.abc import Collection
from typing import Any

from coffer import _abi
from coffer._struct import check_arguments, check_number
from coffer.errors import InvalidUtf8, error_of

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
        function = self._functions[name]
        check_arguments(_abi.PARAMETERS[f"coffer_{name}"], arguments, function.argtypes)
        status = function(*arguments, ctypes.byref(error))
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
        raise ImportError(
            "libcoffer is neither in this package nor in the system: install the package with pip, "
            "which builds it, or name one by coffer.use_library"
        )
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


def structs_out(kind: type[Any], name: str, *arguments: Any) -> Any:
    """Calls a function that ends in (array, capacity, count_out), as often as it needs."""
    count = ctypes.c_size_t(64)
    while True:
        structs = (kind * count.value)()
        try:
            call(name, *arguments, structs, len(structs), ctypes.byref(count))
        except Exception as error:
            if getattr(error, "code", 0) != _abi.ERR_BUFFER_TOO_SMALL:
                raise
        else:
            return structs[: count.value]


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
        data = as_bytes(value, field)
        setattr(struct, field, data)
        setattr(struct, f"{field}_length", len(data))


def new(kind: type[Any], /, **fields: Any) -> Any:
    """A zeroed struct that knows its size, with some fields set."""
    struct = kind(**fields)
    struct.struct_size = ctypes.sizeof(kind)
    return struct


def utf8(text: str, name: str) -> bytes:
    """A text in UTF-8; what is raised says by `name` which one is none, and never shows it."""
    if not isinstance(text, str):
        raise TypeError(f"{name}: must be a str, not {type(text).__name__}")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        position = error.start + 1
    # Raised out here, because the error above holds the text, which may be a password.
    raise InvalidUtf8(f"{name}: position {position} is a surrogate, which is no character")


def as_bytes(text: str | bytes, name: str) -> bytes:
    """A text in UTF-8; bytes as they are."""
    return text if isinstance(text, bytes) else utf8(text, name)


def sized(text: str, name: str) -> tuple[bytes, int]:
    """A text in UTF-8 and its length: two arguments of C."""
    data = utf8(text, name)
    return data, len(data)


def numbers(kind: type[Any], values: Collection[int], name: str) -> Any:
    """An array of C. What is no int or does not fit is refused, and never cut to another number."""
    for value in values:
        check_number(name, value, kind)
    return (kind * len(values))(*values)


def octets(data: bytes | bytearray | memoryview) -> Any:
    """Bytes as an argument of C. A `bytes` is not copied but kept alive."""
    if isinstance(data, bytes):
        return ctypes.cast(ctypes.c_char_p(data), ctypes.POINTER(ctypes.c_uint8))
    return (ctypes.c_uint8 * len(data)).from_buffer_copy(data)


def pointed_bytes(struct: ctypes.Structure, field: str) -> bytes:
    """The bytes that a pointer of a struct of the library points at; NULs do not end them."""
    at = ctypes.c_void_p.from_buffer(struct, getattr(type(struct), field).offset).value
    length = getattr(struct, f"{field}_length")
    return ctypes.string_at(at, length) if at and length else b""


def secret_text_out(size: int, name: str, *arguments: Any) -> str:
    """Calls a function that writes a secret text; the buffer in between is wiped."""
    buffer = ctypes.create_string_buffer(size)
    try:
        call(name, *arguments, buffer, size, None)
        return buffer.value.decode()
    finally:
        ctypes.memset(buffer, 0, size)


def library_version() -> str:
    """The version of the loaded library, "major.minor.patch"."""
    version: bytes = library().plain("version")
    return version.decode()


def has_keys() -> bool:
    """Whether the loaded library has keys and chains; without, they raise Unsupported."""
    name: bytes = library().plain("curve_name", _abi.CURVE_SECP256K1)
    return name != b"unknown"
