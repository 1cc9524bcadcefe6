// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian_process.h"
#include "core/search/trial_ranking.h"
#include "core/search/unit_encoding.h"

namespace greenfront::search {

struct GpSettings {
    std::size_t startup = 10;     ///< trials drawn from the space first
    std::size_t candidates = 500; ///< where expected improvement is looked at before it is climbed
    std::size_t mostTrials =
        250; ///< that a fit takes: the better half of them the best, the others the newest
};

/// Bayesian optimisation with a Gaussian process for each objective: the greatest expected hypervolume
/// improvement (Emmerich et al. 2006), which for one objective is the expected improvement (Jones et al.
/// 1998), times the probability of being feasible by another process over which trials were (Gardner et al.
/// 2014). Numbers lie on [0, 1] by their distribution, categories are one-hot, inactive parameters in the
/// middle. Trials in flight count with the means that are expected of them.
class GpOptimiser : public Optimiser {
public:
    GpOptimiser(SearchSetup setup, GpSettings settings);

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    struct Model;

    std::vector<std::size_t> chosenTrials() const;
    void learnObjectives(Model& model, std::span<const std::size_t> feasible) const;
    Model model() const;
    std::vector<double> improvements(const Model& model, std::span<const Assignment> candidates) const;

    GpSettings settings_;
    UnitEncoding encoding_;
    std::vector<Standing> standings_;
};

} // namespace greenfront::search
