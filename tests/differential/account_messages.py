#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares messages signed by accounts: EIP-191 and EIP-712 with eth-account (PyPI) and ethers
(npm), TRON's with tronweb and @trustwallet/wallet-core (npm).

Random bytes as personal messages: the signatures are the same byte for byte, and of a changed
signature all recover the same address or none. Random typed data (nested structs, arrays, all sizes
of numbers and bytes): the hashes and signatures are the same. Not compared, because coffer is
stricter by intent: a v of 35 and more, which is for transactions (EIP-155), and a high s.
"""

import sys
from typing import Any

import eth_account.messages
from comparison import Comparison, Node, Refused
from eth_account import Account
from eth_keys.exceptions import BadSignature

from coffer.errors import CofferError
from coffer.messages import Messages, typed_data_hashes
from coffer.signers import KeyReference, SoftwareSigner

DOMAIN = {
    "name": "string", "version": "string", "chainId": "uint256", "verifyingContract": "address",
    "salt": "bytes32",
}


class TypedData:
    """Random types and a random value of the first."""

    def __init__(self, run: Comparison) -> None:
        self.run = run
        self.source = run.source
        count = self.source.randint(1, 4)
        names = [f"Type{letter}" for letter in "ABCD"[:count]]
        self.types: dict[str, list[dict[str, str]]] = {}
        # A struct holds only later ones, so that none holds itself.
        for place in reversed(range(count)):
            self.types[names[place]] = [
                {"name": f"field{i}", "type": self.random_type(names[place + 1 :])}
                for i in range(self.source.randint(1, 5))
            ]
        self.primary = names[0]
        self.message = self.value_of(self.primary)
        chosen = [name for name in DOMAIN if self.source.random() < 0.6] or ["name"]
        self.domain_types = [{"name": name, "type": DOMAIN[name]} for name in chosen]
        self.domain = {name: self.value_of(DOMAIN[name]) for name in chosen}
        if "chainId" in chosen:
            self.domain["chainId"] = 1
        # ethers finds the primary type itself and refuses types that nothing uses.
        self.types = {name: self.types[name] for name in self.used(self.primary)}

    def used(self, name: str) -> list[str]:
        found = [name]
        for field in self.types[name]:
            base = field["type"].split("[")[0]
            if base in self.types:
                found += [one for one in self.used(base) if one not in found]
        return found

    def random_type(self, structs: list[str]) -> str:
        size = self.source.randint(1, 32)
        base = self.source.choice(
            ["bool", "address", "string", "bytes", f"bytes{size}", f"uint{8 * size}",
             f"int{8 * size}", *structs, *structs]
        )
        return str(base) + self.source.choice(["", "", "", "[]", "[2]", "[][2]"])

    def value_of(self, kind: str) -> Any:
        source = self.source
        if kind.endswith("]"):
            base, _, size = kind[:-1].rpartition("[")
            return [self.value_of(base) for _ in range(int(size) if size else source.randint(0, 3))]
        if kind in self.types:
            return {field["name"]: self.value_of(field["type"]) for field in self.types[kind]}
        if kind == "bool":
            return source.random() < 0.5
        if kind == "address":
            return "0x" + source.randbytes(20).hex()
        if kind == "string":
            return self.run.text(30)
        if kind == "bytes":
            return "0x" + self.run.octets(0, 40).hex()
        if kind.startswith("bytes"):
            return "0x" + source.randbytes(int(kind[5:])).hex()
        # Numbers go as text: JSON's own are not exact beyond 53 bits in all of them.
        bits = int(kind.lstrip("uint"))
        bits = source.choice((bits, source.randint(1, bits)))
        if kind.startswith("u"):
            return str(source.randrange(1 << bits))
        return str(source.randrange(-(1 << bits - 1), 1 << bits - 1))

    def whole(self) -> dict[str, Any]:
        return {
            "types": {"EIP712Domain": self.domain_types, **self.types},
            "primaryType": self.primary, "domain": self.domain, "message": self.message,
        }


class Accounts:
    def __init__(self, run: Comparison) -> None:
        self.run, self.node = run, run.node
        self.messages = Messages()
        self.secret = run.private_key()
        self.signer = SoftwareSigner().add_single("key", self.secret)
        self.key = KeyReference("key")

    def personal(self) -> None:
        run, message = self.run, self.run.octets(0, 200)
        ours = self.messages.sign_account(self.signer, self.key, "ethereum", message)
        what = f"signature of {self.secret.hex()} on {message.hex()}"
        readable = eth_account.messages.encode_defunct(message)
        run.same("eth-account", what, ours.hex(),
                 Account.sign_message(readable, self.secret).signature.hex())
        theirs = self.node.ask("signPersonal", self.secret, message)
        run.same("ethers", what, ours.hex(), theirs)

        changed, what = self.changed(ours), f"signer of {message.hex()} by a changed {ours.hex()}"
        mine = self.recovered("ethereum", message, changed)
        try:
            theirs = Account.recover_message(readable, signature=changed)
        except (BadSignature, ValueError):
            theirs = None
        run.same("eth-account", f"{what} {changed.hex()}", mine, theirs)
        theirs = recovered_by(self.node, "recoverPersonal", message, changed)
        run.same("ethers", f"{what} {changed.hex()}", mine, theirs)

    def tron(self) -> None:
        run, text = self.run, self.run.text(100)
        ours = self.messages.sign_account(self.signer, self.key, "tron", text).hex()
        what = f"TRON signature of {self.secret.hex()} on {text!r}"
        run.same("tronweb", what, ours, self.node.ask("signTron", self.secret, text))
        theirs = self.node.ask("coreSignTron", self.secret, text)
        run.same("wallet-core", what, ours, theirs)
        changed = self.changed(bytes.fromhex(ours))
        mine = self.recovered("tron", text.encode(), changed)
        theirs = recovered_by(self.node, "recoverTron", text, changed)
        run.same("tronweb", f"signer by {changed.hex()} of {text!r}", mine, theirs)

    def changed(self, signature: bytes) -> bytes:
        """Another bit of r or s, but s stays low; any way to write v."""
        changed = bytearray(signature)
        changed[self.run.source.choice([*range(32), *range(33, 64)])] ^= 1
        changed[64] = self.run.source.choice((0, 1, 27, 28))
        return bytes(changed)

    def recovered(self, network: str, message: bytes, signature: bytes) -> str | None:
        try:
            return self.messages.recover_account(network, message, signature)
        except CofferError:
            return None

    def typed(self) -> None:
        run, data = self.run, TypedData(self.run)
        whole = data.whole()
        hashes = typed_data_hashes(whole)
        ours = [hashes.domain.hex(), hashes.message.hex()]
        signable = eth_account.messages.encode_typed_data(full_message=with_numbers(whole))
        theirs = [bytes(signable.header).hex(), bytes(signable.body).hex()]
        run.same("eth-account", f"hashes of {whole}", ours, theirs)
        ours = [*ours, hashes.digest.hex()]
        theirs = self.node.ask("hashTyped", data.domain, data.types, data.primary, data.message)
        run.same("ethers", f"hashes of {whole}", ours, theirs)

        signature = self.messages.sign_typed_data(self.signer, self.key, "ethereum", whole).hex()
        theirs = Account.sign_message(signable, self.secret).signature.hex()
        run.same("eth-account", f"signature of {self.secret.hex()} on {whole}", signature, theirs)
        theirs = self.node.ask("signTyped", self.secret, data.domain, data.types, data.message)
        run.same("ethers", f"signature of {self.secret.hex()} on {whole}", signature, theirs)


def recovered_by(node: Node, function: str, *arguments: Any) -> Any:
    try:
        return node.ask(function, *arguments)
    except Refused:
        return None


def with_numbers(whole: dict[str, Any]) -> dict[str, Any]:
    """eth-account wants numbers as numbers."""

    def plain(kind: str, value: Any) -> Any:
        if kind.endswith("]"):
            return [plain(kind.rpartition("[")[0], one) for one in value]
        if kind in whole["types"]:
            fields = whole["types"][kind]
            return {one["name"]: plain(one["type"], value[one["name"]]) for one in fields}
        return int(value) if kind.startswith(("int", "uint")) else value

    return {
        **whole,
        "message": plain(whole["primaryType"], whole["message"]),
        "domain": plain("EIP712Domain", whole["domain"]),
    }


def main() -> int:
    run = Comparison(__doc__, count=200)
    for _ in range(run.count):
        accounts = Accounts(run)
        accounts.personal()
        accounts.tron()
        accounts.typed()
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
