// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/columns.h"
#include "core/store/statement.h"
#include "core/store/studies.h"

namespace greenfront::store {
namespace {

DataRow rowOf(const Workspace& workspace, const Statement& statement) {
    return {statement.text(0), statement.text(1), statement.text(2), jsonFrom(workspace, statement.text(3)),
            jsonFrom(workspace, statement.text(4))};
}

} // namespace

void putData(Workspace& workspace, const DataRow& row) {
    Statement(workspace,
              "INSERT INTO data_sets (hash, name, kind, info, source) VALUES (?, ?, ?, ?, ?) "
              "ON CONFLICT (hash) DO NOTHING",
              row.hash, row.name, row.kind, jsonText(row.info), jsonText(row.source))
        .run();
}

std::optional<DataRow> findData(Workspace& workspace, const std::string& hash) {
    Statement statement(workspace, "SELECT hash, name, kind, info, source FROM data_sets WHERE hash = ?",
                        hash);
    if (!statement.step())
        return std::nullopt;
    return rowOf(workspace, statement);
}

std::vector<DataRow> allData(Workspace& workspace) {
    std::vector<DataRow> rows;
    Statement statement(workspace,
                        "SELECT hash, name, kind, info, source FROM data_sets ORDER BY name, hash");
    while (statement.step())
        rows.push_back(rowOf(workspace, statement));
    return rows;
}

} // namespace greenfront::store
