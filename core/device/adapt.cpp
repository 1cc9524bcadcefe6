// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/adapt.h"

#include "core/base/error.h"
#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::device {
namespace {

double errorOf(const Compared& each) {
    return std::abs(each.predicted / each.measured - 1);
}

/// Leaves out the network of this index; none beyond the end.
Correction fitWithout(std::span<const Compared> networks, std::size_t leftOut) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < networks.size(); ++i) {
        if (i == leftOut)
            continue;
        const double x = std::log(networks[i].predicted.value);
        n += 1;
        sumX += x;
        sumY += std::log(networks[i].measured.value);
        low = std::min(low, x);
        high = std::max(high, x);
    }
    if (n < 1)
        return {};
    double slope = 1;
    if (n >= 4 && high - low > std::log(1.2)) {
        double xx = 0;
        double xy = 0;
        for (std::size_t i = 0; i < networks.size(); ++i) {
            if (i == leftOut)
                continue;
            const double x = std::log(networks[i].predicted.value) - sumX / n;
            xx += x * x;
            xy += x * (std::log(networks[i].measured.value) - sumY / n);
        }
        slope = std::clamp(xy / xx, 0.1, 10.0);
    }
    return {.offset = sumY / n - slope * sumX / n, .slope = slope};
}

} // namespace

Seconds corrected(const Correction& correction, Seconds predicted) {
    return Seconds(std::exp(correction.offset + correction.slope * std::log(predicted.value)));
}

Correction fitCorrection(std::span<const Compared> networks) {
    if (networks.empty())
        throw Error("fit", "a latency model", "no network was measured", "Measure some, ten say");
    Correction correction = fitWithout(networks, networks.size());
    std::vector<double> errors;
    for (std::size_t i = 0; i < networks.size(); ++i) {
        const Correction without = networks.size() > 1 ? fitWithout(networks, i) : correction;
        errors.push_back(errorOf({corrected(without, networks[i].predicted), networks[i].measured}));
    }
    // One network tells nothing of how wrong another would be.
    correction.error = networks.size() > 2 ? quantileOf(errors, 0.95) : 1;
    return correction;
}

Accuracy accuracyOf(std::span<const Compared> networks) {
    Accuracy accuracy{.networks = networks.size()};
    std::vector<double> predicted;
    std::vector<double> measured;
    std::vector<double> errors;
    for (const Compared& each : networks) {
        predicted.push_back(each.predicted.value);
        measured.push_back(each.measured.value);
        errors.push_back(errorOf(each));
    }
    if (networks.empty())
        return accuracy;
    const auto count = static_cast<double>(networks.size());
    accuracy.within5 =
        static_cast<double>(std::ranges::count_if(errors, [](double e) { return e <= 0.05; })) / count;
    accuracy.within10 =
        static_cast<double>(std::ranges::count_if(errors, [](double e) { return e <= 0.10; })) / count;
    accuracy.spearman = networks.size() < 3 ? 0 : rankCorrelation(predicted, measured);
    accuracy.quantile95 = quantileOf(errors, 0.95);
    accuracy.worst = quantileOf(errors, 1);
    accuracy.median = quantileOf(errors, 0.5);
    return accuracy;
}

} // namespace greenfront::device
