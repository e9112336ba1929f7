# SPDX-License-Identifier: MIT
"""coffer: an embeddable wallet engine; a double-entry ledger, wallets and reconciliation.

Amounts are ints of minor units (cents, satoshi, wei); texts and Decimals are taken where an asset
says how many places they have; a float is a TypeError. What does not happen raises an exception of
`coffer.errors`, one per code. Every change carries a key: repeating it is safe.
"""

from coffer import errors
from coffer._lib import library_version, use_library
from coffer._version import __version__
from coffer.accounts import (
    UNBOUNDED,
    Account,
    AccountDraft,
    Balance,
    OwnerTotal,
    Policy,
    PolicyChange,
    Side,
    TimeAxis,
)
from coffer.amounts import (
    AMOUNT_MAX,
    AMOUNT_MIN,
    Rate,
    Rounding,
    allocate,
    moment,
    nanoseconds,
)
from coffer.assets import Asset, AssetKind, Currency, RegisteredAsset, currencies, preset
from coffer.engine import (
    ChainHead,
    Durability,
    Engine,
    Event,
    EventKind,
    ManualClock,
    Statistics,
    Takeover,
    VerifyReport,
)
from coffer.errors import CofferError
from coffer.history import HistoryLine, HistoryQuery, PostedEntry, Transaction
from coffer.holds import Bucket, Capture, Hold, HoldDraft, HoldState, Release
from coffer.ledger import Ledger, Operation
from coffer.postings import (
    BatchMode,
    Condition,
    Draft,
    Entry,
    Outcome,
    Outcomes,
    Reversal,
    TransactionKind,
    Transfer,
    credit,
    debit,
)
from coffer.reconciliation import (
    Reconciler,
    Reconciliation,
    ReconciliationDetail,
    ReconciliationRequest,
    ReconciliationStatus,
)
from coffer.storage import Query, Row, Schema, Storage, run_conformance
from coffer.wallets import (
    Movement,
    MovementKind,
    Receipt,
    Wallet,
    Wallets,
    WalletQuery,
    WalletTransaction,
    WalletTransactionType,
)

__all__ = [
    "AMOUNT_MAX", "AMOUNT_MIN", "Account", "AccountDraft", "Asset", "AssetKind", "Balance",
    "BatchMode", "Bucket", "Capture", "ChainHead", "CofferError", "Condition", "Currency",
    "Draft", "Durability", "Engine", "Entry", "Event", "EventKind", "HistoryLine", "HistoryQuery",
    "Hold", "HoldDraft", "HoldState", "Ledger", "ManualClock", "Movement", "MovementKind",
    "Operation", "Outcome", "Outcomes", "OwnerTotal", "Policy", "PolicyChange", "PostedEntry",
    "Query", "Rate", "Receipt", "Reconciler", "Reconciliation", "ReconciliationDetail",
    "ReconciliationRequest", "ReconciliationStatus", "RegisteredAsset", "Release", "Reversal",
    "Rounding", "Row", "Schema", "Side", "Statistics", "Storage", "Takeover", "TimeAxis",
    "Transaction", "TransactionKind", "Transfer", "UNBOUNDED", "VerifyReport", "Wallet",
    "WalletQuery", "WalletTransaction", "WalletTransactionType", "Wallets", "__version__",
    "allocate", "credit", "currencies", "debit", "errors", "library_version", "moment",
    "nanoseconds", "preset", "run_conformance", "use_library",
]
