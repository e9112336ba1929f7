# SPDX-License-Identifier: MIT
"""One exception per status code of coffer; their codes are those of the C ABI."""


class CofferError(Exception):
    """Something did not happen. The message names the field and the reason."""

    code: int = -1

    def __init__(self, message: str = "", code: int | None = None) -> None:
        super().__init__(message or type(self).__name__)
        if code is not None:
            self.code = code


# 1xx: the call itself.

class InvalidArgument(CofferError):
    code = 100

class OutOfRange(CofferError):
    code = 101

class NullArgument(CofferError):
    code = 102

class BufferTooSmall(CofferError):
    code = 103

class InvalidUtf8(CofferError):
    code = 104

class NotFound(CofferError):
    code = 105

class Cancelled(CofferError):
    code = 106

class OutOfMemory(CofferError):
    code = 107

class Internal(CofferError):
    code = 108

class Unsupported(CofferError):
    code = 109

class AlreadyExists(CofferError):
    code = 110

class NotPermitted(CofferError):
    code = 111

class Closed(CofferError):
    code = 112

# 2xx: money.

class AmountOverflow(CofferError):
    code = 200

class AmountSyntax(CofferError):
    code = 201

class AmountTooManyPlaces(CofferError):
    code = 202

class DivisionByZero(CofferError):
    code = 203

class AssetMismatch(CofferError):
    code = 204

class AssetNotFound(CofferError):
    code = 205

class AssetScaleFixed(CofferError):
    code = 206

# 3xx: transactions as the caller drafted them.

class Unbalanced(CofferError):
    code = 300

class NoEntries(CofferError):
    code = 301

class TooManyEntries(CofferError):
    code = 302

class AmountNotPositive(CofferError):
    code = 303

class SameAccount(CofferError):
    code = 304

class KeyRequired(CofferError):
    code = 305

class KeyTooLong(CofferError):
    code = 306

class TextTooLong(CofferError):
    code = 307

class EffectiveInFuture(CofferError):
    code = 308

class GroupFailed(CofferError):
    code = 309

class NotAttempted(CofferError):
    code = 310

# 4xx: the ledger.

class AccountNotFound(CofferError):
    code = 400

class AccountFrozen(CofferError):
    code = 401

class AccountClosed(CofferError):
    code = 402

class AccountNotEmpty(CofferError):
    code = 403

class ExceedsBalance(CofferError):
    code = 404

class ExceedsLimit(CofferError):
    code = 405

class ConditionNotMet(CofferError):
    code = 406

class HoldNotFound(CofferError):
    code = 407

class HoldNotOpen(CofferError):
    code = 408

class ExceedsHold(CofferError):
    code = 409

class TransactionNotFound(CofferError):
    code = 410

class AlreadyReversed(CofferError):
    code = 411

class NotReversible(CofferError):
    code = 412

class InvalidBounds(CofferError):
    code = 413

class ExistsWithDifferentAccount(CofferError):
    code = 420

class ExistsWithDifferentAmount(CofferError):
    code = 421

class ExistsWithDifferentEntries(CofferError):
    code = 422

class ExistsWithDifferentEffectiveAt(CofferError):
    code = 423

class ExistsWithDifferentReference(CofferError):
    code = 424

class ExistsWithDifferentKind(CofferError):
    code = 425

class ExistsWithDifferentExpiry(CofferError):
    code = 426

class ExistsWithDifferentAsset(CofferError):
    code = 427

class ExistsWithDifferentOwner(CofferError):
    code = 428

class ExistsWithDifferentPolicy(CofferError):
    code = 429

# 5xx: reconciliation.

class InvalidRange(CofferError):
    code = 500

class SourceUnavailable(CofferError):
    code = 501

class ReconciliationNotFound(CofferError):
    code = 502

# 6xx: storage.

class StorageIo(CofferError):
    code = 600

class StorageFull(CofferError):
    code = 601

class StorageCorrupt(CofferError):
    code = 602

class StorageBusy(CofferError):
    code = 603

class StorageFenced(CofferError):
    code = 604

class StorageReadOnly(CofferError):
    code = 605

class StorageNewerVersion(CofferError):
    code = 606

class StorageForeign(CofferError):
    code = 607

class StorageConflict(CofferError):
    code = 608

class StorageBackend(CofferError):
    code = 609

class StorageCannotOpen(CofferError):
    code = 610

class IntegrityFailure(CofferError):
    code = 611

# 7xx: wallets.

class WalletNotFound(CofferError):
    code = 700

class WalletFrozen(CofferError):
    code = 701

class InsufficientBalance(CofferError):
    code = 702

# 8xx: keys.

class MnemonicUnknownWord(CofferError):
    code = 800

class MnemonicChecksum(CofferError):
    code = 801

class MnemonicLength(CofferError):
    code = 802

class DerivationPath(CofferError):
    code = 803

class ExtendedKey(CofferError):
    code = 804

class HardenedFromPublic(CofferError):
    code = 805

class InvalidKey(CofferError):
    code = 806

class WrongPassword(CofferError):
    code = 807

class KeystoreDamaged(CofferError):
    code = 808

class SignatureInvalid(CofferError):
    code = 809

class SigningRefused(CofferError):
    code = 810

class ShareInvalid(CofferError):
    code = 811

class DerivationSkipped(CofferError):
    code = 812

# 9xx: chains.

class AddressSyntax(CofferError):
    code = 900

class AddressChecksum(CofferError):
    code = 901

class AddressNetwork(CofferError):
    code = 902

class NetworkNotFound(CofferError):
    code = 903


BY_CODE: dict[int, type[CofferError]] = {kind.code: kind for kind in CofferError.__subclasses__()}


def error_of(code: int, message: str) -> CofferError:
    """The exception for a status. A code that this package does not know keeps its number."""
    kind = BY_CODE.get(code)
    return kind(message) if kind else CofferError(message, code)
