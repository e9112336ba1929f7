# SPDX-License-Identifier: MIT
# Finds libsecp256k1 by its CMake package or by pkg-config; gives libsecp256k1::secp256k1.
find_package(libsecp256k1 ${libsecp256k1_FIND_VERSION} CONFIG QUIET)
if(TARGET libsecp256k1::secp256k1)
  set(libsecp256k1_FOUND TRUE)
  return()
endif()

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_libsecp256k1 QUIET libsecp256k1)
endif()
find_path(libsecp256k1_INCLUDE_DIR secp256k1.h HINTS ${PC_libsecp256k1_INCLUDE_DIRS})
find_library(libsecp256k1_LIBRARY secp256k1 HINTS ${PC_libsecp256k1_LIBRARY_DIRS})
mark_as_advanced(libsecp256k1_INCLUDE_DIR libsecp256k1_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  libsecp256k1
  REQUIRED_VARS libsecp256k1_LIBRARY libsecp256k1_INCLUDE_DIR
  VERSION_VAR PC_libsecp256k1_VERSION)
if(libsecp256k1_FOUND)
  add_library(libsecp256k1::secp256k1 UNKNOWN IMPORTED)
  set_target_properties(
    libsecp256k1::secp256k1 PROPERTIES IMPORTED_LOCATION "${libsecp256k1_LIBRARY}"
                                       INTERFACE_INCLUDE_DIRECTORIES "${libsecp256k1_INCLUDE_DIR}")
  if(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL)
    set_target_properties(libsecp256k1::secp256k1 PROPERTIES IMPORTED_GLOBAL ON)
  endif()
endif()
