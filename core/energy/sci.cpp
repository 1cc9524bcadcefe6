// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/sci.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <array>

namespace greenfront::energy {
namespace {

constexpr std::array units{FunctionalUnit::Inference, FunctionalUnit::ThousandInferences,
                           FunctionalUnit::TrainingRun};

std::string rangeText(const CarbonRange& range) {
    return toText(range.value) + " (" + toText(range.low) + " to " + toText(range.high) + ")";
}

std::string embodiedText(const SciScore& score) {
    const SciInput& input = score.input;
    if (!input.device)
        return "not included: the class of the hardware is not known, so this is O per R and not a whole SCI "
               "score";
    return rangeText(score.embodied) + "; TE = " + rangeText(input.device->embodied) + " for the class '" +
           input.device->id + "' (" + input.device->source + "), TiR = " + shortText(input.reserved.value) +
           " s, EL = " + shortText(input.device->years) +
           " years (assumed), RR/ToR = " + shortText(input.share);
}

std::vector<std::pair<std::string, std::string>> disclosuresOf(const SciScore& score) {
    const SciInput& input = score.input;
    return {{"Score", rangeText(score.score) + " per " + std::string(titleOf(input.unit))},
            {"Software boundary", input.boundary},
            {"Functional unit (R)", std::string(titleOf(input.unit))},
            {"Quantification method",
             "calculation in a laboratory setting; the energy is " + std::string(toText(input.provenance))},
            {"Energy (E)", shortText(inKwh(score.energy.value).value) + " kWh (" +
                               shortText(inKwh(score.energy.low).value) + " to " +
                               shortText(inKwh(score.energy.high).value) + "), with PUE; " +
                               input.energyMethod},
            {"PUE", shortText(input.pue)},
            {"Carbon intensity (I)", describe(input.grid)},
            {"Kind of intensity",
             std::string("average, location-based, no market-based measures") +
                 (input.grid.annual ? "; an annual value, the coarsest that is allowed" : "")},
            {"Year of the intensity", input.grid.year > 0 ? std::to_string(input.grid.year) : "not known"},
            {"Operational emissions (O = E x I)", rangeText(score.operational)},
            {"Embodied emissions (M)", embodiedText(score)},
            {"Not included",
             "networking, storage elsewhere, end-of-life of the hardware, and the making of the software "
             "beyond the boundary"}};
}

} // namespace

std::string_view toText(FunctionalUnit unit) {
    switch (unit) {
    case FunctionalUnit::Inference:
        return "inference";
    case FunctionalUnit::ThousandInferences:
        return "1000-inferences";
    case FunctionalUnit::TrainingRun:
        break;
    }
    return "training-run";
}

std::string_view titleOf(FunctionalUnit unit) {
    switch (unit) {
    case FunctionalUnit::Inference:
        return "inference";
    case FunctionalUnit::ThousandInferences:
        return "1,000 inferences";
    case FunctionalUnit::TrainingRun:
        break;
    }
    return "training run";
}

FunctionalUnit functionalUnitFrom(std::string_view text) {
    for (const FunctionalUnit unit : units)
        if (text == toText(unit))
            return unit;
    throw Error("use", "the functional unit '" + std::string(text) + "'", "there is no such unit",
                "Known are inference, 1000-inferences and training-run");
}

SciScore sciOf(const SciInput& input) {
    const double pue = checkedPue(input.pue);
    SciScore score;
    score.input = input;
    score.energy = {input.energy.low * pue, input.energy.value * pue, input.energy.high * pue};
    score.operational = carbonOf(score.energy, input.grid.value);
    score.complete = input.device.has_value();
    if (input.device)
        score.embodied =
            embodiedShare(input.device->embodied, input.reserved, oneYear * input.device->years, input.share);
    score.score = score.operational + score.embodied;
    score.disclosures = disclosuresOf(score);
    return score;
}

} // namespace greenfront::energy
