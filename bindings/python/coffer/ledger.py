# SPDX-License-Identifier: MIT
"""The ledger: one book of double-entry accounts, posted to and asked."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coffer import _abi, _columns, _lib, amounts, assets
from coffer.accounts import (
    Account,
    AccountDraft,
    Balance,
    OwnerTotal,
    Policy,
    PolicyChange,
    TimeAxis,
)
from coffer.assets import Asset, RegisteredAsset
from coffer.errors import CofferError, error_of
from coffer.history import (
    PAGE_LINES,
    HistoryLine,
    HistoryPage,
    HistoryQuery,
    Transaction,
    lines_of,
    page_of,
)
from coffer.holds import Capture, Hold, HoldDraft, Release
from coffer.postings import BatchMode, Draft, Outcome, Outcomes, Reversal, Transfer

Operation = (
    Draft
    | Transfer
    | Reversal
    | HoldDraft
    | Capture
    | Release
    | AccountDraft
    | PolicyChange
    | Asset
)
_KINDS: dict[type[Any], int] = {
    Draft: _abi.OPERATION_DRAFT,
    Transfer: _abi.OPERATION_TRANSFER,
    Reversal: _abi.OPERATION_REVERSAL,
    HoldDraft: _abi.OPERATION_HOLD,
    Capture: _abi.OPERATION_CAPTURE,
    Release: _abi.OPERATION_RELEASE,
    AccountDraft: _abi.OPERATION_ACCOUNT,
    PolicyChange: _abi.OPERATION_POLICY_CHANGE,
    Asset: _abi.OPERATION_ASSET,
}


def _what(operation: Any) -> Any:
    if isinstance(operation, Release):
        return _lib.numbers(ctypes.c_int64, (operation.hold,), "hold")
    if isinstance(operation, Asset):
        return assets.to_struct(operation)
    return operation.to_struct()


class Ledger:
    """Every method may be called from any thread; callers that write together share a commit."""

    def __init__(self, handle: "Any") -> None:
        self._handle = handle

    def _call(self, name: str, *arguments: Any) -> None:
        _lib.call(name, self._handle(), *arguments)

    # Assets.

    def register_asset(self, asset: Asset | str) -> RegisteredAsset:
        """Registers an asset, or finds the same one. A text names a built-in one, e.g. "USD".

        A new one with a code of ISO 4217 must be fiat and have the standard's places.
        """
        wanted = assets.preset(asset) if isinstance(asset, str) else asset
        id_out = ctypes.c_int64()
        struct = assets.to_struct(wanted)
        self._call("asset_register", ctypes.byref(struct), ctypes.byref(id_out))
        return RegisteredAsset(id_out.value, wanted)

    def find_asset(self, asset: int | str) -> RegisteredAsset:
        """A registered asset by id or code; else AssetNotFound."""
        struct = _abi.RegisteredAsset()
        if isinstance(asset, str):
            code = _lib.utf8(asset, "asset")
            self._call("asset_find_by_code", code, len(code), ctypes.byref(struct))
        else:
            self._call("asset_find", asset, ctypes.byref(struct))
        return RegisteredAsset(struct.id, assets.from_struct(struct.asset))

    def assets(self) -> list[RegisteredAsset]:
        """The registered assets."""
        found = self._list("asset_list", _abi.RegisteredAsset)
        return [RegisteredAsset(one.id, assets.from_struct(one.asset)) for one in found]

    # Accounts.

    def open_account(self, draft: AccountDraft) -> int:
        """Opens an account and gives its id; the same key and content give the first again."""
        id_out = ctypes.c_int64()
        self._call("account_open", ctypes.byref(draft.to_struct()), ctypes.byref(id_out))
        return id_out.value

    def change_account(self, account: int, policy: Policy, metadata: str | None = None) -> None:
        """Sets the whole policy of an account, and its metadata unless that is None."""
        change = PolicyChange(account, policy, metadata).to_struct()
        self._call("account_change", ctypes.byref(change))

    def find_account(self, account: int | str) -> Account:
        """An account by id or key; else AccountNotFound."""
        struct = _abi.Account()
        if isinstance(account, str):
            key = _lib.utf8(account, "account")
            self._call("account_find_by_key", key, len(key), ctypes.byref(struct))
        else:
            self._call("account_find", account, ctypes.byref(struct))
        return Account.from_struct(struct)

    def account_metadata(self, account: int) -> str:
        """The metadata of an account."""
        return _lib.text_out("account_metadata", self._handle(), account)

    def accounts(self, owner: str = "") -> Iterator[Account]:
        """An owner's accounts in id order, page by page; with an empty owner all."""
        name, after, count = _lib.utf8(owner, "owner"), 0, ctypes.c_size_t(PAGE_LINES)
        while count.value == PAGE_LINES:
            page = (_abi.Account * PAGE_LINES)()
            self._call(
                "account_list", name, len(name), after, page, PAGE_LINES, ctypes.byref(count)
            )
            for struct in page[: count.value]:
                after = struct.id
                yield Account.from_struct(struct)

    def balance(self, account: int) -> Balance:
        """What is in an account now."""
        struct = _abi.Balance()
        self._call("account_balance", account, ctypes.byref(struct))
        return Balance.from_struct(struct)

    def balance_as_of(
        self, account: int, time: amounts.Time, axis: TimeAxis = TimeAxis.RECORDED
    ) -> int:
        """The posted balance when everything up to and including `time` counts."""
        struct = _abi.Amount()
        ns = amounts.nanoseconds(time)
        self._call("account_balance_as_of", account, ns, axis, ctypes.byref(struct))
        return amounts.from_struct(struct)

    def totals(self, owner: str) -> list[OwnerTotal]:
        """All of an owner's accounts summed per asset."""
        name = _lib.utf8(owner, "owner")
        found = self._list("owner_totals", _abi.OwnerTotal, name, len(name))
        return [
            OwnerTotal(one.asset, one.accounts, Balance.from_struct(one.balance)) for one in found
        ]

    # Posting.

    def post(self, draft: Draft) -> Outcome:
        """Posts one transaction, or changes nothing and raises why."""
        return self._outcome("draft_post", ctypes.byref(draft.to_struct()))

    def check(self, draft: Draft) -> list[CofferError]:
        """Every reason why `draft` would be refused now; changes nothing. Empty: it would post."""
        struct = draft.to_struct()
        reasons = self._list("draft_check", _abi.Error, ctypes.byref(struct))
        return [error_of(one.code, one.message.decode(errors="replace")) for one in reasons]

    def reverse(self, reversal: Reversal) -> Outcome:
        """Undoes a transaction by a new one with the opposite entries."""
        return self._outcome("transaction_reverse", ctypes.byref(reversal.to_struct()))

    def post_transfers(
        self, transfers: Iterable[Transfer], mode: BatchMode = BatchMode.INDEPENDENT
    ) -> Outcomes:
        """Posts many transfers with one commit. Failures stand in the outcomes."""
        items = list(transfers)
        return self.post_columns(
            [item.key for item in items],
            [item.debit for item in items],
            [item.credit for item in items],
            [item.amount for item in items],
            codes=[item.code for item in items],
            links=[item.is_linked for item in items],
            effective_at=[amounts.nanoseconds(item.effective_at) for item in items],
            references=[item.reference for item in items],
            mode=mode,
        )

    def post_columns(
        self,
        keys: Iterable[str | bytes],
        debits: Iterable[int],
        credits: Iterable[int],
        units: Sequence[int],
        *,
        codes: Iterable[int] | None = None,
        links: Iterable[int] | None = None,
        effective_at: Iterable[int] | None = None,
        references: Iterable[str | bytes] | None = None,
        mode: BatchMode = BatchMode.INDEPENDENT,
    ) -> Outcomes:
        """The same from columns: the fastest way to post from Python.

        Lists and arrays do; array("q"), array("I") for codes and array("B") for links are taken
        without a copy. `units` are the amounts.
        """
        struct, keep = _columns.columns(
            keys, debits, credits, units, codes, links, effective_at, references
        )
        outcomes = (_abi.Outcome * struct.count)()
        failed = ctypes.c_size_t()
        self._call(
            "transfer_post_columns", ctypes.byref(struct), mode, outcomes, ctypes.byref(failed)
        )
        del keep  # until here the struct pointed at it
        return Outcomes(outcomes, failed.value)

    def execute(
        self,
        operations: Iterable[Operation],
        mode: BatchMode = BatchMode.INDEPENDENT,
        linked: Iterable[int] = (),
    ) -> Outcomes:
        """Executes items of any kind with one commit. `linked`: positions tied to the next one."""
        return self._batch("operation_execute", operations, mode, linked)

    def dry_run(
        self,
        operations: Iterable[Operation],
        mode: BatchMode = BatchMode.INDEPENDENT,
        linked: Iterable[int] = (),
    ) -> Outcomes:
        """Does everything that `execute` does, then forgets it."""
        return self._batch("operation_dry_run", operations, mode, linked)

    def _batch(
        self, name: str, operations: Iterable[Operation], mode: BatchMode, linked: Iterable[int]
    ) -> Outcomes:
        tied, wanted = set(linked), list(operations)
        whats = [_what(operation) for operation in wanted]
        items = (_abi.Operation * len(whats))()
        for index, (operation, what) in enumerate(zip(wanted, whats)):
            items[index].kind = _KINDS[type(operation)]
            items[index].is_linked = index in tied
            items[index].what = ctypes.addressof(what)
        outcomes = (_abi.Outcome * len(whats))()
        failed = ctypes.c_size_t()
        self._call(name, items, len(whats), mode, outcomes, ctypes.byref(failed))
        return Outcomes(outcomes, failed.value)

    # Holds.

    def reserve(self, draft: HoldDraft) -> Outcome:
        """Reserves money; the outcome's id is the hold."""
        return self._outcome("hold_reserve", ctypes.byref(draft.to_struct()))

    def capture(self, capture: Capture) -> Outcome:
        """Posts what a hold reserved; the outcome's id is the transaction."""
        return self._outcome("hold_capture", ctypes.byref(capture.to_struct()))

    def release(self, hold: int) -> Outcome:
        """Gives back the rest of a hold."""
        return self._outcome("hold_release", hold)

    def expire_due_holds(self) -> int:
        """Journals the expiry of holds that are over; gives how many."""
        count = ctypes.c_int64()
        self._call("hold_expire_due", ctypes.byref(count))
        return count.value

    def find_hold(self, hold: int) -> Hold:
        """A hold by its id; else HoldNotFound."""
        struct = _abi.Hold()
        self._call("hold_find", hold, ctypes.byref(struct))
        return Hold.from_struct(struct)

    def open_holds(self, account: int) -> list[Hold]:
        """The open holds of an account."""
        return [Hold.from_struct(one) for one in self._list("hold_list_open", _abi.Hold, account)]

    # Questions.

    def history(self, query: HistoryQuery | int) -> Iterator[HistoryLine]:
        """An account's lines, newest first unless asked otherwise, page by page."""
        wanted = query if isinstance(query, HistoryQuery) else HistoryQuery(query)
        for line in lines_of(self._call, "history_list", wanted.to_struct(), _abi.HistoryLine):
            yield HistoryLine.from_struct(line)

    def history_page(self, query: HistoryQuery | int, limit: int = 50) -> HistoryPage:
        """One page of at most 1..1000 lines; ask on with `next` as the query's `after`."""
        wanted = query if isinstance(query, HistoryQuery) else HistoryQuery(query)
        lines, after, has_more = page_of(
            self._call, "history_list", wanted.to_struct(), _abi.HistoryLine, limit
        )
        return HistoryPage([HistoryLine.from_struct(line) for line in lines], after, has_more)

    def find_transaction(self, transaction: int | str) -> Transaction:
        """A transaction by id or key; else TransactionNotFound."""
        struct = _abi.Transaction()
        name, arguments = "transaction_find", (transaction,)
        if isinstance(transaction, str):
            key = _lib.utf8(transaction, "transaction")
            name, arguments = "transaction_find_by_key", (key, len(key))  # type: ignore[assignment]
        capacity = 16
        while True:
            entries = (_abi.PostedEntry * capacity)()
            try:
                self._call(name, *arguments, ctypes.byref(struct), entries, capacity)
            except CofferError as error:
                if error.code != _abi.ERR_BUFFER_TOO_SMALL:
                    raise
                capacity = struct.entries_count
            else:
                return Transaction.from_struct(struct, entries[: struct.entries_count])

    def _outcome(self, name: str, argument: Any) -> Outcome:
        struct = _abi.Outcome()
        self._call(name, argument, ctypes.byref(struct))
        return Outcome.from_struct(struct)

    def _list(self, name: str, kind: type[Any], *arguments: Any) -> list[Any]:
        """Calls a function that ends in (results_out, capacity, count_out), as often as needed."""
        count = ctypes.c_size_t(64)
        while True:
            results = (kind * count.value)()
            try:
                self._call(name, *arguments, results, len(results), ctypes.byref(count))
            except CofferError as error:
                if error.code != _abi.ERR_BUFFER_TOO_SMALL:
                    raise
            else:
                return list(results[: count.value])
