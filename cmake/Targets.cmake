# SPDX-License-Identifier: GPL-3.0-or-later
# One library target a folder. LINK names what its headers may use, PRIVATE what only its .cpp files use.
# TORCH marks the folders whose .cpp files include LibTorch: they share one precompiled header.
function(greenfront_library name)
    cmake_parse_arguments(ARG "TORCH" "" "SOURCES;LINK;PRIVATE" ${ARGN})
    string(REPLACE "/" "_" target greenfront_${name})
    add_library(${target} STATIC ${ARG_SOURCES})
    add_library(greenfront::${name} ALIAS ${target})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE greenfront_options ${ARG_PRIVATE})
    if(ARG_TORCH)
        greenfront_use_torch(${target})
    endif()
endfunction()

# LibTorch's headers are system headers (no warnings of theirs), and its flags stay out of everything else.
function(greenfront_use_torch target)
    target_include_directories(${target} SYSTEM PRIVATE ${TORCH_INCLUDE_DIRS})
    target_link_libraries(${target} PRIVATE ${TORCH_LIBRARIES})
    if(NOT target STREQUAL "greenfront_torch_pch" AND TARGET greenfront_torch_pch)
        target_precompile_headers(${target} REUSE_FROM greenfront_torch_pch)
    endif()
endfunction()

# On Windows a program's arguments and paths are UTF-8 only if it says so.
function(greenfront_utf8 target)
    if(MSVC)
        target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/packaging/windows/utf8.manifest)
    endif()
endfunction()

# Qt 6.4's moc cannot parse GCC's <concepts>; with its include guard set it skips the header.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)

# tests/core/data/test_idx.cpp becomes the ctest core.data.test_idx. LABELS sanitize: also run under asan and tsan.
function(greenfront_test source)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR}/${source})
    string(REGEX REPLACE "\\.cpp$" "" name ${path})
    string(REPLACE "/" "." name ${name})
    string(REPLACE "." "_" target ${name})
    add_executable(${target} ${source} ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE greenfront_options ${ARG_LINK} Qt6::Test)
    add_test(NAME ${name} COMMAND ${target})
    if(name MATCHES "^ui\\.")
        # They wait for a window as a person does, and are not to wait for others.
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
    if("sanitize" IN_LIST ARG_LABELS)
        add_dependencies(sanitize-tests ${target})
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}"
        ENVIRONMENT "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/packaging/tsan.supp;QT_QPA_PLATFORM=offscreen;GREENFRONT_TEST_DATA=${PROJECT_SOURCE_DIR}/../shared/data;GREENFRONT_BIN=${CMAKE_BINARY_DIR}/bin")
endfunction()
