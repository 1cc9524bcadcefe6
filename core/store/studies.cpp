// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/studies.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/store/columns.h"
#include "core/store/statement.h"

#include <sqlite3.h>

namespace greenfront::store {
namespace {

StudyRow rowOf(const Workspace& workspace, const Statement& statement) {
    return {StudyId{statement.integer(0)},          statement.text(1), statement.text(2), statement.text(3),
            jsonFrom(workspace, statement.text(4)), statement.text(5)};
}

} // namespace

StudyId addStudy(Workspace& workspace, const std::string& name, const std::string& dataHash,
                 const Json& config, std::string_view kind) {
    Statement(workspace,
              "INSERT INTO studies (name, created, data_hash, config, kind) VALUES (?, ?, ?, ?, ?)", name,
              utcNow(), dataHash, jsonText(config), kind)
        .run();
    return {sqlite3_last_insert_rowid(workspace.handle())};
}

void renameStudy(Workspace& workspace, StudyId id, const std::string& name) {
    Statement(workspace, "UPDATE studies SET name = ? WHERE id = ?", name, id.value).run();
    if (sqlite3_changes(workspace.handle()) == 0)
        throw Error("rename", "study " + std::to_string(id.value),
                    "it is not in " + workspace.path().string());
}

void setStudyConfig(Workspace& workspace, StudyId id, const Json& config) {
    Statement(workspace, "UPDATE studies SET config = ? WHERE id = ?", jsonText(config), id.value).run();
    if (sqlite3_changes(workspace.handle()) == 0)
        throw Error("change", "study " + std::to_string(id.value),
                    "it is not in " + workspace.path().string());
}

std::optional<StudyRow> findStudy(Workspace& workspace, StudyId id) {
    Statement statement(
        workspace, "SELECT id, name, created, data_hash, config, kind FROM studies WHERE id = ?", id.value);
    if (!statement.step())
        return std::nullopt;
    return rowOf(workspace, statement);
}

std::vector<StudyRow> allStudies(Workspace& workspace, std::string_view kind) {
    std::vector<StudyRow> rows;
    Statement statement(
        workspace,
        "SELECT id, name, created, data_hash, config, kind FROM studies WHERE kind = ? ORDER BY id", kind);
    while (statement.step())
        rows.push_back(rowOf(workspace, statement));
    return rows;
}

void putStudyDocument(Workspace& workspace, StudyId id, const std::string& name, const Json& document) {
    Statement(workspace, "INSERT OR REPLACE INTO study_documents (study, name, document) VALUES (?, ?, ?)",
              id.value, name, jsonText(document))
        .run();
}

std::optional<Json> findStudyDocument(Workspace& workspace, StudyId id, const std::string& name) {
    Statement statement(workspace, "SELECT document FROM study_documents WHERE study = ? AND name = ?",
                        id.value, name);
    if (!statement.step())
        return std::nullopt;
    return jsonFrom(workspace, statement.text(0));
}

} // namespace greenfront::store
