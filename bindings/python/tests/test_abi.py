# SPDX-License-Identifier: MIT
"""The package says what the headers and the library say."""

import ctypes
import pathlib
import re
import subprocess
import sys
import unittest

import coffer
from coffer import _abi, _lib, errors

ROOT = pathlib.Path(__file__).resolve().parents[3]


class AbiTest(unittest.TestCase):
    def test_the_generated_file_is_what_the_headers_say(self) -> None:
        tool = ROOT / "bindings" / "python" / "tools" / "generate_abi.py"
        done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_structs_have_the_sizes_of_the_library(self) -> None:
        self.assertGreater(len(_abi.STRUCTS), 40)
        for name, struct in _abi.STRUCTS.items():
            with self.subTest(name):
                size = _lib.library().plain("abi_sizeof", name.encode())
                self.assertEqual(ctypes.sizeof(struct), size)

    def test_every_exported_symbol_is_declared(self) -> None:
        symbols = (ROOT / "capi" / "symbols.txt").read_text().split()
        self.assertEqual(sorted(_abi.FUNCTIONS), sorted(symbols))

    def test_each_code_has_one_exception_of_its_name(self) -> None:
        codes = {
            name: value
            for name, value in vars(_abi).items()
            if re.match(r"ERR_", name) and isinstance(value, int)
        }
        self.assertEqual(sorted(codes.values()), sorted(errors.BY_CODE))
        for name, value in codes.items():
            words = name.removeprefix("ERR_").split("_")
            self.assertEqual(errors.BY_CODE[value].__name__, "".join(map(str.capitalize, words)))

    def test_package_and_library_have_one_version(self) -> None:
        self.assertEqual(coffer.library_version(), coffer.__version__)


if __name__ == "__main__":
    unittest.main()
