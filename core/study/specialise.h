// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"
#include "core/study/study.h"

#include <string>
#include <vector>

namespace greenfront::study {

/// "latency_ms" at most 25: a metric of the device, or memory_mb, the weights with the largest activations.
struct Limit {
    std::string metric;
    double most = 0;
};
/// "latency_ms=25"; throws Error for anything else.
Limit limitFrom(const std::string& text);

struct Objective {
    std::string metric = "accuracy";
    Direction direction = Direction::Maximise;
};
/// "max:accuracy", "min:energy_mj"; throws Error for anything else.
Objective objectiveFrom(const std::string& text);

struct SearchWish {
    std::vector<std::string> devices;
    int evaluations = 0;   ///< by the shared weights, of each device; 0: as many as the study says
    bool predicted = true; ///< by the study's accuracy predictor, where it has one and latency is estimated
};
/// Searches a trained study for devices that it was not searched for, without training; what was searched
/// already stays. Throws Error where the study has not finished its training or another process runs in the
/// workspace, Cancelled after a request to stop.
void searchDevices(store::Workspace& workspace, StudyId study, const SearchWish& wish, Control& control,
                   const ProgressSink& progress);

/// The device's choice among the candidates that keep all limits.
struct Choice {
    std::string device;
    FrontPoint point;
    std::size_t feasible = 0, considered = 0; ///< candidates that keep the limits; all that have its metrics
};
/// Throws Error naming the limit that is hardest to keep where no candidate keeps them all.
Choice chooseFor(store::Workspace& workspace, StudyId study, const std::string& device,
                 const std::vector<Limit>& limits, const Objective& objective);

} // namespace greenfront::study
