// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/search/constraint.h"
#include "core/search/history.h"
#include "core/search/objective.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::study {

/// What a tuning may cost altogether, over all resumptions; 0 is without limit.
struct TuningBudget {
    std::size_t trials = 100;
    double seconds = 0, joules = 0, grams = 0;

    bool operator==(const TuningBudget&) const = default;
};

/// Reads "seconds=3600", "joules=5e4", "grams=50" or "trials=20" into a budget; throws Error.
void setBudget(TuningBudget& budget, std::string_view text);

/// A study of a program's parameters: who tries which values, what for, and how long.
struct Tuning {
    std::string name = "tune";
    // What a tuning is; the same when it is taken up again.
    Json space; ///< as search::readParameterSpace() reads it
    std::vector<search::Objective> objectives{};
    std::vector<search::Constraint> constraints{};
    std::vector<std::string> command{}; ///< the program and its arguments, with {name} for parameters
    std::string method = "tpe";
    Json methodOptions = Json::object();
    std::uint64_t seed = 1;
    bool learns = true;                   ///< from past studies with the same objectives
    Json historyOptions = Json::object(); ///< of search::transferSchema()
    search::MetaFeatures metaFeatures{};  ///< of what it is tuned on, to find the past studies that are near
    // How it is run.
    std::string policy{}; ///< as search::policyFrom() reads it; empty for none
    TuningBudget budget{};
    double trialSeconds = 0; ///< after which a trial has failed; 0 is without limit
    std::size_t jobs = 1;    ///< trials at the same time
    std::string region{};    ///< whose grid turns joules into grams; the world's average if empty
    double pue = 1;
};

OrderedJson toJson(const TuningBudget& budget);
OrderedJson toJson(const Tuning& tuning);
/// Throws Error for what is none, of another version, or cannot be run.
Tuning tuningFromJson(const Json& json, const std::string& subject);
/// The words of a command line: separated by blanks, kept together by '...' or "...", with a backslash before
/// a character that is meant as it is. Nothing else is special: no shell reads it. Throws Error for a quote
/// that is never closed and for an empty command.
std::vector<std::string> commandWords(std::string_view text);

/// Throws Error for what could not be run, before anything is.
void checkTuning(const Tuning& tuning);

/// Another one for each study of the workspace, so that a further one does not try the same once more.
std::uint64_t nextSeed(store::Workspace& workspace);
/// Stores a new study, and what it may learn from: the past studies of this workspace and of others. Throws
/// Error if it could not be run, or if the workspace has one of this name with trials.
StudyId putTuning(store::Workspace& workspace, const Tuning& tuning,
                  std::span<const std::filesystem::path> others = {});
/// The tuning of this name, or the newest if it is empty; throws Error if there is none.
StudyId findTuning(store::Workspace& workspace, const std::string& name);
Tuning loadTuning(store::Workspace& workspace, StudyId id);
/// Changes how it is run. Throws Error, naming what differs, unless it is the same tuning.
void changeTuning(store::Workspace& workspace, StudyId id, const Tuning& tuning);

} // namespace greenfront::study
