# SPDX-License-Identifier: MIT
# Compiles SAMPLE without and with MISTAKE: the first must work, the second must fail for the reason
# that the sample's line "// Expects: <regular expression>" gives, and not for a misspelt include.
file(STRINGS "${SAMPLE}" expects REGEX "^// Expects: ")
string(REGEX REPLACE "^// Expects: " "" expects "${expects}")
if(NOT expects)
  message(FATAL_ERROR "${SAMPLE} has no line '// Expects: ...'")
endif()

separate_arguments(flags UNIX_COMMAND "${FLAGS}")
set(command "${COMPILER}" ${flags} -std=c++20 -fsyntax-only -Wall -Wextra -Werror "-I${INCLUDE}")

execute_process(COMMAND ${command} "${SAMPLE}" RESULT_VARIABLE result ERROR_VARIABLE errors)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${SAMPLE} does not compile even without its mistake:\n${errors}")
endif()

execute_process(COMMAND ${command} -DMISTAKE "${SAMPLE}" RESULT_VARIABLE result
                ERROR_VARIABLE errors)
if(result EQUAL 0)
  message(FATAL_ERROR "${SAMPLE} compiles with its mistake in")
endif()
if(NOT errors MATCHES "${expects}")
  message(FATAL_ERROR "${SAMPLE} fails for another reason than '${expects}':\n${errors}")
endif()
