#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Checks the scripts that a newcomer runs first: what they say on a machine that lacks everything.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
status=0
fail() {
  printf '%s\n' "$*"
  status=1
}

for script in tests/run examples/run .ci/run; do
  [ -x "$script" ] || fail "$script has no run bit"
  bash -n "$script" || fail "$script does not parse"
done
modes=$(git -c safe.directory='*' ls-files -s -- tests/run examples/run .ci/run | cut -c1-6)
[ "$(sort -u <<<"$modes")" = 100755 ] || fail "git does not keep the run bits of the three scripts"
grep -q 'tests/run" --full' .ci/run || fail ".ci/run does not call tests/run --full"

# A machine without compiler, apt and sudo: the shell's everyday commands are all there is.
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
mkdir "$bare/bin"
for command in bash sh dirname mkdir nproc grep sed cat id; do
  ln -s "$(command -v $command)" "$bare/bin/$command"
done
for script in tests/run examples/run; do
  said=$(PATH="$bare/bin" COFFER_BUILDS="$bare/build" bash "$script" 2>&1)
  [ $? = 3 ] || fail "$script does not end with 3 on a machine without tools"
  for word in cmake ninja libsqlite3-dev doctest-dev; do
    [ "$script/$word" = examples/run/doctest-dev ] && continue
    [[ $said == *"$word"* ]] || fail "$script does not name $word on a machine without tools"
  done
done

# A Debian without root: the exact command is printed.
printf '#!/bin/sh\nexit 1\n' >"$bare/bin/dpkg-query"
printf '#!/bin/sh\nexit 1\n' >"$bare/bin/apt-get"
printf '#!/bin/sh\necho 1000\n' >"$bare/id"
chmod +x "$bare/bin/dpkg-query" "$bare/bin/apt-get" "$bare/id"
ln -sf "$bare/id" "$bare/bin/id"
for script in tests/run examples/run; do
  said=$(PATH="$bare/bin" COFFER_BUILDS="$bare/build" bash "$script" 2>&1)
  [ $? = 3 ] || fail "$script does not end with 3 on a Debian without root"
  [[ $said == *"apt-get install --no-install-recommends g++ cmake"* ]] ||
    fail "$script does not print the apt-get command on a Debian without root"
done
tests/run --only nothing >/dev/null 2>&1
[ $? = 2 ] || fail "tests/run does not refuse an unknown suite with 2"
exit "$status"
