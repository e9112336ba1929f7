# SPDX-License-Identifier: MIT
# Runs a program and compares what it prints. Takes PROGRAM (a list: the program and its arguments),
# OUTPUT, and FOLDER, which it empties before for the program's files.
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")
file(READ "${OUTPUT}" wanted)
execute_process(
  COMMAND ${PROGRAM}
  OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(NOT printed STREQUAL wanted)
  message(FATAL_ERROR "printed:\n${printed}\nbut should have printed:\n${wanted}")
endif()
message(STATUS "${printed}")
