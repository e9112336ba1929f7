# SPDX-License-Identifier: MIT
# How a fuzz target is built. Its starting inputs are committed in tests/fuzz/corpus/<name>.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "COFFER_FUZZ needs clang, which has libFuzzer; use the fuzz preset")
endif()
add_custom_target(coffer_fuzzers)

# coffer_add_fuzzer(<name> <file>...): the program fuzzers/coffer_fuzz_<name> in the build folder.
function(coffer_add_fuzzer name)
  set(target coffer_fuzz_${name})
  add_executable(${target} ${ARGN})
  coffer_compile_strictly(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests"
                                               "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${target} PRIVATE coffer::coffer)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  if(CMAKE_CXX_FLAGS MATCHES "-stdlib=libc\\+\\+")
    # libFuzzer itself was built with libstdc++; clang would read -lstdc++ as -lc++ here.
    target_link_options(${target} PRIVATE "LINKER:--no-as-needed,-l:libstdc++.so.6")
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                             "${PROJECT_BINARY_DIR}/fuzzers")
  add_dependencies(coffer_fuzzers ${target})
endfunction()
