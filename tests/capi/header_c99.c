/* SPDX-License-Identifier: MIT */
/* The header is strict C99, and may be included twice. */
#include <coffer.h>

#include <coffer.h>

int main(void) { return coffer_abi_sizeof("coffer_error") == sizeof(coffer_error) ? 0 : 1; }
