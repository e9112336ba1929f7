# SPDX-License-Identifier: MIT
"""What crypto wallets ask you: the check of users, who may do what, which addresses were used."""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol, runtime_checkable

from coffer import _abi, _lib
from coffer._callbacks import guarded
from coffer.errors import NotPermitted
from coffer.wallet_jobs import CryptoWalletStatus


@dataclass(frozen=True, slots=True)
class AdmissionRequest:
    """The wallet that is about to be made."""

    user: str
    network: str
    label: str
    extra: str
    job: int

    @classmethod
    def from_struct(cls, struct: _abi.AdmissionRequest) -> "AdmissionRequest":
        user, network, label, extra = (
            _lib.pointed_bytes(struct, field).decode()
            for field in ("user", "network", "label", "extra")
        )
        return cls(user, network, label, extra, struct.job)


Admission = Callable[[AdmissionRequest], CryptoWalletStatus]
"""The check of users: answers ACTIVE, PENDING or REFUSED. A raise is the row's result, and a retry
of the job asks again. It must not call the wallets that ask it."""


class StaticAdmission:
    """An admission by two lists of users: `deny` are refused, also when they are on both, `allow`
    are active, and everybody else begins as `otherwise` or is decided by it, a check of users."""

    def __init__(
        self,
        allow: Iterable[str] = (),
        deny: Iterable[str] = (),
        otherwise: CryptoWalletStatus | Admission = CryptoWalletStatus.ACTIVE,
    ) -> None:
        self._allow, self._deny = frozenset(allow), frozenset(deny)
        self._otherwise = otherwise

    def __call__(self, request: AdmissionRequest) -> CryptoWalletStatus:
        if request.user in self._deny:
            return CryptoWalletStatus.REFUSED
        if request.user in self._allow:
            return CryptoWalletStatus.ACTIVE
        return self._otherwise(request) if callable(self._otherwise) else self._otherwise


class WalletAction(IntEnum):
    """What somebody wants to do; ASSIGN_ADDRESS is all that pools do."""

    ADD_SOURCE = _abi.WALLET_ACTION_ADD_SOURCE
    SUBMIT = _abi.WALLET_ACTION_SUBMIT
    QUERY = _abi.WALLET_ACTION_QUERY
    APPROVE = _abi.WALLET_ACTION_APPROVE
    RUN = _abi.WALLET_ACTION_RUN
    CANCEL = _abi.WALLET_ACTION_CANCEL
    RETRY = _abi.WALLET_ACTION_RETRY
    ROLL_BACK = _abi.WALLET_ACTION_ROLL_BACK
    CHANGE_WALLET = _abi.WALLET_ACTION_CHANGE_WALLET
    ASSIGN_ADDRESS = _abi.WALLET_ACTION_ASSIGN_ADDRESS


Permission = Callable[[str, WalletAction, int], bool]
"""Told the actor, the action and the job (0: none, or one that is to be made); True allows. All
else refuses with NotPermitted, a raise with its own code. It must not call the wallets that ask
it."""

ChainUse = Callable[[str, Sequence[str]], Sequence[bool]]
"""Told a network and addresses; says for each whether any transaction names it. A raise ends the
search, and nothing is marked. It must not call the wallets that ask it."""


@runtime_checkable
class Readable(Protocol):
    """A file opened for bytes, or what reads like one."""

    def read(self, size: int, /) -> bytes: ...


def admission_function(admission: Admission | None) -> Any:
    if admission is None:
        return _abi.AdmissionFunction(0)
    decide = admission

    def answer(request: Any, status_out: Any) -> None:
        status_out[0] = int(decide(AdmissionRequest.from_struct(request[0])))

    return _abi.AdmissionFunction(guarded(answer, _abi.ERR_SOURCE_UNAVAILABLE))


def permission_function(permission: Permission | None) -> Any:
    if permission is None:
        return _abi.PermissionFunction(0)
    may = permission

    def answer(request: Any) -> None:
        struct = request[0]
        actor, action = _lib.pointed_bytes(struct, "actor").decode(), WalletAction(struct.action)
        if may(actor, action, struct.job) is not True:
            raise NotPermitted(f"{actor or 'nobody'}: may not {action.name.lower()}")

    return _abi.PermissionFunction(guarded(answer, _abi.ERR_NOT_PERMITTED))


def chain_function(chain: ChainUse) -> Any:
    def answer(network: bytes, addresses: Any, count: int, used_out: Any) -> None:
        texts = [addresses[i].decode() for i in range(count)]
        used = chain(network.decode(), texts)
        if len(used) != count:
            raise ValueError(f"chain: answered for {len(used)} addresses, asked for {count}")
        for i, one in enumerate(used):
            used_out[i] = bool(one)

    return _abi.ChainUseFunction(guarded(answer, _abi.ERR_SOURCE_UNAVAILABLE))


def read_function(file: Readable) -> Any:
    def answer(buffer: Any, size: int, read_out: Any) -> None:
        data = file.read(size)
        if len(data) > size:
            raise ValueError(f"read: gave {len(data)} bytes, asked for {size}")
        ctypes.memmove(buffer, data, len(data))
        read_out[0] = len(data)

    return _abi.TextReadFunction(guarded(answer, _abi.ERR_SOURCE_UNAVAILABLE))
