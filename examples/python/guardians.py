# SPDX-License-Identifier: MIT
"""Splits a wallet's secret among guardians, loses the wallet, brings it back with some of them."""

import coffer

# Two of three relatives and the notary, who alone is a group, are needed together.
FAMILY, NOTARY = coffer.ShareGroup(2, 3), coffer.ShareGroup(1, 1)


def show(who: str, *shares: str) -> None:
    try:
        with coffer.combine_shares(shares) as secret:
            print(f"{who}: {coffer.Mnemonic.from_entropy(secret).export_sentence()}")
    except coffer.errors.ShareInvalid:
        print(f"{who}: share_invalid")


# Everyone knows this sentence; a real one is made by Mnemonic.generate.
mnemonic = coffer.Mnemonic(
    "legal winner thank year wave sausage worth useful legal winner thank yellow"
)
with mnemonic.entropy() as entropy:
    shares = coffer.ShareSet.split(entropy, [FAMILY, NOTARY], group_threshold=2)
# Each guardian is given one sentence and keeps it; here they come together again.
mother, brother = shares.export_sentence(0, 0), shares.export_sentence(0, 2)
office = shares.export_sentence(1, 0)
info = coffer.inspect_share(brother)
print(
    f"a share of the family: member {info.member_index + 1}, {info.member_threshold} are needed"
)
show("mother and brother", mother, brother)
show("mother and notary", mother, office)
show("mother, brother and notary", mother, brother, office)
