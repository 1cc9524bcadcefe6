// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/trial_study.h"

#include <filesystem>
#include <string>
#include <vector>

namespace greenfront::formats {

struct TrialTableOptions {
    std::string name{};                       ///< of the study
    std::vector<TrialObjective> objectives{}; ///< by their columns
    std::vector<std::string> parameters{};    ///< their columns
};

/// A table with a row a trial: what Optuna's study.trials_dataframe().to_csv() writes, and what other
/// programs export alike. A file of separated values as data::CsvRows reads it, whose first line names its
/// columns.
///
/// Objectives must be named, since no table says which way its values are better; a column is also found
/// without what stands before its name ("metrics.", "values_", ...). Parameters are those named, or else all
/// columns whose names begin with "params_", "params.", "param.", "config.", "config/" or "hparams.", which
/// is left out of the parameters' names. How a trial ended is read from a column "state" or "status", how
/// long it took from Optuna's datetimes and durations or a column of seconds; a trial without a number for
/// each objective failed. Bounds are what is seen, and no logarithm is guessed.
///
/// Throws Error where that leaves open what is what, naming the columns, and for what is no table.
TrialStudy readTrialTable(const std::filesystem::path& file, const TrialTableOptions& options);

} // namespace greenfront::formats
