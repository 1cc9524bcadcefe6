// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/versions.h"

#include "core/base/version.h"
#include "core/device/this_machine.h"
#include "core/nn/runtime.h"

#include <thread>

namespace greenfront::study {
namespace {

constexpr const char* systemName() {
#if defined(_WIN32)
    return "Windows";
#elif defined(__APPLE__)
    return "macOS";
#elif defined(__linux__)
    return "Linux";
#else
    return "";
#endif
}

} // namespace

Json versionsNow() {
    return {{"greenfront", version()},
            {"engine", nn::libraryVersion()},
            {"os", systemName()},
            {"processor", device::processorName()},
            {"hardware_threads", std::thread::hardware_concurrency()},
            {"memory_bytes", device::physicalMemory().value}};
}

} // namespace greenfront::study
