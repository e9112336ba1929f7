# SPDX-License-Identifier: MIT
# What the rules look at: the files that git tracks, and never one that merely lies about.
import dataclasses
import functools
import pathlib
import re
import subprocess
from collections.abc import Callable, Iterator

CODE = (".hpp", ".cpp", ".h", ".c")
SCRIPTS = (".py", ".pyi", ".cmake", ".sh", "CMakeLists.txt", "tests/run", "examples/run", ".ci/run")


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    rule: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.message}"


class Tree:
    """The project's text files by path. The self-test makes one out of nothing but samples."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files

    @staticmethod
    def of_checkout(root: pathlib.Path) -> "Tree":
        command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        files = {}
        for path in filter(None, listed.split("\0")):
            data = (root / path).read_bytes() if (root / path).is_file() else b"\0"
            if b"\0" not in data[:4096]:
                files[path] = data.decode("utf-8", errors="replace")
        return Tree(files)

    def paths(self, *starts: str, ends: tuple[str, ...] = CODE) -> Iterator[str]:
        """Paths below one of the folders (all when none is named) that end so, in order."""
        for path in sorted(self.files):
            if (not starts or path.startswith(starts)) and path.endswith(ends):
                yield path

    def lines(self, path: str) -> list[str]:
        return self.files[path].splitlines()

    def code(self, path: str) -> list[str]:
        """The lines of a C or C++ file with comments and literals blanked."""
        return blank(self.files[path]).splitlines()


Rule = Callable[[Tree], Iterator[Finding]]

_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>\w*)\(.*?\)(?P=mark)"
    |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
    re.DOTALL | re.VERBOSE,
)
# In 1'000'000 the quotes are no literal.
_DIGIT_MARK = re.compile(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])")


@functools.lru_cache(maxsize=None)
def blank(text: str) -> str:
    """Replaces comments by spaces and empties literals; line numbers and columns stay."""

    def spaces(match: re.Match[str]) -> str:
        token = match.group()
        kept = re.sub(r"[^\n]", " ", token)
        return '"' + kept[1:-1] + '"' if token[0] in '"R' and "\n" not in token else kept

    return _TOKEN.sub(spaces, _DIGIT_MARK.sub("_", text))
