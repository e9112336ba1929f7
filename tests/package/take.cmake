# SPDX-License-Identifier: MIT
# Takes coffer in one way (WAY) into a small program, builds that and runs it.
# SOURCE: the checkout; BUILD: its build; WORK: a folder to work in; VERSION: what must come out;
# LAUNCHER, BUILD_TYPE, DEBUG_FLAGS, WARNINGS_AS_ERRORS: how that build compiles.
set(PREFIX "${WORK}/moved")
set(HERE "${CMAKE_CURRENT_LIST_DIR}")

# Runs a command; ends the test with all it said when it fails.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

# Runs the built program and looks for the version in what it prints.
function(run_program program)
  run("${program}")
  if(NOT said MATCHES "coffer ${VERSION}")
    message(FATAL_ERROR "${program} said '${said}' and not 'coffer ${VERSION}'")
  endif()
endfunction()

function(build_project project)
  set(folder "${WORK}/${WAY}")
  file(REMOVE_RECURSE "${folder}")
  run("${CMAKE_COMMAND}" -G Ninja -S "${HERE}/${project}" -B "${folder}" "-DCOFFER_WAY=${WAY}"
      "-DCOFFER_SOURCE=${SOURCE}" "-DCMAKE_PREFIX_PATH=${PREFIX}"
      "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}"
      "-DCMAKE_CXX_FLAGS_DEBUG=${DEBUG_FLAGS}" "-DCOFFER_DEV=${WARNINGS_AS_ERRORS}")
  run("${CMAKE_COMMAND}" --build "${folder}")
  run_program("${folder}/consumer")
endfunction()

# Compiles one file with what pkg-config says about a package.
function(build_with_pkg_config package)
  find_program(PKG_CONFIG pkg-config REQUIRED)
  file(GLOB_RECURSE found "${PREFIX}/*/${package}.pc")
  list(LENGTH found count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "${count} files ${package}.pc below ${PREFIX}")
  endif()
  cmake_path(GET found PARENT_PATH pkgconfig)
  set(ENV{PKG_CONFIG_PATH} "${pkgconfig}")
  run("${PKG_CONFIG}" --modversion ${package})
  if(NOT said MATCHES "^${VERSION}\n")
    message(FATAL_ERROR "${package}.pc names version ${said}")
  endif()
  run("${PKG_CONFIG}" --cflags --libs ${package})
  separate_arguments(flags UNIX_COMMAND "${said}")
  file(MAKE_DIRECTORY "${WORK}/${WAY}")
  cmake_path(GET pkgconfig PARENT_PATH libraries)
  set(program "${WORK}/${WAY}/consumer")
  run(${ARGN} -o "${program}" ${flags} "-Wl,-rpath,${libraries}")
  run_program("${program}")
endfunction()

if(WAY STREQUAL "install")
  # Moved after the install: nothing in it may know where it was.
  file(REMOVE_RECURSE "${PREFIX}" "${WORK}/first")
  run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/first")
  file(RENAME "${WORK}/first" "${PREFIX}")
elseif(WAY STREQUAL "pkg_config")
  build_with_pkg_config(coffer c++ -std=c++20 "${HERE}/cpp/consumer.cpp")
elseif(WAY STREQUAL "pkg_config_c")
  build_with_pkg_config(coffer-capi cc -std=c99 -pedantic-errors "${HERE}/c/consumer.c")
elseif(WAY STREQUAL "find_package_c")
  build_project(c)
else()
  build_project(cpp)
endif()
