// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/prediction.h"
#include "core/study/cost.h"
#include "core/study/workload.h"

#include <functional>
#include <optional>
#include <vector>

namespace greenfront::study {

/// The first steps of a training, at most 2 % of it with what judging a few images takes, as a profile of all
/// of it. The first steps warm up and do not count: memory is taken then, and a processor finds its pace.
class TrainingProfile {
public:
    /// `spent`: what the run has taken so far. Not wanted for a training that is taken up again.
    TrainingProfile(Workload load, std::function<Cost()> spent, bool wanted);

    /// False before and after the profile, and where 2 % of the training are too few steps.
    bool wants(std::size_t step) const { return step <= last_; }
    /// Behind each step that is wanted; `networks`: those of this step together. True if that was the last.
    bool addStep(std::size_t step, const NetworkWork& networks);
    /// So many images may be used to see what judging costs; 0 if that would be too much.
    std::size_t probeImages() const;
    /// What calibrating and classifying with both networks took on that many images, after a warm-up.
    void addProbe(std::size_t images, const Cost& calibrating, const Cost& classifying);

    /// Of all epochs, after the last step.
    std::optional<energy::CostForecast> forecast(int epochs, std::span<const double> pastErrors) const;
    /// What judging at an epoch's end costs, and an epoch with it.
    Cost epochEnd() const;
    Cost epoch() const;

private:
    Cost step() const; ///< mean of one

    Workload load_;
    std::function<Cost()> spent_;
    std::size_t last_ = 0;
    Cost before_;
    std::vector<energy::ProfiledStep> steps_;
    std::optional<Cost> probedEnd_;
};

} // namespace greenfront::study
