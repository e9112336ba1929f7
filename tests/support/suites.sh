# SPDX-License-Identifier: MIT
# Sourced by tests/run: one function per suite, which returns non-zero when it fails.

# build <preset> [target...]: in $builds/<preset>; with a $variant in $builds/<preset>-<variant>,
# with the $options of cmake.
build() {
  local preset=$1
  shift
  local folder="$builds/$preset${variant:+-$variant}"
  local log="$folder.log"
  # shellcheck disable=SC2086
  if ! cmake --preset "$preset" -B "$folder" ${options-} >"$log" 2>&1; then
    cat "$log"
    return 1
  fi
  if ! cmake --build "$folder" -j "$jobs" ${*:+--target "$@"} >"$log" 2>&1; then
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' "$log" | tail -n 80
    return 1
  fi
}

# run_ctest <folder in $builds> <ctest argument>...: keeps the counts of all its runs for the
# closing line.
run_ctest() {
  local preset=$1 log status summary
  shift
  log="$builds/$preset.ctest.log"
  ctest --test-dir "$builds/$preset" -j "$jobs" --output-on-failure --no-tests=error "$@" 2>&1 |
    tee "$log" |
    grep -vE '^ +Start +[0-9]+:|^Test project|^Label Time|sec\*proc'
  status=${PIPESTATUS[0]}
  summary=$(grep -E '^[0-9]+% tests passed, ' "$log")
  count_tests "$(sed -E 's/.*out of ([0-9]+).*/\1/' <<<"${summary:-out of 1}")" \
    "$(sed -E 's/.*passed, ([0-9]+) tests? failed.*/\1/' <<<"${summary:-passed, 1 tests failed}")"
  return "$status"
}

# All tests of the plain build but the long ones; --quick keeps to the unit tests and the rules.
suite_plain() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_python
  if [ "$quick" = yes ]; then
    build dev coffer_tests_unit && run_ctest dev -L '^(unit|tidy)$'
  else
    build dev all all_verify_interface_header_sets && run_ctest dev -LE '^(slow|package)$'
  fi
}

suite_format() {
  # shellcheck disable=SC2086
  need_packages $packages_clang_format
  tracked '*.hpp' '*.cpp' '*.h' '*.c' | xargs -0 -r clang-format-14 --dry-run -Werror
}

# The slowest check, so it has a budget: files of the last commits first, then the others from a
# place that moves with each commit, so that a few commits see them all.
suite_clang_tidy() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_clang_tidy
  build dev coffer_objects &&
    python3 tests/support/clang_tidy.py --build "$builds/dev" --jobs "$jobs" \
      --budget "${COFFER_TIDY_BUDGET:-120}"
}

# The next three share one build, because a compiler's time is most of what they cost: clang 14 with
# libc++ and both sanitizers builds all tests and fuzz targets, and warnings are errors.
instrumented="unit conformance property capi issues"
build_instrumented() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_clang $packages_libcxx
  # shellcheck disable=SC2046
  build fuzz $(printf 'coffer_tests_%s ' $instrumented) coffer_fuzzers
}

suite_libcxx() {
  build_instrumented
}

# Without the power cuts: what they try is SQLite, which has no sanitizer in it, for minutes.
suite_asan() {
  build_instrumented &&
    run_ctest fuzz -L "^(${instrumented// /|})\$" -LE '^slow$' -E '\.power_loss$'
}

suite_tsan() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests
  build tsan coffer_tests_threads && run_ctest tsan -L '^threads$'
}

# fuzz_one <program>: from its committed inputs for a short time; a finding is kept in the build.
fuzz_one() {
  local name=${1##*/coffer_fuzz_}
  local findings="$builds/fuzz/findings/$name"
  mkdir -p "$findings/corpus"
  if "$1" -max_total_time="${COFFER_FUZZ_SECONDS:-15}" -timeout=60 -rss_limit_mb=2048 \
    -artifact_prefix="$findings/" "$findings/corpus" "tests/fuzz/corpus/$name" \
    >"$findings/log" 2>&1; then
    printf '  fuzz %-18s %s\n' "$name" "$(grep -E '^Done' "$findings/log")"
  else
    tail -n 40 "$findings/log"
    printf '  fuzz %-18s FAILED, input kept in %s\n' "$name" "$findings"
    return 1
  fi
}

suite_fuzz() {
  build_instrumented || return 1
  export -f fuzz_one
  export builds
  printf '%s\0' "$builds"/fuzz/fuzzers/coffer_fuzz_* |
    xargs -0 -n 1 -P "$jobs" bash -c 'fuzz_one "$1"' fuzz
}

suite_crash() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_python
  build dev && run_ctest dev -L '^slow$'
}

suite_package() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_python
  build dev && run_ctest dev -L '^package$'
}

# The C test program must leave no memory behind and read none that it was not given.
suite_valgrind() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_valgrind
  build dev coffer_tests_capi || return 1
  local program status=0 found=no
  for program in "$builds"/dev/tests/capi/coffer_capi_c*; do
    [ -x "$program" ] && [ -f "$program" ] || continue
    found=yes
    if ! timeout 1800 valgrind --quiet --leak-check=full --error-exitcode=9 \
      --errors-for-leak-kinds=definite,indirect,possible \
      "$program" >"$builds/valgrind.log" 2>&1; then
      tail -n 60 "$builds/valgrind.log"
      status=1
    fi
  done
  [ "$found" = yes ] || { echo "no C test program was built"; return 1; }
  return "$status"
}

# Derivation and signing with the secrets marked as undefined: memcheck reports each branch on one.
suite_constant_time() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_valgrind
  build dev coffer_tests_constant_time && run_ctest dev -L '^constant_time$'
}

# Other implementations of the same standards, on random input; it needs the registries that they
# come from, and says so and passes where there are none.
suite_differential() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_python
  # shellcheck disable=SC2086
  command -v node >/dev/null && command -v npm >/dev/null || need_packages $packages_node
  build dev coffer_capi || return 1
  tests/differential/run "$builds/dev/libcoffer.so" "$builds/differential"
  local status=$?
  [ "$status" = 0 ] || [ "$status" = 77 ]
}

# The scripts themselves, on a machine that has nothing.
suite_scripts() {
  tests/support/check_scripts.sh
}

# The options that change what the library holds: keys in tokens, beside SoftHSM, no keys at all,
# and MuSig2 by a libsecp256k1 that has it, which the system's may not: COFFER_SECP256K1_ROOT of the
# environment says where one is. Nearly all objects are those of the plain build, so with its cache
# this costs little.
suite_options() {
  # shellcheck disable=SC2086
  need_packages $packages_build $packages_tests $packages_examples $packages_python $packages_pkcs11
  local status=0
  { variant=pkcs11 options=-DCOFFER_PKCS11=ON build dev coffer_tests_pkcs11 &&
    run_ctest dev-pkcs11 -L '^pkcs11$'; } || status=1
  { variant=keys-off options=-DCOFFER_KEYS=OFF build dev coffer coffer_tests_capi coffer_tool \
    coffer_example_cpp_quickstart coffer_example_c_quickstart coffer_example_cpp_ten_lines \
    coffer_example_c_ten_lines &&
    run_ctest dev-keys-off -L '^(capi|python|example)$' \
      -E 'python\.types|example\.(wallet_server|import)'; } || status=1
  local newer=${COFFER_SECP256K1_ROOT-}
  local tests='^coffer\.(unit\.keys\.(musig|secret_traces)|capi\.musig|python\.unit)'
  if [ -f "$newer/include/secp256k1_musig.h" ]; then
    { variant=musig options="-DCOFFER_SECP256K1_ROOT=$newer" build dev coffer_unit_keys \
      coffer_tests_capi && run_ctest dev-musig -R "$tests"; } || status=1
  else
    echo "  MuSig2 skipped: COFFER_SECP256K1_ROOT names no libsecp256k1 that has its module musig"
  fi
  return "$status"
}
