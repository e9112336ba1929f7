# SPDX-License-Identifier: MIT
"""Keystores: secrets encrypted under a password; coffer's own file, Web3 version 3, BIP-38."""

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from coffer import _abi, _lib
from coffer.keys import Curve
from coffer.mnemonics import Language, Mnemonic
from coffer.secret import Password, Secret, secret_of


class KeystoreKind(IntEnum):
    """What a keystore holds."""

    MNEMONIC = _abi.KEYSTORE_MNEMONIC
    SEED = _abi.KEYSTORE_SEED
    PRIVATE_KEY = _abi.KEYSTORE_PRIVATE_KEY


class KeystoreCipher(IntEnum):
    """The cipher of a keystore."""

    AES_256_GCM = _abi.CIPHER_AES_256_GCM
    CHACHA20_POLY1305 = _abi.CIPHER_CHACHA20_POLY1305


@dataclass(frozen=True, slots=True)
class KeystoreCost:
    """How dear each guess of the password is: scrypt with N = 2^log2_cost. The default takes 128
    MiB and some 0.4 seconds."""

    log2_cost: int = 17
    block_size: int = 8
    parallelism: int = 1


@dataclass(frozen=True, slots=True)
class KeystoreInfo:
    """What a keystore shows to anyone."""

    version: int
    kind: KeystoreKind
    cipher: KeystoreCipher
    cost: KeystoreCost


@dataclass(frozen=True, slots=True)
class KeystoreContent:
    """What was in a keystore. Close the material when you are done."""

    kind: KeystoreKind
    material: Secret
    language: Language | None = None
    curve: Curve | None = None

    def mnemonic(self) -> Mnemonic:
        """The mnemonic; a ValueError for another kind."""
        if self.kind != KeystoreKind.MNEMONIC or self.language is None:
            raise ValueError(f"keystore: it holds a {self.kind.name.lower()}")
        return Mnemonic.from_entropy(self.material, self.language)


def seal_keystore(
    material: Mnemonic | Secret,
    password: Password,
    *,
    curve: Curve | None = None,
    cost: KeystoreCost = KeystoreCost(),
    cipher: KeystoreCipher = KeystoreCipher.AES_256_GCM,
) -> bytes:
    """Encrypts a mnemonic, a seed, or with its curve a private key; a new salt each time."""
    content = _abi.KeystoreContent(kind=_abi.KEYSTORE_SEED)
    if isinstance(material, Mnemonic):
        content.kind, content.language = _abi.KEYSTORE_MNEMONIC, material.language
        with material.entropy() as entropy:
            return _seal(entropy, content, password, cost, cipher)
    if curve is not None:
        content.kind, content.curve = _abi.KEYSTORE_PRIVATE_KEY, curve
    return _seal(material, content, password, cost, cipher)


def _seal(
    material: Secret,
    content: _abi.KeystoreContent,
    password: Password,
    cost: KeystoreCost,
    cipher: KeystoreCipher,
) -> bytes:
    word = _lib.as_bytes(password, "password")
    return _file_out(
        "keystore_seal",
        material._handle(), ctypes.byref(content), word, len(word), _options(cost, cipher),
    )


def _options(cost: KeystoreCost, cipher: int = 0) -> Any:
    return ctypes.byref(
        _lib.new(
            _abi.KeystoreOptions,
            log2_cost=cost.log2_cost,
            block_size=cost.block_size,
            parallelism=cost.parallelism,
            cipher=cipher,
        )
    )


def _file_out(name: str, *arguments: Any) -> bytes:
    file, size = (ctypes.c_uint8 * _abi.KEYSTORE_SIZE_MAX)(), ctypes.c_size_t()
    _lib.call(name, *arguments, file, len(file), ctypes.byref(size))
    return bytes(file[: size.value])


def open_keystore(file: bytes, password: Password) -> KeystoreContent:
    """Decrypts a keystore; else KeystoreDamaged or WrongPassword."""
    word = _lib.as_bytes(password, "password")
    struct, pointer = _abi.KeystoreContent(), ctypes.c_void_p()
    _lib.call(
        "keystore_open",
        _lib.octets(file), len(file), word, len(word), ctypes.byref(struct), ctypes.byref(pointer),
    )
    kind = KeystoreKind(struct.kind)
    return KeystoreContent(
        kind,
        Secret._own(pointer),
        Language(struct.language) if kind == KeystoreKind.MNEMONIC else None,
        Curve(struct.curve) if kind == KeystoreKind.PRIVATE_KEY else None,
    )


def inspect_keystore(file: bytes) -> KeystoreInfo:
    """What the file says about itself, without the password; else KeystoreDamaged."""
    struct = _abi.KeystoreInfo()
    _lib.call("keystore_inspect", _lib.octets(file), len(file), ctypes.byref(struct))
    return KeystoreInfo(
        struct.version,
        KeystoreKind(struct.kind),
        KeystoreCipher(struct.cipher),
        KeystoreCost(struct.log2_cost, struct.block_size, struct.parallelism),
    )


def change_keystore_password(
    file: bytes, old: Password, new: Password, cost: KeystoreCost = KeystoreCost()
) -> bytes:
    """The same content under another password; the old file stays valid until you destroy it."""
    before, after = _lib.as_bytes(old, "old"), _lib.as_bytes(new, "new")
    return _file_out(
        "keystore_change_password",
        _lib.octets(file), len(file), before, len(before), after, len(after), _options(cost),
    )


def seal_web3_keystore(
    key: Secret | bytes | bytearray, password: Password, cost: KeystoreCost = KeystoreCost()
) -> str:
    """A private key of secp256k1 as the JSON text of a Web3 keystore, version 3."""
    word, buffer = _lib.as_bytes(password, "password"), ctypes.create_string_buffer(
        _abi.WEB3_KEYSTORE_TEXT_SIZE
    )
    _lib.call(
        "web3_keystore_seal",
        secret_of(key)._handle(), word, len(word), _options(cost), buffer, len(buffer), None,
    )
    return buffer.value.decode()


def open_web3_keystore(json: str, password: Password) -> Secret:
    """What is in such a file: a private key, in files of some wallets a mnemonic as text."""
    text, word = _lib.utf8(json, "json"), _lib.as_bytes(password, "password")
    return Secret._make("web3_keystore_open", text, len(text), word, len(word))


def bip38_encrypt(
    key: Secret | bytes | bytearray, passphrase: Password, compressed: bool = True
) -> str:
    """A single Bitcoin key as BIP-38 writes it ("6P..."); for keys of others' systems."""
    phrase, buffer = _lib.as_bytes(passphrase, "passphrase"), ctypes.create_string_buffer(
        _abi.BIP38_TEXT_SIZE
    )
    _lib.call(
        "bip38_encrypt",
        secret_of(key)._handle(), compressed, phrase, len(phrase), buffer, len(buffer), None,
    )
    return buffer.value.decode()


def bip38_decrypt(text: str, passphrase: Password) -> tuple[Secret, bool]:
    """The key, and whether its addresses are of the compressed public key."""
    data, phrase = _lib.utf8(text, "text"), _lib.as_bytes(passphrase, "passphrase")
    pointer, compressed = ctypes.c_void_p(), ctypes.c_uint8()
    _lib.call(
        "bip38_decrypt",
        data, len(data), phrase, len(phrase), ctypes.byref(pointer), ctypes.byref(compressed),
    )
    return Secret._own(pointer), bool(compressed.value)
