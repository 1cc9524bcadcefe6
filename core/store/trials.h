// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::store {

/// How a trial ended: with a result; by a policy, before its end; with a result that breaks a constraint;
/// without one.
enum class TrialOutcome { Finished, Stopped, Infeasible, Failed };
std::string_view toText(TrialOutcome outcome);

struct TrialResult {
    TrialOutcome outcome = TrialOutcome::Finished;
    std::vector<double> objectives{}; ///< one an objective of the study; empty where there are none
    double violation = 0;             ///< of the constraints; above 0 unless it finished
    std::string reason{};             ///< why it was stopped or failed
};

/// One try of a study of store::tuningKind. It is a run of the kind "trial" too: its parameters, its metrics
/// over time, its seconds and its joules stand with the run.
struct TrialRow {
    RunId run{};
    std::uint64_t number = 0; ///< that the search gave it, from 0
    Json parameters;          ///< {name: value} of the active ones
    std::optional<TrialResult> result;
    Seconds seconds{};
    Joules joules{}, low{}, high{}; ///< of all sources
};

/// It is running from now on.
RunId addTrial(Workspace& workspace, StudyId study, std::uint64_t number, const Json& parameters,
               const Json& versions);
/// An interrupted trial is running again, from its beginning: what it had reported is forgotten, what it had
/// taken is not.
void restartTrial(Workspace& workspace, RunId run);
/// Results are counted in the order in which they come.
void endTrial(Workspace& workspace, RunId run, const TrialResult& result);
/// In the order of their results; behind them those without one, by number.
std::vector<TrialRow> trialsOf(Workspace& workspace, StudyId study);

struct TrialCount {
    std::size_t all = 0, open = 0; ///< open: without a result
    Seconds seconds{};             ///< what they took
    Joules joules{};               ///< of all sources
};
TrialCount countTrials(Workspace& workspace, StudyId study);

} // namespace greenfront::store
