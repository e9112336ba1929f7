# SPDX-License-Identifier: MIT
# Rules about promises that stand in several places: documentation, tests, codes, versions, C.
import re
from collections.abc import Iterator

from rules_text import functions
from tree import Finding, Tree

CODE_HEADER = "include/coffer/core/code.hpp"
C_HEADER = "capi/include/coffer_status.h"
CODE_NAMES = "src/core/code.cpp"  # names them all, so it uses none
PYTHON_ERRORS = "bindings/python/coffer/errors.py"
VERSION_HEADER = "include/coffer/core/version.hpp"
CAN_FAIL = re.compile(
    r"^\s*(?:\[\[nodiscard\]\]\s*)?(?:static\s+|virtual\s+|friend\s+)*"
    r"(?:Result<.+>|Status)\s+(\w+)\s*\("
)
SAYS_HOW = re.compile(r"\b[Ff]ails\b|\b[Nn]ever fails\b")


def fails_with(tree: Tree) -> Iterator[Finding]:
    """A public function that can fail says how, in its own doc block or in that of its class."""
    for path in tree.paths("include/"):
        block, class_says, is_public = "", False, True
        for number, line in enumerate(tree.lines(path), 1):
            text = line.strip()
            if text.startswith("///"):
                block += text + "\n"
                continue
            if text.startswith(("template", "[[")) and not CAN_FAIL.match(line):
                continue
            if re.match(r"(class|struct)\b[^;]*\{", text):
                class_says, is_public = bool(SAYS_HOW.search(block)), text.startswith("struct")
            elif text.startswith("};"):
                class_says, is_public = False, True
            elif text in ("public:", "protected:", "private:"):
                is_public = text == "public:"
            match = CAN_FAIL.match(line)
            if match and is_public and not class_says and not SAYS_HOW.search(block):
                yield Finding("fails_with", path, number, f"{match.group(1)} does not say how")
            block = ""


def header_tests(tree: Tree) -> Iterator[Finding]:
    """Each public header has a unit test file of its name."""
    tests = {path.rsplit("/", 1)[-1] for path in tree.paths("tests/unit/")}
    for path in tree.paths("include/coffer/"):
        parts = path.split("/")
        name = parts[-1].removesuffix(".hpp")
        if len(parts) > 3 and f"{name}_test.cpp" not in tests:
            yield Finding("header_test", path, 1, f"no tests/unit/{parts[2]}/{name}_test.cpp")


def code_values(text: str) -> dict[str, int]:
    body = re.search(r"enum class Code[^{]*\{(.*?)\};", text, re.DOTALL)
    return (
        {name: int(value) for name, value in re.findall(r"^\s*(\w+) = (\d+)", body.group(1), re.M)}
        if body
        else {}
    )


def error_codes(tree: Tree) -> Iterator[Finding]:
    """The values of Code, of COFFER_ERR_* and of Python's errors are the same."""
    codes = code_values(tree.files.get(CODE_HEADER, ""))
    codes.pop("ok", None)
    if not codes:
        return
    if C_HEADER in tree.files:
        found = re.findall(
            r"COFFER_ERR_(\w+)\b[\s=(]*(?:\(?coffer_status\)?)?\s*\(?(\d+)", tree.files[C_HEADER]
        )
        yield from compare(
            "error_codes", C_HEADER, codes, {name.lower(): int(value) for name, value in found}
        )
    if PYTHON_ERRORS in tree.files:
        text = tree.files[PYTHON_ERRORS]
        found = re.findall(
            r"class (\w+)\(\w+\):(?:(?!\nclass ).)*?\bcode\b[^=\n]*= (\d+)", text, re.DOTALL
        )
        snake = {
            re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower(): int(value)
            for name, value in found
        }
        yield from compare("error_codes", PYTHON_ERRORS, codes, snake)


def compare(
    rule: str, path: str, wanted: dict[str, int], found: dict[str, int]
) -> Iterator[Finding]:
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield Finding(
                rule, path, 1, f"{name}: Code has {wanted.get(name)}, here is {found.get(name)}"
            )


def codes_tested(tree: Tree) -> Iterator[Finding]:
    """Each error code that the code can answer with is looked for by at least one test."""

    def named(*starts: str) -> set[str]:
        found = set()
        for path in tree.paths(*starts, ends=(".cpp", ".hpp", ".c", ".py")):
            if path != CODE_NAMES:
                found.update(re.findall(r"\bCode::(\w+)", tree.files[path]))
                found.update(
                    name.lower() for name in re.findall(r"\bCOFFER_ERR_(\w+)", tree.files[path])
                )
        return found

    codes = code_values(tree.files.get(CODE_HEADER, ""))
    for name in sorted(codes.keys() & named("src/", "capi/src/") - named("tests/", "bindings/")):
        yield Finding("code_tested", CODE_HEADER, 1, f"no test produces {name}")


def versions(tree: Tree) -> Iterator[Finding]:
    """CMake, header, CHANGELOG and the Python package name one version."""
    found = {}
    for path, pattern in (
        ("CMakeLists.txt", r"project\(\s*coffer\s+VERSION\s+([\d.]+)"),
        ("CHANGELOG.md", r"^## \[?(\d+\.\d+\.\d+)"),
        ("bindings/python/pyproject.toml", r'^version = "([^"]+)"'),
        ("bindings/python/coffer/_version.py", r'^__version__ = "([^"]+)"'),
    ):
        match = re.search(pattern, tree.files.get(path, ""), re.M)
        if match:
            found[path] = match.group(1)
    parts = re.findall(
        r"#define COFFER_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", tree.files.get(VERSION_HEADER, "")
    )
    if parts:
        found[VERSION_HEADER] = ".".join(parts)
    wanted = found.get("CMakeLists.txt")
    for path, version in found.items():
        if version != wanted:
            yield Finding("versions", path, 1, f"{version} here, {wanted} in CMakeLists.txt")


def c_guard(tree: Tree) -> Iterator[Finding]:
    """Each C function that returns a status runs inside guard(): nothing is thrown into C."""
    for path in tree.paths("capi/src/", ends=("_c.cpp",)):
        code = tree.code(path)
        for first, last, head in functions(code):
            match = re.search(r"\bcoffer_status\s+(coffer_\w+)\s*\(", head)
            if match and not re.search(r"\bguard(?:ed)?\s*\(", "\n".join(code[first - 1 : last])):
                yield Finding("c_guard", path, first, f"{match.group(1)} does not use guard()")


def c_threads(tree: Tree) -> Iterator[Finding]:
    """Each C header says at its top which threads may call what."""
    for path in tree.paths("capi/include/", ends=(".h",)):
        top = tree.files[path].partition("#ifdef __cplusplus")[0]
        if not re.search(r"^(?:/| )\* Threads\b", top, re.MULTILINE):
            yield Finding("c_threads", path, 1, "has no line 'Threads: ...' above its declarations")


def readme(tree: Tree) -> Iterator[Finding]:
    """A program shown in the README is the example of that name, which a test runs."""
    text = tree.files.get("README.md", "")
    for match in re.finditer(r"<!-- (examples/\S+) -->\n+```\w*\n(.*?)```", text, re.DOTALL):
        path, shown = match.groups()
        program = tree.files.get(path, "").partition("\n")[2]
        if shown.strip() != program.strip():
            line = text.count("\n", 0, match.start()) + 1
            yield Finding("readme", "README.md", line, f"differs from {path} below its first line")


RULES = (fails_with, header_tests, error_codes, codes_tested, versions, c_guard, c_threads, readme)
