# SPDX-License-Identifier: MIT
"""Restores a wallet from its sentence and lists its first address on eight networks."""

import coffer

# Everyone knows this sentence: never send money to its addresses.
SENTENCE = "abandon " * 11 + "about"

networks = coffer.NetworkTable()
with coffer.Mnemonic(SENTENCE) as mnemonic, mnemonic.seed() as seed:
    for name in "bitcoin litecoin dogecoin ethereum tron solana cosmos-hub xrp".split():
        network = networks.find(name)
        path = networks.address_path(name)
        key = coffer.Xprv.from_seed(seed, network.curve).derive(path).public()
        print(name, path, networks.address_of(name, key.public_key))
