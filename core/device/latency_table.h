// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/device/fused_units.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::device {

/// A fused unit as it was measured within the networks that hold it.
struct BlockTime {
    FusedUnit unit;          ///< without layers
    Seconds time, low, high; ///< median and range over those networks
    int networks = 0;        ///< that it was measured in
};

/// A whole network as it was measured.
struct NetworkTime {
    Genotype genotype;       ///< in the table's space
    std::string key;         ///< networkKey()
    Seconds time, low, high; ///< median and its 95 % interval
    bool heldOut = false;    ///< was not seen by what predicts latencies
};

/// predicted = exp(offset + slope log(sum of the blocks))
struct Correction {
    double offset = 0, slope = 1;
    double error = 0; ///< half-width of the 95 % interval: 0.08 is within 8 %
};

/// Power while networks ran, for the energy of an inference.
struct MeasuredPower {
    Watts power;
    Provenance provenance = Provenance::Estimated;
    std::string method;
};

/// Greenfront's own latency table: what was measured on one machine, by blocks and by whole networks. As JSON
/// "greenfront-latency-table", version 1; times are in milliseconds.
struct LatencyTable {
    std::string machine, processor, library, method, at; ///< at: ISO 8601, UTC
    int threads = 1;
    Json space;     ///< of the genotypes
    Seconds call{}; ///< of a network apart from its units
    std::vector<BlockTime> blocks{};
    std::vector<NetworkTime> networks{};
    Correction correction{};
    std::optional<MeasuredPower> power{};
};

constexpr const char* latencyTableFormat = "greenfront-latency-table";

OrderedJson toJson(const LatencyTable& table);
/// Throws Error naming the subject and the key: another format or version, a key that is missing or of
/// another kind, a time that is not above 0, blocks and networks that disagree by more than a factor of 100
/// or are faster than any machine (another unit than milliseconds).
LatencyTable latencyTableFromJson(const Json& json, const std::string& subject);

} // namespace greenfront::device
