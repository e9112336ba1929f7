# SPDX-License-Identifier: MIT
"""Crypto wallets in bulk: address sources, jobs over rows, address pools, look-ups."""

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from coffer import _abi, _lib
from coffer.addresses import AddressPool, AddressSource, AssignedAddress, CryptoWallet
from coffer.engine import Engine
from coffer.keys import Xprv, Xpub, bulk_options
from coffer.networks import AddressForm
from coffer.secret import Handle
from coffer.wallet_jobs import (
    CryptoWalletKind,
    CryptoWalletStatus,
    WalletJob,
    WalletRow,
    WalletRowResult,
)

PAGE_ROWS = 1000


Admission = Callable[[str, str], CryptoWalletStatus]
"""Told a user and a network; answers ACTIVE, PENDING or REFUSED. A raise refuses the user."""


class CryptoWallets(Handle):
    """The crypto wallets of an engine; close it before the engine. Many threads may use it."""

    noun = "crypto_wallets"

    def __init__(self, engine: Engine, admission: Admission | None = None) -> None:
        self._engine = engine
        if admission is None:
            self._admission = _abi.AdmissionFunction(0)
        else:
            decide = admission

            def answer(_data: Any, user: bytes, network: bytes) -> int:
                try:
                    return int(decide(user.decode(), network.decode()))
                except Exception:  # it may not pass through C
                    return CryptoWalletStatus.REFUSED

            self._admission = _abi.AdmissionFunction(answer)
        pointer = ctypes.c_void_p()
        _lib.call(
            "crypto_wallets_open", engine._handle(), self._admission, None, ctypes.byref(pointer)
        )
        self._pointer = pointer

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
        _lib.set_text(draft, name=name, network=network, key_name=key_name)
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

    def source(self, name: str) -> AddressSource:
        """A source by its name; else NotFound."""
        data, struct = name.encode(), _abi.AddressSource()
        _lib.call("address_source_find", self._handle(), data, len(data), ctypes.byref(struct))
        return AddressSource.from_struct(struct)

    # Jobs.

    def submit(
        self,
        key: str,
        sources: Iterable[AddressSource],
        rows: Iterable[WalletRow] | str | bytes,
        *,
        text_format: str = "csv",
        all_or_nothing: bool = False,
        allows_several: bool = False,
        needs_approval: bool = False,
        actor: str = "",
    ) -> WalletJob:
        """Stores a job with its rows, which are WalletRows or a text, "csv" or "json". The same
        key with the same rows finds the job."""
        ids = [source.id for source in sources]
        draft: _abi.WalletJobDraft = _lib.new(
            _abi.WalletJobDraft,
            is_all_or_nothing=all_or_nothing,
            allows_several=allows_several,
            needs_approval=needs_approval,
        )
        _lib.set_text(draft, key=key, actor=actor)
        draft.sources, draft.source_count = (ctypes.c_int64 * len(ids))(*ids), len(ids)
        struct = _abi.WalletJob()
        if isinstance(rows, str | bytes):
            formats = {"csv": _abi.WALLET_ROWS_CSV, "json": _abi.WALLET_ROWS_JSON}
            text = _lib.as_bytes(rows)
            _lib.call(
                "wallet_job_submit_text",
                self._handle(),
                ctypes.byref(draft),
                formats[text_format],
                text,
                len(text),
                ctypes.byref(struct),
            )
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
        _lib.call(
            "wallet_job_submit",
            self._handle(),
            ctypes.byref(draft),
            array,
            len(listed),
            ctypes.byref(struct),
        )
        return WalletJob.from_struct(struct)

    def run(
        self,
        job: int,
        rows_max: int = 4096,
        *,
        threads: int = 1,
        nodes: Mapping[int, Xprv] | None = None,
    ) -> WalletJob:
        """Makes the wallets of at most so many further rows. `nodes` are the private account nodes
        of ed25519 sources, by the source's id."""
        given = dict(nodes or {})
        ids = (ctypes.c_int64 * len(given))(*given)
        pointers = (ctypes.c_void_p * len(given))(
            *(node._handle().value for node in given.values())
        )
        options = bulk_options(threads, _abi.ProgressFunction(0))
        struct = _abi.WalletJob()
        _lib.call(
            "wallet_job_run",
            self._handle(),
            job,
            rows_max,
            ctypes.byref(options),
            ids,
            pointers,
            len(given),
            ctypes.byref(struct),
        )
        return WalletJob.from_struct(struct)

    def job(self, job: int | str) -> WalletJob:
        """A job by its id or its key; else NotFound."""
        struct = _abi.WalletJob()
        if isinstance(job, str):
            data = job.encode()
            _lib.call(
                "wallet_job_find_by_key", self._handle(), data, len(data), ctypes.byref(struct)
            )
        else:
            _lib.call("wallet_job_find", self._handle(), job, ctypes.byref(struct))
        return WalletJob.from_struct(struct)

    def _change(self, verb: str, job: int, *texts: str) -> WalletJob:
        given: list[Any] = []
        for text in texts:
            data = text.encode()
            given += [data, len(data)]
        _lib.call(f"wallet_job_{verb}", self._handle(), job, *given)
        return self.job(job)

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
        self, job: int, after: int = 0, *, failed_only: bool = False
    ) -> Iterator[WalletRowResult]:
        """The results of the rows after `after`, read in pages."""
        structs = (_abi.WalletRowResult * PAGE_ROWS)()
        count = ctypes.c_size_t(PAGE_ROWS)
        while count.value == PAGE_ROWS:
            _lib.call(
                "wallet_job_results",
                self._handle(),
                job,
                after,
                failed_only,
                structs,
                PAGE_ROWS,
                ctypes.byref(count),
            )
            for struct in structs[: count.value]:
                result = WalletRowResult.from_struct(struct)
                after = result.row
                yield result

    # Wallets.

    def find(self, wallet: int) -> CryptoWallet:
        """A wallet by its id; else WalletNotFound."""
        struct = _abi.CryptoWallet()
        _lib.call("crypto_wallet_find", self._handle(), wallet, ctypes.byref(struct))
        return CryptoWallet.from_struct(struct)

    def _find_by(self, key: str, one: str, other: str) -> CryptoWallet:
        first, second, struct = one.encode(), other.encode(), _abi.CryptoWallet()
        _lib.call(
            f"crypto_wallet_find_by_{key}",
            self._handle(),
            first,
            len(first),
            second,
            len(second),
            ctypes.byref(struct),
        )
        return CryptoWallet.from_struct(struct)

    def find_by_user(self, user: str, network: str) -> CryptoWallet:
        """The wallet of a user in a network; else WalletNotFound."""
        return self._find_by("user", user, network)

    def find_by_address(self, network: str, address: str) -> CryptoWallet:
        """The wallet with an address; else WalletNotFound."""
        return self._find_by("address", network, address)

    def set_status(
        self, wallet: int, status: CryptoWalletStatus, actor: str = "", reason: str = ""
    ) -> CryptoWallet:
        """Changes a wallet's status; ConditionNotMet where there is no such step."""
        who, why = actor.encode(), reason.encode()
        _lib.call(
            "crypto_wallet_set_status",
            self._handle(),
            wallet,
            status,
            who,
            len(who),
            why,
            len(why),
        )
        return self.find(wallet)

    # Pools.

    def pool(self, source: int) -> AddressPool:
        """The counts of a source's pool."""
        struct = _abi.AddressPool()
        _lib.call("address_pool_find", self._handle(), source, ctypes.byref(struct))
        return AddressPool(
            struct.free_count,
            struct.assigned_count,
            struct.used_count,
            struct.retired_count,
            struct.gap,
            struct.gap_limit,
            struct.next_index,
        )

    def fill_pool(self, source: int, free_min: int = 100, node: Xprv | None = None) -> int:
        """Derives addresses ahead until so many are free; says how many were added."""
        added = ctypes.c_int64()
        handle = None if node is None else node._handle()
        _lib.call(
            "address_pool_fill", self._handle(), source, free_min, handle, ctypes.byref(added)
        )
        return added.value

    def assign_address(self, source: int, key: str, owner: str = "") -> AssignedAddress:
        """Gives out a free address; the same key gets the same one again."""
        name, whom, struct = key.encode(), owner.encode(), _abi.AssignedAddress()
        _lib.call(
            "address_pool_assign",
            self._handle(),
            source,
            name,
            len(name),
            whom,
            len(whom),
            ctypes.byref(struct),
        )
        return AssignedAddress(
            CryptoWallet.from_struct(struct.wallet),
            bool(struct.existed),
            bool(struct.is_beyond_gap),
            bool(struct.may_be_reused),
        )

    def mark_address(self, address: int, status: CryptoWalletStatus) -> None:
        """Marks a pool's address USED or RETIRED."""
        _lib.call("address_pool_mark", self._handle(), address, status)

    def set_gap_limit(self, source: int, limit: int) -> None:
        """Sets after how many unused addresses `is_beyond_gap` warns."""
        _lib.call("address_pool_set_gap_limit", self._handle(), source, limit)
