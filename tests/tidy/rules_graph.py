# SPDX-License-Identifier: MIT
# Rules about what may include what, and that no file is left out of the build.
import posixpath
import re
from collections.abc import Iterator

from tree import CODE, Finding, Tree

# The rooms in their order and what each may include; ARCHITECTURE.md draws the same graph.
# The ledger reads crypto for the hash of the audit chain only.
MAY_INCLUDE = {
    "core": set(),
    "crypto": {"core"},
    "storage": {"core"},
    "transaction": {"core"},
    "ledger": {"core", "crypto", "storage", "transaction"},
    "keys": {"core", "crypto"},
    "chain": {"core", "crypto", "keys"},
    "reconcile": {"core", "storage", "transaction", "ledger"},
    "wallet": {"core", "crypto", "storage", "transaction", "ledger", "keys", "chain", "reconcile"},
    "audit": {"core", "crypto", "storage", "transaction", "ledger"},
    "engine": {
        "core",
        "crypto",
        "storage",
        "transaction",
        "ledger",
        "keys",
        "chain",
        "reconcile",
        "wallet",
        "audit",
    },
}
# What a public header may take from the C++ library: what a value or a port needs. Not chrono,
# filesystem, iostream, map, mutex, ranges, regex or thread, which cost each user's compiler much.
PUBLIC_STANDARD = set(
    "array atomic compare concepts cstddef cstdint cstdlib functional initializer_list limits "
    "memory optional span string string_view type_traits utility variant vector".split()
)
# The C face adds these.
C_STANDARD = {"stddef.h", "stdint.h", "stdbool.h"}
ROOM_OF_DEPENDENCY = (
    (re.compile(r"sqlite3"), ("src/storage/sqlite/",)),
    (re.compile(r"secp256k1|openssl/"), ("src/crypto/",)),
    (re.compile(r"boost/"), ("src/core/",)),
)
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")')


def includes(tree: Tree, path: str) -> Iterator[tuple[int, str, bool]]:
    """Line, included name and whether it stood in angle brackets."""
    for number, line in enumerate(tree.lines(path), 1):
        if match := INCLUDE.match(line):
            yield number, match.group(1) or match.group(2), match.group(1) is not None


def module_of(path: str) -> str:
    """The room of a file or of an included name; empty when it is none of ours."""
    match = re.match(r"(?:include/coffer|src|coffer)/(\w+)/", path)
    return match.group(1) if match else ""


def module_graph(tree: Tree) -> Iterator[Finding]:
    """A room includes only the rooms that the table allows; one chain never includes another."""
    for path in tree.paths("include/", "src/"):
        room = module_of(path)
        if room and room not in MAY_INCLUDE:
            yield Finding("module_graph", path, 1, f"'{room}' is not in the table of rooms")
            continue
        for number, name, angled in includes(tree, path):
            other = module_of(name) if angled else name.split("/")[0] if "/" in name else ""
            if room and other in MAY_INCLUDE and other != room and other not in MAY_INCLUDE[room]:
                yield Finding("module_graph", path, number, f"{room} may not include {other}")
            mine = re.match(r"src/chain/(\w+)/", path)
            its = re.match(r"chain/(\w+)/", name)
            if mine and its and mine.group(1) != its.group(1):
                yield Finding(
                    "module_graph", path, number, f"chain {mine.group(1)} includes {its.group(1)}"
                )


def public_includes(tree: Tree) -> Iterator[Finding]:
    """A public header shows the C++ library's cheap headers and coffer's own, no dependency."""
    for path in tree.paths("include/"):
        for number, name, _ in includes(tree, path):
            if name not in PUBLIC_STANDARD and not name.startswith("coffer/"):
                yield Finding(
                    "public_include", path, number, f"<{name}> is not allowed in a public header"
                )
    for path in tree.paths("capi/include/"):
        for number, name, _ in includes(tree, path):
            if name not in C_STANDARD and not name.startswith("coffer"):
                yield Finding(
                    "public_include", path, number, f"<{name}> is not allowed in a C header"
                )


def outer_faces(tree: Tree) -> Iterator[Finding]:
    """The C ABI is written on include/ alone; bindings and examples use public faces only."""
    for path in tree.paths("capi/", "bindings/", "examples/"):
        for number, name, angled in includes(tree, path):
            inner = not angled and name.split("/")[0] in MAY_INCLUDE and "/" in name
            if (
                inner
                or "src/" in name
                or (path.startswith("bindings/") and name.startswith("coffer/"))
            ):
                yield Finding("outer_face", path, number, f"{name} is not a public face")


def dependency_rooms(tree: Tree) -> Iterator[Finding]:
    """Each dependency is known to one room."""
    for path in tree.paths("include/", "src/", "capi/", "bindings/"):
        for number, name, _ in includes(tree, path):
            for pattern, rooms in ROOM_OF_DEPENDENCY:
                if pattern.match(name) and not path.startswith(rooms):
                    yield Finding(
                        "dependency_room", path, number, f"{name} belongs to {rooms[0]} only"
                    )


def listed(tree: Tree) -> Iterator[Finding]:
    """Each source is in a CMake list of its folder or of one above: no dead files."""
    lists = tree.paths("cmake/", "tests/", ends=(".cmake", "CMakeLists.txt"))
    modules = "".join(tree.files[path] for path in lists)
    for path in tree.paths("src/", "capi/", "tests/", "examples/", ends=(".cpp", ".c")):
        if path.startswith(("tests/compile_fail/", "tests/package/")):
            continue  # these two take whole folders
        folder = posixpath.dirname(path)
        while True:
            text = tree.files.get(posixpath.join(folder, "CMakeLists.txt"), "")
            name = posixpath.relpath(path, folder or ".")
            listed_as = rf"(?<![\w./]){re.escape(name)}(?![\w.])"
            if name.endswith("_bench.cpp"):
                listed_as = rf"\({name.removesuffix('_bench.cpp')}\)"
            if re.search(listed_as, text) or f"/{path}" in modules:
                break
            if not folder:
                yield Finding("listed", path, 1, "no CMakeLists.txt names this file")
                break
            folder = posixpath.dirname(folder)
    for path in tree.paths("src/", "tests/", ends=(".hpp",)):
        name = posixpath.basename(path)
        used = any(
            f"{name}" in tree.files[other] for other in tree.paths(ends=CODE) if other != path
        )
        if not used:
            yield Finding("listed", path, 1, "nothing includes this header")


RULES = (module_graph, public_includes, outer_faces, dependency_rooms, listed)
