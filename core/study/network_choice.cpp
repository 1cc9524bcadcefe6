// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/model.h"
#include "core/store/candidates.h"
#include "core/study/results.h"
#include "core/study/trained.h"
#include "core/train/evaluate.h"

#include <charconv>

namespace greenfront::study {

NetworkChoice chooseNetwork(store::Workspace& workspace, StudyId study, const std::string& which) {
    if (which == "largest" || which == "smallest") {
        const auto space = arch::makeSpace(loadStudy(workspace, study).space);
        const Genotype genotype = space->canonical(which == "largest" ? space->largest() : space->smallest());
        return {study, genotype, std::nullopt};
    }
    CandidateId id;
    const auto [end, code] = std::from_chars(which.data(), which.data() + which.size(), id.value);
    const auto row = code == std::errc() && end == which.data() + which.size()
                         ? store::findCandidate(workspace, id)
                         : std::nullopt;
    if (!row)
        throw Error("find", "network '" + which + "'", "the workspace has no such candidate",
                    "Give largest, smallest or a candidate's number from 'greenfront-cli front'");
    return {row->study, row->genotype, row->id};
}

arch::Network networkOf(store::Workspace& workspace, const NetworkChoice& choice) {
    return arch::makeSpace(loadStudy(workspace, choice.study).space)->decode(choice.genotype);
}

Evaluation evaluateNetwork(store::Workspace& workspace, const NetworkChoice& choice, data::Part part,
                           Control& control) {
    const Trained trained(workspace, choice.study, control);
    const auto accuracy =
        train::evaluate(nn::Model(trained.model(choice.genotype)), trained.dataset(), part, false, control);
    return {accuracy.percent(), accuracy.samples};
}

} // namespace greenfront::study
