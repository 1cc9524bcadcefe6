// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/device/adapt.h"
#include "core/device/latency.h"
#include "core/device/latency_table.h"
#include "core/device/lookup_table.h"

#include <memory>
#include <span>
#include <string>

namespace greenfront::device {

/// Tells the latency of any network on one device, batch 1, and says what it is told from.
class LatencyModel {
public:
    virtual ~LatencyModel() = default;
    /// Throws Error where it cannot tell, naming the part that it does not know.
    virtual Latency of(const arch::Network& network) const = 0;
    /// "measured networks, measured blocks, regressors (412 blocks, 60 networks)"
    virtual std::string summary() const = 0;
};

/// From the description alone.
std::unique_ptr<LatencyModel> rooflineModel(const Profile& profile);
/// The sum of what tables of the once-for-all project say, one a resolution.
std::unique_ptr<LatencyModel> publishedModel(std::vector<LookupTable> tables);
/// Greenfront's own table: a network that was measured, else the corrected sum of its blocks, those that were
/// not measured by regressors.
std::unique_ptr<LatencyModel> tableModel(LatencyTable table);
/// How well a table's blocks predict its held-out networks; as if no network had been measured.
Accuracy unseenAccuracy(const LatencyTable& table);
/// Another device's model, corrected by what few networks took here.
std::unique_ptr<LatencyModel> adaptedModel(std::unique_ptr<LatencyModel> base, Correction correction,
                                           std::vector<NetworkTime> networks, std::string title);

/// What a workspace keeps of a device's latencies: {"kind": "table", "table"}, {"kind": "once-for-all",
/// "tables"} or {"kind": "adapted", "title", "base", "profile", "measured"}, where measured is a table of
/// networks alone with the correction; null is a roofline. Throws Error naming the subject.
std::unique_ptr<LatencyModel> latencyModelFromJson(const Json& json, const Profile& profile,
                                                   const std::string& subject);

} // namespace greenfront::device
