// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/devices.h"

#include "core/base/clock.h"
#include "core/store/columns.h"
#include "core/store/statement.h"

#include <sqlite3.h>

namespace greenfront::store {
namespace {

DeviceRow rowOf(const Workspace& workspace, const Statement& statement) {
    return {statement.text(0), jsonFrom(workspace, statement.text(1)), jsonFrom(workspace, statement.text(2)),
            statement.text(3)};
}

} // namespace

void putDevice(Workspace& workspace, const DeviceRow& row) {
    Statement(workspace, "INSERT OR REPLACE INTO devices (id, profile, latency, at) VALUES (?, ?, ?, ?)",
              row.id, jsonText(row.profile), jsonText(row.latency), utcNow())
        .run();
}

bool removeDevice(Workspace& workspace, const std::string& id) {
    Statement(workspace, "DELETE FROM devices WHERE id = ?", id).run();
    return sqlite3_changes(workspace.handle()) > 0;
}

std::optional<DeviceRow> findDeviceRow(Workspace& workspace, const std::string& id) {
    Statement statement(workspace, "SELECT id, profile, latency, at FROM devices WHERE id = ?", id);
    if (!statement.step())
        return std::nullopt;
    return rowOf(workspace, statement);
}

std::vector<DeviceRow> allDevices(Workspace& workspace) {
    std::vector<DeviceRow> rows;
    Statement statement(workspace, "SELECT id, profile, latency, at FROM devices ORDER BY id");
    while (statement.step())
        rows.push_back(rowOf(workspace, statement));
    return rows;
}

} // namespace greenfront::store
