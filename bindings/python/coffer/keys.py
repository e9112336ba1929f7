# SPDX-License-Identifier: MIT
"""Keys: derivation paths, extended keys (BIP-32, SLIP-10), many siblings in one call."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, Self, overload

from coffer import _abi, _lib
from coffer._progress import Progress, Reporting
from coffer.mnemonics import Language, Mnemonic
from coffer.secret import Handle, Secret, secret_of

HARDENED = 0x80000000
"""The bit that makes a child number hardened."""
ALL_THREADS = _abi.THREADS_ALL
"""For bulk calls: as many threads as the system has processors."""
PUBLIC_KEY_SIZE = _abi.PUBLIC_KEY_SIZE


class Curve(IntEnum):
    """The curves of SLIP-10."""

    SECP256K1 = _abi.CURVE_SECP256K1
    NIST256P1 = _abi.CURVE_NIST256P1
    ED25519 = _abi.CURVE_ED25519


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """The first four bytes of an extended key's text, e.g. those of "zpub"."""

    public_name: str
    public_key: int
    private_key: int


def key_versions() -> list[KeyVersion]:
    """The versions of BIP-32 and SLIP-132, and those of Litecoin and Dogecoin."""
    return [
        KeyVersion(one.public_name.decode(), one.public_key, one.private_key)
        for one in _lib.structs_out(_abi.KeyVersion, "key_version_list")
    ]


def _version_number(name: str) -> int:
    text, struct = _lib.utf8(name, "name"), _abi.KeyVersion()
    _lib.call("key_version_find", text, len(text), ctypes.byref(struct))
    number: int = struct.public_key
    return number


def parse_path(path: str) -> tuple[int, ...]:
    """The child numbers of "m/84'/0'/0'/0/5", hardened ones with their bit; else DerivationPath."""
    text, count = _lib.utf8(path, "path"), ctypes.c_size_t()
    steps = (ctypes.c_uint32 * _abi.PATH_STEPS_MAX)()
    _lib.call("path_parse", text, len(text), steps, len(steps), ctypes.byref(count))
    return tuple(steps[: count.value])


def format_path(steps: Sequence[int]) -> str:
    """The path of child numbers."""
    numbers = _lib.numbers(ctypes.c_uint32, steps, "steps")
    return _lib.text_out("path_format", numbers, len(steps))


class PublicKeys(Sequence[bytes]):
    """Public keys of 33 bytes, one behind the other in `data`."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __len__(self) -> int:
        return len(self.data) // PUBLIC_KEY_SIZE

    @overload
    def __getitem__(self, index: int) -> bytes: ...

    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...

    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = range(len(self))[index] * PUBLIC_KEY_SIZE
        return self.data[at : at + PUBLIC_KEY_SIZE]


def bulk_options(threads: int, progress: Any) -> _abi.BulkOptions:
    options: _abi.BulkOptions = _lib.new(_abi.BulkOptions, threads=threads)
    options.progress = progress
    return options


@dataclass(frozen=True, slots=True)
class Xpub:
    """An extended public key: it gives the public keys of all its non-hardened descendants.

    No secret, but keep it confidential: it shows all payments, and together with the private key of
    one non-hardened child it gives the parent's private key.
    """

    curve: Curve
    public_key: bytes = field(repr=False)
    chain_code: bytes = field(repr=False)
    depth: int = 0
    parent_fingerprint: int = 0
    child_number: int = 0
    version: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads an "xpub..." of any version; else ExtendedKey."""
        data, struct = _lib.utf8(text, "text"), _abi.Xpub()
        _lib.call("xpub_parse", data, len(data), ctypes.byref(struct))
        return cls._of(struct)

    @classmethod
    def _of(cls, struct: _abi.Xpub) -> Self:
        return cls(
            Curve(struct.curve),
            bytes(struct.public_key),
            bytes(struct.chain_code),
            struct.depth,
            struct.parent_fingerprint,
            struct.child_number,
            struct.version,
        )

    def to_struct(self) -> _abi.Xpub:
        struct = _abi.Xpub(
            self.version, self.parent_fingerprint, self.child_number, self.depth, self.curve
        )
        if len(self.public_key) != PUBLIC_KEY_SIZE or len(self.chain_code) != 32:
            raise ValueError("xpub: a public key has 33 bytes, a chain code 32")
        ctypes.memmove(struct.public_key, self.public_key, PUBLIC_KEY_SIZE)
        ctypes.memmove(struct.chain_code, self.chain_code, 32)
        return struct

    def __str__(self) -> str:
        """The text of BIP-32; Unsupported for another curve than secp256k1."""
        return _lib.text_out("xpub_format", ctypes.byref(self.to_struct()))

    def with_version(self, name: str) -> Self:
        """The same key for another network or script, e.g. "zpub"; its children inherit that."""
        return replace(self, version=_version_number(name))

    def derive(self, path: str) -> Self:
        """The descendant at the end of `path`, e.g. "m/0/5"; HardenedFromPublic for a hardened
        step."""
        text, child = _lib.utf8(path, "path"), _abi.Xpub()
        _lib.call(
            "xpub_derive", ctypes.byref(self.to_struct()), text, len(text), ctypes.byref(child)
        )
        return self._of(child)

    @property
    def fingerprint(self) -> int:
        number = ctypes.c_uint32()
        _lib.call("xpub_identify", ctypes.byref(self.to_struct()), None, ctypes.byref(number))
        return number.value

    def derive_many(
        self, first: int, count: int, threads: int = 1, progress: Progress | None = None
    ) -> PublicKeys:
        """The public keys of the children `first`, `first` + 1, ... in one call."""
        keys = (ctypes.c_uint8 * (count * PUBLIC_KEY_SIZE))()
        with Reporting(progress) as function:
            _lib.call(
                "xpub_derive_many",
                ctypes.byref(self.to_struct()), first, count,
                ctypes.byref(bulk_options(threads, function)), keys,
            )
        return PublicKeys(bytes(keys))


class Xprv(Handle):
    """A private key with a chain code. Keep the account node and derive from it: starting at the
    seed costs five steps for each address."""

    noun = "xprv"

    def __init__(self, text: str) -> None:
        """Reads an "xprv..." of any version; else ExtendedKey. The str is yours to care about."""
        data, pointer = _lib.utf8(text, "text"), ctypes.c_void_p()
        _lib.call("xprv_parse", data, len(data), ctypes.byref(pointer))
        self._pointer = pointer

    @classmethod
    def from_seed(
        cls,
        seed: Secret | bytes | bytearray,
        curve: Curve = Curve.SECP256K1,
        version: str = "xpub",
    ) -> Self:
        """The master key of a seed of 16 to 64 bytes; `version` names its public text."""
        number = _version_number(version)
        return cls._make("xprv_from_seed", secret_of(seed)._handle(), curve, number)

    @classmethod
    def from_private_key(
        cls, key: Secret | bytes | bytearray, curve: Curve = Curve.SECP256K1
    ) -> Self:
        """A private key that stands alone: its chain code is zero."""
        return cls._make("xprv_from_private_key", secret_of(key)._handle(), curve)

    def derive(self, path: str) -> Self:
        """The descendant at the end of `path`, e.g. "m/84'/0'/0'"."""
        text = _lib.utf8(path, "path")
        return self._make("xprv_derive", self._handle(), text, len(text))

    def public(self) -> Xpub:
        """The public half, which may leave the machine."""
        struct = _abi.Xpub()
        _lib.call("xprv_public", self._handle(), ctypes.byref(struct))
        return Xpub._of(struct)

    def private_key(self) -> Secret:
        """The private key alone."""
        return Secret._make("xprv_private_key", self._handle())

    def export_text(self) -> str:
        """The "xprv..." text; the str is yours to care about."""
        size = _abi.EXTENDED_KEY_TEXT_SIZE
        return _lib.secret_text_out(size, "xprv_export_text", self._handle())

    def derive_many(
        self,
        first: int,
        count: int,
        tail: str = "",
        threads: int = 1,
        progress: Progress | None = None,
    ) -> PublicKeys:
        """The public keys of the children `first`, `first` + 1, ... with `tail` followed from each,
        e.g. "0'" for the accounts of Solana."""
        keys = (ctypes.c_uint8 * (count * PUBLIC_KEY_SIZE))()
        with Reporting(progress) as function:
            options = bulk_options(threads, function)
            self._bulk("xprv_derive_many", first, count, tail, options, keys)
        return PublicKeys(bytes(keys))

    def export_many(
        self,
        first: int,
        count: int,
        tail: str = "",
        threads: int = 1,
        progress: Progress | None = None,
    ) -> tuple[PublicKeys, bytearray]:
        """The same with the private keys, of 32 bytes one behind the other: yours to wipe."""
        keys = (ctypes.c_uint8 * (count * PUBLIC_KEY_SIZE))()
        private = bytearray(count * _abi.PRIVATE_KEY_SIZE)
        view = (ctypes.c_uint8 * len(private)).from_buffer(private)
        with Reporting(progress) as function:
            options = bulk_options(threads, function)
            self._bulk("xprv_export_many", first, count, tail, options, keys, view)
        return PublicKeys(bytes(keys)), private

    def _bulk(
        self, name: str, first: int, count: int, tail: str, options: Any, *outputs: Any
    ) -> None:
        text = _lib.utf8(tail, "tail")
        _lib.call(
            name, self._handle(), first, count, text, len(text), ctypes.byref(options), *outputs
        )

    def child_mnemonic(
        self, words: int, index: int, language: Language = Language.ENGLISH
    ) -> Mnemonic:
        """Child mnemonic number `index` of this master key (BIP-85), of 12, 18 or 24 words."""
        return Mnemonic._make("bip85_mnemonic", self._handle(), words, index, language)

    def child_bytes(self, size: int, index: int) -> Secret:
        """16 to 64 random-looking bytes (BIP-85)."""
        return Secret._make("bip85_bytes", self._handle(), size, index)

    def child_private_key(self, index: int) -> Secret:
        """A single private key (BIP-85, its WIF application)."""
        return Secret._make("bip85_private_key", self._handle(), index)

    def child_master_key(self, index: int) -> Self:
        """A master key of its own (BIP-85, its XPRV application)."""
        return self._make("bip85_master_key", self._handle(), index)

    def child_password(self, length: int, index: int) -> Secret:
        """A password of 20 to 86 characters of Base64 (BIP-85)."""
        return Secret._make("bip85_password", self._handle(), length, index)

    def child_entropy(self, path: str) -> Secret:
        """The 64 bytes at a path m / 83696968' / ... (BIP-85)."""
        text = _lib.utf8(path, "path")
        return Secret._make("bip85_entropy", self._handle(), text, len(text))
