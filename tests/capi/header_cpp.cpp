// SPDX-License-Identifier: MIT
// The header is C++ of any standard since 2011, and its functions have C linkage.
#include <coffer.h>

int main() { return coffer_abi_sizeof("coffer_error") == sizeof(coffer_error) ? 0 : 1; }
