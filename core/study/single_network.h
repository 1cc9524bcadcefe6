// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/metric.h"
#include "core/base/progress.h"
#include "core/store/workspace.h"
#include "core/study/study.h"

namespace greenfront::study {

/// The study of one network of a study's space, as it would be trained alone, otherwise set up alike.
Study singleNetworkStudy(const Study& study, const Genotype& genotype, const std::string& name);

/// Trains a stored study without searching it; nothing if that is done. Throws Error where another process
/// runs in the workspace, Cancelled after a request to stop.
void trainOnly(store::Workspace& workspace, StudyId study, Control& control, const ProgressSink& progress);

struct FineTuned {
    StudyId study;                ///< the new one, of this network alone
    double before = 0, after = 0; ///< accuracy on the test part, percent
};
/// Trains a candidate on from its shared weights, at a tenth of the learning rate that found them. A second
/// call for as many epochs trains nothing again.
FineTuned fineTune(store::Workspace& workspace, StudyId study, CandidateId candidate, int epochs,
                   Control& control, const ProgressSink& progress);

} // namespace greenfront::study
