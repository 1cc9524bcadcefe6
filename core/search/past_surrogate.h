// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/carried_task.h"
#include "core/search/gaussian_process.h"
#include "core/search/unit_encoding.h"

namespace greenfront::search {

/// Indices of at most so many trials of a task: the better half of them its best by non-dominated rank, in
/// that order, the others spread evenly over the rest.
std::vector<std::size_t> representativeTrials(const CarriedTask& task, std::size_t most);

/// What a past task says of any assignment of the new space: one Gaussian process an objective, over the
/// parameters that the two share.
class PastSurrogate {
public:
    /// Fits at most 100 of its trials.
    PastSurrogate(const ParameterSpace& space, const CarriedTask& task);

    /// [objective][assignment], as CarriedTask::normalised counts.
    std::vector<std::vector<Gaussian>> predict(const ParameterSpace& space,
                                               std::span<const Assignment> assignments) const;
    /// The same, of values with mean 0 and deviation 1 over the task's trials.
    std::vector<std::vector<Gaussian>> standardised(const ParameterSpace& space,
                                                    std::span<const Assignment> assignments) const;

private:
    UnitEncoding encoding_;
    std::vector<GaussianProcess> processes_;
    std::vector<double> means_, deviations_; ///< by objective, over all trials
};

} // namespace greenfront::search
