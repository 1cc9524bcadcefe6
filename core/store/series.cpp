// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/runs.h"
#include "core/store/statement.h"
#include "core/store/write_scope.h"

namespace greenfront::store {
namespace {

/// The series' row, made if it is not there.
std::int64_t seriesId(const Workspace& workspace, RunId run, const std::string& name) {
    Statement find(workspace, "SELECT id FROM series WHERE run = ? AND name = ?", run.value, name);
    if (find.step())
        return find.integer(0);
    Statement add(workspace, "INSERT INTO series (run, name) VALUES (?, ?) RETURNING id", run.value, name);
    add.step();
    const auto id = add.integer(0);
    add.run(); // SQLite counts a statement as done only after its last row
    return id;
}

} // namespace

void putSeries(Workspace& workspace, RunId run, const std::string& name,
               std::span<const SeriesPoint> points) {
    if (points.empty())
        return;
    WriteScope scope(workspace);
    const auto id = seriesId(workspace, run, name);
    Statement statement(workspace, "INSERT OR REPLACE INTO points (series, step, value) VALUES (?, ?, ?)");
    for (const auto& point : points)
        statement.bind(id, point.step, point.value).run();
    scope.commit();
}

std::vector<std::string> seriesNames(Workspace& workspace, RunId run) {
    std::vector<std::string> names;
    Statement statement(workspace, "SELECT name FROM series WHERE run = ? ORDER BY name", run.value);
    while (statement.step())
        names.push_back(statement.text(0));
    return names;
}

std::vector<SeriesPoint> series(Workspace& workspace, RunId run, const std::string& name,
                                std::int64_t fromStep) {
    std::vector<SeriesPoint> points;
    Statement statement(workspace,
                        "SELECT step, value FROM points WHERE series = "
                        "(SELECT id FROM series WHERE run = ? AND name = ?) AND step >= ? ORDER BY step",
                        run.value, name, fromStep);
    while (statement.step())
        points.push_back({statement.integer(0), statement.real(1)});
    return points;
}

} // namespace greenfront::store
