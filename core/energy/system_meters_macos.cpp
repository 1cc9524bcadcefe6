// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/system_meters.h"

#include "core/energy/power_meter.h"

#include <CoreFoundation/CoreFoundation.h>
#include <IOKit/IOKitLib.h>

#include <cmath>

namespace greenfront::energy {
namespace {

std::optional<double> numberOf(io_service_t service, CFStringRef key) {
    const auto property = IORegistryEntryCreateCFProperty(service, key, kCFAllocatorDefault, 0);
    std::int64_t value = 0;
    const bool known = property != nullptr && CFGetTypeID(property) == CFNumberGetTypeID() &&
                       CFNumberGetValue(static_cast<CFNumberRef>(property), kCFNumberSInt64Type, &value);
    if (property != nullptr)
        CFRelease(property);
    return known ? std::optional(static_cast<double>(value)) : std::nullopt;
}

/// Millivolts times milliamperes, which are negative while the battery discharges.
std::optional<Watts> discharge() {
    const auto battery = IOServiceGetMatchingService(MACH_PORT_NULL, IOServiceMatching("AppleSmartBattery"));
    if (battery == IO_OBJECT_NULL)
        return std::nullopt;
    const auto milliVolts = numberOf(battery, CFSTR("Voltage"));
    const auto milliAmperes = numberOf(battery, CFSTR("InstantAmperage"));
    IOObjectRelease(battery);
    if (!milliVolts || !milliAmperes || *milliAmperes >= 0)
        return std::nullopt;
    return Watts(*milliVolts * -*milliAmperes * 1e-6);
}

} // namespace

Meters findSystemMeters() {
    Meters meters;
    if (discharge()) {
        Description description;
        description.source = "battery";
        description.method = "Sampled power of the battery's discharge: the whole machine, screen included";
        description.uncertainty = 0.1;
        description.part = Part::Machine;
        description.resolution = Seconds(5);
        meters.usable.push_back(std::make_unique<PowerMeter>(std::move(description), discharge));
    } else {
        meters.unusable.push_back(
            {"battery", "There is none or it does not discharge: what comes from the mains cannot be read"});
    }
    meters.unusable.push_back(
        {"powermetrics", "macOS tells the energy of processor and GPU only to the system's administrator"});
    return meters;
}

} // namespace greenfront::energy
