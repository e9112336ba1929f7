# SPDX-License-Identifier: MIT
"""The version of this package; that of the library is `coffer.library_version()`."""

__version__ = "0.1.0"
