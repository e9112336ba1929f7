#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes a token of SoftHSM with two keys in a folder of its own and runs a command beside it.
#
# usage: with_token.sh COMMAND [ARGUMENT]...
# The command finds the module's path in COFFER_TEST_TOKEN. The token is named "coffer", its PIN is
# 0987, its keys are "bitcoin" (secp256k1) and "nist" (nist256p1). All of it is gone at the end.
# Exit status: the command's; 77 with a line that begins with SKIPPED where there is no SoftHSM.
set -eu

module=
for place in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so \
  /usr/local/lib/softhsm/libsofthsm2.so; do
  [ -f "$place" ] && module=$place
done
if [ -z "$module" ] || ! command -v softhsm2-util >/dev/null; then
  echo "SKIPPED: there is no SoftHSM (Debian package softhsm2)"
  exit 77
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tokens"
cat >"$folder/softhsm2.conf" <<TEXT
directories.tokendir = $folder/tokens
objectstore.backend = file
log.level = ERROR
TEXT
cat >"$folder/bitcoin.pem" <<'TEXT'
-----BEGIN PRIVATE KEY-----
MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgzTiLvUL/b3sktw5iIPo4
kQ6+lBayW1e2zPyXDb98SzuhRANCAAT9n1Rn6oR76QYZ49qA0zBZEMdE+6nk2j+w
VHYKXiGZx7u03ofX0riiFlOI5tRHcoDs2/19fBxKwg547ReZ6Jno
-----END PRIVATE KEY-----
TEXT
cat >"$folder/nist.pem" <<'TEXT'
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgI7pFQVMOWYv8CiBr
Oc6ubYGpb1jan9CQWYGiEIY+7N2hRANCAASDP0hg7xVMVbV+4ZHPHpbsebrq75FY
0QO9toCqrUDFPq7VbTLz8VHh8KA3HalSyAOcVq/HvZ3kuIAHjsT4MtFK
-----END PRIVATE KEY-----
TEXT
SOFTHSM2_CONF=$folder/softhsm2.conf
COFFER_TEST_TOKEN=$module
export SOFTHSM2_CONF COFFER_TEST_TOKEN

quietly() {
  "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
}
quietly softhsm2-util --init-token --free --label coffer --so-pin 1234 --pin 0987
import_key() {
  quietly softhsm2-util --import "$folder/$1.pem" --token coffer --label "$1" --id "$2" --pin 0987
}
import_key bitcoin 01
import_key nist 02
"$@"
