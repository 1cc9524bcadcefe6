// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/candidates.h"

#include "core/store/columns.h"
#include "core/store/statement.h"
#include "core/store/write_scope.h"

namespace greenfront::store {
namespace {

CandidateRow rowOf(const Workspace& workspace, const Statement& statement) {
    return {CandidateId{statement.integer(0)}, StudyId{statement.integer(1)},
            genotypeFrom(workspace, statement.text(2))};
}

} // namespace

CandidateId putCandidate(Workspace& workspace, StudyId study, const Genotype& genotype) {
    WriteScope scope(workspace);
    const auto text = genotypeText(genotype);
    Statement(
        workspace,
        "INSERT INTO candidates (study, genotype) VALUES (?, ?) ON CONFLICT (study, genotype) DO NOTHING",
        study.value, text)
        .run();
    Statement find(workspace, "SELECT id FROM candidates WHERE study = ? AND genotype = ?", study.value,
                   text);
    find.step();
    const CandidateId id{find.integer(0)};
    scope.commit();
    return id;
}

std::optional<CandidateRow> findCandidate(Workspace& workspace, CandidateId id) {
    Statement statement(workspace, "SELECT id, study, genotype FROM candidates WHERE id = ?", id.value);
    if (!statement.step())
        return std::nullopt;
    return rowOf(workspace, statement);
}

std::vector<CandidateRow> candidatesOf(Workspace& workspace, StudyId study) {
    std::vector<CandidateRow> rows;
    Statement statement(workspace, "SELECT id, study, genotype FROM candidates WHERE study = ? ORDER BY id",
                        study.value);
    while (statement.step())
        rows.push_back(rowOf(workspace, statement));
    return rows;
}

} // namespace greenfront::store
