// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/runs.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/store/columns.h"
#include "core/store/failure.h"
#include "core/store/statement.h"

#include <algorithm>
#include <array>
#include <bit>
#include <sqlite3.h>

namespace greenfront::store {
namespace {

constexpr std::array<std::string_view, 7> states{"queued",    "running", "paused",  "interrupted",
                                                 "cancelled", "failed",  "finished"};

RunRow rowOf(const Workspace& workspace, const Statement& statement) {
    RunRow row;
    row.id = {statement.integer(0)};
    row.study = {statement.integer(1)};
    row.kind = statement.text(2);
    row.subject = statement.text(3);
    const auto state = runStateFrom(statement.text(4));
    if (!state)
        throwDamaged(workspace.path(), "a run is in an unknown state");
    row.state = *state;
    row.started = statement.text(5);
    row.seconds = Seconds(statement.real(6));
    row.parameters = jsonFrom(workspace, statement.text(7));
    row.seed = std::bit_cast<std::uint64_t>(statement.integer(8));
    row.versions = jsonFrom(workspace, statement.text(9));
    row.error = statement.text(10);
    row.note = statement.text(11);
    return row;
}

std::vector<RunRow> rowsOf(const Workspace& workspace, Statement& statement) {
    std::vector<RunRow> rows;
    while (statement.step())
        rows.push_back(rowOf(workspace, statement));
    const auto isRunning = [](const RunRow& row) { return row.state == RunState::Running; };
    if (std::ranges::any_of(rows, isRunning) && !RunnerLock::isHeld(workspace.path()))
        for (auto& row : rows)
            if (isRunning(row))
                row.state = RunState::Interrupted;
    return rows;
}

void requireChange(const Workspace& workspace, RunId id) {
    if (sqlite3_changes(workspace.handle()) == 0)
        throw Error("change", "run " + std::to_string(id.value), "it is not in " + workspace.path().string());
}

} // namespace

std::string_view toText(RunState state) {
    return states[static_cast<std::size_t>(state)];
}

std::optional<RunState> runStateFrom(std::string_view text) {
    const auto* const found = std::ranges::find(states, text);
    if (found == states.end())
        return std::nullopt;
    return static_cast<RunState>(found - states.begin());
}

RunId addRun(Workspace& workspace, const RunRow& row) {
    Statement(workspace,
              "INSERT INTO runs (study, kind, subject, state, seconds, parameters, seed, versions, error) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              row.study.value, row.kind, row.subject, toText(row.state), row.seconds.value,
              jsonText(row.parameters), std::bit_cast<std::int64_t>(row.seed), jsonText(row.versions),
              row.error)
        .run();
    return {sqlite3_last_insert_rowid(workspace.handle())};
}

void setRunState(Workspace& workspace, RunId id, RunState state, const std::string& error) {
    Statement(workspace,
              "UPDATE runs SET state = ?1, error = ?2, "
              "started = CASE WHEN started = '' AND ?1 = 'running' THEN ?3 ELSE started END WHERE id = ?4",
              toText(state), error, utcNow(), id.value)
        .run();
    requireChange(workspace, id);
}

void setRunNote(Workspace& workspace, RunId id, const std::string& note) {
    Statement(workspace, "UPDATE runs SET note = ? WHERE id = ?", note, id.value).run();
    requireChange(workspace, id);
}

void addRunSeconds(Workspace& workspace, RunId id, Seconds seconds) {
    Statement(workspace, "UPDATE runs SET seconds = seconds + ? WHERE id = ?", seconds.value, id.value).run();
    requireChange(workspace, id);
}

std::optional<RunRow> findRun(Workspace& workspace, RunId id) {
    Statement statement(workspace,
                        "SELECT id, study, kind, subject, state, started, seconds, parameters, seed, "
                        "versions, error, note FROM runs WHERE id = ?",
                        id.value);
    auto rows = rowsOf(workspace, statement);
    if (rows.empty())
        return std::nullopt;
    return std::move(rows.front());
}

std::vector<RunRow> runsOf(Workspace& workspace, StudyId study) {
    Statement statement(workspace,
                        "SELECT id, study, kind, subject, state, started, seconds, parameters, seed, "
                        "versions, error, note FROM runs WHERE study = ? ORDER BY id",
                        study.value);
    return rowsOf(workspace, statement);
}

std::vector<RunRow> allRuns(Workspace& workspace) {
    Statement statement(workspace, "SELECT id, study, kind, subject, state, started, seconds, parameters, "
                                   "seed, versions, error, note FROM runs ORDER BY id");
    return rowsOf(workspace, statement);
}

} // namespace greenfront::store
