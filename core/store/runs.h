// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::store {

/// Interrupted: was running when its process ended. Resumable like Paused and Cancelled.
enum class RunState { Queued, Running, Paused, Interrupted, Cancelled, Failed, Finished };
std::string_view toText(RunState state);
std::optional<RunState> runStateFrom(std::string_view text);

struct RunRow {
    RunId id{};
    StudyId study;
    std::string kind;    ///< "training", "search"
    std::string subject; ///< what of its kind: the device that is searched for; may be empty
    RunState state = RunState::Queued;
    std::string started; ///< ISO 8601, UTC; empty before
    Seconds seconds{};   ///< active time, over all resumptions
    Json parameters;
    std::uint64_t seed = 0;
    Json versions;      ///< of Greenfront and the libraries that matter to the result
    std::string error;  ///< message of a failed run
    std::string note{}; ///< why a finished run ended before all that was planned was done; else empty
};

RunId addRun(Workspace& workspace, const RunRow& row); ///< id and started are ignored
/// Running sets started the first time.
void setRunState(Workspace& workspace, RunId id, RunState state, const std::string& error = {});
void setRunNote(Workspace& workspace, RunId id, const std::string& note);
void addRunSeconds(Workspace& workspace, RunId id, Seconds seconds);
/// Wherever runs are read, a Running one reads as Interrupted if no process holds the workspace's RunnerLock.
std::optional<RunRow> findRun(Workspace& workspace, RunId id);
std::vector<RunRow> runsOf(Workspace& workspace, StudyId study); ///< oldest first
std::vector<RunRow> allRuns(Workspace& workspace);               ///< oldest first

struct SeriesPoint {
    std::int64_t step = 0;
    double value = 0;
};

/// "loss", "accuracy_largest", ...; a point with the same step replaces the earlier one.
void putSeries(Workspace& workspace, RunId run, const std::string& name, std::span<const SeriesPoint> points);
std::vector<std::string> seriesNames(Workspace& workspace, RunId run);
std::vector<SeriesPoint> series(Workspace& workspace, RunId run, const std::string& name,
                                std::int64_t fromStep = 0);

struct EnergyRow {
    std::string phase; ///< "training", "search", "measuring"
    std::string source, method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds;
    Joules joules, low, high;
    std::string at; ///< ISO 8601, UTC, end of the interval; set by addEnergy
};

void addEnergy(Workspace& workspace, RunId run, const EnergyRow& row);
std::vector<EnergyRow> energySamples(Workspace& workspace, RunId run); ///< as added
/// Summed by phase and source, and by provenance: what was measured and what was estimated is never added up.
std::vector<EnergyRow> energyTotals(Workspace& workspace, RunId run);

} // namespace greenfront::store
