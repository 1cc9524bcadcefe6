// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/energy/embodied.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greenfront::energy {

/// R, what the score is a rate of.
enum class FunctionalUnit { Inference, ThousandInferences, TrainingRun };
/// "inference", "1000-inferences", "training-run"
std::string_view toText(FunctionalUnit unit);
/// Throws Error that lists them.
FunctionalUnit functionalUnitFrom(std::string_view text);
/// "1,000 inferences"
std::string_view titleOf(FunctionalUnit unit);

/// What one functional unit took.
struct SciInput {
    FunctionalUnit unit = FunctionalUnit::Inference;
    EnergyRange energy;                           ///< drawn by the hardware, before PUE
    Provenance provenance = Provenance::Measured; ///< of that energy
    std::string energyMethod;
    GridIntensity grid;
    double pue = 1;
    std::optional<DeviceClass> device; ///< nothing if the hardware's embodied carbon is not known
    Seconds reserved;                  ///< TiR
    double share = 1;                  ///< RR / ToR
    std::string boundary;              ///< what is included and what is not
};

/// SCI = ((E x I) + M) per R, ISO/IEC 21031:2024.
struct SciScore {
    SciInput input;
    EnergyRange energy; ///< E: with PUE
    CarbonRange operational, embodied, score;
    bool complete = false; ///< false: M is missing, so the number is O per R and not an SCI score
    /// What the specification wants disclosed, and where each number comes from: (title, text).
    std::vector<std::pair<std::string, std::string>> disclosures;
};

/// Throws Error for impossible input.
SciScore sciOf(const SciInput& input);

} // namespace greenfront::energy
