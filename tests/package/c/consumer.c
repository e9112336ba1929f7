/* SPDX-License-Identifier: MIT */
/* The smallest C program that uses coffer. */
#include <coffer.h>
#include <stdio.h>

int main(void) {
  printf("coffer %s\n", coffer_version());
  return 0;
}
