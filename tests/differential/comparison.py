# SPDX-License-Identifier: MIT
"""What the differential tests share: arguments, random numbers, counting, asking npm packages."""

import argparse
import collections
import functools
import json
import pathlib
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Self

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "bindings" / "python"))

from coffer import _lib  # noqa: E402

SHOWN = 20
"""How many differences are printed; all are counted."""


class Comparison:
    """One run: `source` gives the random numbers, `same` compares, `finish` says what came out."""

    def __init__(self, description: str | None, count: int) -> None:
        """Reads the command line; `count` is how many rounds there are unless it says else."""
        parser = argparse.ArgumentParser(description=(description or "").split("\n")[0])
        parser.add_argument("--library", required=True, help="path of libcoffer.so")
        parser.add_argument("--packages", default=".", help="folder with node_modules")
        parser.add_argument("--count", type=int, default=count, help="rounds")
        parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
        chosen = parser.parse_args()
        _lib.use_library(chosen.library)
        self.subject = pathlib.Path(sys.argv[0]).stem
        self.count: int = chosen.count
        self.packages = pathlib.Path(chosen.packages)
        self.source = random.Random(f"{self.subject} {chosen.seed}")
        self.compared: collections.Counter[str] = collections.Counter()
        self.differences = 0

    def same(self, other: str, what: str, ours: Any, theirs: Any) -> None:
        """Counts one comparison with the package `other`, and prints it when it differs."""
        self.compared[other] += 1
        if ours == theirs:
            return
        self.differences += 1
        if self.differences <= SHOWN:
            print(f"DIFFERS {what}: coffer {ours!r}, {other} {theirs!r}")

    def finish(self) -> int:
        """Prints the sums; the status for sys.exit."""
        by_package = ", ".join(f"{other} {n}" for other, n in sorted(self.compared.items()))
        total = self.compared.total()
        print(f"{self.subject}: {total} comparisons ({by_package}), {self.differences} differences")
        return 1 if self.differences or not total else 0

    @functools.cached_property
    def node(self) -> "Node":
        return Node(self.packages)

    def octets(self, least: int, most: int) -> bytes:
        return self.source.randbytes(self.source.randint(least, most))

    def private_key(self) -> bytes:
        """32 bytes that are a private key of secp256k1 and of nist256p1."""
        return self.source.randrange(1, 1 << 255).to_bytes(32, "big")

    def text(self, most: int) -> str:
        """A text of letters of several scripts, some composed, some beyond 16 bits."""
        letters = "abc XYZ 019 ~!\n éÅñüß ﬁ № 가각힣 がガ中文 \u0301\u0323 Ωλ 🙂𝄞"
        return "".join(self.source.choices(letters, k=self.source.randint(0, most)))

    def flipped(self, data: bytes) -> bytes:
        """The same with one bit changed."""
        bit = self.source.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        return bytes(changed)


class Refused(Exception):
    """An npm package threw; its text."""


class Node:
    """npm packages in a process of Node: each function of npm_packages.cjs, by its name."""

    def __init__(self, packages: pathlib.Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "npm_packages.cjs")],
            cwd=packages, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )

    def ask(self, function: str, *arguments: Any) -> Any:
        """Bytes go as hexadecimal; raises Refused when the function throws."""
        assert self._process.stdin is not None and self._process.stdout is not None
        plain = [one.hex() if isinstance(one, bytes) else one for one in arguments]
        self._process.stdin.write(json.dumps([function, *plain]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"node ended at {function}")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(f"{function}: {answer['error']}")
        return answer["value"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()


def accepts(call: Callable[[], Any], *refusals: type[Exception]) -> bool:
    """Whether the call returns, and nothing that says no; `refusals` are how it refuses."""
    try:
        return call() is not False
    except refusals:
        return False
