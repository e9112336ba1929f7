# SPDX-License-Identifier: MIT
# Sourced by tests/run and examples/run: installs the packages they need, or says which are missing.

packages_build="g++ cmake ninja-build pkg-config ccache git python3 libsqlite3-dev libssl-dev"
packages_build="$packages_build libsecp256k1-dev libutf8proc-dev libboost-dev libfmt-dev"
packages_tests="doctest-dev nlohmann-json3-dev sqlite3"
packages_examples="libcpp-httplib-dev nlohmann-json3-dev sqlite3 curl"
packages_python="python3-pip python3-venv python3-setuptools python3-wheel mypy"
packages_node="nodejs npm"
packages_clang="clang-14 libclang-rt-14-dev"
packages_libcxx="libc++-14-dev libc++abi-14-dev"
packages_clang_tidy="clang-tidy-14"
packages_clang_format="clang-format-14"
packages_valgrind="valgrind"
packages_pkcs11="libp11-kit-dev softhsm2"

# The code that says "this machine lacks something", apart from 1 for "a test failed".
exit_missing=3

# Prints those of the given packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s ' "$package"
  done
}

# For a machine that is not a Debian: names what cannot be found by what the build will ask for.
missing_by_use() {
  local name
  for name in c++ cmake ninja pkg-config git python3; do
    command -v "$name" >/dev/null || printf '%s ' "$name"
  done
  command -v pkg-config >/dev/null || return 0
  for name in sqlite3 libcrypto libsecp256k1 fmt; do
    pkg-config --exists "$name" || printf 'lib:%s ' "$name"
  done
}

say_what_to_install() {
  printf '\nThis machine lacks: %s\n' "$1" >&2
  printf '%s\n' "$2" >&2
  printf 'On Debian 12:  apt-get install --no-install-recommends %s\n' "$1" >&2
  exit "$exit_missing"
}

# need_packages <package>...: returns when all are there; ends the script with $exit_missing when
# they cannot be had.
need_packages() {
  local missing as_root=""
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    missing=$(missing_by_use)
    [ -z "$missing" ] && return 0
    printf '\nThis machine has no apt and lacks: %s\n' "$missing" >&2
    printf 'Install what these Debian 12 packages hold: %s\n' "$*" >&2
    exit "$exit_missing"
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root="sudo"
    else
      say_what_to_install "$missing" "Installing needs root, and sudo asks for a password."
    fi
  fi
  printf 'Installing: %s\n' "$missing"
  # shellcheck disable=SC2086 # lists of words
  $as_root apt-get -qq update &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install \
      --no-install-recommends $missing >/dev/null ||
    say_what_to_install "$(missing_packages "$@")" "apt-get could not install it; see above."
}
