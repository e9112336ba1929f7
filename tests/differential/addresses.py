#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares addresses of all networks with bip_utils (PyPI) and with npm packages.

The npm packages are bitcoinjs-lib and cashaddrjs for the Bitcoin family, ethers for Ethereum's and
@trustwallet/wallet-core for the rest; base58 and embit (PyPI) stand in for Zcash. For each network
and form: the address of random keys is the same, reading it gives the same bytes, and a text with
one wrong character is taken or refused by both. Then whole ways: siblings of random seeds on the
default path with bip_utils, the first address of random mnemonics with wallet-core, addresses of
multisig scripts with bitcoinjs-lib and embit. Rootstock's checksum (@rsksmart/rsk-utils),
X-addresses (ripple-address-codec) and TRON's hex form (tronweb) are compared with one.

wallet-core differs by intent of its own: it writes Rootstock's addresses with Ethereum's checksum,
and takes a passphrase as it is typed, where BIP-39 wants NFKD (mnemonics.py compares that).
"""

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import base58
import bip_utils
from comparison import Comparison, accepts
from embit import ec, hashes, script
from embit.networks import NETWORKS

from coffer.errors import CofferError
from coffer.keys import HARDENED, Curve, Xprv
from coffer.mnemonics import Mnemonic
from coffer.networks import Address, AddressForm, Family, Network, NetworkTable, multisig_script

TYPING = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:"
SIBLINGS = 20
BITCOIN_FORMS = (
    AddressForm.P2PKH, AddressForm.P2SH_P2WPKH, AddressForm.P2WPKH, AddressForm.P2TR,
)
COINS_OF_FAMILY = {
    Family.TRON: "tron", Family.SOLANA: "solana", Family.COSMOS: "cosmos", Family.XRP: "xrp",
    Family.STELLAR: "stellar",
}
# The default address of each family from a mnemonic, with what wallet-core calls its path.
WALLET_COINS = {
    "bitcoin": ("bitcoin", "default"), "litecoin": ("litecoin", "default"),
    "dogecoin": ("dogecoin", "default"), "bitcoin-cash": ("bitcoinCash", "default"),
    "ethereum": ("ethereum", "default"), "tron": ("tron", "default"),
    "solana": ("solana", "solanaSolana"), "cosmos-hub": ("cosmos", "default"),
    "xrp": ("xrp", "default"), "stellar": ("stellar", "default"),
}


class Other(NamedTuple):
    """The classes of bip_utils for a network and form, and what they need."""

    encoder: Any
    decoder: Any
    parameters: dict[str, Any]
    compares_errors: bool = True  # whether both follow the same rules for what to refuse


def version(number: int | None) -> bytes:
    assert number is not None
    return bytes([number]) if number < 256 else number.to_bytes(2, "big")


def in_bip_utils(row: Network, form: AddressForm) -> Other | None:
    """What bip_utils has for it, if anything."""
    b = bip_utils
    if form == AddressForm.P2PKH:
        parameters = {"net_ver": version(row.p2pkh_version)}
        return Other(b.P2PKHAddrEncoder, b.P2PKHAddrDecoder, parameters)
    if form == AddressForm.P2SH_P2WPKH:
        return Other(b.P2SHAddrEncoder, b.P2SHAddrDecoder, {"net_ver": version(row.p2sh_version)})
    if form == AddressForm.P2WPKH:
        return Other(b.P2WPKHAddrEncoder, b.P2WPKHAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.P2TR:
        return Other(b.P2TRAddrEncoder, b.P2TRAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.CASH_P2PKH:
        parameters = {"hrp": row.cash_prefix, "net_ver": b"\x00"}
        # bip_utils wants the prefix, coffer does without it too.
        return Other(b.BchP2PKHAddrEncoder, b.BchP2PKHAddrDecoder, parameters, False)
    if form == AddressForm.EVM and not row.has_chain_checksum:
        # bip_utils refuses the texts in one case, which carry no checksum.
        return Other(b.EthAddrEncoder, b.EthAddrDecoder, {}, False)
    if form == AddressForm.TRON:
        return Other(b.TrxAddrEncoder, b.TrxAddrDecoder, {})
    if form == AddressForm.SOLANA:
        # bip_utils refuses what is no point of the curve, as accounts of programs are.
        return Other(b.SolAddrEncoder, b.SolAddrDecoder, {}, False)
    if form == AddressForm.COSMOS and row.has_ethereum_keys:
        return Other(b.InjAddrEncoder, b.InjAddrDecoder, {})
    if form == AddressForm.COSMOS:
        return Other(b.AtomAddrEncoder, b.AtomAddrDecoder, {"hrp": row.prefix})
    if form == AddressForm.XRP:
        return Other(b.XrpAddrEncoder, b.XrpAddrDecoder, {})
    if form == AddressForm.STELLAR:
        kind = {"addr_type": b.XlmAddrTypes.PUB_KEY}
        return Other(b.XlmAddrEncoder, b.XlmAddrDecoder, kind, False)
    return None


def paid_hash(form: AddressForm, key: bytes) -> bytes:
    """What a P2PKH or P2SH-P2WPKH address of a key holds."""
    inner: bytes = hashes.hash160(key)
    if form == AddressForm.P2SH_P2WPKH:
        inner = hashes.hash160(b"\x00\x14" + inner)
    return inner


def bitcoinjs_network(row: Network) -> dict[str, Any]:
    # A chain without segwit has no prefix; the package wants one all the same.
    return {
        "bech32": row.prefix or "none", "pubKeyHash": row.p2pkh_version,
        "scriptHash": row.p2sh_version, "messagePrefix": "", "wif": 0,
        "bip32": {"public": 0, "private": 0},
    }


def wallet_core_coin(row: Network, form: AddressForm) -> str | None:
    """The coin of wallet-core whose main form this is."""
    if form != row.default_form:
        return None
    if row.has_ethereum_keys:
        return "nativeInjective"
    return "ecash" if row.name == "ecash" else COINS_OF_FAMILY.get(row.family)


def wallet_core_prefix(row: Network) -> str:
    return row.prefix if row.family == Family.COSMOS and not row.has_ethereum_keys else ""


class Addresses:
    def __init__(self, run: Comparison) -> None:
        self.run = run
        self.table = NetworkTable()
        self.keys = {
            curve: [self.public_key(curve) for _ in range(run.count)]
            for curve in (Curve.SECP256K1, Curve.ED25519)
        }
        self.alone: set[str] = set()

    def public_key(self, curve: Curve) -> bytes:
        key = Xprv.from_private_key(self.run.private_key(), curve)
        return key.public().public_key

    def forms(self) -> Iterator[tuple[Network, AddressForm]]:
        """All that have an address of a key, but the two that are texts of another one."""
        for row in self.table.rows():
            for form in AddressForm:
                if form in (AddressForm.DEFAULT, AddressForm.TRON_HEX, AddressForm.X_ADDRESS):
                    continue
                key = self.keys[row.curve][0]
                if accepts(lambda: self.table.address_of(row.name, key, form), CofferError):
                    yield row, form

    def one_form(self, row: Network, form: AddressForm) -> None:
        found = 0
        for key in self.keys[row.curve]:
            address = self.table.address_of(row.name, key, form)
            found = self.in_python(row, form, key, address) + self.in_node(row, form, key, address)
        if found < (1 if row.has_chain_checksum else 2):
            print(f"{row.name} {form.name}: {found} other implementations")

    def in_python(self, row: Network, form: AddressForm, key: bytes, address: str) -> int:
        run, other = self.run, in_bip_utils(row, form)
        if other is None:
            return 0
        theirs = other.encoder.EncodeKey(key, **other.parameters)
        run.same("bip_utils", f"{row.name} {form.name} of {key.hex()}", address, theirs)
        read = self.table.parse(row.name, address).payload
        payload = other.decoder.DecodeAddr(address, **other.parameters)
        run.same("bip_utils", f"{row.name} reads {address}", read, payload)
        if other.compares_errors:
            wrong = self.mistyped(address)
            theirs = accepts(
                lambda: other.decoder.DecodeAddr(wrong, **other.parameters), ValueError
            )
            run.same("bip_utils", f"{row.name} takes {wrong}", self.takes(row, wrong), theirs)
        return 1

    def in_node(self, row: Network, form: AddressForm, key: bytes, address: str) -> int:
        run, what = self.run, f"{row.name} {form.name} of {key.hex()}"
        if form in BITCOIN_FORMS:
            if (row.p2pkh_version or 0) > 255:
                prefix = version(
                    row.p2pkh_version if form == AddressForm.P2PKH else row.p2sh_version
                )
                read = self.table.parse(row.name, address).payload
                theirs = base58.b58encode_check(prefix + paid_hash(form, key)).decode()
                run.same("base58", what, [address, read], [theirs, paid_hash(form, key)])
            else:
                theirs = run.node.ask("bitcoinAddress", form.name, key, bitcoinjs_network(row))
                run.same("bitcoinjs-lib", what, address, theirs)
            return 1
        if form == AddressForm.CASH_P2PKH and row.cash_prefix.startswith("b"):
            theirs = run.node.ask("cashAddress", row.cash_prefix, hashes.hash160(key))
            run.same("cashaddrjs", what, address, theirs)
            return 1
        if form == AddressForm.EVM:
            theirs = run.node.ask("evmAddress", key)
            if row.has_chain_checksum:
                theirs = run.node.ask("chainChecksum", theirs, row.chain_id)
            other = "@rsksmart/rsk-utils" if row.has_chain_checksum else "ethers"
            run.same(other, what, address, theirs)
            return 1
        coin, prefix = wallet_core_coin(row, form), wallet_core_prefix(row)
        if coin is None:
            return 0
        theirs = run.node.ask("coinAddress", coin, key, prefix)
        run.same("wallet-core", what, address, theirs)
        # A text of Solana has no checksum; wallet-core wants the prefix of eCash.
        if row.family not in (Family.SOLANA, Family.BITCOIN):
            wrong = self.mistyped(address)
            theirs = run.node.ask("coinTakes", coin, wrong, prefix)
            run.same("wallet-core", f"{row.name} takes {wrong}", self.takes(row, wrong), theirs)
        return 1

    def mistyped(self, text: str) -> str:
        place = self.run.source.randrange(len(text))
        return text[:place] + self.run.source.choice(TYPING) + text[place + 1 :]

    def takes(self, row: Network, text: str) -> bool:
        return accepts(lambda: self.table.parse(row.name, text), CofferError)

    def other_texts(self) -> None:
        """X-addresses with and without a tag, and TRON's hex form, of the same accounts."""
        run = self.run
        for key in self.keys[Curve.SECP256K1]:
            for network in ("xrp", "xrp-testnet"):
                account = self.table.parse(network, self.table.address_of(network, key)).payload
                tag = run.source.choice((None, 0, run.source.randrange(1 << 32)))
                address = Address(AddressForm.X_ADDRESS, account, destination_tag=tag)
                theirs = run.node.ask("xAddress", account, tag, network != "xrp")
                what = f"{network} {account.hex()} tag {tag}"
                run.same("ripple-address-codec", what, self.table.format(network, address), theirs)
            plain = self.table.address_of("tron", key)
            ours = self.table.address_of("tron", key, AddressForm.TRON_HEX)
            run.same("tronweb", f"hex of {plain}", ours, run.node.ask("tronHex", plain))

    def siblings(self) -> None:
        """Whole paths from random seeds, siblings derived in one call."""
        for _ in range(max(1, self.run.count // 50)):
            seed = self.run.source.randbytes(self.run.source.choice((16, 32, 64)))
            for row in self.table.rows():
                other = in_bip_utils(row, row.default_form)
                if other is not None and not row.is_test:
                    self.siblings_of(seed, row, other)

    def siblings_of(self, seed: bytes, row: Network, other: Other) -> None:
        path = self.table.account_path(row.name, row.default_form)
        first = self.run.source.randrange(HARDENED - SIBLINGS)
        if row.curve == Curve.ED25519:
            tail = "0'" if row.family == Family.SOLANA else ""
            node = Xprv.from_seed(seed, Curve.ED25519).derive(path)
            ours = self.table.derive_many(row.name, node, first + HARDENED, SIBLINGS, tail=tail)
            parent = bip_utils.Bip32Slip10Ed25519.FromSeed(seed).DerivePath(path)
            steps = [f"{first + i}'" + ("/" + tail if tail else "") for i in range(SIBLINGS)]
        else:
            chain = Xprv.from_seed(seed).derive(path + "/0").public()
            ours = self.table.derive_many(row.name, chain, first, SIBLINGS)
            parent = bip_utils.Bip32Slip10Secp256k1.FromSeed(seed).DerivePath(path + "/0")
            steps = [str(first + i) for i in range(SIBLINGS)]
        for step, address in zip(steps, ours, strict=True):
            key = parent.DerivePath(step).PublicKey().RawCompressed().ToBytes()
            theirs = other.encoder.EncodeKey(key, **other.parameters)
            what = f"{row.name} {path}/{step} of seed {seed.hex()}"
            self.run.same("bip_utils", what, address, theirs)

    def wallets(self) -> None:
        """The first address of a random mnemonic on each family's default path."""
        for _ in range(max(1, self.run.count // 20)):
            mnemonic = Mnemonic.from_entropy(self.run.source.randbytes(16))
            sentence = mnemonic.export_sentence()
            passphrase = unicodedata.normalize("NFKD", self.run.text(8))
            seed = mnemonic.seed(passphrase)
            for network, (coin, derivation) in WALLET_COINS.items():
                row = self.table.find(network)
                path = self.table.address_path(network)
                key = Xprv.from_seed(seed, row.curve).derive(path).public().public_key
                ours = self.table.address_of(network, key)
                theirs = self.run.node.ask("walletAddress", sentence, passphrase, coin, derivation)
                what = f"{network} {path} of {sentence} and {passphrase!r}"
                self.run.same("wallet-core", what, ours, theirs)

    def multisig(self) -> None:
        for _ in range(self.run.count):
            keys = self.run.source.sample(self.keys[Curve.SECP256K1], min(3, self.run.count))
            threshold = self.run.source.randint(1, len(keys))
            made = multisig_script(threshold, keys)
            for form in (AddressForm.P2SH, AddressForm.P2WSH):
                ours = self.table.address_of_script("bitcoin", made, form)
                network = bitcoinjs_network(self.table.find("bitcoin"))
                ordered = [key.hex() for key in sorted(keys)]
                theirs = self.run.node.ask(
                    "multisigAddress", form.name, threshold, ordered, network
                )
                what = f"{form.name} {threshold} of {ordered}"
                self.run.same("bitcoinjs-lib", what, ours, theirs)
                points = sorted(ec.PublicKey.parse(key) for key in keys)
                redeem = script.multisig(threshold, points)
                wrapped = (script.p2sh if form == AddressForm.P2SH else script.p2wsh)(redeem)
                self.run.same("embit", what, ours, wrapped.address(NETWORKS["main"]))


def main() -> int:
    run = Comparison(__doc__, count=100)
    addresses = Addresses(run)
    for row, form in addresses.forms():
        addresses.one_form(row, form)
    addresses.other_texts()
    addresses.siblings()
    addresses.wallets()
    addresses.multisig()
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
