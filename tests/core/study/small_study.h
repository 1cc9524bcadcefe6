// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/study.h"

namespace greenfront::testing {

/// A study that takes seconds: few small images, two epochs, a handful of networks for each of two devices.
inline study::Study smallStudy() {
    study::Study study = study::newStudy("builtin:samples=300,size=16,seed=1");
    for (const char* assignment : {"epochs=2", "evaluations=6", "population=4", "calibration_images=64",
                                   "latency_limit=0.02", "name=small"})
        study::setParameter(study, assignment);
    return study;
}

} // namespace greenfront::testing
