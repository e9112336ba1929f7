# SPDX-License-Identifier: MIT
"""MuSig2 (BIP-327): n signers with one key and one signature, which anyone verifies as BIP-340.

All signers aggregate the same keys in the same order. Each makes a nonce and sends its public half
to all. The halves are aggregated; keys, nonce and message are a session, in which each signer signs
once. Whoever has all parts aggregates them:

    keys = MusigKeys(sort_musig_keys(public_keys))
    nonce = MusigNonce(signer, key, keys, message)
    session = MusigSession(keys, aggregate_musig_nonces(public_nonces), message)
    partial = session.sign(signer, key, nonce)
    signature = session.aggregate(partials, public_nonces)

A library over a libsecp256k1 without its module musig (before 0.6, e.g. Debian 12's) raises
Unsupported and names the missing header; `sort_musig_keys` works there too. Messages are digests of
32 bytes. Any thread may use what is here at once with others.
"""

import ctypes
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Self

from coffer import _abi, _lib
from coffer.keys import PUBLIC_KEY_SIZE, PublicKeys, Xpub
from coffer.secret import Handle
from coffer.signers import KeyReference, Signature, Signer


class MusigTweak(IntEnum):
    """How a tweak changes the aggregate key."""

    PLAIN = _abi.MUSIG_TWEAK_PLAIN
    X_ONLY = _abi.MUSIG_TWEAK_X_ONLY


def sort_musig_keys(keys: Sequence[bytes]) -> list[bytes]:
    """The keys by their bytes (KeySort): then the aggregate is the same in whatever order the
    signers knew each other's. OutOfRange for more than 1,000."""
    data = bytearray(_joined(keys, PUBLIC_KEY_SIZE, "keys"))
    buffer = (ctypes.c_uint8 * len(data)).from_buffer(data)
    _lib.call("musig_sort_keys", buffer, len(keys))
    return list(PublicKeys(bytes(data)))


class MusigKeys(Handle):
    """Several keys as one, with its tweaks. No secret; it never changes."""

    noun = "musig_keys"

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Aggregates compressed keys on secp256k1 in the order given (KeyAgg); one may stand there
        twice. OutOfRange (none, more than 1,000), Unsupported, InvalidKey, which names the key's
        place, from 0."""
        data, pointer = _joined(keys, PUBLIC_KEY_SIZE, "keys"), ctypes.c_void_p()
        _lib.call(
            "musig_keys_aggregate", _lib.octets(data), len(keys), ctypes.byref(pointer)
        )
        self._pointer = pointer

    def tweaked(self, kind: MusigTweak, tweak: bytes) -> Self:
        """The same keys with one tweak of 32 bytes more. Take it from a standard that commits to
        the key: one that another signer may choose freely is not safe. OutOfRange (not below the
        group's order), InvalidKey (nothing but infinity is left)."""
        data = _lib.octets(_sized(tweak, 32, "tweak"))
        return self._make("musig_keys_tweak", self._handle(), kind, data)

    def taproot(self, merkle_root: bytes | None = None) -> Self:
        """Tweaked to taproot's output key (BIP-341; BIP-86 without a root), which
        `taproot_output` gives too. Raises as `tweaked`, with a chance below 2^-127."""
        root = None if merkle_root is None else _sized(merkle_root, 32, "merkle_root")
        data = None if root is None else _lib.octets(root)
        return self._make("musig_keys_taproot", self._handle(), data)

    @property
    def xpub(self) -> Xpub:
        """The synthetic extended key (BIP-328); InvalidArgument when these keys are tweaked."""
        struct = _abi.Xpub()
        _lib.call("musig_keys_xpub", self._handle(), ctypes.byref(struct))
        return Xpub._of(struct)

    def derive(self, path: str) -> Self:
        """Tweaked to the descendant of `xpub` at the end of a path, to sign for it.
        DerivationPath, InvalidArgument (these keys are tweaked), HardenedFromPublic, or
        DerivationSkipped with a chance below 2^-127."""
        return self._make("musig_keys_derive", self._handle(), *_lib.sized(path, "path"))

    @property
    def public_key(self) -> bytes:
        """The aggregate key with all tweaks, in 33 bytes; the last 32 are the key under which the
        signature verifies (BIP-340)."""
        out = (ctypes.c_uint8 * PUBLIC_KEY_SIZE)()
        _lib.call("musig_keys_public_key", self._handle(), out)
        return bytes(out)


class MusigNonce(Handle):
    """One signer's nonce: it signs once. Its secret half stays in the library's locked memory and
    can be neither read, copied nor pickled: a nonce that signs twice gives the private key away. A
    process that ends between the two rounds begins again with a new one."""

    noun = "musig_nonce"

    def __init__(
        self,
        signer: Signer,
        key: KeyReference,
        keys: MusigKeys | None = None,
        message: bytes | None = None,
    ) -> None:
        """Makes a nonce of a key; fresh each time. What is known already of keys and message goes
        into it, beside the system's randomness: should that ever fail, nonces of different messages
        still differ. SigningRefused in read-only mode; Unsupported for a signer that asks a host or
        a token; what `Signer.public_key` raises; InvalidArgument for another curve; Unsupported."""
        out, pointer = (ctypes.c_uint8 * _abi.MUSIG_NONCE_SIZE)(), ctypes.c_void_p()
        struct = key.to_struct()
        known = None if keys is None else keys._handle()
        digest = None if message is None else _lib.octets(_message(message))
        _lib.call(
            "musig_nonce_make",
            signer._handle(), ctypes.byref(struct), known, digest, ctypes.byref(pointer), out,
        )
        self._pointer = pointer
        self.public_nonce = bytes(out)
        """What the other signers need: 66 bytes."""


def aggregate_musig_nonces(public_nonces: Sequence[bytes]) -> bytes:
    """The public nonces of all signers as one (NonceAgg), in any order. Whoever does it need not be
    trusted: if it is wrong, so is the signature. OutOfRange (none, more than 1,000), Unsupported,
    InvalidArgument, which names the nonce's place, from 0."""
    data = _joined(public_nonces, _abi.MUSIG_NONCE_SIZE, "public_nonces")
    out = (ctypes.c_uint8 * _abi.MUSIG_NONCE_SIZE)()
    _lib.call("musig_nonces_aggregate", _lib.octets(data), len(public_nonces), out)
    return bytes(out)


class MusigSession(Handle):
    """Keys, nonce and message of one signature. No secret; it never changes."""

    noun = "musig_session"

    def __init__(self, keys: MusigKeys, aggregate_nonce: bytes, message: bytes) -> None:
        """InvalidArgument when the aggregate nonce is neither points nor infinity."""
        nonce = _sized(aggregate_nonce, _abi.MUSIG_NONCE_SIZE, "aggregate_nonce")
        pointer = ctypes.c_void_p()
        _lib.call(
            "musig_session_begin",
            keys._handle(), _lib.octets(nonce), _lib.octets(_message(message)),
            ctypes.byref(pointer),
        )
        self._pointer = pointer

    def sign(self, signer: Signer, key: KeyReference, nonce: MusigNonce) -> bytes:
        """Signs one key's part, of 32 bytes, which was verified. The nonce is spent, whatever is
        raised. InvalidArgument (it signed before, or was made for another key; another curve),
        SigningRefused in read-only mode, Unsupported for a signer that asks a host or a token, what
        `Signer.public_key` raises, InvalidKey (the key is none of those aggregated),
        SignatureInvalid (the machine made a mistake)."""
        out, struct = (ctypes.c_uint8 * _abi.MUSIG_PARTIAL_SIZE)(), key.to_struct()
        _lib.call(
            "musig_session_sign",
            self._handle(), signer._handle(), ctypes.byref(struct), nonce._handle(), out,
        )
        return bytes(out)

    def verify(self, place: int, public_nonce: bytes, partial: bytes) -> None:
        """Returns when the signer at `place` (from 0, as his key was aggregated) has done his part;
        else OutOfRange, InvalidArgument (his public nonce), SignatureInvalid. It proves nothing to
        others: parts can be forged, whole signatures can't."""
        nonce = _sized(public_nonce, _abi.MUSIG_NONCE_SIZE, "public_nonce")
        part = _sized(partial, _abi.MUSIG_PARTIAL_SIZE, "partial")
        _lib.call(
            "musig_session_verify", self._handle(), place, _lib.octets(nonce), _lib.octets(part)
        )

    def aggregate(
        self, partials: Sequence[bytes], public_nonces: Sequence[bytes] | None = None
    ) -> Signature:
        """The signature of all parts, in the order of the keys; it was verified. With the signers'
        nonces in that order SignatureInvalid names whose part is wrong. OutOfRange when there is
        not one part for each key."""
        data = _joined(partials, _abi.MUSIG_PARTIAL_SIZE, "partials")
        nonces: Any = None
        if public_nonces is not None:
            if len(public_nonces) != len(partials):
                raise ValueError("public_nonces: there is not one for each of the partials")
            nonces = _lib.octets(_joined(public_nonces, _abi.MUSIG_NONCE_SIZE, "public_nonces"))
        out = (ctypes.c_uint8 * _abi.MUSIG_SIGNATURE_SIZE)()
        _lib.call(
            "musig_session_aggregate",
            self._handle(), _lib.octets(data), len(partials), nonces, out,
        )
        return Signature(bytes(out))


def _sized(data: bytes, size: int, name: str) -> bytes:
    if len(data) != size:
        raise ValueError(f"{name}: has {len(data)} bytes, not {size}")
    return data


def _message(data: bytes) -> bytes:
    return _sized(data, _abi.MUSIG_MESSAGE_SIZE, "message")


def _joined(values: Sequence[bytes], size: int, name: str) -> bytes:
    return b"".join(_sized(value, size, f"{name}[{i}]") for i, value in enumerate(values))
