# SPDX-License-Identifier: MIT
# Finds what coffer is built on. COFFER_DEPENDENCIES is what a user of the static library links too.
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(Boost 1.74 REQUIRED)
find_package(fmt 9 REQUIRED)

# The library that was found is the one that was asked for, and has what coffer calls.
function(coffer_check_secp256k1)
  get_target_property(library libsecp256k1::secp256k1 LOCATION)
  get_target_property(folders libsecp256k1::secp256k1 INTERFACE_INCLUDE_DIRECTORIES)
  if(COFFER_SECP256K1_ROOT)
    cmake_path(ABSOLUTE_PATH COFFER_SECP256K1_ROOT NORMALIZE OUTPUT_VARIABLE root)
    cmake_path(IS_PREFIX root "${library}" NORMALIZE is_inside)
    if(NOT is_inside)
      message(FATAL_ERROR "COFFER_SECP256K1_ROOT is '${COFFER_SECP256K1_ROOT}', but there is no "
                          "libsecp256k1 in it; '${library}' was found (a build folder keeps what "
                          "it once found: begin with a new one)")
    endif()
  endif()
  foreach(module recovery extrakeys schnorrsig ecdh musig)
    set(header "secp256k1_${module}.h")
    list(TRANSFORM folders APPEND "/${header}" OUTPUT_VARIABLE places)
    set(is_there OFF)
    foreach(place IN LISTS places)
      if(EXISTS "${place}")
        set(is_there ON)
      endif()
    endforeach()
    if(module STREQUAL "musig")
      # The one that may be missing: Debian's 0.2 is older than it.
      set(COFFER_MUSIG
          ${is_there}
          PARENT_SCOPE)
    elseif(NOT is_there)
      message(FATAL_ERROR "libsecp256k1 in '${library}' was built without its module ${module} "
                          "(there is no ${header})")
    endif()
  endforeach()
  set(COFFER_SECP256K1_FROM
      "${libsecp256k1_VERSION} (${library})"
      PARENT_SCOPE)
endfunction()

set(COFFER_SECP256K1_FROM "none")
set(COFFER_MUSIG OFF)
set(COFFER_DEPENDENCIES OpenSSL::Crypto Threads::Threads)

if(COFFER_SQLITE_AMALGAMATION)
  if(NOT EXISTS "${COFFER_SQLITE_AMALGAMATION}/sqlite3.c")
    message(FATAL_ERROR "COFFER_SQLITE_AMALGAMATION is '${COFFER_SQLITE_AMALGAMATION}', "
                        "but there is no sqlite3.c in it")
  endif()
  add_library(coffer_sqlite OBJECT "${COFFER_SQLITE_AMALGAMATION}/sqlite3.c")
  set_target_properties(coffer_sqlite PROPERTIES POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET
                                                                             hidden)
  target_compile_definitions(coffer_sqlite PRIVATE SQLITE_DQS=0 SQLITE_DEFAULT_MEMSTATUS=0
                                                   SQLITE_OMIT_LOAD_EXTENSION)
  target_compile_options(coffer_sqlite PRIVATE -w)
  set(COFFER_SQLITE_FROM "built in from ${COFFER_SQLITE_AMALGAMATION}")
else()
  find_package(SQLite3 3.40 REQUIRED)
  set(COFFER_SQLITE_FROM "${SQLite3_VERSION}")
  list(APPEND COFFER_DEPENDENCIES SQLite::SQLite3)
endif()

if(COFFER_KEYS)
  if(COFFER_SECP256K1_ROOT)
    set(libsecp256k1_ROOT "${COFFER_SECP256K1_ROOT}")
  endif()
  find_package(libsecp256k1 0.2 REQUIRED)
  coffer_check_secp256k1()
  find_package(utf8proc REQUIRED)
  list(APPEND COFFER_DEPENDENCIES libsecp256k1::secp256k1 utf8proc::utf8proc)
  if(COFFER_PKCS11)
    list(APPEND COFFER_DEPENDENCIES ${CMAKE_DL_LIBS})
  endif()
endif()
