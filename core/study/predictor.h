// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/progress.h"
#include "core/base/units.h"
#include "core/store/workspace.h"
#include "core/study/cost.h"
#include "core/train/predictor_ensemble.h"

#include <optional>

namespace greenfront::study {

struct PredictorWish {
    std::size_t samples = 100; ///< networks to learn from, those that searches have judged among them
    double rmse = 0;           ///< enough as soon as predictions are as good as this, points; 0: all samples
};

struct PredictorReport {
    train::PredictorQuality quality;
    std::size_t judged = 0; ///< networks that had to be judged for it
    Cost cost;              ///< of judging and fitting, this time
};

/// Fits an accuracy predictor to networks of a trained study, judged on the search-validation part. Networks
/// are judged in rounds: half of each at random, half where the members of the predictor so far disagree
/// most. It is stored with a run of its own; a later one replaces it. Throws Error where the study has not
/// finished its training or another process runs in the workspace, Cancelled after a request to stop, behind
/// which what was judged stays.
PredictorReport fitStudyPredictor(store::Workspace& workspace, StudyId study, const PredictorWish& wish,
                                  Control& control, const ProgressSink& progress);

struct StudyPredictor {
    train::PredictorEnsemble ensemble;
    train::PredictorQuality quality;
};
/// The study's, if it has one. Keeps a reference to the space.
std::optional<StudyPredictor> findPredictor(store::Workspace& workspace, StudyId study,
                                            const arch::SearchSpace& space);

} // namespace greenfront::study
