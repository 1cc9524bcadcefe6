// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/system_meters.h"

#include "core/energy/counter_meter.h"

// initguid.h makes emi.h define its GUID, so it has to come first.
// clang-format off
#include <initguid.h>
#include <windows.h>
#include <emi.h>
#include <setupapi.h>
// clang-format on

#include <cstddef>
#include <memory>
#include <vector>

namespace greenfront::energy {
namespace {

/// One metering device, open for as long as a meter reads from it.
class EmiDevice {
public:
    explicit EmiDevice(const wchar_t* path)
        : handle_(CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                              0, nullptr)) {}
    EmiDevice(const EmiDevice&) = delete;
    EmiDevice& operator=(const EmiDevice&) = delete;
    ~EmiDevice() {
        if (handle_ != INVALID_HANDLE_VALUE)
            CloseHandle(handle_);
    }

    bool ask(DWORD code, void* answer, std::size_t size) const {
        DWORD got = 0;
        return DeviceIoControl(handle_, code, nullptr, 0, answer, static_cast<DWORD>(size), &got, nullptr) !=
               0;
    }

private:
    HANDLE handle_;
};

std::string narrow(const wchar_t* text, std::size_t bytes) {
    std::string result; // channels have ASCII names
    for (std::size_t i = 0; i < bytes / sizeof(wchar_t) && text[i] != 0; ++i)
        result += text[i] < 128 ? static_cast<char>(text[i]) : '?';
    return result;
}

/// The names of a device's channels, in order; empty if it does not tell them.
std::vector<std::string> channelsOf(const EmiDevice& device) {
    EMI_VERSION version{};
    EMI_METADATA_SIZE size{};
    constexpr ULONG largest = 1U << 20U;
    if (!device.ask(IOCTL_EMI_GET_VERSION, &version, sizeof version) ||
        !device.ask(IOCTL_EMI_GET_METADATA_SIZE, &size, sizeof size) ||
        size.MetadataSize < sizeof(EMI_METADATA_V2) || size.MetadataSize > largest)
        return {};
    std::vector<std::max_align_t> buffer(size.MetadataSize / sizeof(std::max_align_t) + 1);
    if (!device.ask(IOCTL_EMI_GET_METADATA, buffer.data(), size.MetadataSize))
        return {};
    if (version.EmiVersion == EMI_VERSION_V1) {
        const auto* metadata = reinterpret_cast<const EMI_METADATA_V1*>(buffer.data());
        return {narrow(metadata->MeteredHardwareName, metadata->MeteredHardwareNameSize)};
    }
    std::vector<std::string> names;
    const auto* metadata = reinterpret_cast<const EMI_METADATA_V2*>(buffer.data());
    const auto* end = reinterpret_cast<const char*>(buffer.data()) + size.MetadataSize;
    const auto* at = reinterpret_cast<const char*>(&metadata->Channels[0]);
    for (unsigned i = 0; i < metadata->ChannelCount; ++i) {
        const auto* channel = reinterpret_cast<const EMI_CHANNEL_V2*>(at);
        constexpr std::ptrdiff_t head = offsetof(EMI_CHANNEL_V2, ChannelName);
        if (end - at < head || end - at < head + channel->ChannelNameSize)
            return {};
        names.push_back(narrow(channel->ChannelName, channel->ChannelNameSize));
        at += head + channel->ChannelNameSize;
    }
    return names;
}

std::optional<std::uint64_t> countOf(const EmiDevice& device, std::size_t channel, std::size_t channels) {
    std::vector<EMI_CHANNEL_MEASUREMENT_DATA> data(channels);
    if (!device.ask(IOCTL_EMI_GET_MEASUREMENT, data.data(), data.size() * sizeof data[0]))
        return std::nullopt;
    return data[channel].AbsoluteEnergy;
}

/// "RAPL_Package0_PKG" and its like; PP0 and PP1 are cores and graphics.
bool isPackage(const std::string& name) {
    return name.ends_with("_PKG");
}
bool isMemory(const std::string& name) {
    return name.ends_with("_DRAM");
}

void addDevice(const wchar_t* path, int number, Meters& meters) {
    const auto device = std::make_shared<EmiDevice>(path);
    const auto names = channelsOf(*device);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto first = countOf(*device, i, names.size());
        const auto source = "emi:" + std::to_string(number) + ":" + names[i];
        if (!first) {
            meters.unusable.push_back({source, "Its counter cannot be read"});
            continue;
        }
        Description description;
        description.source = source;
        description.method =
            "Energy counter \"" + names[i] + "\" (Windows' Energy Meter Interface), other programs included";
        description.uncertainty = isMemory(names[i]) ? 0.2 : 0.05;
        description.part = isMemory(names[i])                                    ? Part::Memory
                           : isPackage(names[i]) || names[i].starts_with("RAPL") ? Part::Processor
                                                                                 : Part::Machine;
        description.resolution = Seconds(0.1);
        CounterScale scale;
        scale.joulesPerCount = joulesPerPicowattHour;
        auto meter = std::make_unique<CounterMeter>(
            description, scale, [device, i, all = names.size()] { return countOf(*device, i, all); }, *first);
        if (description.part == Part::Processor && !isPackage(names[i]))
            meters.overlapping.push_back({std::move(meter), "the processor package"});
        else
            meters.usable.push_back(std::move(meter));
    }
}

} // namespace

Meters findSystemMeters() {
    Meters meters;
    HDEVINFO devices = SetupDiGetClassDevsW(&GUID_DEVICE_ENERGY_METER, nullptr, nullptr,
                                            DIGCF_PRESENT | DIGCF_DEVICEINTERFACE);
    if (devices == INVALID_HANDLE_VALUE)
        return meters;
    SP_DEVICE_INTERFACE_DATA deviceInterface{};
    deviceInterface.cbSize = sizeof deviceInterface;
    for (DWORD i = 0;
         SetupDiEnumDeviceInterfaces(devices, nullptr, &GUID_DEVICE_ENERGY_METER, i, &deviceInterface); ++i) {
        DWORD size = 0;
        SetupDiGetDeviceInterfaceDetailW(devices, &deviceInterface, nullptr, 0, &size, nullptr);
        if (size < sizeof(SP_DEVICE_INTERFACE_DETAIL_DATA_W) || size > 65536)
            continue;
        std::vector<std::max_align_t> buffer(size / sizeof(std::max_align_t) + 1);
        auto* detail = reinterpret_cast<SP_DEVICE_INTERFACE_DETAIL_DATA_W*>(buffer.data());
        detail->cbSize = sizeof(SP_DEVICE_INTERFACE_DETAIL_DATA_W);
        if (SetupDiGetDeviceInterfaceDetailW(devices, &deviceInterface, detail, size, nullptr, nullptr))
            addDevice(detail->DevicePath, static_cast<int>(i), meters);
    }
    SetupDiDestroyDeviceInfoList(devices);
    if (meters.usable.empty() && meters.unusable.empty())
        meters.absent.push_back({"emi", "Windows shows no energy meter"});
    return meters;
}

} // namespace greenfront::energy
