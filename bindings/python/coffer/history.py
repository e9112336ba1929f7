# SPDX-License-Identifier: MIT
"""What was posted: lines of an account's history, and whole transactions."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from coffer import _abi, _lib, amounts
from coffer.accounts import Side
from coffer.errors import OutOfRange
from coffer.postings import TransactionKind

PAGE_LINES = 200
"""How many lines an iterator asks for at once."""

Line = TypeVar("Line", bound=ctypes.Structure)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place where a page ended: asked after it, the next page begins there, whenever that is.
    The one with zeros is before the first line."""

    transaction: int = 0
    line: int = 0


def page_of(
    call: Callable[..., None], function: str, query: Any, line: type[Line], limit: int
) -> tuple[list[Line], Cursor, bool]:
    """One page of the lines that answer a query; `call` calls a C function of the engine."""
    if not 1 <= limit <= 1000:
        raise OutOfRange(f"limit: {limit} is not in 1..1000")
    page, count = (line * limit)(), ctypes.c_size_t()
    after, has_more = _abi.Cursor(), ctypes.c_uint8()
    call(
        function,
        ctypes.byref(query),
        page,
        limit,
        ctypes.byref(count),
        ctypes.byref(after),
        ctypes.byref(has_more),
    )
    query.after = after
    cursor = Cursor(after.transaction, after.line)
    return page[: count.value], cursor, bool(has_more.value)


def lines_of(
    call: Callable[..., None], function: str, query: Any, line: type[Line]
) -> Iterator[Line]:
    """The lines that answer a query, page by page."""
    has_more = True
    while has_more:
        lines, _, has_more = page_of(call, function, query, line, PAGE_LINES)
        yield from lines


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which lines of an account's history. Times: from is inclusive, to is exclusive."""

    account: int
    oldest_first: bool = False
    side: Side | None = None
    kind: TransactionKind | None = None
    code: int | None = None
    reference: str = ""
    recorded_from: amounts.Time = None
    recorded_to: amounts.Time = None
    amount_min: int | None = None
    amount_max: int | None = None
    is_reversed: bool | None = None  # taken back by a later reversal, or still standing
    after: Cursor = Cursor()

    def to_struct(self) -> _abi.HistoryQuery:
        struct: _abi.HistoryQuery = _lib.new(
            _abi.HistoryQuery,
            account=self.account,
            is_oldest_first=self.oldest_first,
            has_side=self.side is not None,
            side=self.side or 0,
            has_kind=self.kind is not None,
            kind=self.kind or 0,
            has_code=self.code is not None,
            code=0 if self.code is None else self.code,
            recorded_from=amounts.nanoseconds(self.recorded_from),
            recorded_to=amounts.nanoseconds(self.recorded_to),
            has_amount_min=self.amount_min is not None,
            amount_min=amounts.bound(self.amount_min, "amount_min"),
            has_amount_max=self.amount_max is not None,
            amount_max=amounts.bound(self.amount_max, "amount_max"),
            has_is_reversed=self.is_reversed is not None,
            is_reversed=bool(self.is_reversed),
            after=_abi.Cursor(self.after.transaction, self.after.line),
        )
        _lib.set_text(struct, reference=self.reference)
        return struct


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: balance_before + change = balance_after, in the account's normal direction."""

    transaction: int
    key: str
    kind: TransactionKind
    code: int
    account: int
    counterparty: int
    side: Side
    amount: int
    change: int
    balance_before: int
    balance_after: int
    recorded_at: int
    effective_at: int
    reference: str

    @classmethod
    def from_struct(cls, struct: _abi.HistoryLine) -> "HistoryLine":
        return cls(
            struct.transaction,
            _lib.text_of(struct, "key"),
            TransactionKind(struct.kind),
            struct.code,
            struct.account,
            struct.counterparty,
            Side(struct.side),
            amounts.from_struct(struct.amount),
            amounts.from_struct(struct.change),
            amounts.from_struct(struct.balance_before),
            amounts.from_struct(struct.balance_after),
            struct.recorded_at,
            struct.effective_at,
            _lib.text_of(struct, "reference"),
        )


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of an account's history. With filters it may be short and still have more."""

    lines: list[HistoryLine]
    next: Cursor
    has_more: bool


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """One leg of a posted transaction, with the account's balance after it."""

    account: int
    side: Side
    amount: int
    balance_after: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction as it stands in the journal. Ids of 0 mean "none"."""

    id: int
    key: str
    kind: TransactionKind
    code: int
    entries: tuple[PostedEntry, ...]
    recorded_at: int
    effective_at: int
    reference: str
    description: str
    metadata: str
    reverses: int
    reversed_by: int
    hold: int

    @classmethod
    def from_struct(
        cls, struct: _abi.Transaction, entries: list[_abi.PostedEntry]
    ) -> "Transaction":
        return cls(
            struct.id,
            _lib.text_of(struct, "key"),
            TransactionKind(struct.kind),
            struct.code,
            tuple(
                PostedEntry(
                    entry.account,
                    Side(entry.side),
                    amounts.from_struct(entry.amount),
                    amounts.from_struct(entry.balance_after),
                )
                for entry in entries
            ),
            struct.recorded_at,
            struct.effective_at,
            _lib.text_of(struct, "reference"),
            _lib.text_of(struct, "description"),
            _lib.text_of(struct, "metadata"),
            struct.reverses,
            struct.reversed_by,
            struct.hold,
        )
