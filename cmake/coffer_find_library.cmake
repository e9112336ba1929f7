# SPDX-License-Identifier: MIT
# Finds a C library by its own CMake package or by pkg-config: not every distribution has both.

# For a find module: gives the target <package>::<library> either way.
macro(coffer_find_library package library pkg_config_name)
  find_package(${package} ${${package}_FIND_VERSION} CONFIG QUIET)
  if(TARGET ${package}::${library})
    set(${package}_FOUND TRUE)
  else()
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
      pkg_check_modules(PC_${package} QUIET ${pkg_config_name})
    endif()
    find_path(${package}_INCLUDE_DIR ${library}.h HINTS ${PC_${package}_INCLUDE_DIRS})
    find_library(${package}_LIBRARY ${library} HINTS ${PC_${package}_LIBRARY_DIRS})
    mark_as_advanced(${package}_INCLUDE_DIR ${package}_LIBRARY)

    include(FindPackageHandleStandardArgs)
    find_package_handle_standard_args(
      ${package}
      REQUIRED_VARS ${package}_LIBRARY ${package}_INCLUDE_DIR
      VERSION_VAR PC_${package}_VERSION)
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
