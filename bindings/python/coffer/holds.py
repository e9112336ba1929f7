# SPDX-License-Identifier: MIT
"""Holds: money of an account that is reserved but not yet posted anywhere."""

from dataclasses import dataclass
from enum import IntEnum

from coffer import _abi, _lib, amounts


class Bucket(IntEnum):
    """The part of a balance in which held money is counted."""

    HELD = _abi.BUCKET_HELD
    PENDING = _abi.BUCKET_PENDING
    FROZEN = _abi.BUCKET_FROZEN


class HoldState(IntEnum):
    """What became of a hold."""

    OPEN = _abi.HOLD_OPEN
    CAPTURED = _abi.HOLD_CAPTURED
    RELEASED = _abi.HOLD_RELEASED
    EXPIRED = _abi.HOLD_EXPIRED


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """What a hold is made with. Destination 0: named at each capture; expiry None: never."""

    key: str
    account: int
    amount: int
    bucket: Bucket = Bucket.HELD
    destination: int = 0
    expires_at: amounts.Time = None
    reference: str = ""

    def to_struct(self) -> _abi.HoldDraft:
        struct: _abi.HoldDraft = _lib.new(
            _abi.HoldDraft,
            bucket=self.bucket,
            account=self.account,
            amount=amounts.to_struct(self.amount),
            destination=self.destination,
            expires_at=amounts.nanoseconds(self.expires_at),
        )
        _lib.set_text(struct, key=self.key, reference=self.reference)
        return struct


@dataclass(frozen=True, slots=True)
class Capture:
    """Takes money from a hold and posts it. Amount None: all that is left. Repeated with its key it
    must ask for what the first one did to the rest too, else ExistsWithDifferentAmount."""

    key: str
    hold: int
    amount: int | None = None
    destination: int = 0
    is_final: bool = False
    code: int = 0
    effective_at: amounts.Time = None
    reference: str = ""

    def to_struct(self) -> _abi.Capture:
        if self.amount == 0:
            raise ValueError("amount: must be greater than zero; None takes all that is left")
        struct: _abi.Capture = _lib.new(
            _abi.Capture,
            code=self.code,
            hold=self.hold,
            destination=self.destination,
            amount=amounts.to_struct(0 if self.amount is None else self.amount),
            effective_at=amounts.nanoseconds(self.effective_at),
            is_final=self.is_final,
        )
        _lib.set_text(struct, key=self.key, reference=self.reference)
        return struct


@dataclass(frozen=True, slots=True)
class Release:
    """Gives back what is left of a hold."""

    hold: int


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold at the time of the answer: one that is past its expiry is expired."""

    id: int
    key: str
    account: int
    bucket: Bucket
    amount: int
    remaining: int
    captured: int
    destination: int
    expires_at: int
    recorded_at: int
    state: HoldState
    reference: str

    @classmethod
    def from_struct(cls, struct: _abi.Hold) -> "Hold":
        return cls(
            struct.id,
            _lib.text_of(struct, "key"),
            struct.account,
            Bucket(struct.bucket),
            amounts.from_struct(struct.amount),
            amounts.from_struct(struct.remaining),
            amounts.from_struct(struct.captured),
            struct.destination,
            struct.expires_at,
            struct.recorded_at,
            HoldState(struct.state),
            _lib.text_of(struct, "reference"),
        )
