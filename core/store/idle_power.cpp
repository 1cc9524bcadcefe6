// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/idle_power.h"

#include "core/base/clock.h"
#include "core/store/columns.h"
#include "core/store/statement.h"

namespace greenfront::store {

void putIdlePower(Workspace& workspace, const std::string& machine, std::span<const IdlePowerRow> rows) {
    Transaction transaction(workspace);
    Statement(workspace, "DELETE FROM idle_power WHERE machine = ?", machine).run();
    const std::string now = utcNow();
    for (const IdlePowerRow& row : rows)
        Statement(
            workspace,
            "INSERT INTO idle_power (machine, source, method, provenance, seconds, watts, low, high, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            machine, row.source, row.method, toText(row.provenance), row.seconds.value, row.power.value,
            row.low.value, row.high.value, now)
            .run();
    transaction.commit();
}

std::vector<IdlePowerRow> idlePowerOf(Workspace& workspace, const std::string& machine) {
    Statement statement(workspace,
                        "SELECT source, method, provenance, seconds, watts, low, high, at FROM idle_power "
                        "WHERE machine = ? ORDER BY source",
                        machine);
    std::vector<IdlePowerRow> rows;
    while (statement.step())
        rows.push_back({.source = statement.text(0),
                        .method = statement.text(1),
                        .provenance = provenanceFrom(workspace, statement.text(2)),
                        .seconds = Seconds(statement.real(3)),
                        .power = Watts(statement.real(4)),
                        .low = Watts(statement.real(5)),
                        .high = Watts(statement.real(6)),
                        .at = statement.text(7)});
    return rows;
}

} // namespace greenfront::store
