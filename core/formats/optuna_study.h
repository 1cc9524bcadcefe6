// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/trial_study.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::formats {

struct OptunaOptions {
    std::optional<std::string> study{}; ///< the one of this name; otherwise all
    /// Names for the study's values, in their order, instead of those that Optuna has for them; the
    /// directions must be the study's own.
    std::vector<TrialObjective> objectives{};
};

/// The studies of an Optuna SQLite file (RDBStorage), by its schemas v2.4.0.a and v2.6.0.a (Optuna 2.4 to
/// 2.10) and v3.0.0.a to v3.2.0.a (Optuna 3 and 4), as in https://github.com/optuna/optuna,
/// optuna/storages/_rdb/models.py and optuna/storages/_rdb/alembic/versions. Older ones are refused with the
/// advice to upgrade them.
///
/// Complete trials are finished, or infeasible where a sampler's constraints (the system attribute
/// "constraints") are above 0, or failed where a value is not finite; pruned ones are stopped, with the last
/// value that they reported as their own where they have none, as Optuna itself takes it. Values are called
/// what the study calls them (set_metric_names), or else "value", or "values_0", "values_1", ... as in
/// Optuna's data frames. Parameters' ranges are the distributions' own, united over the trials.
///
/// The file is not trusted and is not written. Throws Error where it is no such file, of an unknown version,
/// damaged, locked, or has no study of that name.
std::vector<TrialStudy> readOptunaStudies(const std::filesystem::path& file,
                                          const OptunaOptions& options = {});

} // namespace greenfront::formats
