# SPDX-License-Identifier: MIT
"""Accounts: who owns them, what may happen to them, and what is in them."""

from dataclasses import dataclass, field
from enum import IntEnum

from coffer import _abi, _lib
from coffer.amounts import bound, from_struct


class Side(IntEnum):
    """Which column of the journal an entry stands in."""

    CREDIT = _abi.SIDE_CREDIT
    DEBIT = _abi.SIDE_DEBIT


class TimeAxis(IntEnum):
    """Which of a transaction's two times a question is about."""

    RECORDED = _abi.TIME_RECORDED
    EFFECTIVE = _abi.TIME_EFFECTIVE


@dataclass(frozen=True, slots=True)
class Policy:
    """What may happen to an account; bounds in its normal direction, None: no bound.

    The minimum binds the available balance (0 forbids overdraft, -50000 is a credit limit), the
    maximum the posted one.
    """

    minimum: int | None = 0
    maximum: int | None = None
    is_frozen: bool = False
    is_closed: bool = False

    def to_struct(self) -> _abi.Policy:
        return _abi.Policy(
            minimum=bound(self.minimum, "minimum"),
            maximum=bound(self.maximum, "maximum"),
            is_unbounded_below=self.minimum is None,
            has_maximum=self.maximum is not None,
            is_frozen=self.is_frozen,
            is_closed=self.is_closed,
        )

    @classmethod
    def from_struct(cls, struct: _abi.Policy) -> "Policy":
        return cls(
            None if struct.is_unbounded_below else from_struct(struct.minimum),
            from_struct(struct.maximum) if struct.has_maximum else None,
            bool(struct.is_frozen),
            bool(struct.is_closed),
        )


UNBOUNDED = Policy(minimum=None)
"""The policy of an account that may fall without limit, such as a clearing account."""


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What an account is opened with."""

    key: str
    asset: int
    owner: str = ""
    purpose: str = ""
    normal_side: Side = Side.CREDIT
    policy: Policy = field(default_factory=Policy)
    metadata: str = ""

    def to_struct(self) -> _abi.AccountDraft:
        struct: _abi.AccountDraft = _lib.new(
            _abi.AccountDraft,
            normal_side=self.normal_side,
            asset=self.asset,
            policy=self.policy.to_struct(),
        )
        _lib.set_text(
            struct, key=self.key, owner=self.owner, purpose=self.purpose, metadata=self.metadata
        )
        return struct


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A new policy for an account, the whole of it. Metadata None: unchanged."""

    account: int
    policy: Policy
    metadata: str | None = None

    def to_struct(self) -> _abi.PolicyChange:
        struct: _abi.PolicyChange = _lib.new(
            _abi.PolicyChange,
            account=self.account,
            policy=self.policy.to_struct(),
            sets_metadata=self.metadata is not None,
        )
        _lib.set_text(struct, metadata="" if self.metadata is None else self.metadata)
        return struct


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is now."""

    id: int
    key: str
    owner: str
    asset: int
    purpose: str
    normal_side: Side
    policy: Policy
    recorded_at: int

    @classmethod
    def from_struct(cls, struct: _abi.Account) -> "Account":
        return cls(
            struct.id,
            _lib.text_of(struct, "key"),
            _lib.text_of(struct, "owner"),
            struct.asset,
            _lib.text_of(struct, "purpose"),
            Side(struct.normal_side),
            Policy.from_struct(struct.policy),
            struct.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class Balance:
    """The money in one account: posted = available + held + pending + frozen."""

    posted: int
    available: int
    held: int
    pending: int
    frozen: int
    last_transaction: int

    @classmethod
    def from_struct(cls, struct: _abi.Balance) -> "Balance":
        return cls(
            from_struct(struct.posted),
            from_struct(struct.available),
            from_struct(struct.held),
            from_struct(struct.pending),
            from_struct(struct.frozen),
            struct.last_transaction,
        )


@dataclass(frozen=True, slots=True)
class OwnerTotal:
    """The sum of an owner's accounts in one asset, in credit-normal direction."""

    asset: int
    accounts: int
    balance: Balance
