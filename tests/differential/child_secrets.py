#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the children of BIP-85 with embit and bipsea (PyPI).

Of random master keys: mnemonics (in ten languages with bipsea, in English with embit), bytes,
private keys and master keys; passwords with bipsea and, from embit's 64 bytes, by Base64.
"""

import base64
import sys
import unicodedata

import bipsea.bip32
import bipsea.bip85
import embit.bip32
import embit.bip85
from comparison import Comparison

from coffer.keys import HARDENED, Xprv
from coffer.mnemonics import Language

# As the standard numbers them.
LANGUAGES = [
    Language.ENGLISH, Language.JAPANESE, Language.KOREAN, Language.SPANISH,
    Language.CHINESE_SIMPLIFIED, Language.CHINESE_TRADITIONAL, Language.FRENCH,
    Language.ITALIAN, Language.CZECH, Language.PORTUGUESE,
]


class Child:
    """One random master key in three libraries."""

    def __init__(self, run: Comparison) -> None:
        self.run = run
        seed = run.source.randbytes(64)
        self.ours = Xprv.from_seed(seed)
        self.embit = embit.bip32.HDKey.from_seed(seed)
        self.bipsea = bipsea.bip32.to_master_key(seed, mainnet=True, private=True)
        self.index = run.source.randrange(run.source.choice((10, HARDENED)))
        self.what = f"{seed.hex()} index {self.index}"

    def by_bipsea(self, path: str) -> str:
        path = f"m/83696968'/{path}/{self.index}'"
        made = bipsea.bip85.apply_85(bipsea.bip85.derive(self.bipsea, path), path)
        return str(made["application"])

    def mnemonic(self) -> None:
        words, language = self.run.source.choice((12, 18, 24)), self.run.source.choice(LANGUAGES)
        code = LANGUAGES.index(language)
        sentence = self.ours.child_mnemonic(words, self.index, language).export_sentence()
        plain = unicodedata.normalize("NFKD", sentence)
        theirs = self.by_bipsea(f"39'/{code}'/{words}'")
        what = f"{language.name} {words} words of {self.what}"
        self.run.same("bipsea", what, plain, unicodedata.normalize("NFKD", theirs))
        english = self.ours.child_mnemonic(words, self.index).export_sentence()
        theirs = embit.bip85.derive_mnemonic(self.embit, words, self.index)
        self.run.same("embit", f"{words} words of {self.what}", english, theirs)

    def bytes_and_keys(self) -> None:
        run, index = self.run, self.index
        size = run.source.randint(16, 64)
        ours = self.ours.child_bytes(size, index).export().hex()
        run.same("embit", f"{size} bytes of {self.what}", ours,
                 embit.bip85.derive_hex(self.embit, size, index).hex())
        run.same("bipsea", f"{size} bytes of {self.what}", ours, self.by_bipsea(f"128169'/{size}'"))

        ours = self.ours.child_private_key(index).export().hex()
        theirs = embit.bip85.derive_wif(self.embit, index)
        run.same("embit", f"key of {self.what}", ours, theirs.secret.hex())
        run.same("bipsea", f"key of {self.what}", theirs.wif(), self.by_bipsea("2'"))
        ours = self.ours.child_master_key(index).export_text()
        theirs = embit.bip85.derive_xprv(self.embit, index).to_base58()
        run.same("embit", f"xprv of {self.what}", ours, theirs)
        run.same("bipsea", f"xprv of {self.what}", ours, self.by_bipsea("32'"))

    def password(self) -> None:
        length = self.run.source.randint(20, 86)
        ours = self.ours.child_password(length, self.index).export().decode()
        what = f"password of {length}, {self.what}"
        self.run.same("bipsea", what, ours, self.by_bipsea(f"707764'/{length}'"))
        entropy = embit.bip85.derive_entropy(self.embit, 707764, [length, self.index])
        self.run.same("embit", what, ours, base64.b64encode(entropy).decode()[:length])


def main() -> int:
    run = Comparison(__doc__, count=100)
    for _ in range(run.count):
        child = Child(run)
        child.mnemonic()
        child.bytes_and_keys()
        child.password()
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
