// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/store/columns.h"
#include "core/store/runs.h"
#include "core/store/statement.h"

namespace greenfront::store {
namespace {

std::vector<EnergyRow> rowsOf(const Workspace& workspace, Statement& statement) {
    std::vector<EnergyRow> rows;
    while (statement.step()) {
        EnergyRow row;
        row.phase = statement.text(0);
        row.source = statement.text(1);
        row.method = statement.text(2);
        row.provenance = provenanceFrom(workspace, statement.text(3));
        row.seconds = Seconds(statement.real(4));
        row.joules = Joules(statement.real(5));
        row.low = Joules(statement.real(6));
        row.high = Joules(statement.real(7));
        row.at = statement.text(8);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

void addEnergy(Workspace& workspace, RunId run, const EnergyRow& row) {
    Statement(workspace,
              "INSERT INTO energy (run, phase, source, method, provenance, seconds, joules, low, high, at) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              run.value, row.phase, row.source, row.method, toText(row.provenance), row.seconds.value,
              row.joules.value, row.low.value, row.high.value, utcNow())
        .run();
}

std::vector<EnergyRow> energySamples(Workspace& workspace, RunId run) {
    Statement statement(workspace,
                        "SELECT phase, source, method, provenance, seconds, joules, low, high, at "
                        "FROM energy WHERE run = ? ORDER BY id",
                        run.value);
    return rowsOf(workspace, statement);
}

std::vector<EnergyRow> energyTotals(Workspace& workspace, RunId run) {
    // The errors of one source go the same way each time, so the ends of the intervals are added too. With
    // max(id), SQLite takes the other columns (method, at) from that latest row.
    Statement statement(workspace,
                        "SELECT phase, source, method, provenance, sum(seconds), sum(joules), sum(low), "
                        "sum(high), at, max(id) FROM energy WHERE run = ? "
                        "GROUP BY phase, source, provenance ORDER BY min(id)",
                        run.value);
    return rowsOf(workspace, statement);
}

} // namespace greenfront::store
