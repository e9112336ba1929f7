# SPDX-License-Identifier: MIT
"""Tests of the Python package; COFFER_LIBRARY names the library when it is not in the package."""

import os

import coffer

if os.environ.get("COFFER_LIBRARY"):
    coffer.use_library(os.environ["COFFER_LIBRARY"])

HAS_KEYS = coffer.has_keys()
