# SPDX-License-Identifier: MIT
# `pip install ./bindings/python` in a fresh environment without a network, then the quickstart.
# Takes PYTHON, SOURCE and FOLDER, and how the build beside it compiles: BUILD_TYPE, DEBUG_FLAGS and
# WARNINGS_AS_ERRORS, so that what the compiler's cache has is not done again.
execute_process(COMMAND "${PYTHON}" -c "import setuptools, wheel, venv, pip"
                RESULT_VARIABLE missing OUTPUT_QUIET ERROR_QUIET)
if(missing)
  # The interpreter of the distribution has them as packages, where another one is found first.
  set(PYTHON /usr/bin/python3)
  execute_process(COMMAND "${PYTHON}" -c "import setuptools, wheel, venv, pip"
                  RESULT_VARIABLE missing OUTPUT_QUIET ERROR_QUIET)
endif()
if(missing)
  message("SKIPPED: needs pip, setuptools, wheel and venv")
  return()
endif()
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
set(run COMMAND_ERROR_IS_FATAL ANY COMMAND_ECHO STDOUT)
execute_process(COMMAND "${PYTHON}" -m venv --system-site-packages "${FOLDER}/venv" ${run})
set(python "${FOLDER}/venv/bin/python")
# pip builds inside the source folder, so what it leaves there goes into our folder instead.
set(ENV{TMPDIR} "${FOLDER}")
set(ENV{CMAKE_ARGS} "-DCMAKE_BUILD_TYPE=${BUILD_TYPE} '-DCMAKE_CXX_FLAGS_DEBUG=${DEBUG_FLAGS}' \
-DCOFFER_DEV=${WARNINGS_AS_ERRORS}")
execute_process(COMMAND "${python}" -m pip install --no-build-isolation --no-deps --no-index
                        "${SOURCE}/bindings/python" ${run})
execute_process(
  COMMAND "${python}" "${SOURCE}/examples/python/quickstart.py" "${FOLDER}/book.db"
  WORKING_DIRECTORY "${FOLDER}"
  OUTPUT_VARIABLE printed ${run})
file(READ "${SOURCE}/examples/quickstart.output" wanted)
if(NOT printed STREQUAL wanted)
  message(FATAL_ERROR "printed:\n${printed}\nbut should have printed:\n${wanted}")
endif()
file(GLOB inside "${FOLDER}/venv/lib/*/site-packages/coffer/libcoffer.*")
if(NOT inside)
  message(FATAL_ERROR "the installed package carries no library")
endif()
