# SPDX-License-Identifier: MIT
"""Jobs that create crypto wallets in bulk: rows, how far a job is, what became of each row."""

from dataclasses import dataclass
from enum import IntEnum

from coffer import _abi, _lib


class CryptoWalletKind(IntEnum):
    """How near to the network a wallet's key is."""

    HOT = _abi.CRYPTO_WALLET_HOT
    WARM = _abi.CRYPTO_WALLET_WARM
    COLD = _abi.CRYPTO_WALLET_COLD
    WATCH_ONLY = _abi.CRYPTO_WALLET_WATCH_ONLY


class CryptoWalletStatus(IntEnum):
    """What a wallet may be used for; the last three are of pools."""

    PENDING = _abi.CRYPTO_WALLET_PENDING
    ACTIVE = _abi.CRYPTO_WALLET_ACTIVE
    REFUSED = _abi.CRYPTO_WALLET_REFUSED
    FROZEN = _abi.CRYPTO_WALLET_FROZEN
    RETIRED = _abi.CRYPTO_WALLET_RETIRED
    FREE = _abi.CRYPTO_WALLET_FREE
    ASSIGNED = _abi.CRYPTO_WALLET_ASSIGNED
    USED = _abi.CRYPTO_WALLET_USED


class WalletJobState(IntEnum):
    """How far a job is."""

    RECEIVING = _abi.WALLET_JOB_RECEIVING
    WAITING = _abi.WALLET_JOB_WAITING
    READY = _abi.WALLET_JOB_READY
    COMPLETED = _abi.WALLET_JOB_COMPLETED
    CANCELLED = _abi.WALLET_JOB_CANCELLED
    FAILED = _abi.WALLET_JOB_FAILED
    ROLLED_BACK = _abi.WALLET_JOB_ROLLED_BACK


@dataclass(frozen=True, slots=True)
class WalletRow:
    """One wallet that is asked for; the network may be empty when the job has one source."""

    user: str
    network: str = ""
    key: str = ""
    label: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class WalletJob:
    """How far a job is."""

    id: int
    key: str
    state: WalletJobState
    rows: int
    done: int
    created: int
    existed: int
    failed: int
    attempt: int
    attempt_done: int
    actor: str
    is_all_or_nothing: bool

    @classmethod
    def from_struct(cls, struct: _abi.WalletJob) -> "WalletJob":
        return cls(
            struct.id,
            _lib.text_of(struct, "key"),
            WalletJobState(struct.state),
            struct.rows,
            struct.done,
            struct.created,
            struct.existed,
            struct.failed,
            struct.attempt,
            struct.attempt_done,
            _lib.text_of(struct, "actor"),
            bool(struct.is_all_or_nothing),
        )


@dataclass(frozen=True, slots=True)
class WalletRowResult:
    """What became of a row; `code` is 0, or a code of `coffer.errors`."""

    row: int
    is_done: bool
    code: int
    message: str
    wallet: int
    existed: bool
    user: str
    network: str
    address: str
    status: CryptoWalletStatus | None

    @classmethod
    def from_struct(cls, struct: _abi.WalletRowResult) -> "WalletRowResult":
        return cls(
            struct.row,
            bool(struct.is_done),
            struct.code,
            _lib.text_of(struct, "message"),
            struct.wallet,
            bool(struct.existed),
            _lib.text_of(struct, "user"),
            _lib.text_of(struct, "network"),
            _lib.text_of(struct, "address"),
            CryptoWalletStatus(struct.status) if struct.status else None,
        )
