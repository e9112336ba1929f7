#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the word list tables: generate.py <folder with english.txt ...> <output folder>.

A table is one text. Each word begins with a capital letter that says how many characters it shares
with the word before it (A none, B one, ...); what follows is the rest of the word in NFKD. No word
of any list has a capital letter, so the text needs no other separator.
"""
import sys
import unicodedata
from pathlib import Path

WIDTH = 94
WORDS = {
    **{f"bip39_{name}": 2048 for name in (
        "english", "japanese", "korean", "spanish", "chinese_simplified", "chinese_traditional",
        "french", "italian", "czech", "portuguese")},
    "slip39": 1024,
}


def front_coded(words: list[str]) -> str:
    text = ""
    before = ""
    for word in words:
        shared = 0
        while shared < min(len(word), len(before)) and word[shared] == before[shared]:
            shared += 1
        assert not any("A" <= c <= "Z" or c in '"\\' for c in word), word
        text += chr(ord("A") + shared) + word[shared:]
        before = word
    return text


def wrapped(text: str) -> list[str]:
    """Pieces of at most WIDTH characters that no combining mark begins."""
    lines = []
    while text:
        end = min(WIDTH, len(text))
        while end < len(text) and unicodedata.combining(text[end]):
            end -= 1
        lines.append(text[:end])
        text = text[end:]
    return lines


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for table, count in WORDS.items():
        name = table.removeprefix("bip39_")
        standard = "SLIP-39" if table == "slip39" else "BIP-39"
        path = source / (f"{name}.txt" if table != "slip39" else "slip39.txt")
        words = [unicodedata.normalize("NFKD", w) for w in path.read_text("utf-8").split()]
        assert len(words) == count == len(set(words)), path
        lines = [
            "// SPDX-License-Identifier: MIT",
            f"// The {count} words of {standard}, {name}; "
            "written by generate.py, which explains it.",
            '#include "keys/wordlists/wordlists.hpp"',
            "",
            "namespace coffer::keys::wordlists {",
            "",
            "// clang-format off",
            f"const std::string_view {name} =",
            *(f'    "{line}"' for line in wrapped(front_coded(words))),
        ]
        lines[-1] += ";"
        lines += ["// clang-format on", "", "}  // namespace coffer::keys::wordlists", ""]
        (target / f"{name}.cpp").write_text("\n".join(lines), "utf-8")


main()
