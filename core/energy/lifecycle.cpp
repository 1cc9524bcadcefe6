// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/lifecycle.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <cmath>

namespace greenfront::energy {
namespace {

constexpr Seconds oneDay(24.0 * 3600);

void require(bool good, const std::string& reason) {
    if (!good)
        throw Error("compute", "lifecycle carbon", reason, "Correct the assumption");
}

void check(const LifecycleInput& input) {
    const auto notNegative = [](double value) { return std::isfinite(value) && value >= 0; };
    require(std::isfinite(input.deployed) && input.deployed >= 1, "fewer than one device is deployed");
    require(notNegative(input.inferencesPerDay), "the inferences a day are negative or no number");
    require(notNegative(input.days), "the days of use are negative or no number");
    require(notNegative(input.intensity.value), "the intensity is negative or no number");
    require(notNegative(input.perInference.low.value) && input.perInference.low <= input.perInference.value &&
                input.perInference.value <= input.perInference.high,
            "the energy of an inference is negative or outside of its own bounds");
    require(input.deviceShare >= 0 && input.deviceShare <= 1,
            "the share of the device is not within 0 and 1");
    require(input.resourceShare > 0 && input.resourceShare <= 1,
            "the share of the resources is not within 0 and 1");
    require(notNegative(input.latency.value), "the latency is negative or no number");
    require(input.latency.value * input.inferencesPerDay <= oneDay.value * (1 + 1e-9),
            numberText(input.inferencesPerDay) + " inferences of " + toText(input.latency) +
                " do not fit into a day");
    checkedPue(input.pue);
}

/// Of one inference, while nothing is reserved beyond the time that it computes.
CarbonRange embodiedOf(const LifecycleInput& input, Seconds reserved, double share) {
    if (!input.device)
        return {};
    return embodiedShare(input.device->embodied, reserved, oneYear * input.device->years, share);
}

} // namespace

Lifecycle lifecycleOf(const LifecycleInput& input) {
    check(input);
    const double inferences = input.inferencesPerDay * input.days;
    Lifecycle result;
    result.making = input.making * (1.0 / input.deployed);
    result.exporting = input.exporting * (1.0 / input.deployed);
    result.use = carbonOf(input.perInference, input.intensity, input.pue) * inferences;
    result.embodiedKnown = input.device.has_value();
    result.embodied = input.deviceShare > 0
                          ? embodiedOf(input, oneDay * input.days, input.deviceShare)
                          : embodiedOf(input, input.latency * inferences, input.resourceShare);
    return result;
}

CarbonLine lineOf(const LifecycleInput& input) {
    check(input);
    CarbonRange each = carbonOf(input.perInference, input.intensity, input.pue);
    // A device that is reserved all day is made whether or not the model runs, and for both models alike.
    if (input.deviceShare == 0)
        each += embodiedOf(input, input.latency, input.resourceShare);
    return {(input.making + input.exporting).value, each.value};
}

std::optional<double> breakEven(const CarbonLine& a, const CarbonLine& b) {
    const CarbonLine& dearer = a.fixed > b.fixed ? a : b;
    const CarbonLine& cheaper = a.fixed > b.fixed ? b : a;
    const GramsCO2e extra = dearer.fixed - cheaper.fixed;
    const GramsCO2e saved = cheaper.perInference - dearer.perInference;
    if (extra.value == 0)
        return 0.0;
    if (saved.value <= 0)
        return std::nullopt;
    return extra / saved;
}

} // namespace greenfront::energy
