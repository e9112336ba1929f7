# SPDX-License-Identifier: MIT
# Finds utf8proc; gives utf8proc::utf8proc.
include("${CMAKE_CURRENT_LIST_DIR}/coffer_find_library.cmake")
coffer_find_library(utf8proc utf8proc libutf8proc)
