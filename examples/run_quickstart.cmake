# SPDX-License-Identifier: MIT
# Runs a quickstart on a new file, then once more on the same file, and compares what it prints.
# Takes PROGRAM (a list: the program and its first arguments), FOLDER and OUTPUT.
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
file(READ "${OUTPUT}" wanted)
foreach(time first second)
  execute_process(
    COMMAND ${PROGRAM} "${FOLDER}/book.db"
    WORKING_DIRECTORY "${FOLDER}"
    OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
  if(NOT printed STREQUAL wanted)
    message(FATAL_ERROR "The ${time} run printed:\n${printed}\nbut should have printed:\n${wanted}")
  endif()
endforeach()
message(STATUS "${printed}")
