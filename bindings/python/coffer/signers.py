# SPDX-License-Identifier: MIT
"""Signers: who signs is asked by the name of a key and never shows one; checking signatures."""

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

from coffer import _abi, _lib
from coffer._callbacks import guarded
from coffer.errors import CofferError, error_of
from coffer.keys import PUBLIC_KEY_SIZE, Curve, Xprv, bulk_options
from coffer.secret import Handle, Password, Secret, secret_of


class SignatureScheme(IntEnum):
    """How a signature is made. ECDSA signs a digest of 32 bytes, the others the message itself."""

    ECDSA = _abi.SCHEME_ECDSA
    ECDSA_LOW_R = _abi.SCHEME_ECDSA_LOW_R
    ECDSA_RECOVERABLE = _abi.SCHEME_ECDSA_RECOVERABLE
    SCHNORR = _abi.SCHEME_SCHNORR
    ED25519 = _abi.SCHEME_ED25519


@dataclass(frozen=True, slots=True)
class KeyReference:
    """Which key: a name that the signer knows, and a way from there (empty: that key itself)."""

    name: str
    path: str = ""
    curve: Curve = Curve.SECP256K1

    def to_struct(self) -> _abi.KeyReference:
        struct: _abi.KeyReference = _lib.new(_abi.KeyReference, curve=self.curve)
        _lib.set_text(struct, name=self.name, path=self.path)
        return struct

    @classmethod
    def from_struct(cls, struct: _abi.KeyReference) -> "KeyReference":
        name, path = (_lib.pointed_bytes(struct, field).decode() for field in ("name", "path"))
        return cls(name, path, Curve(struct.curve))


@dataclass(frozen=True, slots=True)
class Signature:
    """r and s, or R and s, in 64 bytes; `recovery_id` is 0 to 3 for ECDSA_RECOVERABLE, else -1."""

    data: bytes
    recovery_id: int = -1

    def to_struct(self) -> _abi.Signature:
        if len(self.data) != 64:
            raise ValueError(f"signature: has {len(self.data)} bytes, not 64")
        struct = _abi.Signature(recovery_id=self.recovery_id)
        ctypes.memmove(struct.bytes, self.data, 64)
        return struct


@dataclass(frozen=True, slots=True)
class SignRequest:
    """What is to be signed. `taproot_tweak` and `auxiliary` (BIP-340's randomness; zeros give the
    same signature each time) are of 32 bytes and for SCHNORR only."""

    key: KeyReference
    scheme: SignatureScheme
    message: bytes
    taproot_tweak: bytes | None = None
    auxiliary: bytes = bytes(32)

    def to_struct(self) -> tuple[_abi.SignRequest, Any]:
        """The struct, and what it points at."""
        key, message = self.key.to_struct(), _lib.octets(self.message)
        struct: _abi.SignRequest = _lib.new(
            _abi.SignRequest, scheme=self.scheme, key=ctypes.pointer(key), message=message
        )
        struct.message_length = len(self.message)
        if len(self.auxiliary) != 32 or len(self.taproot_tweak or bytes(32)) != 32:
            raise ValueError("request: taproot_tweak and auxiliary have 32 bytes")
        ctypes.memmove(struct.auxiliary, self.auxiliary, 32)
        if self.taproot_tweak is not None:
            struct.has_taproot_tweak = 1
            ctypes.memmove(struct.taproot_tweak, self.taproot_tweak, 32)
        return struct, (key, message, self.message)

    @classmethod
    def from_struct(cls, struct: _abi.SignRequest) -> "SignRequest":
        return cls(
            KeyReference.from_struct(struct.key[0]),
            SignatureScheme(struct.scheme),
            _lib.pointed_bytes(struct, "message"),
            bytes(struct.taproot_tweak) if struct.has_taproot_tweak else None,
            bytes(struct.auxiliary),
        )


class SigningHost:
    """Override both: a key service, a threshold scheme, a hardware wallet behind a signer. Raise an
    exception of coffer.errors to answer with its code; any other becomes SigningRefused with its
    text. Both are called in the thread that asks, from several at once."""

    def public_key(self, key: KeyReference) -> bytes:
        """The 33 bytes of a key; NotFound for a name that you do not know."""
        raise NotImplementedError

    def sign(self, request: SignRequest) -> Signature:
        """Signs, or raises SigningRefused. What you give is verified under the key you name."""
        raise NotImplementedError


class Signer(Handle):
    """Who may be asked to sign. Many threads may use one at once."""

    noun = "signer"

    def __init__(self, host: SigningHost) -> None:
        """A signer that asks a host of yours."""
        self._adapter = _Adapter(host)
        pointer = ctypes.c_void_p()
        _lib.call(
            "signer_create_with_callbacks",
            ctypes.byref(self._adapter.vtable), ctypes.byref(pointer),
        )
        self._pointer = pointer

    @property
    def read_only(self) -> bool:
        """In read-only mode nothing is signed, whatever the way."""
        flag = ctypes.c_uint8()
        _lib.call("signer_is_read_only", self._handle(), ctypes.byref(flag))
        return bool(flag.value)

    @read_only.setter
    def read_only(self, is_read_only: bool) -> None:
        _lib.call("signer_set_read_only", self._handle(), is_read_only)

    def public_key(self, key: KeyReference) -> bytes:
        """The public key behind a reference; works in read-only mode too."""
        out, struct = (ctypes.c_uint8 * PUBLIC_KEY_SIZE)(), key.to_struct()
        _lib.call("signer_public_key", self._handle(), ctypes.byref(struct), out)
        return bytes(out)

    def sign(self, request: SignRequest) -> Signature:
        """Signs, or raises SigningRefused, NotFound, or SignatureInvalid when a host's signature
        does not verify."""
        (struct, _keep), out = request.to_struct(), _abi.Signature()
        _lib.call("signer_sign", self._handle(), ctypes.byref(struct), ctypes.byref(out))
        return Signature(bytes(out.bytes), out.recovery_id)


    def sign_many(
        self, requests: Sequence[SignRequest], threads: int = 1
    ) -> list[Signature | CofferError]:
        """Signs many requests, several at once; each has its own answer at its place: a signature,
        or the exception that `sign` would have raised, without its text. A host is waited for by as
        many threads."""
        structs = (_abi.SignRequest * len(requests))()
        kept = []  # what the structs point at lives as long as the call
        for i, request in enumerate(requests):
            structs[i], keep = request.to_struct()
            kept.append(keep)
        signatures = (_abi.Signature * len(requests))()
        statuses = (ctypes.c_int32 * len(requests))()
        options = bulk_options(threads, _abi.ProgressFunction(0))
        place = (self._handle(), structs, len(requests), ctypes.byref(options))
        _lib.call("signer_sign_many", *place, signatures, statuses)
        return [
            Signature(bytes(one.bytes), one.recovery_id)
            if status == _abi.OK
            else error_of(status, "refused")
            for one, status in zip(signatures, statuses)
        ]


class SoftwareSigner(Signer):
    """A signer that holds keys in this process's locked memory."""

    def __init__(self) -> None:
        pointer = ctypes.c_void_p()
        _lib.call("signer_create", ctypes.byref(pointer))
        self._pointer = pointer

    def add(self, name: str, key: Xprv) -> Self:
        """Takes a copy of a key under a name; AlreadyExists when the name is taken."""
        data = _lib.utf8(name, "name")
        _lib.call("signer_add", self._handle(), data, len(data), key._handle())
        return self

    def add_single(
        self, name: str, key: Secret | bytes | bytearray, curve: Curve = Curve.SECP256K1
    ) -> Self:
        """Takes a single private key; its references have no path."""
        data, secret = _lib.utf8(name, "name"), secret_of(key)
        _lib.call("signer_add_single", self._handle(), data, len(data), curve, secret._handle())
        return self

    def remove(self, name: str) -> None:
        """Forgets a key and wipes it; else NotFound."""
        data = _lib.utf8(name, "name")
        _lib.call("signer_remove", self._handle(), data, len(data))


class Pkcs11Signer(Signer):
    """Signs with the keys in a token, which never leave it: an HSM, a smart card, SoftHSM.

    A reference's name is the label that a private key and its public key share; its path is empty.
    Schemes are those of ECDSA, on secp256k1 and NIST256P1; others are Unsupported. A signature is
    verified before you get it. A library built without COFFER_PKCS11 raises Unsupported.
    """

    def __init__(
        self, module_path: str | os.PathLike[str], token_label: str, pin: Password
    ) -> None:
        """Loads a PKCS#11 module, code that runs in this process: take it from a place that you
        trust; then logs in to the token. Else NotFound (the module or the token), InvalidArgument,
        WrongPassword, or SigningRefused with the module's own number. The PIN is not asked again
        while another signer of this process is logged in to the token."""
        module, label = os.fsencode(module_path), _lib.utf8(token_label, "token_label")
        word, pointer = _lib.as_bytes(pin, "pin"), ctypes.c_void_p()
        _lib.call(
            "signer_open_pkcs11",
            module, len(module), label, len(label), word, len(word), ctypes.byref(pointer),
        )
        self._pointer = pointer


def verify_signature(
    curve: Curve, public_key: bytes, scheme: SignatureScheme, message: bytes, signature: Signature
) -> None:
    """Returns when the signature is the one of the key over the message; else SignatureInvalid."""
    if len(public_key) != PUBLIC_KEY_SIZE:
        raise ValueError(f"public_key: has {len(public_key)} bytes, not {PUBLIC_KEY_SIZE}")
    _lib.call(
        "signature_verify",
        curve, _lib.octets(public_key), scheme, _lib.octets(message), len(message),
        ctypes.byref(signature.to_struct()),
    )


class _Adapter:
    """The table of C functions over a host; alive as long as the signer."""

    def __init__(self, host: SigningHost) -> None:
        self.host = host
        self.vtable: _abi.SignerVtable = _lib.new(_abi.SignerVtable)
        types: dict[str, Any] = {name: kind for name, kind, *_ in _abi.SignerVtable._fields_}
        for field, function in (("public_key", self.public_key), ("sign", self.sign)):
            guard = guarded(function, _abi.ERR_SIGNING_REFUSED)
            setattr(self.vtable, field, types[field](guard))

    def public_key(self, key: Any, out: Any) -> None:
        data = self.host.public_key(KeyReference.from_struct(key[0]))
        if len(data) != PUBLIC_KEY_SIZE:
            raise ValueError(f"a public key has {PUBLIC_KEY_SIZE} bytes, not {len(data)}")
        ctypes.memmove(out, data, PUBLIC_KEY_SIZE)

    def sign(self, request: Any, out: Any) -> None:
        out[0] = self.host.sign(SignRequest.from_struct(request[0])).to_struct()
