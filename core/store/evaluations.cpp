// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/candidates.h"
#include "core/store/columns.h"
#include "core/store/statement.h"

namespace greenfront::store {

void addEvaluation(Workspace& workspace, RunId run, CandidateId candidate,
                   std::span<const double> objectives) {
    const auto bytes = packed(objectives);
    Statement(workspace, "INSERT INTO evaluations (run, candidate, objectives) VALUES (?, ?, ?)", run.value,
              candidate.value, std::span<const std::byte>(bytes))
        .run();
}

std::vector<std::pair<Genotype, std::vector<double>>> evaluationsOf(Workspace& workspace, RunId run) {
    std::vector<std::pair<Genotype, std::vector<double>>> evaluations;
    Statement statement(workspace,
                        "SELECT genotype, objectives FROM evaluations "
                        "JOIN candidates ON candidates.id = candidate WHERE run = ? ORDER BY evaluations.id",
                        run.value);
    while (statement.step())
        evaluations.emplace_back(genotypeFrom(workspace, statement.text(0)),
                                 unpacked(workspace, statement.bytes(1)));
    return evaluations;
}

} // namespace greenfront::store
