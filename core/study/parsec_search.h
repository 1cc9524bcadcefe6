// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/progress.h"
#include "core/study/architectures.h"
#include "core/study/cost.h"
#include "core/study/study.h"

namespace greenfront::study {

constexpr const char* parsecKind = "parsec";
constexpr const char* withWeights = "with weights"; ///< subjects of its runs
constexpr const char* weightless = "weightless";

struct ParsecFound {
    Genotype genotype;      ///< the most probable one within the limit
    std::size_t drawn = 0;  ///< architectures
    std::size_t judged = 0; ///< passes of a batch, or different architectures scored
    double uncertainty = 0; ///< that is left: the entropy as a share of the largest
    Cost cost;
};

/// Learns a distribution over a stored study's networks as a run of it: with shared weights by the study's
/// training parameters, or weightless, with as many scores as its evaluations. A finished run is read again;
/// the first kind goes on from its last epoch, the second begins anew. Throws Error where another process
/// runs in the workspace, Cancelled after a request to stop.
ParsecFound searchParsec(store::Workspace& workspace, StudyId study, const std::string& subject,
                         const Architectures& architectures, Control& control, const ProgressSink& progress);

} // namespace greenfront::study
