# SPDX-License-Identifier: MIT
# Finds a C library by its own CMake package or by pkg-config: not every distribution has both.

# For a find module: gives the target <package>::<library> either way, and <package>_VERSION. A
# prefix in <package>_ROOT is looked at first, in both ways.
macro(coffer_find_library package library pkg_config_name)
  include(FindPackageHandleStandardArgs)
  # Without the version: packages before 1.0 refuse every other minor version, also a newer one, and
  # then the system's old one would be taken without a word.
  find_package(${package} CONFIG QUIET)
  if(TARGET ${package}::${library})
    find_package_handle_standard_args(
      ${package}
      REQUIRED_VARS ${package}_CONFIG
      VERSION_VAR ${package}_VERSION)
  else()
    set(coffer_prefixes "${CMAKE_PREFIX_PATH}")
    list(PREPEND CMAKE_PREFIX_PATH ${${package}_ROOT})
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
      pkg_check_modules(PC_${package} QUIET ${pkg_config_name})
    endif()
    set(CMAKE_PREFIX_PATH "${coffer_prefixes}")
    find_path(${package}_INCLUDE_DIR ${library}.h HINTS ${PC_${package}_INCLUDE_DIRS})
    find_library(${package}_LIBRARY ${library} HINTS ${PC_${package}_LIBRARY_DIRS})
    mark_as_advanced(${package}_INCLUDE_DIR ${package}_LIBRARY)
    set(${package}_VERSION "${PC_${package}_VERSION}")
    find_package_handle_standard_args(
      ${package}
      REQUIRED_VARS ${package}_LIBRARY ${package}_INCLUDE_DIR
      VERSION_VAR ${package}_VERSION)
    if(${package}_FOUND)
      add_library(${package}::${library} UNKNOWN IMPORTED)
      set_target_properties(
        ${package}::${library} PROPERTIES IMPORTED_LOCATION "${${package}_LIBRARY}"
                                          INTERFACE_INCLUDE_DIRECTORIES "${${package}_INCLUDE_DIR}")
      if(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL)
        set_target_properties(${package}::${library} PROPERTIES IMPORTED_GLOBAL ON)
      endif()
    endif()
  endif()
endmacro()
