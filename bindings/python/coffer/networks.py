# SPDX-License-Identifier: MIT
"""Networks by a table, and addresses: made of keys, also of many, read, checked with a reason."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from coffer import _abi, _lib
from coffer._progress import Progress, Reporting
from coffer.keys import PUBLIC_KEY_SIZE, Curve, PublicKeys, Xprv, Xpub, bulk_options
from coffer.secret import Handle


class Family(IntEnum):
    """Networks of one family share their code; they differ by a row."""

    BITCOIN = _abi.FAMILY_BITCOIN
    ETHEREUM = _abi.FAMILY_ETHEREUM
    TRON = _abi.FAMILY_TRON
    SOLANA = _abi.FAMILY_SOLANA
    COSMOS = _abi.FAMILY_COSMOS
    XRP = _abi.FAMILY_XRP
    STELLAR = _abi.FAMILY_STELLAR


class AddressForm(IntEnum):
    """What an address pays to, and how it is written. DEFAULT is the network's."""

    DEFAULT = _abi.FORM_DEFAULT
    P2PKH = _abi.FORM_P2PKH
    P2SH_P2WPKH = _abi.FORM_P2SH_P2WPKH
    P2WPKH = _abi.FORM_P2WPKH
    P2TR = _abi.FORM_P2TR
    P2SH = _abi.FORM_P2SH
    P2WSH = _abi.FORM_P2WSH
    CASH_P2PKH = _abi.FORM_CASH_P2PKH
    CASH_P2SH = _abi.FORM_CASH_P2SH
    WITNESS_UNKNOWN = _abi.FORM_WITNESS_UNKNOWN
    EVM = _abi.FORM_EVM
    TRON = _abi.FORM_TRON
    TRON_HEX = _abi.FORM_TRON_HEX
    SOLANA = _abi.FORM_SOLANA
    COSMOS = _abi.FORM_COSMOS
    XRP = _abi.FORM_XRP
    X_ADDRESS = _abi.FORM_X_ADDRESS
    STELLAR = _abi.FORM_STELLAR


class PathLayout(IntEnum):
    """How a network numbers the addresses of one seed."""

    OF_FAMILY = 0
    BIP44 = _abi.LAYOUT_BIP44
    ACCOUNT = _abi.LAYOUT_ACCOUNT
    ACCOUNT_CHANGE = _abi.LAYOUT_ACCOUNT_CHANGE


_TEXTS = (
    "name", "symbol", "prefix", "cash_prefix", "message_prefix", "p2pkh_key_version",
    "p2sh_p2wpkh_key_version", "p2wpkh_key_version", "p2tr_key_version", "p2wsh_key_version",
)
_FLAGS = ("is_test", "has_taproot", "has_chain_checksum", "has_ethereum_keys")


@dataclass(frozen=True, slots=True)
class Network:
    """One network. A new one needs its name, family, symbol, coin type and scale, and what its
    family asks for (ED25519 for Solana's and Stellar's); texts left out are Bitcoin's."""

    name: str
    family: Family
    symbol: str
    coin_type: int
    scale: int
    curve: Curve = Curve.SECP256K1
    default_form: AddressForm = AddressForm.DEFAULT
    path_layout: PathLayout = PathLayout.OF_FAMILY
    is_test: bool = False
    prefix: str = ""
    p2pkh_version: int | None = None
    p2sh_version: int | None = None
    has_taproot: bool = False
    cash_prefix: str = ""
    message_prefix: str = ""
    p2pkh_key_version: str = ""
    p2sh_p2wpkh_key_version: str = ""
    p2wpkh_key_version: str = ""
    p2tr_key_version: str = ""
    p2wsh_key_version: str = ""
    chain_id: int = 0
    has_chain_checksum: bool = False
    has_ethereum_keys: bool = False

    def to_struct(self) -> _abi.Network:
        struct = _abi.Network(
            family=self.family,
            curve=self.curve,
            default_form=self.default_form,
            path_layout=self.path_layout,
            scale=self.scale,
            coin_type=self.coin_type,
            chain_id=self.chain_id,
            has_p2pkh_version=self.p2pkh_version is not None,
            p2pkh_version=self.p2pkh_version or 0,
            has_p2sh_version=self.p2sh_version is not None,
            p2sh_version=self.p2sh_version or 0,
        )
        for field in _FLAGS:
            setattr(struct, field, getattr(self, field))
        for field in _TEXTS:
            data = _lib.utf8(getattr(self, field), field)
            if len(data) >= getattr(_abi.Network, field).size:
                raise ValueError(f"{field}: is too long")
            setattr(struct, field, data)
        return struct

    @classmethod
    def from_struct(cls, struct: _abi.Network) -> "Network":
        plain: dict[str, Any] = {field: getattr(struct, field).decode() for field in _TEXTS}
        plain |= {field: bool(getattr(struct, field)) for field in _FLAGS}
        return cls(
            family=Family(struct.family),
            coin_type=struct.coin_type,
            scale=struct.scale,
            curve=Curve(struct.curve),
            default_form=AddressForm(struct.default_form),
            path_layout=PathLayout(struct.path_layout),
            p2pkh_version=struct.p2pkh_version if struct.has_p2pkh_version else None,
            p2sh_version=struct.p2sh_version if struct.has_p2sh_version else None,
            chain_id=struct.chain_id,
            **plain,
        )


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says: a hash or a public key, without version bytes."""

    form: AddressForm
    payload: bytes
    witness_version: int = 0
    destination_tag: int | None = None

    def to_struct(self) -> _abi.Address:
        if len(self.payload) > _abi.Address.payload.size:
            raise ValueError(f"payload: has {len(self.payload)} bytes, at most 40")
        struct = _abi.Address(
            form=self.form,
            witness_version=self.witness_version,
            has_destination_tag=self.destination_tag is not None,
            payload_size=len(self.payload),
            destination_tag=0 if self.destination_tag is None else self.destination_tag,
        )
        ctypes.memmove(struct.payload, self.payload, len(self.payload))
        return struct

    @classmethod
    def from_struct(cls, struct: _abi.Address) -> "Address":
        return cls(
            AddressForm(struct.form),
            bytes(struct.payload[: struct.payload_size]),
            struct.witness_version,
            struct.destination_tag if struct.has_destination_tag else None,
        )


class NetworkTable(Handle):
    """The networks that come with coffer and those that you add. Everything about addresses starts
    here; networks are given by name. Many threads may use one; `add` is for one thread alone."""

    noun = "network_table"

    def __init__(self) -> None:
        pointer = ctypes.c_void_p()
        _lib.call("network_table_create", ctypes.byref(pointer))
        self._pointer = pointer

    def _named(self, network: str) -> tuple[Any, bytes, int]:
        name = _lib.utf8(network, "network")
        return self._handle(), name, len(name)

    def add(self, network: Network) -> None:
        """Adds a network of a known family; InvalidArgument names the field, AlreadyExists."""
        struct = network.to_struct()
        _lib.call("network_table_add", self._handle(), ctypes.byref(struct))

    def find(self, network: str) -> Network:
        """The row of that name; else NetworkNotFound, which names the nearest."""
        struct = _abi.Network()
        _lib.call("network_find", *self._named(network), ctypes.byref(struct))
        return Network.from_struct(struct)

    def rows(self) -> list[Network]:
        """All rows: those of coffer in a fixed order, then the added ones."""
        return [
            Network.from_struct(struct)
            for struct in _lib.structs_out(_abi.Network, "network_list", self._handle())
        ]

    def key_version(self, network: str, form: AddressForm = AddressForm.DEFAULT) -> str:
        """The name of the version of extended keys that wallets use, e.g. "zpub"."""
        struct = _abi.KeyVersion()
        _lib.call("network_key_version", *self._named(network), form, ctypes.byref(struct))
        name: bytes = struct.public_name
        return name.decode()

    def account_path(
        self, network: str, form: AddressForm = AddressForm.DEFAULT, account: int = 0
    ) -> str:
        """The path of the node below which the addresses of an account stand."""
        return _lib.text_out("network_account_path", *self._named(network), form, account)

    def address_path(
        self,
        network: str,
        form: AddressForm = AddressForm.DEFAULT,
        *,
        account: int = 0,
        change: int = 0,
        index: int = 0,
    ) -> str:
        """The whole path of an address, from the master key."""
        return _lib.text_out(
            "network_address_path", *self._named(network), form, account, change, index
        )

    def address_of(
        self, network: str, key: bytes | Xpub, form: AddressForm = AddressForm.DEFAULT
    ) -> str:
        """The address of a public key: an Xpub, or its 33 or 65 bytes."""
        data = key.public_key if isinstance(key, Xpub) else key
        return _lib.text_out(
            "address_of_key", *self._named(network), form, _lib.octets(data), len(data)
        )

    def parse(self, network: str, text: str) -> Address:
        """Reads an address; else AddressNetwork, AddressChecksum or AddressSyntax, which name the
        reason."""
        data, struct = _lib.utf8(text, "text"), _abi.Address()
        _lib.call("address_parse", *self._named(network), data, len(data), ctypes.byref(struct))
        return Address.from_struct(struct)

    def format(self, network: str, address: Address) -> str:
        """The one canonical text of an address."""
        struct = address.to_struct()
        return _lib.text_out("address_format", *self._named(network), ctypes.byref(struct))

    def match(self, text: str) -> list[tuple[str, Address]]:
        """All networks that a text could be an address of, in the table's order."""
        data = _lib.utf8(text, "text")
        found = _lib.structs_out(
            _abi.AddressMatch, "address_match_networks", self._handle(), data, len(data)
        )
        return [(one.network.decode(), Address.from_struct(one.address)) for one in found]

    def derive_many(
        self,
        network: str,
        key: Xpub | Xprv,
        first: int,
        count: int,
        *,
        form: AddressForm = AddressForm.DEFAULT,
        tail: str = "",
        threads: int = 1,
        progress: Progress | None = None,
    ) -> list[str]:
        """The addresses of the children `first`, `first` + 1, ... in one call.

        `key` is the node of the addresses themselves: the chain 0 or 1 of an account. From an Xprv,
        as ed25519 networks need it, numbers may be hardened and `tail` is followed from each.
        """
        return self._derive(network, key, first, count, form, tail, threads, progress, None)

    def derive_many_with_keys(
        self,
        network: str,
        key: Xpub | Xprv,
        first: int,
        count: int,
        *,
        form: AddressForm = AddressForm.DEFAULT,
        tail: str = "",
        threads: int = 1,
        progress: Progress | None = None,
    ) -> tuple[list[str], PublicKeys]:
        """The same with the public keys."""
        keys = (ctypes.c_uint8 * (count * PUBLIC_KEY_SIZE))()
        texts = self._derive(network, key, first, count, form, tail, threads, progress, keys)
        return texts, PublicKeys(bytes(keys))

    def _derive(
        self,
        network: str,
        key: Xpub | Xprv,
        first: int,
        count: int,
        form: AddressForm,
        tail: str,
        threads: int,
        progress: Progress | None,
        keys: Any,
    ) -> list[str]:
        start: list[Any]
        stride = _abi.ADDRESS_TEXT_SIZE
        texts = ((ctypes.c_char * stride) * count)()
        if isinstance(key, Xpub):
            if tail:
                raise ValueError("tail: only with a private key")
            name, start = "address_derive_many", [ctypes.byref(key.to_struct()), first, count]
        else:
            data = _lib.utf8(tail, "tail")
            name = "address_derive_many_private"
            start = [key._handle(), first, count, data, len(data)]
        with Reporting(progress) as function:
            options = bulk_options(threads, function)
            _lib.call(
                name, *self._named(network), form, *start, ctypes.byref(options), texts, stride,
                keys,
            )
        return [text.value.decode() for text in texts]

    def script_of_address(self, network: str, text: str) -> bytes:
        """The output script that pays to an address of the Bitcoin family."""
        data = _lib.utf8(text, "text")
        return _bytes_out("script_of_address", *self._named(network), data, len(data))

    def address_of_script(self, network: str, script: bytes, form: AddressForm) -> str:
        """The P2SH or P2WSH address of a script that spends by itself."""
        return _lib.text_out(
            "address_of_script", *self._named(network), form, _lib.octets(script), len(script)
        )

    def address_of_output_script(self, network: str, script: bytes) -> str:
        """The address that an output script pays to; AddressSyntax when it has none."""
        return _lib.text_out(
            "address_of_output_script", *self._named(network), _lib.octets(script), len(script)
        )

    def address_of_taproot(self, network: str, internal_key: bytes, merkle_root: bytes) -> str:
        """The taproot address of an internal key (32 or 33 bytes) and the root of its scripts."""
        return _lib.text_out(
            "address_of_taproot",
            *self._named(network), _lib.octets(internal_key), len(internal_key),
            _root(merkle_root),
        )


@dataclass(frozen=True, slots=True)
class TaprootOutput:
    """The x coordinate that a taproot address carries, and the parity bit of control blocks."""

    key: bytes
    is_odd: bool


def taproot_output(internal_key: bytes, merkle_root: bytes | None = None) -> TaprootOutput:
    """The output key of an internal key of 32 bytes (or 33), with the root of a script tree or
    without scripts (BIP-341; BIP-86)."""
    key, is_odd = (ctypes.c_uint8 * 32)(), ctypes.c_uint8()
    root = None if merkle_root is None else _root(merkle_root)
    _lib.call(
        "taproot_output_key",
        _lib.octets(internal_key), len(internal_key), root, key, ctypes.byref(is_odd),
    )
    return TaprootOutput(bytes(key), bool(is_odd.value))


def _root(merkle_root: bytes) -> Any:
    if len(merkle_root) != 32:
        raise ValueError(f"merkle_root: has {len(merkle_root)} bytes, not 32")
    return _lib.octets(merkle_root)


def multisig_script(threshold: int, keys: Sequence[bytes]) -> bytes:
    """The script that any `threshold` of the compressed keys can spend, with the keys sorted
    (BIP-67)."""
    data = b"".join(keys)
    if len(data) != len(keys) * PUBLIC_KEY_SIZE:
        raise ValueError(f"keys: each has {PUBLIC_KEY_SIZE} bytes")
    return _bytes_out("script_of_multisig", threshold, _lib.octets(data), len(keys))


def _bytes_out(name: str, *arguments: Any) -> bytes:
    buffer, size = (ctypes.c_uint8 * 1024)(), ctypes.c_size_t()
    _lib.call(name, *arguments, buffer, len(buffer), ctypes.byref(size))
    return bytes(buffer[: size.value])
