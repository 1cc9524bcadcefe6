// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/statement.h"
#include "core/store/write_scope.h"

#include <sqlite3.h>

namespace greenfront::store {

Transaction::Transaction(Workspace& workspace) : workspace_(workspace) {
    Statement(workspace, "BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
    // A full disk makes SQLite roll back by itself.
    if (open_ && sqlite3_get_autocommit(workspace_.handle()) == 0)
        sqlite3_exec(workspace_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    Statement(workspace_, "COMMIT").run();
    open_ = false;
}

WriteScope::WriteScope(Workspace& workspace) {
    if (sqlite3_get_autocommit(workspace.handle()) != 0)
        own_.emplace(workspace);
}

void WriteScope::commit() {
    if (own_)
        own_->commit();
}

} // namespace greenfront::store
