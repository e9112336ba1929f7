# SPDX-License-Identifier: MIT
"""Reconciliation: the books against what an outside party says, over time ranges."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from coffer import _abi, _lib, amounts
from coffer._callbacks import tell
from coffer.errors import CofferError, error_of
from coffer.history import PAGE_LINES, HistoryLine

BalanceSource = Callable[[int, str, int], int]
"""Takes a wallet, its asset's code and a time in ns; gives the balance in minor units."""


class ReconciliationStatus(IntEnum):
    """How a comparison ended."""

    MATCHED = _abi.RECONCILIATION_MATCHED
    MISMATCH = _abi.RECONCILIATION_MISMATCH


@dataclass(frozen=True, slots=True)
class ReconciliationRequest:
    """What to compare. The range includes its start and excludes its end."""

    wallet: int
    start_at: amounts.Time
    end_at: amounts.Time
    external_balance: int
    tolerance: int | None = None
    notes: str = ""

    def fill(self, struct: _abi.ReconciliationRequest) -> None:
        struct.struct_size = ctypes.sizeof(_abi.ReconciliationRequest)
        struct.wallet = self.wallet
        struct.start_at = amounts.nanoseconds(self.start_at)
        struct.end_at = amounts.nanoseconds(self.end_at)
        struct.external_balance = amounts.to_struct(self.external_balance)
        struct.has_tolerance = self.tolerance is not None
        struct.tolerance = amounts.bound(self.tolerance, "tolerance")
        _lib.set_text(struct, notes=self.notes)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A stored comparison; difference = external - system."""

    id: int
    wallet: int
    start_at: int
    end_at: int
    system_balance: int
    external_balance: int
    difference: int
    tolerance: int
    status: ReconciliationStatus
    recorded_at: int

    @property
    def is_matched(self) -> bool:
        """Whether the difference lies within the tolerance."""
        return self.status == ReconciliationStatus.MATCHED

    @classmethod
    def from_struct(cls, struct: _abi.Reconciliation) -> "Reconciliation":
        return cls(
            struct.id,
            struct.wallet,
            struct.start_at,
            struct.end_at,
            amounts.from_struct(struct.system_balance),
            amounts.from_struct(struct.external_balance),
            amounts.from_struct(struct.difference),
            amounts.from_struct(struct.tolerance),
            ReconciliationStatus(struct.status),
            struct.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class ReconciliationDetail:
    """A record, and how the books came to their balance: opening + turnover = system."""

    record: Reconciliation
    opening_balance: int
    turnover: int
    lines: tuple[HistoryLine, ...]
    has_more: bool


class Reconciler:
    """Compares and keeps the results. Every method may be called from any thread."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    def _call(self, name: str, *arguments: Any) -> None:
        _lib.call(name, self._handle(), *arguments)

    def run(self, request: ReconciliationRequest) -> Reconciliation:
        """Compares and stores the result. A mismatch is a result, not an exception."""
        struct, record = _abi.ReconciliationRequest(), _abi.Reconciliation()
        request.fill(struct)
        self._call("reconciliation_run", ctypes.byref(struct), ctypes.byref(record))
        return Reconciliation.from_struct(record)

    def run_many(
        self, requests: Iterable[ReconciliationRequest]
    ) -> list[Reconciliation | CofferError]:
        """Compares many with one commit; gives a record or the reason why there is none."""
        wanted = list(requests)
        structs = (_abi.ReconciliationRequest * len(wanted))()
        for struct, request in zip(structs, wanted):
            request.fill(struct)
        outcomes = (_abi.ReconciliationOutcome * len(wanted))()
        self._call("reconciliation_run_many", structs, len(structs), outcomes, None)
        return [_record_or_error(outcome) for outcome in outcomes]

    def run_incremental(
        self, wallets: Sequence[int], end_at: amounts.Time, source: BalanceSource
    ) -> list[Reconciliation | CofferError]:
        """Compares wallets from the end of their last record to `end_at`, asking `source`.

        What the source raises becomes the SourceUnavailable of that wallet; the others go on.
        """

        def ask(
            _data: Any, wallet: int, code: bytes, end: int, balance_out: Any, error_out: Any
        ) -> int:
            try:
                balance_out[0] = amounts.to_struct(source(wallet, code.decode(), end))
            except Exception as error:  # it may not pass through C
                tell(error, error_out, _abi.ERR_SOURCE_UNAVAILABLE)
                return _abi.ERR_SOURCE_UNAVAILABLE
            return _abi.OK

        ids = _lib.numbers(ctypes.c_int64, wallets, "wallets")
        outcomes = (_abi.ReconciliationOutcome * len(wallets))()
        self._call(
            "reconciliation_run_incremental",
            ids,
            len(ids),
            amounts.nanoseconds(end_at),
            _abi.BalanceSourceFunction(ask),
            None,
            outcomes,
            None,
        )
        return [_record_or_error(outcome) for outcome in outcomes]

    def find(self, record: int) -> Reconciliation:
        """A record by its id; else ReconciliationNotFound."""
        struct = _abi.Reconciliation()
        self._call("reconciliation_find", record, ctypes.byref(struct))
        return Reconciliation.from_struct(struct)

    def notes(self, record: int) -> str:
        """The notes of a record."""
        return _lib.text_out("reconciliation_notes", self._handle(), record)

    def history(self, wallet: int, only_differences: bool = False) -> Iterator[Reconciliation]:
        """A wallet's records, newest first, page by page."""
        before, count = ctypes.c_int64(0), ctypes.c_size_t()
        while True:
            page = (_abi.Reconciliation * PAGE_LINES)()
            self._call(
                "reconciliation_list",
                wallet,
                before.value,
                only_differences,
                page,
                PAGE_LINES,
                ctypes.byref(count),
                ctypes.byref(before),
            )
            for struct in page[: count.value]:
                yield Reconciliation.from_struct(struct)
            if before.value == 0:
                return

    def detail(self, record: int, limit: int = PAGE_LINES) -> ReconciliationDetail:
        """A record with the first `limit` (1..1000) lines of its range, oldest first."""
        struct, count = _abi.ReconciliationDetail(), ctypes.c_size_t()
        lines, has_more = (_abi.HistoryLine * limit)(), ctypes.c_uint8()
        self._call(
            "reconciliation_detail_find",
            record,
            ctypes.byref(struct),
            lines,
            limit,
            ctypes.byref(count),
            None,
            ctypes.byref(has_more),
        )
        return ReconciliationDetail(
            Reconciliation.from_struct(struct.record),
            amounts.from_struct(struct.opening_balance),
            amounts.from_struct(struct.turnover),
            tuple(HistoryLine.from_struct(line) for line in lines[: count.value]),
            bool(has_more.value),
        )


def _record_or_error(outcome: _abi.ReconciliationOutcome) -> Reconciliation | CofferError:
    if outcome.error.code == _abi.OK:
        return Reconciliation.from_struct(outcome.record)
    return error_of(outcome.error.code, outcome.error.message.decode(errors="replace"))
