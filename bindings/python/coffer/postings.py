# SPDX-License-Identifier: MIT
"""What is posted, and what became of it."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, overload

from coffer import _abi, _lib, amounts
from coffer.accounts import Side
from coffer.errors import CofferError, error_of


class TransactionKind(IntEnum):
    """What made a transaction."""

    POSTING = _abi.TRANSACTION_POSTING
    REVERSAL = _abi.TRANSACTION_REVERSAL
    CAPTURE = _abi.TRANSACTION_CAPTURE
    CORRECTION = _abi.TRANSACTION_CORRECTION


class BatchMode(IntEnum):
    """How the items of a batch depend on each other; linked ones always stand or fall together."""

    INDEPENDENT = _abi.BATCH_INDEPENDENT
    STOP_AT_FAILURE = _abi.BATCH_STOP_AT_FAILURE
    ATOMIC = _abi.BATCH_ATOMIC


@dataclass(frozen=True, slots=True)
class Entry:
    """One leg: an amount above zero, in minor units of the account's asset."""

    account: int
    side: Side
    amount: int


def debit(account: int, amount: int) -> Entry:
    """A leg in the debit column."""
    return Entry(account, Side.DEBIT, amount)


def credit(account: int, amount: int) -> Entry:
    """A leg in the credit column."""
    return Entry(account, Side.CREDIT, amount)


@dataclass(frozen=True, slots=True)
class Condition:
    """A demand checked together with a transaction: before it, at least so much is available."""

    account: int
    least_available: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A transaction of any number of entries in any number of assets, balanced in each."""

    key: str
    entries: Sequence[Entry]
    conditions: Sequence[Condition] = ()
    code: int = 0
    kind: TransactionKind = TransactionKind.POSTING
    effective_at: amounts.Time = None
    reference: str = ""
    description: str = ""
    metadata: str = ""

    def to_struct(self) -> _abi.Draft:
        entries = (_abi.Entry * len(self.entries))()
        for struct, entry in zip(entries, self.entries):
            struct.account = entry.account
            struct.amount = amounts.to_struct(entry.amount)
            struct.side = entry.side
        conditions = (_abi.Condition * len(self.conditions))()
        for demand, condition in zip(conditions, self.conditions):
            demand.account = condition.account
            demand.least_available = amounts.to_struct(condition.least_available)
        draft: _abi.Draft = _lib.new(
            _abi.Draft,
            code=self.code,
            entries=entries,
            entries_count=len(entries),
            conditions=conditions,
            conditions_count=len(conditions),
            effective_at=amounts.nanoseconds(self.effective_at),
            kind=self.kind,
        )
        _lib.set_text(
            draft,
            key=self.key,
            reference=self.reference,
            description=self.description,
            metadata=self.metadata,
        )
        return draft


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer between two accounts of one asset."""

    key: str
    debit: int
    credit: int
    amount: int
    code: int = 0
    is_linked: bool = False
    effective_at: amounts.Time = None
    reference: str = ""

    def to_struct(self) -> _abi.Transfer:
        struct = _abi.Transfer(
            debit=self.debit,
            credit=self.credit,
            amount=amounts.to_struct(self.amount),
            effective_at=amounts.nanoseconds(self.effective_at),
            code=self.code,
            is_linked=self.is_linked,
        )
        _lib.set_text(struct, key=self.key, reference=self.reference)
        return struct


@dataclass(frozen=True, slots=True)
class Reversal:
    """Posts the opposite of every entry of `original`, once for ever."""

    key: str
    original: int
    code: int = 0
    effective_at: amounts.Time = None
    reference: str = ""
    description: str = ""

    def to_struct(self) -> _abi.Reversal:
        struct: _abi.Reversal = _lib.new(
            _abi.Reversal,
            code=self.code,
            original=self.original,
            effective_at=amounts.nanoseconds(self.effective_at),
        )
        _lib.set_text(
            struct, key=self.key, reference=self.reference, description=self.description
        )
        return struct


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. `id` is that of what was made; `subject` is the account, hold or
    entry that a failure is about, or negative for a field, which `error` names."""

    id: int
    subject: int
    recorded_at: int
    code: int
    existed: bool

    @property
    def error(self) -> CofferError | None:
        """Why it did not happen, as an exception; None when it did."""
        if self.code == _abi.OK:
            return None
        struct = _abi.Outcome(self.id, self.subject, self.recorded_at, self.code, self.existed)
        return error_of(self.code, _lib.text_out("outcome_describe", ctypes.byref(struct)))

    @classmethod
    def from_struct(cls, struct: _abi.Outcome) -> "Outcome":
        return cls(
            struct.id, struct.subject, struct.recorded_at, struct.code, bool(struct.existed)
        )


class Outcomes(Sequence[Outcome]):
    """The outcomes of a bulk call, in the order of its items; each is made when it is looked at."""

    def __init__(self, structs: Any, failed: int) -> None:
        self._structs = structs
        self.failed = failed
        """How many items did not happen."""

    def __len__(self) -> int:
        return len(self._structs)

    @overload
    def __getitem__(self, index: int) -> Outcome: ...

    @overload
    def __getitem__(self, index: slice) -> list[Outcome]: ...

    def __getitem__(self, index: int | slice) -> Outcome | list[Outcome]:
        if isinstance(index, slice):
            return [Outcome.from_struct(struct) for struct in self._structs[index]]
        return Outcome.from_struct(self._structs[index])

    def failures(self) -> Iterator[tuple[int, Outcome]]:
        """Position and outcome of each item that did not happen."""
        if self.failed:
            for index, struct in enumerate(self._structs):
                if struct.code != _abi.OK:
                    yield index, Outcome.from_struct(struct)

    def raise_first(self) -> None:
        """Raises the first failure, if there is one."""
        for index, outcome in self.failures():
            error = outcome.error or CofferError("unknown")
            raise type(error)(f"item {index}: {error}", outcome.code)
