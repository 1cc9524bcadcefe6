// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace greenfront::formats {

/// What a parameter of Optuna was drawn from, as the column trial_params.distribution_json says it: the
/// FloatDistribution, IntDistribution and CategoricalDistribution of Optuna 3 and 4, and the
/// UniformDistribution, LogUniformDistribution, DiscreteUniformDistribution, IntUniformDistribution and
/// IntLogUniformDistribution of Optuna 2 (https://github.com/optuna/optuna, optuna/distributions.py).
struct OptunaDistribution {
    enum class Kind { Float, Integer, Categorical };

    Kind kind = Kind::Float;
    double low = 0, high = 0; ///< both included
    double step = 0;          ///< 0 where continuous
    bool logarithmic = false;
    std::vector<Json> choices{}; ///< what is no single value stands as its JSON text
};

/// Throws Error, naming the subject, for anything else.
OptunaDistribution optunaDistributionFrom(std::string_view json, const std::string& subject);

/// Which value the number in trial_params.param_value stands for: itself, or that choice. Throws Error for
/// none.
Json optunaValue(const OptunaDistribution& distribution, double number, const std::string& subject);

/// Optuna lets bounds change from trial to trial: the one that holds both. Throws Error where one is a choice
/// and the other a number.
OptunaDistribution united(const OptunaDistribution& one, const OptunaDistribution& other,
                          const std::string& subject);

/// As search::spaceParameterFromJson reads it.
Json spaceEntry(const std::string& name, const OptunaDistribution& distribution);

} // namespace greenfront::formats
