// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/what_if.h"

#include "core/base/error.h"

#include <cmath>

namespace greenfront::study {

std::vector<Outcome> whatIf(const StudyAccount& account, std::span<const Scenario> scenarios,
                            const std::optional<ModelInUse>& model) {
    std::vector<Outcome> outcomes;
    for (const Scenario& scenario : scenarios) {
        const CarbonSettings& settings = scenario.settings;
        Outcome outcome;
        outcome.name = scenario.name;
        outcome.settings = settings;
        outcome.operational =
            energy::carbonOf(account.joules, settings.grid.value, energy::checkedPue(settings.pue));
        if (settings.machine)
            outcome.embodied = energy::embodiedShare(settings.machine->embodied, account.seconds,
                                                     energy::oneYear * settings.machine->years, 1.0);
        if (model)
            if (const auto input = lifecycleInput(settings, account, model->device, model->metrics))
                outcome.lifecycle = energy::lifecycleOf(*input);
        const double first =
            outcomes.empty() ? outcome.operational.value.value : outcomes.front().operational.value.value;
        outcome.savedPercent = first > 0 ? 100.0 * (1.0 - outcome.operational.value.value / first) : 0.0;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

energy::GridIntensity gridDuring(const energy::IntensitySeries& series, energy::Moment start, Seconds length,
                                 const std::string& source) {
    const auto whole = std::chrono::seconds(std::max<std::int64_t>(1, std::llround(length.value)));
    const auto mean = series.mean(start, start + whole);
    if (!mean)
        throw Error("use", source,
                    "it does not know all of the " + toText(length) + " from " + energy::isoText(start) +
                        " on",
                    "It goes from " + energy::isoText(series.start()) + " to " +
                        energy::isoText(series.end()) + (series.gaps().empty() ? "" : ", with gaps"));
    energy::GridIntensity grid =
        energy::fixedGrid(*mean, source + ", from " + energy::isoText(start) + " on");
    grid.place = series.place();
    return grid;
}

} // namespace greenfront::study
