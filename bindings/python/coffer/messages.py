# SPDX-License-Identifier: MIT
"""Signed messages: EIP-191, EIP-712, TRON, Solana, Bitcoin's legacy format and BIP-322."""

import ctypes
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from coffer import _abi, _lib
from coffer.networks import AddressForm, NetworkTable
from coffer.signers import KeyReference, Signer

Message = str | bytes
"""A message: its bytes, or a text in UTF-8. A line feed at its end counts."""
TypedData = str | Mapping[str, Any]
"""Typed data (EIP-712), as JSON or as what JSON stands for."""


class LegacyKind(IntEnum):
    """What a legacy signature says its address is: the header bytes of BIP-137."""

    P2PKH_UNCOMPRESSED = _abi.LEGACY_P2PKH_UNCOMPRESSED
    P2PKH = _abi.LEGACY_P2PKH
    P2SH_P2WPKH = _abi.LEGACY_P2SH_P2WPKH
    P2WPKH = _abi.LEGACY_P2WPKH


@dataclass(frozen=True, slots=True)
class TypedDataHashes:
    """The domain separator, hashStruct of the primary type, and what is signed."""

    domain: bytes
    message: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Bip322Times:
    """The fields that scripts with time locks look at; zeros without."""

    version: int = 0
    lock_time: int = 0
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class ProvenOutput:
    """An output that a proof of funds claims; look up that it exists and is not spent."""

    chain_tx_id: str
    index: int
    value: int


@dataclass(frozen=True, slots=True)
class Bip322Proof:
    """What a valid signature says beside being valid."""

    times: Bip322Times
    outputs: tuple[ProvenOutput, ...]


class Messages:
    """Signs and verifies by the rules of each network. Those that verify return when the signature
    is that of the address, else they raise SignatureInvalid, which says what is wrong, or what
    NetworkTable.parse raises for the address. Those that sign raise what Signer.sign raises."""

    def __init__(self, networks: NetworkTable | None = None) -> None:
        self._networks = networks or NetworkTable()

    def _named(self, network: str) -> tuple[Any, ...]:
        return self._networks._named(network)

    def _sign(
        self, name: str, size: int, signer: Signer, key: KeyReference, network: str, data: Any
    ) -> bytes:
        out, struct = (ctypes.c_uint8 * size)(), key.to_struct()
        _lib.call(name, signer._handle(), ctypes.byref(struct), *self._named(network), *data, out)
        return bytes(out)

    def sign_account(
        self, signer: Signer, key: KeyReference, network: str, message: Message
    ) -> bytes:
        """Signs a personal message of an account of Ethereum's or TRON's family: 65 bytes."""
        size = _abi.ACCOUNT_SIGNATURE_SIZE
        return self._sign(
            "message_sign_account", size, signer, key, network, _octets(message)
        )

    def recover_account(self, network: str, message: Message, signature: bytes) -> str:
        """The address whose key signed: compare it with the one that you expect."""
        return _lib.text_out(
            "message_recover_account",
            *self._named(network), *_octets(message), *_octets(signature),
        )

    def verify_account(
        self, network: str, address: str, message: Message, signature: bytes
    ) -> None:
        self._verify("message_verify_account", network, address, message, _octets(signature))

    def sign_solana(
        self, signer: Signer, key: KeyReference, network: str, message: Message
    ) -> bytes:
        """Signs bytes as they are: 64 bytes. What can be read as a chain tx is SigningRefused."""
        size = _abi.SOLANA_SIGNATURE_SIZE
        return self._sign("message_sign_solana", size, signer, key, network, _octets(message))

    def verify_solana(
        self, network: str, address: str, message: Message, signature: bytes
    ) -> None:
        self._verify("message_verify_solana", network, address, message, _octets(signature))

    def sign_typed_data(
        self, signer: Signer, key: KeyReference, network: str, data: TypedData
    ) -> bytes:
        """Signs typed data (EIP-712); its chain id must be the network's."""
        size = _abi.ACCOUNT_SIGNATURE_SIZE
        return self._sign("typed_data_sign", size, signer, key, network, _json(data))

    def recover_typed_data(self, network: str, data: TypedData, signature: bytes) -> str:
        """The address whose key signed: compare it with the one that you expect."""
        return _lib.text_out(
            "typed_data_recover", *self._named(network), *_json(data), *_octets(signature)
        )

    def verify_typed_data(
        self, network: str, address: str, data: TypedData, signature: bytes
    ) -> None:
        who = _lib.utf8(address, "address")
        _lib.call(
            "typed_data_verify",
            *self._named(network), who, len(who), *_json(data), *_octets(signature),
        )

    def sign_legacy(
        self, signer: Signer, key: KeyReference, network: str, kind: LegacyKind, message: Message
    ) -> str:
        """Signs in Bitcoin's legacy format (BIP-137), as Base64."""
        return self._sign_text(
            "message_sign_legacy", signer, key, network, kind, *_octets(message)
        )

    def verify_legacy(self, network: str, address: str, message: Message, signature: str) -> None:
        text = _lib.utf8(signature, "signature")
        self._verify("message_verify_legacy", network, address, message, (text, len(text)))

    def sign_bip322(
        self,
        signer: Signer,
        key: KeyReference,
        network: str,
        message: Message,
        form: AddressForm = AddressForm.P2WPKH,
        times: Bip322Times = Bip322Times(),
    ) -> str:
        """Signs by BIP-322 for the address that the network and the form make of the key."""
        struct = _abi.Bip322Times(times.version, times.lock_time, times.sequence)
        return self._sign_text(
            "message_sign_bip322",
            signer, key, network, form, *_octets(message), ctypes.byref(struct),
        )

    def sign_bip322_multisig(
        self,
        signer: Signer,
        keys: Sequence[KeyReference],
        network: str,
        message: Message,
        script: bytes,
        form: AddressForm = AddressForm.P2WSH,
        times: Bip322Times = Bip322Times(),
    ) -> str:
        """Signs by BIP-322 for the P2SH or P2WSH address of a multisig script, with as many of its
        keys as it asks for; InvalidArgument names the place of one that is not in it."""
        structs = [key.to_struct() for key in keys]
        pointers = (ctypes.POINTER(_abi.KeyReference) * len(structs))()
        for place, struct in enumerate(structs):
            pointers[place] = ctypes.pointer(struct)
        when = _abi.Bip322Times(times.version, times.lock_time, times.sequence)
        buffer = ctypes.create_string_buffer(_abi.MULTISIG_SIGNATURE_TEXT_SIZE)
        _lib.call(
            "message_sign_bip322_multisig",
            signer._handle(), pointers, len(structs), *self._named(network), form,
            _lib.octets(script), len(script), *_octets(message), ctypes.byref(when),
            buffer, len(buffer), None,
        )
        return buffer.value.decode()

    def verify_bip322(
        self, network: str, address: str, message: Message, signature: str
    ) -> Bip322Proof:
        """Reads all formats of the standard; Unsupported for what it calls inconclusive."""
        who, text = _lib.utf8(address, "address"), _lib.utf8(signature, "signature")
        times = _abi.Bip322Times()
        outputs = _lib.structs_out(
            _abi.ProvenOutput,
            "message_verify_bip322",
            *self._named(network), who, len(who), *_octets(message), text, len(text),
            ctypes.byref(times),
        )
        return Bip322Proof(
            Bip322Times(times.version, times.lock_time, times.sequence),
            tuple(ProvenOutput(one.chain_tx_id.decode(), one.index, one.value) for one in outputs),
        )

    def _sign_text(
        self, name: str, signer: Signer, key: KeyReference, network: str, *data: Any
    ) -> str:
        struct = key.to_struct()
        buffer = ctypes.create_string_buffer(_abi.MESSAGE_SIGNATURE_TEXT_SIZE)
        _lib.call(
            name,
            signer._handle(), ctypes.byref(struct), *self._named(network), *data,
            buffer, len(buffer), None,
        )
        return buffer.value.decode()

    def _verify(
        self, name: str, network: str, address: str, message: Message, signature: Any
    ) -> None:
        who = _lib.utf8(address, "address")
        _lib.call(
            name, *self._named(network), who, len(who), *_octets(message), *signature
        )


def typed_data_hashes(data: TypedData) -> TypedDataHashes:
    """The hashes of typed data; InvalidArgument and OutOfRange begin with the place."""
    hashes = _abi.TypedDataHashes()
    _lib.call("typed_data_hash", *_json(data), ctypes.byref(hashes))
    return TypedDataHashes(bytes(hashes.domain), bytes(hashes.message), bytes(hashes.digest))


def _octets(message: Message) -> tuple[Any, int]:
    data = _lib.as_bytes(message, "message")
    return _lib.octets(data), len(data)


def _json(data: TypedData) -> tuple[bytes, int]:
    text = _lib.utf8(data if isinstance(data, str) else json.dumps(data), "data")
    return text, len(text)
