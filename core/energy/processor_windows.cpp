// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

#include <windows.h>

#include <array>

namespace greenfront::energy {
namespace {

Seconds secondsOf(FILETIME time) {
    ULARGE_INTEGER ticks;
    ticks.LowPart = time.dwLowDateTime;
    ticks.HighPart = time.dwHighDateTime;
    return Seconds(static_cast<double>(ticks.QuadPart) * 1e-7);
}

} // namespace

std::string processorName() {
    std::array<char, 128> name{};
    DWORD size = static_cast<DWORD>(name.size() - 1);
    const auto result = RegGetValueA(HKEY_LOCAL_MACHINE, "HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0",
                                     "ProcessorNameString", RRF_RT_REG_SZ, nullptr, name.data(), &size);
    return result == ERROR_SUCCESS ? name.data() : "";
}

std::optional<Seconds> processorTime() {
    FILETIME created{}, ended{}, kernel{}, user{};
    if (!GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user))
        return std::nullopt;
    return secondsOf(kernel) + secondsOf(user);
}

std::optional<Seconds> threadTime() {
    FILETIME created{}, ended{}, kernel{}, user{};
    if (!GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user))
        return std::nullopt;
    return secondsOf(kernel) + secondsOf(user);
}

std::optional<MachineLoad> machineLoad() {
    FILETIME idle{}, kernel{}, user{}; // the kernel's time includes the idle one
    if (!GetSystemTimes(&idle, &kernel, &user))
        return std::nullopt;
    return MachineLoad{secondsOf(kernel) + secondsOf(user) - secondsOf(idle),
                       static_cast<int>(GetActiveProcessorCount(ALL_PROCESSOR_GROUPS))};
}

std::optional<Bytes> memorySize() {
    MEMORYSTATUSEX status{};
    status.dwLength = sizeof status;
    if (!GlobalMemoryStatusEx(&status))
        return std::nullopt;
    return Bytes(static_cast<double>(status.ullTotalPhys));
}

} // namespace greenfront::energy
