# SPDX-License-Identifier: MIT
# What the targets of this build have in common: compiler, warnings, dependencies, exported symbols.

# Adds a folder when it has a list; a checkout without that part still builds.
macro(coffer_add_subdirectory folder)
  if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
    add_subdirectory("${folder}")
  endif()
endmacro()

macro(coffer_use_ccache)
  find_program(COFFER_CCACHE ccache)
  mark_as_advanced(COFFER_CCACHE)
  foreach(language C CXX)
    if(COFFER_CCACHE AND NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER "${COFFER_CCACHE}")
    endif()
  endforeach()
endmacro()

# Language level, warnings and visibility of everything that is compiled here.
function(coffer_compile_strictly target)
  target_compile_features(${target} PRIVATE cxx_std_20 c_std_99)
  set_target_properties(
    ${target}
    PROPERTIES CXX_EXTENSIONS OFF
               C_EXTENSIONS OFF
               CXX_VISIBILITY_PRESET hidden
               C_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                           $<$<BOOL:${COFFER_DEV}>:-Werror>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlaps in `"text" + std::to_string(n)` that can't be (GCC bug 105651).
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
  endif()
endfunction()

function(coffer_configure_objects target)
  coffer_compile_strictly(${target})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(
    ${target}
    PUBLIC "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/capi/include"
    PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/capi/src")
  # fmt is used through its headers, so that no user has to have its library.
  target_link_libraries(${target} PRIVATE ${COFFER_DEPENDENCIES} fmt::fmt-header-only
                                          Boost::headers)
  if(TARGET coffer_sqlite)
    target_include_directories(${target} SYSTEM PRIVATE "${COFFER_SQLITE_AMALGAMATION}")
  endif()
endfunction()

# What a program that holds coffer's objects must be linked with.
function(coffer_link_dependencies target)
  target_link_libraries(${target} PRIVATE ${COFFER_DEPENDENCIES})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  if(TARGET coffer_sqlite)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:coffer_sqlite>)
  endif()
endfunction()

# Hidden visibility keeps our own C++ names inside; the list also keeps in those that come from
# templates of the C++ library.
function(coffer_export_only_c_symbols target)
  if(APPLE)
    target_link_options(${target} PRIVATE "LINKER:-exported_symbol,_coffer_*")
  else()
    set(script "${PROJECT_SOURCE_DIR}/cmake/exports.map")
    target_link_options(${target} PRIVATE "LINKER:--version-script=${script}"
                        "LINKER:--exclude-libs,ALL")
    set_target_properties(${target} PROPERTIES LINK_DEPENDS "${script}")
  endif()
endfunction()
