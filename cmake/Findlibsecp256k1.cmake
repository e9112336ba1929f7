# SPDX-License-Identifier: MIT
# Finds libsecp256k1; gives libsecp256k1::secp256k1.
include("${CMAKE_CURRENT_LIST_DIR}/coffer_find_library.cmake")
coffer_find_library(libsecp256k1 secp256k1 libsecp256k1)
