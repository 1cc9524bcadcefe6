// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/schema.h"
#include "core/base/units.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::device {

/// What a model runs on.
struct Profile {
    std::string id;                 ///< "this-machine", "raspberry-pi-4"
    std::string title;              ///< "Raspberry Pi 4 B"
    bool measured = false;          ///< latency is measured here rather than estimated from the numbers below
    int threads = 1;                ///< that inference uses and peakGflops counts
    double peakGflops = 0;          ///< fp32, the threads that inference uses
    double bandwidthGBs = 0;        ///< memory, sustained
    double efficiency = 0.35;       ///< share of the peak that convolutions reach
    Seconds overhead{5e-6};         ///< a layer, dispatch
    Bytes memory;                   ///< available to a model: a hard limit; 0 if unknown
    std::optional<Bytes> flash;     ///< for weights apart from the memory, of microcontrollers: a hard limit
    Watts power;                    ///< while it computes; 0 if unknown
    std::optional<Watts> idlePower; ///< while it waits
    std::optional<double> price;    ///< US dollars, of one
    std::optional<double> lifetime; ///< years of use that are expected
    std::string embodiedClass;      ///< of resources/embodied.csv; empty if unknown
    double embodiedShare =
        1;              ///< of the whole device that the numbers above describe: 8 of 64 cores are 0.125
    std::string source; ///< where the numbers come from
};

constexpr const char* thisMachine = "this-machine";

/// This machine first, then the descriptions in resources/devices.
const std::vector<Profile>& knownDevices();
/// Throws Error that lists the known ones.
const Profile& findDevice(const std::string& id);
/// The description of a shipped device as its file has it; throws Error for others.
Json shippedDescription(const std::string& id);
/// Is its speed described, so that latencies can be estimated?
bool hasSpeed(const Profile& profile);
/// A described device, see profileSchema(). Id, title, threads and source have to be there; peak_gflops and
/// bandwidth_gb_s come together or not at all. Throws Error naming the subject and what is missing, unknown
/// or out of range.
Profile profileFromJson(const Json& json, const std::string& subject);
/// The keys of a described device with their units, kinds and ranges.
Schema profileSchema();

} // namespace greenfront::device
