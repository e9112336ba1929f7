# SPDX-License-Identifier: MIT
"""Wallets: one user's money in one currency, with the movements that users know."""

import ctypes
import decimal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from coffer import _abi, _lib, amounts, assets
from coffer._struct import check_number
from coffer.accounts import Balance
from coffer.amounts import Rate, Rounding
from coffer.assets import Asset
from coffer.history import PAGE_LINES, Cursor, lines_of, page_of
from coffer.postings import BatchMode, Outcomes

Money = int | str | decimal.Decimal
"""An int of minor units, or a text or Decimal as people write it; never a float."""


class WalletTransactionType(IntEnum):
    """What a transaction was for the wallet."""

    OTHER = _abi.WALLET_OTHER
    DEPOSIT = _abi.WALLET_DEPOSIT
    WITHDRAW = _abi.WALLET_WITHDRAW
    TRANSFER_IN = _abi.WALLET_TRANSFER_IN
    TRANSFER_OUT = _abi.WALLET_TRANSFER_OUT
    EXCHANGE_IN = _abi.WALLET_EXCHANGE_IN
    EXCHANGE_OUT = _abi.WALLET_EXCHANGE_OUT


class MovementKind(IntEnum):
    """What a movement of a bulk call does."""

    DEPOSIT = _abi.MOVEMENT_DEPOSIT
    WITHDRAW = _abi.MOVEMENT_WITHDRAW
    TRANSFER = _abi.MOVEMENT_TRANSFER
    EXCHANGE = _abi.MOVEMENT_EXCHANGE


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet. Everything but its balance stays as it was created."""

    id: int
    user: str
    asset_id: int
    asset: Asset
    account: int
    label: str
    recorded_at: int

    @classmethod
    def from_struct(cls, struct: _abi.Wallet) -> "Wallet":
        return cls(
            struct.id,
            _lib.text_of(struct, "user"),
            struct.asset_id,
            assets.from_struct(struct.asset),
            struct.account,
            _lib.text_of(struct, "label"),
            struct.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """One item of a bulk call; amounts are minor units."""

    kind: MovementKind
    wallet: int
    amount: int
    reference: str
    other: int = 0
    rate: Rate = Rate()
    rounding: Rounding = Rounding.DOWN
    description: str = ""
    effective_at: amounts.Time = None

    def fill(self, struct: _abi.Movement) -> None:
        struct.kind = self.kind
        struct.rounding = self.rounding
        struct.wallet = self.wallet
        struct.other = self.other
        struct.amount = amounts.to_struct(self.amount)
        struct.rate = self.rate.to_struct()
        struct.effective_at = amounts.nanoseconds(self.effective_at)
        _lib.set_text(struct, reference=self.reference, description=self.description)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a movement became. `received` is the other wallet's amount of an exchange."""

    transaction: int
    received: int
    recorded_at: int
    existed: bool


@dataclass(frozen=True, slots=True)
class WalletQuery:
    """Which lines of a wallet's history. Times: from is inclusive, to is exclusive."""

    wallet: int
    oldest_first: bool = False
    type: WalletTransactionType | None = None
    reference: str = ""
    recorded_from: amounts.Time = None
    recorded_to: amounts.Time = None
    amount_min: int | None = None
    amount_max: int | None = None
    after: Cursor = Cursor()

    def to_struct(self) -> _abi.WalletQuery:
        struct: _abi.WalletQuery = _lib.new(
            _abi.WalletQuery,
            wallet=self.wallet,
            is_oldest_first=self.oldest_first,
            has_type=self.type is not None,
            type=self.type or 0,
            recorded_from=amounts.nanoseconds(self.recorded_from),
            recorded_to=amounts.nanoseconds(self.recorded_to),
            has_amount_min=self.amount_min is not None,
            amount_min=amounts.bound(self.amount_min, "amount_min"),
            has_amount_max=self.amount_max is not None,
            amount_max=amounts.bound(self.amount_max, "amount_max"),
            after=_abi.Cursor(self.after.transaction, self.after.line),
        )
        _lib.set_text(struct, reference=self.reference)
        return struct


@dataclass(frozen=True, slots=True)
class WalletTransaction:
    """One line of a wallet's history."""

    id: int
    wallet: int
    type: WalletTransactionType
    is_incoming: bool
    amount: int
    balance_before: int
    balance_after: int
    reference: str
    description: str
    recorded_at: int
    effective_at: int

    @classmethod
    def from_struct(cls, struct: _abi.WalletTransaction) -> "WalletTransaction":
        return cls(
            struct.id,
            struct.wallet,
            WalletTransactionType(struct.type),
            bool(struct.is_incoming),
            amounts.from_struct(struct.amount),
            amounts.from_struct(struct.balance_before),
            amounts.from_struct(struct.balance_after),
            _lib.text_of(struct, "reference"),
            _lib.text_of(struct, "description"),
            struct.recorded_at,
            struct.effective_at,
        )


@dataclass(frozen=True, slots=True)
class WalletPage:
    """A page of a wallet's history. With filters it may be short and still have more."""

    lines: list[WalletTransaction]
    next: Cursor
    has_more: bool


class Wallets:
    """Users' money over the ledger. Every method may be called from any thread."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._assets: dict[int, Asset] = {}  # an asset of a wallet never changes

    def _call(self, name: str, *arguments: Any) -> None:
        _lib.call(name, self._handle(), *arguments)

    def units(self, wallet: int, amount: Money) -> int:
        """An amount in minor units of the wallet's asset. A float is a TypeError."""
        if isinstance(amount, str | decimal.Decimal):
            check_number("wallet", wallet, ctypes.c_int64)
            if wallet not in self._assets:
                self._assets[wallet] = self.find(wallet).asset
            return self._assets[wallet].units(amount)
        return amounts.whole(amount)

    def create(self, user: str, currency: str, label: str = "") -> Wallet:
        """The wallet of a user in a currency; there is one at most, a repeat gives the first."""
        draft = _lib.new(_abi.WalletDraft)
        _lib.set_text(draft, user=user, currency=currency, label=label)
        struct = _abi.Wallet()
        self._call("wallet_create", ctypes.byref(draft), ctypes.byref(struct), None)
        return Wallet.from_struct(struct)

    def create_many(
        self, users: Iterable[tuple[str, str]], mode: BatchMode = BatchMode.INDEPENDENT
    ) -> Outcomes:
        """Creates wallets of (user, currency) with one commit; an outcome's id is the wallet."""
        wanted = list(users)
        drafts = (_abi.WalletDraft * len(wanted))()
        for draft, (user, currency) in zip(drafts, wanted):
            draft.struct_size = ctypes.sizeof(_abi.WalletDraft)
            _lib.set_text(draft, user=user, currency=currency)
        return self._bulk("wallet_create_many", drafts, mode)

    def find(self, wallet: int) -> Wallet:
        """A wallet by its id; else WalletNotFound."""
        struct = _abi.Wallet()
        self._call("wallet_find", wallet, ctypes.byref(struct))
        return Wallet.from_struct(struct)

    def find_by_user(self, user: str, currency: str) -> Wallet:
        """The wallet of a user in a currency; else AssetNotFound or WalletNotFound."""
        struct = _abi.Wallet()
        who, code = _lib.utf8(user, "user"), _lib.utf8(currency, "currency")
        self._call(
            "wallet_find_by_user", who, len(who), code, len(code), ctypes.byref(struct)
        )
        return Wallet.from_struct(struct)

    def list(self, user: str = "") -> Iterator[Wallet]:
        """A user's wallets, page by page; with an empty user all."""
        who, after, count = _lib.utf8(user, "user"), 0, ctypes.c_size_t(PAGE_LINES)
        while count.value == PAGE_LINES:
            page = (_abi.Wallet * PAGE_LINES)()
            self._call("wallet_list", who, len(who), after, page, PAGE_LINES, ctypes.byref(count))
            for struct in page[: count.value]:
                after = struct.id
                yield Wallet.from_struct(struct)

    def deposit(
        self,
        wallet: int,
        amount: Money,
        reference: str,
        description: str = "",
        effective_at: amounts.Time = None,
    ) -> Receipt:
        """Adds money from outside. The reference is the idempotency key."""
        return self._move(
            Movement(
                MovementKind.DEPOSIT,
                wallet,
                self.units(wallet, amount),
                reference,
                description=description,
                effective_at=effective_at,
            )
        )

    def withdraw(
        self,
        wallet: int,
        amount: Money,
        reference: str,
        description: str = "",
        effective_at: amounts.Time = None,
    ) -> Receipt:
        """Takes money out; InsufficientBalance says what is available."""
        return self._move(
            Movement(
                MovementKind.WITHDRAW,
                wallet,
                self.units(wallet, amount),
                reference,
                description=description,
                effective_at=effective_at,
            )
        )

    def transfer(
        self,
        source: int,
        target: int,
        amount: Money,
        reference: str,
        description: str = "",
        effective_at: amounts.Time = None,
    ) -> Receipt:
        """Moves money between wallets of one asset."""
        return self._move(
            Movement(
                MovementKind.TRANSFER,
                source,
                self.units(source, amount),
                reference,
                other=target,
                description=description,
                effective_at=effective_at,
            )
        )

    def exchange(
        self,
        source: int,
        target: int,
        amount: Money,
        rate: Rate | Money,
        reference: str,
        rounding: Rounding = Rounding.DOWN,
        description: str = "",
        effective_at: amounts.Time = None,
    ) -> Receipt:
        """Changes money of `source` into the asset of `target`, in one transaction."""
        return self._move(
            Movement(
                MovementKind.EXCHANGE,
                source,
                self.units(source, amount),
                reference,
                target,
                rate if isinstance(rate, Rate) else Rate.parse(rate),
                rounding,
                description,
                effective_at,
            )
        )

    def execute(
        self, movements: Iterable[Movement], mode: BatchMode = BatchMode.INDEPENDENT
    ) -> Outcomes:
        """Executes many movements with one commit; an outcome's id is the transaction."""
        wanted = list(movements)
        structs = (_abi.Movement * len(wanted))()
        for struct, movement in zip(structs, wanted):
            movement.fill(struct)
        return self._bulk("wallet_execute", structs, mode)

    def freeze(self, wallet: int, reason: str = "") -> None:
        """Stops every movement of a wallet, in and out. The reason is journaled."""
        text = _lib.utf8(reason, "reason")
        self._call("wallet_freeze", wallet, text, len(text))

    def thaw(self, wallet: int, reason: str = "") -> None:
        """Lets the wallet move again."""
        text = _lib.utf8(reason, "reason")
        self._call("wallet_thaw", wallet, text, len(text))

    def is_frozen(self, wallet: int) -> bool:
        """Whether the wallet is frozen."""
        is_frozen = ctypes.c_uint8()
        self._call("wallet_is_frozen", wallet, ctypes.byref(is_frozen))
        return bool(is_frozen.value)

    def balance(self, wallet: int) -> Balance:
        """The money in its buckets."""
        struct = _abi.Balance()
        self._call("wallet_balance", wallet, ctypes.byref(struct))
        return Balance.from_struct(struct)

    def transactions(self, query: WalletQuery | int) -> Iterator[WalletTransaction]:
        """A wallet's lines, newest first unless asked otherwise, page by page."""
        wanted = query if isinstance(query, WalletQuery) else WalletQuery(query)
        query_struct = wanted.to_struct()
        for line in lines_of(
            self._call, "wallet_transactions", query_struct, _abi.WalletTransaction
        ):
            yield WalletTransaction.from_struct(line)

    def transactions_page(self, query: WalletQuery | int, limit: int = 50) -> WalletPage:
        """One page of at most 1..1000 lines; ask on with `next` as the query's `after`."""
        wanted = query if isinstance(query, WalletQuery) else WalletQuery(query)
        lines, after, has_more = page_of(
            self._call, "wallet_transactions", wanted.to_struct(), _abi.WalletTransaction, limit
        )
        found = [WalletTransaction.from_struct(line) for line in lines]
        return WalletPage(found, after, has_more)

    def _move(self, movement: Movement) -> Receipt:
        struct, receipt = _abi.Movement(), _abi.Receipt()
        movement.fill(struct)
        name = "wallet_" + movement.kind.name.lower()
        self._call(name, ctypes.byref(struct), ctypes.byref(receipt))
        received = amounts.from_struct(receipt.received)
        return Receipt(
            receipt.transaction, received, receipt.recorded_at, bool(receipt.existed)
        )

    def _bulk(self, name: str, items: Any, mode: BatchMode) -> Outcomes:
        outcomes = (_abi.Outcome * len(items))()
        failed = ctypes.c_size_t()
        self._call(name, items, len(items), mode, outcomes, ctypes.byref(failed))
        return Outcomes(outcomes, failed.value)
