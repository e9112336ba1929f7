# SPDX-License-Identifier: MIT
# Compares what the library exports with the list that is kept in the repository.
# Takes NM, LIBRARY and LIST.
execute_process(
  COMMAND "${NM}" -D --defined-only --format=posix "${LIBRARY}"
  OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "(^|\n)[^ \n]+" exported "${output}")
list(TRANSFORM exported STRIP)
list(SORT exported)
file(STRINGS "${LIST}" listed)
set(missing ${listed})
list(REMOVE_ITEM missing ${exported})
list(REMOVE_ITEM exported ${listed})
if(missing OR exported)
  message(FATAL_ERROR "Exported but not in symbols.txt: ${exported}\n"
                      "In symbols.txt but not exported: ${missing}")
endif()
set(sorted ${listed})
list(SORT sorted)
if(NOT "${sorted}" STREQUAL "${listed}")
  message(FATAL_ERROR "symbols.txt is not in order")
endif()
list(LENGTH listed count)
message(STATUS "${count} symbols")
