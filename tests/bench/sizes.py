# SPDX-License-Identifier: MIT
"""Prints how large coffer is: libcoffer.so without symbols, and what each dependency adds."""

import argparse
import pathlib
import re
import shutil
import subprocess
import tempfile

# A line of the linker's map: a section of an input file, its address, size and file.
PIECE = re.compile(r"^ (?:\S+|\*fill\*)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$")
OUTPUT_SECTION = re.compile(r"^(\.\S+|COMMON)")
# What stands in a file and is loaded; .bss takes no place in it.
CODE = (".text", ".init", ".fini", ".plt")
SKIPPED = (".bss", ".tbss", ".comment", ".symtab", ".strtab", ".shstrtab", ".debug", ".note")


def stripped_size(library: pathlib.Path, strip: str) -> tuple[int, int, int]:
    """The bytes of a copy without symbols, and of its code and constants and of its data."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, library.name)
        shutil.copy(library, copy)
        subprocess.run([strip, "--strip-unneeded", copy], check=True)
        columns = subprocess.run(["size", copy], check=True, capture_output=True, text=True)
        text, data = columns.stdout.splitlines()[1].split()[:2]
        return copy.stat().st_size, int(text), int(data)


def shares(map_file: pathlib.Path) -> dict[str, tuple[int, int]]:
    """For each archive, and for coffer's own objects, the bytes that were linked in: all, code."""
    found: dict[str, tuple[int, int]] = {}
    lines = map_file.read_text(errors="replace").split("Linker script and memory map", 1)[1]
    # A long name of a section has its numbers on the next line.
    section = ""
    for line in re.sub(r"\n {16,}0x", " 0x", lines).splitlines():
        if start := OUTPUT_SECTION.match(line):
            section = start[1]
        piece = PIECE.match(line)
        if not piece or section.startswith(SKIPPED) or int(piece[1], 16) == 0:
            continue
        size, file = int(piece[2], 16), piece[3]
        archive = re.search(r"([^/]+\.a)\(", file)
        name = archive[1] if archive else "coffer" if "coffer_" in file else "tables of the linker"
        before = found.get(name, (0, 0))
        code = size if section.startswith(CODE) else 0
        found[name] = (before[0] + size, before[1] + code)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strip", default="strip", help="the program that removes symbols")
    parser.add_argument("--library", type=pathlib.Path, required=True, help="libcoffer.so")
    parser.add_argument("--map", type=pathlib.Path, help="of a program that has all in it")
    parser.add_argument("--shared", type=pathlib.Path, nargs="*", default=[], help="dependencies")
    arguments = parser.parse_args()

    print(f"{'shared, without symbols':34} {'file':>11} {'code, constants':>16} {'data':>9}")
    for library in [arguments.library, *arguments.shared]:
        size, text, data = stripped_size(library.resolve(), arguments.strip)
        print(f"{library.name:34} {size:>11,} {text:>16,} {data:>9,}")
    if arguments.map:
        print(f"\n{'linked statically, what is used':34} {'bytes':>11} {'of it code':>16}")
        for name, (size, code) in sorted(shares(arguments.map).items(), key=lambda one: -one[1][0]):
            print(f"{name:34} {size:>11,} {code:>16,}")


if __name__ == "__main__":
    main()
