# SPDX-License-Identifier: MIT
"""Secrets: bytes in the library's own memory, which are wiped when they are closed."""

import ctypes
from types import TracebackType
from typing import Any, ClassVar, NoReturn, Self

from coffer import _lib
from coffer.errors import Closed

Password = str | bytes
"""A password or passphrase. The library does not keep it; the str or bytes is yours to care about,
and Python may keep copies of it until its memory is used again."""


class _Borrowed(ctypes.c_void_p):
    """A pointer for one call; it keeps what it points at alive until the call has returned."""

    owner: object


class Handle:
    """Something of the library's that is wiped when it is closed. A context manager; it can't be
    copied or pickled, and its repr shows nothing of it. Closing twice is allowed; no other thread
    may use it when it is closed."""

    noun: ClassVar[str]
    """The word of its functions in C: <noun>_destroy releases it."""
    _pointer: ctypes.c_void_p | None = None

    @classmethod
    def _make(cls, name: str, *arguments: Any) -> Self:
        """Calls a function whose output is one of these."""
        pointer = ctypes.c_void_p()
        _lib.call(name, *arguments, ctypes.byref(pointer))
        return cls._own(pointer)

    @classmethod
    def _own(cls, pointer: ctypes.c_void_p) -> Self:
        made = cls.__new__(cls)
        made._pointer = pointer
        return made

    def _handle(self) -> ctypes.c_void_p:
        if self._pointer is None:
            raise Closed(f"{self.noun}: was closed")
        borrowed = _Borrowed(self._pointer.value)
        borrowed.owner = self
        return borrowed

    @property
    def is_closed(self) -> bool:
        return self._pointer is None

    def close(self) -> None:
        """Wipes it; later uses raise Closed."""
        pointer, self._pointer = self._pointer, None
        if pointer is not None:
            _lib.library().plain(f"{self.noun}_destroy", pointer)

    def __enter__(self) -> Self:
        self._handle()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<coffer.{type(self).__name__}{', closed' if self.is_closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{self.noun}: can't be copied or pickled")


class Secret(Handle):
    """Bytes in memory that is kept out of swap and core dumps where the system allows it."""

    noun = "secret"

    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        """Copies bytes of yours; they stay yours to wipe (a bytearray can be)."""
        pointer = ctypes.c_void_p()
        _lib.call("secret_create", _lib.octets(data), len(data), ctypes.byref(pointer))
        self._pointer = pointer

    @classmethod
    def generate(cls, size: int) -> Self:
        """Fresh bytes of the system's randomness."""
        return cls._make("secret_generate", size)

    def __len__(self) -> int:
        size = ctypes.c_size_t()
        _lib.call("secret_describe", self._handle(), ctypes.byref(size), None)
        return size.value

    @property
    def is_locked(self) -> bool:
        """Whether the system promised to keep it out of swap."""
        locked = ctypes.c_uint8()
        _lib.call("secret_describe", self._handle(), None, ctypes.byref(locked))
        return bool(locked.value)

    def equals(self, other: "Secret") -> bool:
        """Whether both hold the same, in a time that shows at most their sizes."""
        equal = ctypes.c_uint8()
        _lib.call("secret_equals", self._handle(), other._handle(), ctypes.byref(equal))
        return bool(equal.value)

    def export(self) -> bytearray:
        """The bytes themselves: yours, and yours to wipe with `wipe`."""
        data = bytearray(len(self))
        buffer = (ctypes.c_uint8 * len(data)).from_buffer(data)
        _lib.call("secret_export_bytes", self._handle(), buffer, len(data), None)
        return data


def wipe(data: bytearray) -> None:
    """Overwrites bytes of yours with zeros."""
    buffer = (ctypes.c_uint8 * len(data)).from_buffer(data)
    _lib.library().plain("wipe", ctypes.cast(buffer, ctypes.c_void_p), len(data))


def secret_of(data: "Secret | bytes | bytearray") -> Secret:
    """`data` as a secret; bytes are copied into one."""
    return data if isinstance(data, Secret) else Secret(data)
