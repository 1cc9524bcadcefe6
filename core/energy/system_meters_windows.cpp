// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/system_meters.h"

#include "core/base/process_windows.h"
#include "core/energy/counter_meter.h"
#include "core/energy/emi_channels.h"

// initguid.h makes emi.h define its GUID, so it has to come first.
// clang-format off
#include <initguid.h>
#include <windows.h>
#include <devioctl.h>
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
        : handle_(windows::owned(CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                             OPEN_EXISTING, 0, nullptr))),
          error_(GetLastError()) {}

    bool isOpen() const { return handle_ != nullptr; }
    DWORD error() const { return error_; } ///< of opening it
    bool ask(DWORD code, void* answer, std::size_t size) const {
        DWORD got = 0;
        return DeviceIoControl(handle_.get(), code, nullptr, 0, answer, static_cast<DWORD>(size), &got,
                               nullptr) != 0 &&
               got == size;
    }

private:
    windows::Handle handle_;
    DWORD error_;
};

/// Nothing if it does not tell them.
std::optional<std::vector<EmiChannel>> channelsOf(const EmiDevice& device) {
    EMI_VERSION version{};
    EMI_METADATA_SIZE size{};
    constexpr ULONG largest = 1U << 20U;
    if (!device.ask(IOCTL_EMI_GET_VERSION, &version, sizeof version) ||
        !device.ask(IOCTL_EMI_GET_METADATA_SIZE, &size, sizeof size) || size.MetadataSize > largest)
        return std::nullopt;
    std::vector<std::byte> metadata(size.MetadataSize);
    if (!device.ask(IOCTL_EMI_GET_METADATA, metadata.data(), metadata.size()))
        return std::nullopt;
    return emiChannels(version.EmiVersion, metadata);
}

std::optional<std::uint64_t> countOf(const EmiDevice& device, std::size_t channel, std::size_t channels) {
    std::vector<EMI_CHANNEL_MEASUREMENT_DATA> data(channels);
    if (!device.ask(IOCTL_EMI_GET_MEASUREMENT, data.data(), data.size() * sizeof data[0]))
        return std::nullopt;
    return data[channel].AbsoluteEnergy;
}

Description describe(const EmiChannel& channel, const std::string& source) {
    Description description;
    description.source = source;
    description.method =
        "Energy counter \"" + channel.name + "\" (Windows' Energy Meter Interface), other programs included";
    description.part = *channel.part;
    description.uncertainty = channel.part == Part::Memory ? 0.2 : 0.05;
    description.resolution = Seconds(0.1);
    return description;
}

void addDevice(const wchar_t* path, int number, Meters& meters) {
    const auto device = std::make_shared<EmiDevice>(path);
    const std::string name = "emi:" + std::to_string(number);
    if (!device->isOpen()) {
        meters.unusable.push_back(
            {name, device->error() == ERROR_ACCESS_DENIED
                       ? "You may not open it; run as an administrator"
                       : "It cannot be opened: " + windows::meaningOf(device->error())});
        return;
    }
    const auto channels = channelsOf(*device);
    if (!channels || channels->empty()) {
        meters.unusable.push_back({name, "It does not tell what it counts"});
        return;
    }
    for (std::size_t i = 0; i < channels->size(); ++i) {
        const EmiChannel& channel = (*channels)[i];
        const auto source = name + ":" + channel.name;
        const auto first = countOf(*device, i, channels->size());
        if (!channel.part || !first) {
            meters.unusable.push_back({source, channel.part ? "Its counter cannot be read"
                                                            : "Its name does not tell what it counts"});
            continue;
        }
        CounterScale scale;
        scale.joulesPerCount = joulesPerPicowattHour;
        auto meter = std::make_unique<CounterMeter>(
            describe(channel, source), scale,
            [device, i, all = channels->size()] { return countOf(*device, i, all); }, *first);
        if (channel.contained)
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
    if (meters.usable.empty() && meters.unusable.empty() && meters.overlapping.empty())
        meters.absent.push_back({"emi", "Windows shows no energy meter"});
    return meters;
}

} // namespace greenfront::energy
