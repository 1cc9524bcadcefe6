// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/predictions.h"

#include "core/base/clock.h"
#include "core/store/statement.h"

namespace greenfront::store {
namespace {

std::vector<PredictionRow> rowsOf(Statement& statement) {
    std::vector<PredictionRow> rows;
    while (statement.step()) {
        PredictionRow row;
        row.run = RunId{statement.integer(0)};
        row.kind = statement.text(1);
        row.share = statement.real(2);
        row.planned = statement.integer(3);
        row.joules = Joules(statement.real(4));
        row.joulesLow = Joules(statement.real(5));
        row.joulesHigh = Joules(statement.real(6));
        row.seconds = Seconds(statement.real(7));
        row.secondsLow = Seconds(statement.real(8));
        row.secondsHigh = Seconds(statement.real(9));
        row.method = statement.text(10);
        row.at = statement.text(11);
        row.correction = statement.real(12);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

void putPrediction(Workspace& workspace, const PredictionRow& row) {
    Statement(workspace,
              "INSERT OR REPLACE INTO predictions (run, kind, share, planned, joules, joules_low, "
              "joules_high, seconds, seconds_low, seconds_high, method, at, correction) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              row.run.value, row.kind, row.share, row.planned, row.joules.value, row.joulesLow.value,
              row.joulesHigh.value, row.seconds.value, row.secondsLow.value, row.secondsHigh.value,
              row.method, utcNow(), row.correction)
        .run();
}

std::vector<PredictionRow> predictionsOf(Workspace& workspace, RunId run) {
    Statement statement(
        workspace,
        "SELECT run, kind, share, planned, joules, joules_low, joules_high, seconds, "
        "seconds_low, seconds_high, method, at, correction FROM predictions WHERE run = ? ORDER BY kind",
        run.value);
    return rowsOf(statement);
}

std::vector<PredictionRow> allPredictions(Workspace& workspace) {
    Statement statement(
        workspace, "SELECT run, kind, share, planned, joules, joules_low, joules_high, seconds, "
                   "seconds_low, seconds_high, method, at, correction FROM predictions ORDER BY run, kind");
    return rowsOf(statement);
}

} // namespace greenfront::store
