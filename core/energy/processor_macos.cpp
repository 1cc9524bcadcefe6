// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

#include <array>
#include <mach/mach.h>
#include <sys/sysctl.h>
#include <unistd.h>

namespace greenfront::energy {

std::string processorName() {
    std::array<char, 128> name{};
    std::size_t size = name.size() - 1;
    return sysctlbyname("machdep.cpu.brand_string", name.data(), &size, nullptr, 0) == 0 ? name.data() : "";
}

std::optional<MachineLoad> machineLoad() {
    host_cpu_load_info_data_t info{};
    mach_msg_type_number_t count = HOST_CPU_LOAD_INFO_COUNT;
    if (host_statistics(mach_host_self(), HOST_CPU_LOAD_INFO, reinterpret_cast<host_info_t>(&info), &count) !=
        KERN_SUCCESS)
        return std::nullopt;
    const double ticks = static_cast<double>(info.cpu_ticks[CPU_STATE_USER]) +
                         info.cpu_ticks[CPU_STATE_SYSTEM] + info.cpu_ticks[CPU_STATE_NICE];
    return MachineLoad{Seconds(ticks / static_cast<double>(sysconf(_SC_CLK_TCK))),
                       static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN))};
}

std::optional<Bytes> memorySize() {
    std::uint64_t bytes = 0;
    std::size_t size = sizeof bytes;
    if (sysctlbyname("hw.memsize", &bytes, &size, nullptr, 0) != 0)
        return std::nullopt;
    return Bytes(static_cast<double>(bytes));
}

} // namespace greenfront::energy
