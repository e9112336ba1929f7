# SPDX-License-Identifier: MIT
# How a test file becomes a program and a CTest entry.
set(COFFER_SHARED
    "${PROJECT_SOURCE_DIR}/../shared"
    CACHE PATH "Folder with published test vectors and sample documents; tests skip without it")
if(DEFINED ENV{COFFER_SHARED})
  set(COFFER_SHARED "$ENV{COFFER_SHARED}")
endif()
cmake_path(ABSOLUTE_PATH COFFER_SHARED BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" NORMALIZE)

find_package(doctest 2.4 REQUIRED)
add_library(coffer_test_main OBJECT "${PROJECT_SOURCE_DIR}/tests/support/doctest_main.cpp")
coffer_compile_strictly(coffer_test_main)
target_link_libraries(coffer_test_main PRIVATE doctest::doctest)

# The checks of one test file become so much code that optimising and instrumenting it took most of
# a build's time (22 s of clang for one file, 8 s so). The library under test keeps all its options;
# the address sanitizer stays here too, because containers cross the border.
function(coffer_compile_test_code_fast target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O0> $<$<CONFIG:Debug>:-g1>)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND CMAKE_CXX_FLAGS MATCHES "fuzzer-no-link")
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined,fuzzer-no-link)
  endif()
endfunction()

# coffer_configure_test(<target>): what every test program is compiled and linked with. Tests see
# src/, because crypto and the backends have no public header.
function(coffer_configure_test target)
  coffer_compile_strictly(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests"
                                               "${PROJECT_SOURCE_DIR}/src")
  target_compile_definitions(${target} PRIVATE "COFFER_SHARED=\"${COFFER_SHARED}\"")
  target_link_libraries(${target} PRIVATE coffer::coffer doctest::doctest ${COFFER_DEPENDENCIES}
                                          Boost::headers fmt::fmt-header-only)
  if(COFFER_SQLITE_AMALGAMATION)
    target_include_directories(${target} SYSTEM PRIVATE "${COFFER_SQLITE_AMALGAMATION}")
  endif()
endfunction()

# coffer_label_target(<label> <target>...): building coffer_tests_<label> builds these too. With no
# target it only makes sure that there is such a name, so that a script can ask for it.
function(coffer_label_target label)
  if(NOT TARGET coffer_tests_${label})
    add_custom_target(coffer_tests_${label})
  endif()
  if(ARGN)
    add_dependencies(coffer_tests_${label} ${ARGN})
  endif()
endfunction()

# coffer_add_doctest(<label> <module> <file>...): one program coffer_<label>_<module>, and for each
# file a CTest entry coffer.<label>.<module>.<file without _test.cpp>. May be called again for the
# same module to add files.
function(coffer_add_doctest label module)
  set(target coffer_${label}_${module})
  if(NOT TARGET ${target})
    add_executable(${target} $<TARGET_OBJECTS:coffer_test_main>)
    coffer_configure_test(${target})
    coffer_compile_test_code_fast(${target})
    coffer_label_target(${label} ${target})
  endif()
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
    target_sources(${target} PRIVATE "${file}")
    cmake_path(GET file STEM LAST_ONLY stem)
    string(REGEX REPLACE "_test$" "" stem "${stem}")
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE place)
    set(test coffer.${label}.${module}.${stem})
    add_test(NAME ${test} COMMAND ${target} "--source-file=*/${place}" --no-version)
    # A filter that matches nothing would pass for ever.
    set_tests_properties(
      ${test}
      PROPERTIES LABELS ${label}
                 TIMEOUT 900
                 FAIL_REGULAR_EXPRESSION "test cases: +0 "
                 ENVIRONMENT "COFFER_SHARED=${COFFER_SHARED}")
  endforeach()
endfunction()

# coffer_add_unit_test(<module> <file>...): the unit tests of a module.
function(coffer_add_unit_test module)
  coffer_add_doctest(unit ${module} ${ARGN})
endfunction()
