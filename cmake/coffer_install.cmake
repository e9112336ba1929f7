# SPDX-License-Identifier: MIT
# What `cmake --install` puts in place: libraries, headers, CMake package, pkg-config files.
include(CMakePackageConfigHelpers)

set(COFFER_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/coffer")

# Two exports, because who uses libcoffer.so has nothing else to find, and who uses libcoffer.a has.
install(
  TARGETS coffer
  EXPORT coffer_cpp
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  FILE_SET headers DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(
  TARGETS coffer_capi
  EXPORT coffer_capi
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
  FILE_SET headers DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(
  EXPORT coffer_cpp
  NAMESPACE coffer::
  FILE coffer-cpp-targets.cmake
  DESTINATION "${COFFER_CMAKE_DIR}")
install(
  EXPORT coffer_capi
  NAMESPACE coffer::
  FILE coffer-capi-targets.cmake
  DESTINATION "${COFFER_CMAKE_DIR}")

if(COFFER_SQLITE_AMALGAMATION)
  set(COFFER_FIND_SQLITE OFF)
  set(COFFER_PC_SQLITE "")
else()
  set(COFFER_FIND_SQLITE ON)
  set(COFFER_PC_SQLITE "sqlite3 ")
endif()
if(COFFER_KEYS)
  set(COFFER_PC_SECP256K1 " libsecp256k1 libutf8proc")
else()
  set(COFFER_PC_SECP256K1 "")
endif()
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/coffer-config.cmake.in" "${PROJECT_BINARY_DIR}/coffer-config.cmake"
  INSTALL_DESTINATION "${COFFER_CMAKE_DIR}" NO_SET_AND_CHECK_MACRO)
# Before 1.0 a new minor version may break its users.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/coffer-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/coffer-config.cmake"
        "${PROJECT_BINARY_DIR}/coffer-config-version.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/Findlibsecp256k1.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/Findutf8proc.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/coffer_find_library.cmake"
  DESTINATION "${COFFER_CMAKE_DIR}")

# pkg-config knows where a file lies (pcfiledir), so the prefix is written as the way up from there.
file(RELATIVE_PATH COFFER_PC_UP "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" COFFER_PC_UP "${COFFER_PC_UP}")
foreach(name coffer coffer-capi)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in" "${PROJECT_BINARY_DIR}/${name}.pc"
                 @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${name}.pc"
          DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()
