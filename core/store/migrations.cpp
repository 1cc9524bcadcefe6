// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/base/error.h"
#include "core/store/connect.h"
#include "core/store/failure.h"
#include "core/store/statement.h"

namespace greenfront::store {

std::size_t versionOf(const Workspace& workspace, std::span<const std::string_view> steps) {
    Statement statement(workspace, "PRAGMA user_version");
    statement.step();
    const auto version = statement.integer(0);
    if (version < 0)
        throwDamaged(workspace.path(), "its version is negative");
    if (static_cast<std::size_t>(version) > steps.size())
        throw Error("open", workspace.path().string(), "it was made by a newer version of Greenfront",
                    "Update Greenfront");
    return static_cast<std::size_t>(version);
}

void migrate(Workspace& workspace, std::span<const std::string_view> steps) {
    if (versionOf(workspace, steps) == steps.size())
        return;
    Transaction transaction(workspace);
    // Asked again: another process may have been faster.
    for (const auto step : steps.subspan(versionOf(workspace, steps)))
        execute(workspace, std::string(step));
    execute(workspace, "PRAGMA application_id = " + std::to_string(applicationId));
    execute(workspace, "PRAGMA user_version = " + std::to_string(steps.size()));
    transaction.commit();
}

} // namespace greenfront::store
