#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares sentences and seeds in all ten languages with mnemonic (PyPI) and @scure/bip39 (npm).

Random entropy gives the same sentence, the sentence with a random passphrase gives the same seed,
and a sentence with one word exchanged is taken or refused by all.
"""

import sys
import unicodedata

import mnemonic
from comparison import Comparison, accepts

from coffer.errors import CofferError
from coffer.mnemonics import Language, Mnemonic

SCURE_NAMES = {
    Language.CHINESE_SIMPLIFIED: "simplified-chinese",
    Language.CHINESE_TRADITIONAL: "traditional-chinese",
}


def nfkd(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def compare(run: Comparison, language: Language, other: mnemonic.Mnemonic) -> None:
    scure = SCURE_NAMES.get(language, language.name.lower())
    entropy = run.source.randbytes(run.source.choice((16, 20, 24, 28, 32)))
    ours = Mnemonic.from_entropy(entropy, language)
    # Japanese sentences are written with wide blanks, which NFKD makes plain ones.
    sentence, what = nfkd(ours.export_sentence()), f"{language.name} {entropy.hex()}"
    theirs = other.to_mnemonic(entropy)
    run.same("mnemonic", what, sentence, nfkd(theirs))
    run.same("@scure/bip39", what, sentence, nfkd(run.node.ask("sentence", scure, entropy)))

    typed = unicodedata.normalize("NFC", theirs)
    run.same("mnemonic", f"{what} read", Mnemonic(typed, language).entropy().export(), entropy)
    passphrase = run.text(20)
    seed, what = ours.seed(passphrase).export().hex(), f"{what} with {passphrase!r}"
    run.same("mnemonic", what, seed, other.to_seed(theirs, passphrase).hex())
    run.same("@scure/bip39", what, seed, run.node.ask("seed", theirs, passphrase))

    words = sentence.split(" ")
    words[run.source.randrange(len(words))] = nfkd(run.source.choice(other.wordlist))
    changed = " ".join(words)
    taken = accepts(lambda: Mnemonic(changed, language), CofferError)
    run.same("mnemonic", f"{language.name} takes {changed}", taken, other.check(changed))
    scure_takes = run.node.ask("sentenceIsValid", scure, changed)
    run.same("@scure/bip39", f"{language.name} takes {changed}", taken, scure_takes)


def main() -> int:
    run = Comparison(__doc__, count=40)
    for language in Language:
        other = mnemonic.Mnemonic(language.name.lower())
        for _ in range(run.count):
            compare(run, language, other)
    return run.finish()


if __name__ == "__main__":
    sys.exit(main())
