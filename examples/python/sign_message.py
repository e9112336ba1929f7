# SPDX-License-Identifier: MIT
"""Proves who owns an address: signs a message with it on Ethereum and Bitcoin, verifies that."""

from collections.abc import Callable

import coffer

# Everyone knows this sentence: never send money to its addresses.
SENTENCE = "abandon " * 11 + "about"
MESSAGE, OTHER = "I own this address.", "I own this address!"

networks = coffer.NetworkTable()
messages = coffer.Messages(networks)
signer = coffer.SoftwareSigner()
with coffer.Mnemonic(SENTENCE) as mnemonic, mnemonic.seed() as seed:
    signer.add("wallet", coffer.Xprv.from_seed(seed))


def key_for(network: str) -> coffer.KeyReference:
    """A key is named, not held: the same code signs with a hardware module behind the port."""
    return coffer.KeyReference("wallet", networks.address_path(network))


def show(what: str, verify: Callable[[], object]) -> None:
    try:
        verify()
        print(f"{what}: ok")
    except coffer.errors.SignatureInvalid:
        print(f"{what}: signature_invalid")


key = key_for("ethereum")
address = networks.address_of("ethereum", signer.public_key(key))
signature = messages.sign_account(signer, key, "ethereum", MESSAGE)
print(address)
print("0x" + signature.hex())
show("verified", lambda: messages.verify_account("ethereum", address, MESSAGE, signature))
show("another message", lambda: messages.verify_account("ethereum", address, OTHER, signature))

key = key_for("bitcoin")
holder = networks.address_of("bitcoin", signer.public_key(key))
text = messages.sign_bip322(signer, key, "bitcoin", MESSAGE)
print(holder)
print(text)
show("verified", lambda: messages.verify_bip322("bitcoin", holder, MESSAGE, text))
show("another message", lambda: messages.verify_bip322("bitcoin", holder, OTHER, text))
