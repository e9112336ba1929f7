# SPDX-License-Identifier: MIT
"""A server that knows only an account's public key: it gives out addresses and can't spend."""

import coffer

# Everyone knows this sentence: never send money to its addresses.
SENTENCE = "abandon " * 11 + "about"

networks = coffer.NetworkTable()


def account_of(network: str) -> str:
    """Where the secrets are: the one text that leaves is the account's public key."""
    with coffer.Mnemonic(SENTENCE) as mnemonic, mnemonic.seed() as seed:
        master = coffer.Xprv.from_seed(seed, version=networks.key_version(network))
        return str(master.derive(networks.account_path(network)).public())


def serve(network: str, account_text: str) -> None:
    """The server: a thousand addresses in one call, three of them shown."""
    account = coffer.Xpub.parse(account_text)
    addresses = networks.derive_many(network, account.derive("m/0"), 0, 1000)
    for user in (0, 1, 999):
        print("user", user, "pays to", addresses[user])
    try:
        account.derive("m/0'")
    except coffer.errors.HardenedFromPublic:
        print("private children: hardened_from_public")


account = account_of("bitcoin")
print("account", account)
serve("bitcoin", account)
