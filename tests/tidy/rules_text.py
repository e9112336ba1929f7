# SPDX-License-Identifier: MIT
# Rules about the text of single files: sizes, licence lines, and words that are not allowed.
import ast
import re
from collections.abc import Iterator

from tree import CODE, SCRIPTS, Finding, Tree

PRODUCT = ("include/", "src/", "capi/")
# Spelt in pieces, so that these files do not find themselves.
UNFINISHED = re.compile(r"\b(" + "TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b|\bXX" + r"X:")
MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|home|root|Users)/\w|/tmp/bash[_]|[A-Z]:\\Users")
REGISTRY = re.compile(r"\.pkg\.dev\b|artifact-?registry|googleapis\.com", re.IGNORECASE)
BANNED = {
    "console": re.compile(r"\bstd::c(?:out|err|in)\b|(?<![\w.>])f?printf\s*\(|\bputs\s*\("),
    "environment": re.compile(r"\b(?:secure_)?getenv\s*\(|\bsetenv\s*\("),
    "thread": re.compile(r"\bstd::(?:j?thread|async)\b|\bpthread_create\b"),
    "lock": re.compile(r"\bstd::(?:(?:\w+_)?mutex|condition_variable\w*)\b|\bpthread_mutex\w*"),
    "clock": re.compile(
        r"\b(?:system|steady|high_resolution)_clock::now\b|\bclock_gettime\b|(?<![\w.>:])time\s*\("
    ),
    "random": re.compile(
        r"\bstd::(?:random_device|mt19937\w*)\b|\bRAND_\w*bytes\b|\bgetrandom\b"
        r"|(?<![\w.>:])rand\s*\("
    ),
}
WIDTH = 100
FUNCTION_LINES = 70
SOURCE_LINES = 400
HEADER_LINES = 300


def width(tree: Tree) -> Iterator[Finding]:
    """No line is wider than 100 columns."""
    for path in tree.paths(ends=CODE + SCRIPTS):
        for number, line in enumerate(tree.lines(path), 1):
            if len(line) > WIDTH:
                yield Finding("width", path, number, f"{len(line)} columns, {WIDTH} are allowed")


def file_length(tree: Tree) -> Iterator[Finding]:
    """A public header has at most 300 lines, any other code file 400."""
    for path in tree.paths(ends=CODE + (".py",)):
        is_public = path.startswith(("include/", "capi/include/"))
        allowed = HEADER_LINES if is_public else SOURCE_LINES
        length = len(tree.lines(path))
        if length > allowed:
            yield Finding("file_length", path, 1, f"{length} lines, {allowed} are allowed")


def spdx(tree: Tree) -> Iterator[Finding]:
    """The licence line comes first (after #!), then a comment that names the file's one subject."""
    for path in tree.paths(ends=CODE + SCRIPTS):
        lines = tree.lines(path)
        if lines and lines[0].startswith("#!"):
            lines = lines[1:]
        if not lines:
            continue  # an empty __init__.py and the like
        if "SPDX-License-Identifier: MIT" not in lines[0]:
            yield Finding("spdx", path, 1, "the first line is not the SPDX line")
        elif len(lines) < 2 or not re.match(r'\s*(//|#|/?\*|""")', lines[1]):
            yield Finding("spdx", path, 2, "no comment line says what the file is about")


def words(tree: Tree) -> Iterator[Finding]:
    """No unfinished marks, no path of one machine, no name of a registry's host."""
    for path in sorted(tree.files):
        if path.startswith(("tests/fuzz/corpus/", "tests/vectors/data/")):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            for name, pattern in (
                ("unfinished", UNFINISHED),
                ("machine_path", MACHINE),
                ("registry", REGISTRY),
            ):
                if pattern.search(line):
                    yield Finding(name, path, number, line.strip()[:80])


def float_words(tree: Tree) -> Iterator[Finding]:
    """The money path does not know floating point. Whole-line comments may name it."""
    for path in tree.paths(*PRODUCT):
        for number, line in enumerate(tree.lines(path), 1):
            if re.search(r"\b(float|double)\b", line) and not re.match(r"\s*(//|/?\*)", line):
                yield Finding("float", path, number, line.strip()[:80])


def banned_calls(tree: Tree) -> Iterator[Finding]:
    """Console, environment, threads, clocks and randomness live in the files made for them."""
    for path in tree.paths(*PRODUCT):
        for number, line in enumerate(tree.code(path), 1):
            for name, pattern in BANNED.items():
                if pattern.search(line):
                    yield Finding(name, path, number, line.strip()[:80])


def room_names(tree: Tree) -> Iterator[Finding]:
    """No file or folder is named after having no subject."""
    for path in sorted(tree.files):
        for part in path.split("/"):
            if set(part.split(".")[0].lower().split("_")) & {
                "util",
                "utils",
                "helper",
                "helpers",
                "common",
                "manager",
            }:
                yield Finding("room_name", path, 1, f"'{part}' names no subject")


def top_level(tree: Tree) -> Iterator[Finding]:
    """The top level holds what ARCHITECTURE names and nothing else."""
    allowed = (
        "CMakeLists.txt include src capi bindings examples tests cmake LICENSE README.md "
        "ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md SECURITY.md CMakePresets.json"
    ).split()
    for path in sorted(tree.files):
        top = path.split("/")[0]
        if top not in allowed and not top.startswith("."):
            yield Finding("top_level", path, 1, f"'{top}' is not a room of the project")


def functions(code: list[str]) -> Iterator[tuple[int, int, str]]:
    """First line, last line and head of each outermost function body in blanked C or C++ code."""
    stack: list[tuple[str, int, str]] = []  # kind, first line, head
    head, head_line = "", 0
    for number, line in enumerate(code, 1):
        if line.lstrip().startswith("#"):
            continue
        for char in line + "\n":
            if char == "{":
                inside = any(kind == "function" for kind, _, _ in stack)
                kind = "block" if inside else kind_of(head)
                stack.append((kind, head_line or number, " ".join(head.split())))
                head, head_line = "", 0
            elif char == "}" and stack:
                kind, first, opened_by = stack.pop()
                if kind == "function":
                    yield first, number, opened_by
                head, head_line = "", 0
            elif char == ";" and head.count("(") <= head.count(")"):
                head, head_line = "", 0
            else:
                if not head.strip() and not char.isspace():
                    head_line = number
                head += char


def kind_of(head: str) -> str:
    text = re.sub(
        r"^\s*((public|private|protected)\s*:|template\s*<[^{]*?>(?=\s*(class|struct)))", "", head
    )
    if (
        re.match(r"\s*(namespace|extern\b[\s\"]*$|class|struct|union|enum)\b", text)
        and "(" not in text
    ):
        return "scope"
    if re.match(r"\s*(class|struct)\b", text) and not re.search(
        r"\)\s*(const|noexcept|override|final|->.*)*\s*$", text
    ):
        return "scope"
    return "function" if "(" in text and not re.search(r"=\s*$", text) else "block"


def function_length(tree: Tree) -> Iterator[Finding]:
    """A function fits on a screen."""
    for path in tree.paths():
        for first, last, head in functions(tree.code(path)):
            if last - first + 1 > FUNCTION_LINES:
                yield Finding(
                    "function_length", path, first, f"{last - first + 1} lines: {head[:60]}"
                )
    for path in tree.paths(ends=(".py",)):
        for node in ast.walk(ast.parse(tree.files[path])):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    yield Finding(
                        "function_length", path, node.lineno, f"{length} lines: {node.name}"
                    )


RULES = (
    width,
    file_length,
    spdx,
    words,
    float_words,
    banned_calls,
    room_names,
    top_level,
    function_length,
)
