# SPDX-License-Identifier: MIT
"""run_in_tree.py LIBRARY PROGRAM ARGUMENT...: runs a program with this package and that library."""

import pathlib
import runpy
import sys

library, *rest = sys.argv[1:]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import coffer  # noqa: E402  the path comes first

coffer.use_library(library)
sys.argv[:] = rest
runpy.run_path(rest[0], run_name="__main__")
