# SPDX-License-Identifier: MIT
"""The engine: one opened book, its events and clock, its proof and its care."""

import ctypes
import os
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from types import TracebackType
from typing import Any

from coffer import _abi, _lib, amounts
from coffer._progress import Progress, Reporting
from coffer.errors import Closed
from coffer.ledger import Ledger
from coffer.reconciliation import Reconciler
from coffer.storage import Adapter, Storage
from coffer.wallets import Wallets

Clock = Callable[[], int]
"""Gives the time in nanoseconds since 1970."""


class Durability(IntEnum):
    """Whether a commit waits until the device has it."""

    FULL = _abi.DURABILITY_FULL
    NORMAL = _abi.DURABILITY_NORMAL
    OFF = _abi.DURABILITY_OFF


class Takeover(IntEnum):
    """What to do when another process writes this book."""

    REFUSE = _abi.TAKEOVER_REFUSE
    WAIT = _abi.TAKEOVER_WAIT
    TAKE = _abi.TAKEOVER_TAKE


class EventKind(IntEnum):
    """What an event tells."""

    POSTED = _abi.EVENT_POSTED
    HELD = _abi.EVENT_HELD
    CAPTURED = _abi.EVENT_CAPTURED
    RELEASED = _abi.EVENT_RELEASED
    EXPIRED = _abi.EVENT_EXPIRED
    ACCOUNT_OPENED = _abi.EVENT_ACCOUNT_OPENED
    ACCOUNT_CHANGED = _abi.EVENT_ACCOUNT_CHANGED
    REJECTED = _abi.EVENT_REJECTED


@dataclass(frozen=True, slots=True)
class Event:
    """Something that became durable, or was refused: then `code` says why."""

    kind: EventKind
    id: int
    subject: int
    code: int
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sizes of the book, and counters since it was opened."""

    transactions: int
    accounts: int
    holds: int
    commits: int
    posted: int
    repeated: int
    rejected: int
    expired_holds: int


@dataclass(frozen=True, slots=True)
class ChainHead:
    """A point of the audit chain. Keep one outside the file: it proves the past later."""

    commit: int
    recorded_at: int
    hash: bytes

    @classmethod
    def from_struct(cls, struct: _abi.ChainHead) -> "ChainHead":
        return cls(struct.commit, struct.recorded_at, bytes(struct.hash))


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a verification looked at."""

    head: ChainHead
    commits: int
    transactions: int
    entries: int
    accounts: int
    holds: int


class ManualClock:
    """A clock that stands still until it is told to move: for tests and for replays."""

    def __init__(self, ns: int) -> None:
        self.ns = ns

    def __call__(self) -> int:
        return self.ns

    def advance(self, ns: int) -> None:
        self.ns += ns


class Engine:
    """One opened book. A context manager; closing twice is fine, using it closed raises Closed.

    May be used from any number of threads, but no other thread may be in a call when it is closed.
    `clock` and `on_event` are called in the thread that works; they must not call the engine.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None,
        *,
        read_only: bool = False,
        must_exist: bool = False,
        durability: Durability = Durability.FULL,
        takeover: Takeover = Takeover.REFUSE,
        takeover_wait_ns: int = 0,
        one_threaded: bool = False,
        rebuild_index: bool = False,
        cache_bytes: int = 0,
        filter_bytes_max: int = 0,
        tolerances: Mapping[str, int] | None = None,
        clock: Clock | None = None,
        on_event: Callable[[Event], None] | None = None,
        storage: Storage | None = None,
    ) -> None:
        """Opens or creates the book in the SQLite file at `path`; None: an empty one in memory, or
        the one in a storage of yours."""
        options: _abi.EngineOptions = _lib.new(
            _abi.EngineOptions,
            is_read_only=read_only,
            must_exist=must_exist,
            is_one_threaded=one_threaded,
            rebuild_index=rebuild_index,
            durability=durability,
            takeover=takeover,
            takeover_wait_ns=takeover_wait_ns,
            cache_bytes=cache_bytes,
            filter_bytes_max=filter_bytes_max,
        )
        self._callbacks: list[Any] = []  # C calls them as long as the engine is open
        if clock is not None:
            options.clock = self._keep(_abi.ClockFunction(_reader(clock)))
        if on_event is not None:
            options.event = self._keep(_abi.EventFunction(_receiver(on_event)))
        listed = tolerances or {}
        structs = (_abi.Tolerance * len(listed))()
        for struct, (code, tolerance) in zip(structs, listed.items()):
            _lib.set_text(struct, asset_code=code)
            struct.tolerance = amounts.to_struct(tolerance, "tolerance")
        options.tolerances, options.tolerances_count = structs, len(listed)
        self._pointer: ctypes.c_void_p | None = None
        pointer = ctypes.c_void_p()
        if storage is not None:
            if path is not None:
                raise ValueError("path: a storage of your own has none")
            table = self._keep(Adapter(storage)).vtable
            _lib.call(
                "engine_open_with_storage",
                ctypes.byref(table),
                ctypes.byref(options),
                ctypes.byref(pointer),
            )
        elif path is None:
            _lib.call("engine_open_in_memory", ctypes.byref(options), ctypes.byref(pointer))
        else:
            place = os.fsencode(path)
            _lib.call(
                "engine_open", place, len(place), ctypes.byref(options), ctypes.byref(pointer)
            )
        self._pointer = pointer
        self.ledger = Ledger(self._handle)
        self.wallets = Wallets(self._handle)
        self.reconciler = Reconciler(self._handle)

    def _keep(self, callback: Any) -> Any:
        self._callbacks.append(callback)
        return callback

    def _handle(self) -> ctypes.c_void_p:
        if self._pointer is None:
            raise Closed("engine: was closed")
        return self._pointer

    def close(self) -> None:
        """Writes what is only in memory and lets another process write the book."""
        pointer, self._pointer = self._pointer, None
        if pointer is not None:
            try:
                _lib.call("engine_close", pointer)
            finally:
                _lib.library().plain("engine_destroy", pointer)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_pointer", None) is not None:
            self.close()

    def statistics(self) -> Statistics:
        """Sizes and counters."""
        struct = _abi.Statistics()
        _lib.call("engine_statistics", self._handle(), ctypes.byref(struct))
        return Statistics(*(getattr(struct, field.name) for field in fields(Statistics)))

    def chain_head(self) -> ChainHead:
        """The newest point of the audit chain."""
        struct = _abi.ChainHead()
        _lib.call("engine_chain_head", self._handle(), ctypes.byref(struct))
        return ChainHead.from_struct(struct)

    def verify(
        self, expected: ChainHead | None = None, progress: Progress | None = None
    ) -> VerifyReport:
        """Checks the whole book; IntegrityFailure names the first bad record, or its commit where
        only a hash can tell. `progress` hears of transactions, and may stop it."""
        struct = _abi.VerifyReport()
        head = None
        if expected is not None:
            known = _abi.ChainHead(expected.commit, expected.recorded_at)
            known.hash = (ctypes.c_uint8 * 32)(*expected.hash)
            head = ctypes.byref(known)
        with Reporting(progress) as function:
            _lib.call("engine_verify", self._handle(), head, function, None, ctypes.byref(struct))
        counts = (getattr(struct, field.name) for field in fields(VerifyReport)[1:])
        return VerifyReport(ChainHead.from_struct(struct.head), *counts)

    def backup(self, path: str | os.PathLike[str], progress: Progress | None = None) -> None:
        """Copies what is committed to a new file while writers go on."""
        place = os.fsencode(path)
        with Reporting(progress) as function:
            _lib.call("engine_backup", self._handle(), place, len(place), function, None)


def _reader(clock: Clock) -> Callable[[Any], int]:
    """What C calls. C can't be told that a clock failed, and would take what lies on the stack for
    the time; so the last good time is given again, and the failure is printed."""
    last = time.time_ns()

    def read(_data: Any) -> int:
        nonlocal last
        try:
            now = clock()
            if not 0 < now < 2**63:
                raise OverflowError(f"clock: {now} is no time")
            last = now
        except BaseException:
            traceback.print_exc()
        return last

    return read


def _receiver(on_event: Callable[[Event], None]) -> Callable[[Any, Any], None]:
    def receive(_data: Any, event: Any) -> None:
        one = event[0]
        on_event(Event(EventKind(one.kind), one.id, one.subject, one.code, one.recorded_at))

    return receive
