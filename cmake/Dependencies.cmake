# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that comes from outside. Each is a Debian package, named here for whoever misses it.
function(greenfront_require package debian)
    find_package(${package} ${ARGN} QUIET)
    if(NOT ${package}_FOUND)
        message(FATAL_ERROR "${package} is missing. On Debian: apt-get install ${debian}\n"
                            "packaging/bootstrap.sh installs everything that Greenfront needs.")
    endif()
    message(STATUS "Found ${package} ${${package}_VERSION}")
endfunction()

macro(greenfront_need package debian)
    greenfront_require(${package} "${debian}" ${ARGN})
    find_package(${package} ${ARGN} QUIET)
endmacro()

set(THREADS_PREFER_PTHREAD_FLAG ON)
greenfront_need(Threads "g++")
greenfront_need(nlohmann_json "nlohmann-json3-dev" 3.10)
greenfront_need(CLI11 "libcli11-dev")
greenfront_need(spdlog "libspdlog-dev")
greenfront_need(yaml-cpp "libyaml-cpp-dev")
set(yaml_cpp yaml-cpp) # newer versions have it in a namespace
if(TARGET yaml-cpp::yaml-cpp)
    set(yaml_cpp yaml-cpp::yaml-cpp)
endif()
greenfront_need(ZLIB "zlib1g-dev")
greenfront_need(PNG "libpng-dev")
greenfront_need(JPEG "libjpeg-dev")
greenfront_need(SQLite3 "libsqlite3-dev" 3.35)
greenfront_need(Protobuf "libprotobuf-dev protobuf-compiler")
greenfront_need(ONNX "libonnx-dev")
# Not through its own package file: Debian 13's names a library that does not exist.
find_library(OpenBLAS_LIBRARIES openblas PATH_SUFFIXES openblas-pthread)
find_path(OpenBLAS_INCLUDE_DIRS openblas_config.h PATH_SUFFIXES openblas-pthread openblas)
if(OpenBLAS_LIBRARIES AND OpenBLAS_INCLUDE_DIRS)
    message(STATUS "Found OpenBLAS")
else()
    message(STATUS "OpenBLAS is missing: training takes LibTorch's slower matrix products. On Debian: "
                   "apt-get install libopenblas-pthread-dev")
endif()
greenfront_need(Torch "libtorch-dev libopenblas0-pthread (or set CMAKE_PREFIX_PATH to an unpacked LibTorch)" 1.13)

if(GREENFRONT_UI)
    greenfront_need(Qt6 "qt6-base-dev libqt6svg6-dev (qt6-svg-dev on Debian 13) libqt6opengl6-dev" 6.4
                    COMPONENTS Core Gui Widgets PrintSupport Svg)
    greenfront_need(QCustomPlotQt6 "libqcustomplot-dev")
endif()
if(GREENFRONT_TESTS)
    greenfront_need(Qt6 "qt6-base-dev" 6.4 COMPONENTS Core Test)
endif()
