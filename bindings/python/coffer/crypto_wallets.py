# SPDX-License-Identifier: MIT
"""Crypto wallets in bulk: address sources, jobs over rows, address pools, look-ups."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from coffer import _abi, _lib, amounts
from coffer._lib import sized
from coffer._progress import Progress, Reporting
from coffer.address_pools import AddressPools
from coffer.addresses import AddressSource, CryptoWallet
from coffer.engine import Engine
from coffer.keys import Xprv, Xpub, bulk_options
from coffer.networks import AddressForm, NetworkTable
from coffer.wallet_hooks import (
    Admission,
    Permission,
    Readable,
    admission_function,
    permission_function,
    read_function,
)
from coffer.wallet_jobs import (
    CryptoWalletKind,
    CryptoWalletStatus,
    WalletJob,
    WalletRow,
    WalletRowResult,
)

PAGE_ROWS = 1000


class CryptoWallets(AddressPools):
    """The crypto wallets of an engine; close it before the engine. Many threads may use it.

    `actor` is your word for a person or a service: for the record, and for the permissions, which
    answer with NotPermitted.
    """

    noun = "crypto_wallets"

    def __init__(
        self,
        engine: Engine,
        admission: Admission | None = None,
        *,
        permission: Permission | None = None,
        networks: NetworkTable | None = None,
    ) -> None:
        """Without `admission` every wallet becomes active; without `permission` everybody may do
        everything. `networks` is copied: rows added to it later are not seen."""
        self._engine = engine
        options: _abi.CryptoWalletsOptions = _lib.new(
            _abi.CryptoWalletsOptions,
            admission=admission_function(admission),
            permission=permission_function(permission),
        )
        if networks is not None:
            options.networks = networks._handle().value
        self._options = options  # C calls its functions as long as the wallets are open
        pointer = ctypes.c_void_p()
        _lib.call(
            "crypto_wallets_open", engine._handle(), ctypes.byref(options), ctypes.byref(pointer)
        )
        self._pointer = pointer

    def _pages(
        self, kind: Any, name: str, given: Callable[[int], Any], after: int, field: str = "id"
    ) -> Iterator[Any]:
        """The structs of all pages; each is valid until the next one is asked for."""
        structs, count = (kind * PAGE_ROWS)(), ctypes.c_size_t(PAGE_ROWS)
        while count.value == PAGE_ROWS:
            place = given(after)
            _lib.call(name, self._handle(), *place, structs, PAGE_ROWS, ctypes.byref(count))
            for struct in structs[: count.value]:
                after = getattr(struct, field)
                yield struct

    # Sources.

    def add_source(
        self,
        name: str,
        network: str,
        node: Xpub,
        *,
        account: int = 0,
        form: AddressForm = AddressForm.DEFAULT,
        key_name: str = "",
        kind: CryptoWalletKind = CryptoWalletKind.HOT,
        first_index: int = 0,
        gap_limit: int = 20,
        is_restored: bool = False,
        actor: str = "",
    ) -> AddressSource:
        """Adds the account of an xpub, or finds the same one."""
        key = node.to_struct()
        draft: _abi.AddressSourceDraft = _lib.new(
            _abi.AddressSourceDraft,
            account=account,
            first_index=first_index,
            gap_limit=gap_limit,
            form=form,
            kind=kind,
            is_restored=is_restored,
        )
        _lib.set_text(draft, name=name, network=network, key_name=key_name, actor=actor)
        draft.node = ctypes.pointer(key)
        struct, existed = _abi.AddressSource(), ctypes.c_uint8()
        _lib.call(
            "address_source_add",
            self._handle(),
            ctypes.byref(draft),
            ctypes.byref(struct),
            ctypes.byref(existed),
        )
        return AddressSource.from_struct(struct, bool(existed.value))

    def source(self, source: int | str) -> AddressSource:
        """A source by its id or its name; else NotFound."""
        struct = _abi.AddressSource()
        if isinstance(source, str):
            name = sized(source, "source")
            _lib.call("address_source_find", self._handle(), *name, ctypes.byref(struct))
        else:
            _lib.call("address_source_find_by_id", self._handle(), source, ctypes.byref(struct))
        return AddressSource.from_struct(struct)

    def sources(self) -> Sequence[AddressSource]:
        """All sources in the order of their ids."""
        structs = _lib.structs_out(_abi.AddressSource, "address_source_list", self._handle())
        return [AddressSource.from_struct(struct) for struct in structs]

    def set_balance_max(self, source: int, limit: int | None, actor: str = "") -> None:
        """Sets how much the wallets of a source may hold together, in the smallest unit of the
        network's coin; None takes the limit away. The book keeps it for whoever moves coins."""
        amount = None if limit is None else ctypes.byref(amounts.to_struct(limit, "limit"))
        place = (self._handle(), source, amount)
        _lib.call("address_source_set_balance_max", *place, *sized(actor, "actor"))

    # Jobs.

    def submit(
        self,
        key: str,
        sources: Iterable[AddressSource],
        rows: Iterable[WalletRow] | str | bytes | Readable,
        *,
        text_format: str = "csv",
        all_or_nothing: bool = False,
        allows_several: bool = False,
        needs_approval: bool = False,
        actor: str = "",
    ) -> WalletJob:
        """Stores a job with its rows: WalletRows, or a text or a file for bytes, "csv" or "json". A
        file is read in pieces, whatever its size. The same key with the same rows finds the
        job."""
        ids = [source.id for source in sources]
        draft: _abi.WalletJobDraft = _lib.new(
            _abi.WalletJobDraft,
            is_all_or_nothing=all_or_nothing,
            allows_several=allows_several,
            needs_approval=needs_approval,
        )
        _lib.set_text(draft, key=key, actor=actor)
        draft.sources = _lib.numbers(ctypes.c_int64, ids, "sources")
        draft.source_count = len(ids)
        struct = _abi.WalletJob()
        end = (ctypes.byref(struct), None)
        formats = {"csv": _abi.WALLET_ROWS_CSV, "json": _abi.WALLET_ROWS_JSON}
        start = (self._handle(), ctypes.byref(draft))
        if isinstance(rows, str | bytes):
            text = _lib.as_bytes(rows, "rows")
            whole = (text, len(text))
            _lib.call("wallet_job_submit_text", *start, formats[text_format], *whole, *end)
            return WalletJob.from_struct(struct)
        if isinstance(rows, Readable):
            pieces = (read_function(rows), None)
            _lib.call("wallet_job_submit_pieces", *start, formats[text_format], *pieces, *end)
            return WalletJob.from_struct(struct)
        listed = list(rows)
        array = (_abi.WalletRow * len(listed))()
        for given, row in zip(array, listed):
            _lib.set_text(
                given,
                user=row.user,
                network=row.network,
                key=row.key,
                label=row.label,
                extra=row.extra,
            )
        _lib.call("wallet_job_submit", *start, array, len(listed), *end)
        return WalletJob.from_struct(struct)

    def run(
        self,
        job: int,
        rows_max: int = 4096,
        *,
        threads: int = 1,
        nodes: Mapping[int, Xprv] | None = None,
        progress: Progress | None = None,
        actor: str = "",
    ) -> WalletJob:
        """Makes the wallets of at most so many further rows. `nodes` are the private account nodes
        of ed25519 sources, by the source's id. `progress` hears of each derivation; what it raises
        stops the run before its present commit."""
        given = dict(nodes or {})
        ids = _lib.numbers(ctypes.c_int64, given, "nodes")
        pointers = (ctypes.c_void_p * len(given))(
            *(node._handle().value for node in given.values())
        )
        struct = _abi.WalletJob()
        with Reporting(progress) as function:
            options = bulk_options(threads, function)
            _lib.call(
                "wallet_job_run",
                self._handle(),
                job,
                rows_max,
                ctypes.byref(options),
                ids,
                pointers,
                len(given),
                *sized(actor, "actor"),
                ctypes.byref(struct),
            )
        return WalletJob.from_struct(struct)

    def job(self, job: int | str, actor: str = "") -> WalletJob:
        """A job by its id or its key; else NotFound."""
        struct = _abi.WalletJob()
        place: Any = (*sized(actor, "actor"), ctypes.byref(struct))
        if isinstance(job, str):
            _lib.call("wallet_job_find_by_key", self._handle(), *sized(job, "job"), *place)
        else:
            _lib.call("wallet_job_find", self._handle(), job, *place)
        return WalletJob.from_struct(struct)

    def jobs(self, after: int = 0, actor: str = "") -> Iterator[WalletJob]:
        """The jobs after one in the order of their ids, read in pages."""
        who = sized(actor, "actor")
        pages = self._pages(_abi.WalletJob, "wallet_job_list", lambda at: (at, *who), after)
        return map(WalletJob.from_struct, pages)

    def reason(self, job: int, actor: str = "") -> str:
        """The reason of a job's newest state, where one was given."""
        return _lib.text_out("wallet_job_reason", self._handle(), job, *sized(actor, "actor"))

    def _change(self, verb: str, job: int, *texts: str) -> WalletJob:
        named = zip(texts, ("actor", "reason"))
        given = [part for text, name in named for part in sized(text, name)]
        struct = _abi.WalletJob()
        _lib.call(f"wallet_job_{verb}", self._handle(), job, *given, ctypes.byref(struct))
        return WalletJob.from_struct(struct)

    def approve(self, job: int, actor: str = "") -> WalletJob:
        """Lets a job run that waits for it."""
        return self._change("approve", job, actor)

    def cancel(self, job: int, actor: str = "", reason: str = "") -> WalletJob:
        """Stops a job for good; what it made stays."""
        return self._change("cancel", job, actor, reason)

    def retry(self, job: int, actor: str = "") -> WalletJob:
        """Makes a completed job ready once more for its failed rows."""
        return self._change("retry", job, actor)

    def roll_back(self, job: int, actor: str = "", reason: str = "") -> WalletJob:
        """Retires every wallet that the job made, for good."""
        return self._change("roll_back", job, actor, reason)

    def results(
        self, job: int, after: int = 0, *, failed_only: bool = False, actor: str = ""
    ) -> Iterator[WalletRowResult]:
        """The results of the rows after `after`, read in pages."""
        who = sized(actor, "actor")

        def place(at: int) -> Any:
            return job, at, failed_only, *who

        pages = self._pages(_abi.WalletRowResult, "wallet_job_results", place, after, "row")
        return map(WalletRowResult.from_struct, pages)

    # Wallets.

    def find(self, wallet: int) -> CryptoWallet:
        """A wallet by its id; else WalletNotFound."""
        struct = _abi.CryptoWallet()
        _lib.call("crypto_wallet_find", self._handle(), wallet, ctypes.byref(struct))
        return CryptoWallet.from_struct(struct)

    def _find_by(self, key: str, **texts: str) -> CryptoWallet:
        struct = _abi.CryptoWallet()
        given = [part for name, text in texts.items() for part in sized(text, name)]
        _lib.call(
            f"crypto_wallet_find_by_{key}", self._handle(), *given, ctypes.byref(struct)
        )
        return CryptoWallet.from_struct(struct)

    def find_by_user(self, user: str, network: str) -> CryptoWallet:
        """The wallet of a user in a network; else WalletNotFound."""
        return self._find_by("user", user=user, network=network)

    def find_by_address(self, network: str, address: str) -> CryptoWallet:
        """The wallet with an address; else WalletNotFound."""
        return self._find_by("address", network=network, address=address)

    def list(self, user: str = "", after: int = 0) -> Iterator[CryptoWallet]:
        """A user's wallets by network and id, page by page; with an empty user all by id, those of
        pools included. `after` is the last one of an earlier list."""
        whose = sized(user, "user")
        pages = self._pages(_abi.CryptoWallet, "crypto_wallet_list", lambda at: (*whose, at), after)
        return map(CryptoWallet.from_struct, pages)

    def extra(self, wallet: int) -> str:
        """The JSON object that a wallet was made with, as it was given; often empty."""
        return _lib.text_out("crypto_wallet_extra", self._handle(), wallet)

    def set_status(
        self, wallet: int, status: CryptoWalletStatus, actor: str = "", reason: str = ""
    ) -> CryptoWallet:
        """Changes a wallet's status; ConditionNotMet where there is no such step."""
        given = (wallet, status, *sized(actor, "actor"), *sized(reason, "reason"))
        _lib.call("crypto_wallet_set_status", self._handle(), *given)
        return self.find(wallet)
