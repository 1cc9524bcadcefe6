// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/embodied.h"

#include <optional>
#include <string>

namespace greenfront::energy {

/// What a model is made and used for. Every field is an assumption of the user's or comes from a metric.
struct LifecycleInput {
    CarbonRange making;       ///< search and training that found it, all of it
    double deployed = 1;      ///< devices over which making and exporting are amortised
    CarbonRange exporting;    ///< export and compression, all of it
    EnergyRange perInference; ///< drawn by the device
    double inferencesPerDay = 0;
    double days = 0;
    GramsPerKwh intensity; ///< where the device is used
    double pue = 1;        ///< of where the device is used
    /// Nothing if what it took to make the device is not known: it is then left out, and said to be.
    std::optional<DeviceClass> device;
    Seconds latency;          ///< of one inference, for the time that it takes up
    double deviceShare = 0;   ///< of the device, reserved all day; 0: only while it computes
    double resourceShare = 1; ///< RR / ToR of what the model runs on: 8 of 64 cores are 0.125
};

struct Lifecycle {
    CarbonRange making, exporting, use, embodied; ///< for one device
    bool embodiedKnown = false;
    CarbonRange total() const { return making + exporting + use + embodied; }
};

/// Lifecycle carbon of a model on one device: its share of the search and training, plus export and
/// compression, plus energy per inference x inferences a day x days x intensity, plus its share of the
/// device's embodied carbon. Throws Error for negative or impossible assumptions, among them more inferences
/// a day than fit into one.
Lifecycle lifecycleOf(const LifecycleInput& input);

/// One model for the break-even: what it cost before its first inference, and what each inference adds.
struct CarbonLine {
    GramsCO2e fixed, perInference;
};
/// Over all devices together.
CarbonLine lineOf(const LifecycleInput& input);

/// After how many inferences the model that cost more to make is the greener one; 0 if one of the two is no
/// worse in both. Nothing if never: it costs more to make and no less to use.
std::optional<double> breakEven(const CarbonLine& a, const CarbonLine& b);

} // namespace greenfront::energy
