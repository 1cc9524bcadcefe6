// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/what_if.h"

#include <utility>

namespace greenfront::study {

std::vector<Outcome> whatIf(const StudyAccount& account, std::span<const Scenario> scenarios,
                            const std::optional<ModelInUse>& model) {
    std::vector<Outcome> outcomes;
    for (const Scenario& scenario : scenarios) {
        const CarbonSettings& settings = scenario.settings;
        Outcome outcome;
        outcome.name = scenario.name;
        outcome.settings = settings;
        outcome.hour = scenario.hour;
        const double pue = energy::checkedPue(settings.pue);
        outcome.operational = scenario.hour ? scenario.hour->carbon * pue
                                            : energy::carbonOf(account.joules, settings.grid.value, pue);
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

Scenario atHour(std::string name, CarbonSettings settings, OtherHour hour) {
    settings.grid = hour.grid;
    return {std::move(name), std::move(settings), std::move(hour)};
}

} // namespace greenfront::study
