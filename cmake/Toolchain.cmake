# SPDX-License-Identifier: GPL-3.0-or-later
# The language, the warnings, the sanitizers and where binaries land.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    # Without the sloppiness ccache refuses translation units that use precompiled headers; with paths relative to
    # the project several clones share what it holds.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    endif()
endif()

add_library(greenfront_options INTERFACE)
if(MSVC)
    target_compile_options(greenfront_options INTERFACE /W4 /utf-8 /permissive-)
else()
    target_compile_options(greenfront_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(greenfront_options INTERFACE -Wno-restrict) # GCC bug 105651: false alarms in std::string
    endif()
endif()
if(WIN32)
    target_compile_definitions(greenfront_options INTERFACE NOMINMAX _USE_MATH_DEFINES)
endif()
if(GREENFRONT_WERROR)
    target_compile_options(greenfront_options INTERFACE $<IF:$<CXX_COMPILER_ID:MSVC>,/WX,-Werror>)
endif()
if(GREENFRONT_SANITIZE)
    add_compile_options(-fsanitize=${GREENFRONT_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${GREENFRONT_SANITIZE})
endif()
