# SPDX-License-Identifier: MIT
"""Address sources and pools, and the wallets whose addresses come from them."""

from dataclasses import dataclass

from coffer import _abi, _lib, amounts
from coffer.networks import AddressForm
from coffer.wallet_jobs import CryptoWalletKind, CryptoWalletStatus


@dataclass(frozen=True, slots=True)
class AddressSource:
    """An account whose children become addresses; `path` has a star for the index."""

    id: int
    name: str
    network: str
    form: AddressForm
    account: int
    path: str
    key_name: str
    kind: CryptoWalletKind
    first_index: int
    next_index: int
    gap_limit: int
    is_restored: bool
    balance_max: int | None
    existed: bool = False

    @classmethod
    def from_struct(cls, struct: _abi.AddressSource, existed: bool = False) -> "AddressSource":
        return cls(
            struct.id,
            _lib.text_of(struct, "name"),
            _lib.text_of(struct, "network"),
            AddressForm(struct.form),
            struct.account,
            _lib.text_of(struct, "path"),
            _lib.text_of(struct, "key_name"),
            CryptoWalletKind(struct.kind),
            struct.first_index,
            struct.next_index,
            struct.gap_limit,
            bool(struct.is_restored),
            amounts.from_struct(struct.balance_max) if struct.has_balance_max else None,
            existed,
        )


@dataclass(frozen=True, slots=True)
class CryptoWallet:
    """One address, whose it is and where its key is; never the key."""

    id: int
    user: str
    network: str
    address: str
    source: int
    address_index: int
    path: str
    key_name: str
    public_key: bytes
    kind: CryptoWalletKind
    status: CryptoWalletStatus
    job: int
    key: str
    label: str
    recorded_at: int

    @classmethod
    def from_struct(cls, struct: _abi.CryptoWallet) -> "CryptoWallet":
        return cls(
            struct.id,
            _lib.text_of(struct, "user"),
            _lib.text_of(struct, "network"),
            _lib.text_of(struct, "address"),
            struct.source,
            struct.address_index,
            _lib.text_of(struct, "path"),
            _lib.text_of(struct, "key_name"),
            bytes(struct.public_key) if struct.has_public_key else b"",
            CryptoWalletKind(struct.kind),
            CryptoWalletStatus(struct.status),
            struct.job,
            _lib.text_of(struct, "key"),
            _lib.text_of(struct, "label"),
            struct.recorded_at,
        )


@dataclass(frozen=True, slots=True)
class AddressPool:
    """The addresses of a source that were derived for no user."""

    free: int
    assigned: int
    used: int
    retired: int
    gap: int
    gap_limit: int
    next_index: int


@dataclass(frozen=True, slots=True)
class AssignedAddress:
    """An address that was given out, and what there is to know about it."""

    wallet: CryptoWallet
    existed: bool
    is_beyond_gap: bool
    may_be_reused: bool


@dataclass(frozen=True, slots=True)
class UsedAddresses:
    """What a search for used addresses found; `next_index` is the first behind all used ones."""

    looked_at: int
    used: int
    next_index: int
