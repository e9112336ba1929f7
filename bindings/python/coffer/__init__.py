# SPDX-License-Identifier: MIT
"""coffer: an embeddable wallet engine; a double-entry ledger, wallets, reconciliation and keys.

Amounts are ints of minor units (cents, satoshi, wei); texts and Decimals are taken where an asset
says how many places they have; a float is a TypeError. What does not happen raises an exception of
`coffer.errors`, one per code. Every change carries a key: repeating it is safe.
"""

from coffer import errors
from coffer._lib import has_keys, library_version, use_library
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
from coffer.addresses import (
    AddressPool,
    AddressSource,
    AssignedAddress,
    CryptoWallet,
    UsedAddresses,
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
from coffer.crypto_wallets import CryptoWallets
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
from coffer.history import (
    Cursor,
    HistoryLine,
    HistoryPage,
    HistoryQuery,
    PostedEntry,
    Transaction,
)
from coffer.holds import Bucket, Capture, Hold, HoldDraft, HoldState, Release
from coffer.keys import (
    ALL_THREADS,
    HARDENED,
    Curve,
    KeyVersion,
    PublicKeys,
    Xprv,
    Xpub,
    format_path,
    key_versions,
    parse_path,
)
from coffer.keystores import (
    KeystoreCipher,
    KeystoreContent,
    KeystoreCost,
    KeystoreInfo,
    KeystoreKind,
    bip38_decrypt,
    bip38_encrypt,
    change_keystore_password,
    inspect_keystore,
    open_keystore,
    open_web3_keystore,
    seal_keystore,
    seal_web3_keystore,
)
from coffer.ledger import Ledger, Operation
from coffer.messages import (
    Bip322Proof,
    Bip322Times,
    LegacyKind,
    Messages,
    ProvenOutput,
    TypedDataHashes,
    typed_data_hashes,
)
from coffer.mnemonics import (
    Language,
    Mnemonic,
    UnknownWord,
    complete_word,
    mnemonic_word,
    unknown_words,
)
from coffer.musig import (
    MusigKeys,
    MusigNonce,
    MusigSession,
    MusigTweak,
    aggregate_musig_nonces,
    sort_musig_keys,
)
from coffer.networks import (
    Address,
    AddressForm,
    Family,
    Network,
    NetworkTable,
    PathLayout,
    TaprootOutput,
    multisig_script,
    taproot_output,
)
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
from coffer.secret import Secret, wipe
from coffer.shares import ShareGroup, ShareInfo, ShareSet, combine_shares, inspect_share
from coffer.signers import (
    KeyReference,
    Pkcs11Signer,
    Signature,
    SignatureScheme,
    Signer,
    SigningHost,
    SignRequest,
    SoftwareSigner,
    verify_signature,
)
from coffer.storage import Query, Row, Schema, Storage, run_conformance
from coffer.wallet_hooks import AdmissionRequest, StaticAdmission, WalletAction
from coffer.wallet_jobs import (
    CryptoWalletKind,
    CryptoWalletStatus,
    WalletJob,
    WalletJobState,
    WalletRow,
    WalletRowResult,
)
from coffer.wallets import (
    Movement,
    MovementKind,
    Receipt,
    Wallet,
    WalletPage,
    Wallets,
    WalletQuery,
    WalletTransaction,
    WalletTransactionType,
)

__all__ = [
    "ALL_THREADS", "AMOUNT_MAX", "AMOUNT_MIN", "Account", "AccountDraft", "Address", "AddressForm",
    "AddressPool", "AddressSource", "AdmissionRequest", "Asset", "AssetKind", "AssignedAddress",
    "Balance", "BatchMode", "Bip322Proof", "Bip322Times", "Bucket", "Capture", "ChainHead",
    "CofferError", "Condition", "CryptoWallet", "CryptoWalletKind", "CryptoWalletStatus",
    "CryptoWallets", "Currency", "Cursor", "Curve", "Draft", "Durability", "Engine", "Entry",
    "Event", "EventKind", "Family", "HARDENED", "HistoryLine", "HistoryPage", "HistoryQuery",
    "Hold", "HoldDraft", "HoldState", "KeyReference", "KeyVersion", "KeystoreCipher",
    "KeystoreContent", "KeystoreCost", "KeystoreInfo", "KeystoreKind", "Language", "Ledger",
    "LegacyKind", "ManualClock", "Messages", "Mnemonic", "Movement", "MovementKind", "MusigKeys",
    "MusigNonce", "MusigSession", "MusigTweak", "Network", "NetworkTable", "Operation", "Outcome",
    "Outcomes", "OwnerTotal", "PathLayout", "Pkcs11Signer", "Policy", "PolicyChange", "PostedEntry",
    "ProvenOutput", "PublicKeys", "Query", "Rate", "Receipt", "Reconciler", "Reconciliation",
    "ReconciliationDetail", "ReconciliationRequest", "ReconciliationStatus", "RegisteredAsset",
    "Release", "Reversal", "Rounding", "Row", "Schema", "Secret", "ShareGroup", "ShareInfo",
    "ShareSet", "Side", "SignRequest", "Signature", "SignatureScheme", "Signer", "SigningHost",
    "SoftwareSigner", "StaticAdmission", "Statistics", "Storage", "Takeover", "TaprootOutput",
    "TimeAxis", "Transaction", "TransactionKind", "Transfer", "TypedDataHashes", "UNBOUNDED",
    "UnknownWord", "UsedAddresses", "VerifyReport", "Wallet", "WalletAction", "WalletJob",
    "WalletJobState", "WalletPage", "WalletQuery", "WalletRow", "WalletRowResult",
    "WalletTransaction", "WalletTransactionType", "Wallets", "Xprv", "Xpub", "__version__",
    "aggregate_musig_nonces", "allocate", "bip38_decrypt", "bip38_encrypt",
    "change_keystore_password", "combine_shares", "complete_word", "credit", "currencies", "debit",
    "errors", "format_path", "has_keys", "inspect_keystore", "inspect_share", "key_versions",
    "library_version", "mnemonic_word", "moment", "multisig_script", "nanoseconds", "open_keystore",
    "open_web3_keystore", "parse_path", "preset", "run_conformance", "seal_keystore",
    "seal_web3_keystore", "sort_musig_keys", "taproot_output", "typed_data_hashes", "unknown_words",
    "use_library", "verify_signature", "wipe",
]
