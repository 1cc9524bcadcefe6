// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/trials.h"

#include "core/base/error.h"
#include "core/store/columns.h"
#include "core/store/failure.h"
#include "core/store/runs.h"
#include "core/store/statement.h"
#include "core/store/write_scope.h"

#include <algorithm>
#include <array>
#include <sqlite3.h>

namespace greenfront::store {
namespace {

constexpr std::array<std::string_view, 4> outcomes{"finished", "stopped", "infeasible", "failed"};

std::optional<TrialResult> resultOf(const Workspace& workspace, const Statement& statement) {
    const std::string text = statement.text(3);
    if (text.empty())
        return std::nullopt;
    const auto* const found = std::ranges::find(outcomes, text);
    if (found == outcomes.end())
        throwDamaged(workspace.path(), "a trial has an unknown outcome");
    TrialResult result;
    result.outcome = static_cast<TrialOutcome>(found - outcomes.begin());
    result.objectives = unpacked(workspace, statement.bytes(4));
    result.violation = statement.real(5);
    result.reason = statement.text(6);
    return result;
}

} // namespace

std::string_view toText(TrialOutcome outcome) {
    return outcomes[static_cast<std::size_t>(outcome)];
}

RunId addTrial(Workspace& workspace, StudyId study, std::uint64_t number, const Json& parameters,
               const Json& versions) {
    WriteScope scope(workspace);
    RunRow row;
    row.study = study;
    row.kind = "trial";
    row.subject = std::to_string(number);
    row.parameters = parameters;
    row.versions = versions;
    const RunId run = addRun(workspace, row);
    setRunState(workspace, run, RunState::Running);
    Statement(workspace, "INSERT INTO trials (run, study, number) VALUES (?, ?, ?)", run.value, study.value,
              static_cast<std::int64_t>(number))
        .run();
    scope.commit();
    return run;
}

void restartTrial(Workspace& workspace, RunId run) {
    WriteScope scope(workspace);
    Statement(workspace, "DELETE FROM series WHERE run = ?", run.value).run();
    setRunState(workspace, run, RunState::Running);
    scope.commit();
}

void endTrial(Workspace& workspace, RunId run, const TrialResult& result) {
    WriteScope scope(workspace);
    Statement(workspace,
              "UPDATE trials SET outcome = ?1, objectives = ?2, violation = ?3, "
              "told = (SELECT coalesce(max(told), -1) + 1 FROM trials AS others WHERE others.study = "
              "trials.study) WHERE run = ?4",
              toText(result.outcome), packed(result.objectives), result.violation, run.value)
        .run();
    if (sqlite3_changes(workspace.handle()) == 0)
        throw Error("end", "trial " + std::to_string(run.value), "it is not in " + workspace.path().string());
    const bool failed = result.outcome == TrialOutcome::Failed;
    setRunState(workspace, run, failed ? RunState::Failed : RunState::Finished, failed ? result.reason : "");
    if (!failed && !result.reason.empty())
        setRunNote(workspace, run, result.reason);
    scope.commit();
}

std::vector<TrialRow> trialsOf(Workspace& workspace, StudyId study) {
    Statement statement(workspace,
                        "SELECT trials.run, number, parameters, outcome, objectives, violation, "
                        "CASE outcome WHEN 'failed' THEN error ELSE note END, seconds, "
                        "(SELECT sum(joules) FROM energy WHERE energy.run = trials.run), "
                        "(SELECT sum(low) FROM energy WHERE energy.run = trials.run), "
                        "(SELECT sum(high) FROM energy WHERE energy.run = trials.run) "
                        "FROM trials JOIN runs ON runs.id = trials.run WHERE trials.study = ? "
                        "ORDER BY told IS NULL, told, number",
                        study.value);
    std::vector<TrialRow> rows;
    while (statement.step()) {
        TrialRow& row = rows.emplace_back();
        row.run = {statement.integer(0)};
        row.number = static_cast<std::uint64_t>(statement.integer(1));
        row.parameters = jsonFrom(workspace, statement.text(2));
        row.result = resultOf(workspace, statement);
        row.seconds = Seconds(statement.real(7));
        row.joules = Joules(statement.optionalReal(8).value_or(0));
        row.low = Joules(statement.optionalReal(9).value_or(0));
        row.high = Joules(statement.optionalReal(10).value_or(0));
    }
    return rows;
}

TrialCount countTrials(Workspace& workspace, StudyId study) {
    Statement statement(workspace,
                        "SELECT count(*), count(*) - count(told), total(seconds), "
                        "(SELECT total(joules) FROM energy JOIN trials AS own ON own.run = energy.run "
                        "WHERE own.study = ?1) "
                        "FROM trials JOIN runs ON runs.id = trials.run WHERE trials.study = ?1",
                        study.value);
    statement.step();
    return {static_cast<std::size_t>(statement.integer(0)), static_cast<std::size_t>(statement.integer(1)),
            Seconds(statement.real(2)), Joules(statement.real(3))};
}

} // namespace greenfront::store
