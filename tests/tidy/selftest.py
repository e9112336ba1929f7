# SPDX-License-Identifier: MIT
# Shows each rule one small tree that it must find something in and one that it must not.
import subprocess

from rules_contract import C_HEADER, CODE_HEADER, PYTHON_ERRORS, VERSION_HEADER
from tree import Rule, Tree

NOT_A_CHECKOUT = subprocess.CalledProcessError
LICENCE = "// SPDX-License-Identifier: MIT\n// A sample.\n"
LONG = "int f(int a,\n      int b) {\n" + "  a += b;\n" * 80 + "  return a;\n}\n"
CODES = "enum class Code : int {\n  ok = 0,\n  not_found = 105,\n};\n"
FAILING = "[[nodiscard]] Result<int> f(int x);\n"

# Rule name of the findings -> (trees with a finding, trees without).
Sample = dict[str, str]
SHOWN = "<!-- examples/a.py -->\n\n```py\nx = 1\n```\n"
SAMPLES: dict[str, tuple[list[Sample], list[Sample]]] = {
    "width": (
        [{"src/core/a.cpp": "x" * 101}],
        [{"src/core/a.cpp": "x" * 100, "README.md": "x" * 200}],
    ),
    "file_length": (
        [{"src/core/a.cpp": "x\n" * 401}, {"include/coffer/core/a.hpp": "x\n" * 301}],
        [{"src/core/a.cpp": "x\n" * 400}],
    ),
    "spdx": (
        [
            {"src/core/a.cpp": "int a;\n"},
            {"src/core/a.cpp": "// SPDX-License-Identifier: MIT\nint a;\n"},
        ],
        [
            {"src/core/a.cpp": LICENCE},
            {"tests/run": "#!/bin/sh\n# SPDX-License-Identifier: MIT\n# It runs.\n"},
        ],
    ),
    "unfinished": (
        [{"src/core/a.cpp": "// TO" + "DO: more\n"}],
        [{"src/core/a.cpp": 'mkstemp("aXXXXXX");'}],
    ),
    "machine_path": (
        [{"README.md": "see /ho" + "me/me/x"}],
        [{"README.md": "see docs/home/x and /tmp/x"}],
    ),
    "registry": ([{"README.md": "from europe.pkg" + ".dev"}], [{"README.md": "a registry"}]),
    "float": (
        [{"src/core/a.cpp": "doub" + "le x;"}, {"capi/include/coffer.h": "void f(flo" + "at x);"}],
        [
            {"src/core/a.cpp": "// a doub" + "le entry\nint doubled;"},
            {"tests/unit/a.cpp": "doub" + "le x;"},
        ],
    ),
    "console": (
        [{"src/core/a.cpp": "std::cout << 1;"}, {"src/core/a.cpp": "printf (1);"}],
        [{"src/a.cpp": "snprintf(b)"}],
    ),
    "environment": (
        [{"src/core/a.cpp": "getenv(name)"}],
        [{"src/core/a.cpp": '// getenv(name)\n"getenv("'}],
    ),
    "thread": (
        [{"src/core/a.cpp": "std::thread t;"}, {"src/core/a.cpp": "std::async(f)"}],
        [{"src/a.cpp": "thread_t"}],
    ),
    "lock": (
        [{"src/core/a.cpp": "std::shared_mutex m;"}],
        [{"src/core/a.cpp": "std::scoped_lock lock(m);", "tests/a.cpp": "std::mutex m;"}],
    ),
    "clock": (
        [{"src/core/a.cpp": "chrono::system_clock::now()"}],
        [{"src/core/a.cpp": "system_clock().now()"}],
    ),
    "random": ([{"src/core/a.cpp": "RAND_bytes(p, 8)"}], [{"src/core/a.cpp": "operand(1)"}]),
    "room_name": (
        [{"src/core/string_util.cpp": ""}, {"src/common/a.cpp": ""}],
        [{"src/core/utility.cpp": ""}],
    ),
    "top_level": ([{"notes/a.md": ""}], [{"src/a": "", ".github/a": "", "LICENSE": ""}]),
    "function_length": (
        [
            {"src/core/a.cpp": LONG},
            {"src/core/a.cpp": "namespace x {\nclass A {\n public:\n  " + LONG + "};\n}"},
            {"tests/a.py": "def f():\n" + "    pass\n" * 80},
        ],
        [
            {"src/core/a.cpp": "namespace {\n" + "int f() { return 1; }\n" * 90 + "}"},
            {"src/core/a.cpp": "const int a[] = {\n" + "1,\n" * 90 + "};"},
            {"src/core/a.cpp": "struct A {\n" + "  int f() const;\n" * 90 + "};"},
        ],
    ),
    "module_graph": (
        [
            {"src/storage/a.cpp": "#include <coffer/keys/a.hpp>"},
            {"src/core/a.cpp": '#include "crypto/a.hpp"'},
            {"src/chain/bitcoin/a.cpp": '#include "chain/tron/a.hpp"'},
            {"src/other/a.cpp": ""},
        ],
        [{"src/keys/a.cpp": '#include <coffer/core/a.hpp>\n#include "crypto/a.hpp"\n'}],
    ),
    "public_include": (
        [
            {"include/coffer/core/a.hpp": "#include <sqlite3.h>"},
            {"include/coffer/core/a.hpp": "#include <chrono>"},
            {"capi/include/coffer.h": "#include <stdlib.h>"},
        ],
        [{"include/coffer/core/a.hpp": "#include <string>\n#include <coffer/core/b.hpp>"}],
    ),
    "outer_face": (
        [
            {"capi/src/a_c.cpp": '#include "ledger/a.hpp"'},
            {"examples/a.cpp": '#include "../src/core/a.hpp"'},
        ],
        [{"capi/src/a_c.cpp": '#include "guard.hpp"\n#include <coffer/core/a.hpp>'}],
    ),
    "dependency_room": (
        [
            {"src/ledger/a.cpp": "#include <sqlite3.h>"},
            {"src/keys/a.cpp": "#include <secp256k1.h>"},
        ],
        [
            {
                "src/storage/sqlite/a.cpp": "#include <sqlite3.h>",
                "src/crypto/a.cpp": "#include <openssl/evp.h>",
            }
        ],
    ),
    "listed": (
        [
            {"src/core/dead.cpp": "", "src/core/CMakeLists.txt": "a_dead.cpp dead.cpp.in"},
            {"src/core/dead.hpp": ""},
        ],
        [
            {"src/core/a.cpp": "", "src/core/CMakeLists.txt": "b.cpp\n  a.cpp)"},
            {
                "src/core/x/a.cpp": '#include "core/b.hpp"',
                "src/core/b.hpp": "",
                "src/core/CMakeLists.txt": "x/a.cpp",
            },
        ],
    ),
    "fails_with": (
        [
            {"include/coffer/core/a.hpp": "/// Does it.\n" + FAILING},
            {"include/coffer/core/a.hpp": FAILING},
            {"include/coffer/core/a.hpp": "/// Fails with `x`.\n" + FAILING + FAILING},
        ],
        [
            {
                "include/coffer/core/a.hpp": "/// Does it.\n/// Fails with `x`.\n"
                + FAILING
                + "\nStatus status_;\n"
            },
            {
                "include/coffer/core/a.hpp": "/// All fails alike.\nclass A {\n public:\n  "
                + FAILING
                + "};\n"
            },
        ],
    ),
    "header_test": (
        [{"include/coffer/core/a.hpp": ""}],
        [
            {
                "include/coffer/core/a.hpp": "",
                "tests/unit/core/a_test.cpp": "",
                "include/coffer/coffer.hpp": "",
            }
        ],
    ),
    "error_codes": (
        [
            {CODE_HEADER: CODES, C_HEADER: "#define COFFER_ERR_NOT_FOUND 106\n"},
            {CODE_HEADER: CODES, C_HEADER: ""},
            {CODE_HEADER: CODES, PYTHON_ERRORS: "class NotFound(CofferError):\n    code = 1\n"},
        ],
        [
            {
                CODE_HEADER: CODES,
                C_HEADER: "#define COFFER_ERR_NOT_FOUND ((coffer_status)105)\n",
                PYTHON_ERRORS: 'class NotFound(CofferError):\n    """No."""\n\n    code = 105\n',
            }
        ],
    ),
    "code_tested": (
        [{CODE_HEADER: CODES, "src/core/a.cpp": "return Code::not_found;"}],
        [
            {CODE_HEADER: CODES, "src/core/code.cpp": "return Code::not_found;"},
            {
                CODE_HEADER: CODES,
                "src/core/a.cpp": "return Code::not_found;",
                "tests/a_test.cpp": "CHECK(x == Code::not_found)",
            },
        ],
    ),
    "versions": (
        [
            {"CMakeLists.txt": "project(\n  coffer\n  VERSION 0.1.0", "CHANGELOG.md": "## 0.2.0\n"},
            {
                "CMakeLists.txt": "project(coffer VERSION 0.1.0",
                VERSION_HEADER: "#define COFFER_VERSION_MAJOR 1\n",
            },
        ],
        [
            {
                "CMakeLists.txt": "project(coffer VERSION 0.1.0",
                "CHANGELOG.md": "## [0.1.0]\n## 0.0.9\n",
            }
        ],
    ),
    "readme": (
        [{"README.md": SHOWN, "examples/a.py": "#\nx = 2\n"}],
        [{"README.md": SHOWN, "examples/a.py": "#\nx = 1\n"}],
    ),
    "c_threads": (
        [
            {"capi/include/coffer_a.h": "/* Of a. */\n#ifdef __cplusplus\n/* Threads: any. */\n"},
            {"capi/include/coffer_b.h": "/* Many threads. */\nvoid coffer_b_go(void);\n"},
        ],
        [
            {"capi/include/coffer_a.h": "/* Of a. */\n/* Threads: any. */\n#ifdef __cplusplus\n"},
            {"capi/include/coffer_b.h": "/*\n * Threads\n *     Any.\n */\n#include <a.h>\n"},
        ],
    ),
    "c_guard": (
        [{"capi/src/a_c.cpp": "coffer_status coffer_a_get(int *out) {\n  return 0;\n}\n"}],
        [
            {
                "capi/src/a_c.cpp": "coffer_status coffer_a_get(int *err) {\n"
                "  return guard(err, [] {});\n}\n"
                "void coffer_a_destroy(coffer_a *a) {\n  delete a;\n}\n"
            }
        ],
    ),
}


def found(rules: tuple[Rule, ...], sample: Sample) -> set[str]:
    tree = Tree(sample)
    return {finding.rule for rule in rules for finding in rule(tree)}


def silent_rules(rules: tuple[Rule, ...]) -> list[str]:
    """Names of the rules that miss a bad sample or find fault with a good one."""
    wrong = []
    for name, (bad, good) in SAMPLES.items():
        if not all(name in found(rules, sample) for sample in bad):
            wrong.append(f"{name} (misses a bad sample)")
        if any(name in found(rules, sample) for sample in good):
            wrong.append(f"{name} (finds fault with a good sample)")
    return wrong
