// SPDX-License-Identifier: MIT
// A program that has all of coffer in it, for its linker's map (see sizes.py).
int main() { return 0; }
