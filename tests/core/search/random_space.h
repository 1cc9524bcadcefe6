// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

namespace greenfront::testing {

/// A parameter of any kind; conditional on an earlier one half of the time.
inline search::SpaceParameter randomParameter(Rng& rng, const std::vector<search::SpaceParameter>& earlier) {
    using search::Distribution;
    search::SpaceParameter parameter{.name = "p" + std::to_string(earlier.size())};
    parameter.type = static_cast<search::ParameterType>(rng.below(4));
    if (parameter.type == search::ParameterType::Categorical ||
        parameter.type == search::ParameterType::Ordinal) {
        const auto count = static_cast<int>(2 + rng.below(5));
        for (int i = 0; i < count; ++i)
            parameter.values.emplace_back(i * i);
    } else {
        parameter.distribution = static_cast<Distribution>(rng.below(4));
        const bool whole = parameter.type == search::ParameterType::Integer;
        const bool bounded =
            parameter.distribution == Distribution::Uniform || parameter.distribution == Distribution::Log;
        parameter.low = whole ? static_cast<double>(1 + rng.below(9)) : rng.uniform(0.001, 2);
        parameter.high =
            parameter.low + (whole ? static_cast<double>(1 + rng.below(200)) : rng.uniform(0.1, 50));
        parameter.mean = rng.uniform(-2, 2);
        parameter.deviation = rng.uniform(0.1, 2);
        if (!whole && rng.chance(0.3))
            (bounded && rng.chance(0.5) ? parameter.step : parameter.quantum) = 0.05;
    }
    if (!earlier.empty() && rng.chance(0.5)) {
        const search::SpaceParameter& parent = earlier[rng.below(earlier.size())];
        search::Condition condition{.parent = parent.name};
        if (!parent.values.empty())
            condition.values = {parent.values[0], parent.values[1]};
        else
            condition.minimum = parent.distribution == Distribution::LogNormal ? 0.5 : parent.low;
        parameter.when.push_back(condition);
    }
    return parameter;
}

inline search::ParameterSpace randomSpace(Rng& rng) {
    std::vector<search::SpaceParameter> parameters;
    const std::size_t count = 1 + rng.below(8);
    while (parameters.size() < count)
        parameters.push_back(randomParameter(rng, parameters));
    return search::ParameterSpace(std::move(parameters));
}

} // namespace greenfront::testing
