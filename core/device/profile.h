// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/units.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::device {

/// What a model runs on.
struct Profile {
    std::string id;            ///< "this-machine", "raspberry-pi-4"
    std::string title;         ///< "Raspberry Pi 4 B"
    bool measured = false;     ///< latency is measured here rather than estimated from the numbers below
    int threads = 1;           ///< that inference uses and peakGflops counts
    double peakGflops = 0;     ///< fp32, the threads that inference uses
    double bandwidthGBs = 0;   ///< memory, sustained
    double efficiency = 0.35;  ///< share of the peak that convolutions reach
    Seconds overhead{5e-6};    ///< a layer, dispatch
    Bytes memory;              ///< available to a model; 0 if unknown
    Watts power;               ///< while it computes; 0 if unknown
    std::string embodiedClass; ///< of resources/embodied.csv; empty if unknown
    double embodiedShare =
        1;              ///< of the whole device that the numbers above describe: 8 of 64 cores are 0.125
    std::string source; ///< where the numbers come from
};

constexpr const char* thisMachine = "this-machine";

/// This machine first, then the descriptions in resources/devices.
const std::vector<Profile>& knownDevices();
/// Throws Error that lists the known ones.
const Profile& findDevice(const std::string& id);
/// A described device:
/// {"id", "title", "threads", "peak_gflops", "bandwidth_gb_s", "efficiency", "overhead_us", "memory_mib",
/// "power_w", "embodied_class", "embodied_share", "source"}; efficiency, overhead and what is embodied may be
/// left out. Throws Error naming the subject and what is missing, unknown or out of range.
Profile profileFromJson(const Json& json, const std::string& subject);

} // namespace greenfront::device
