// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/stopping_policy.h"

#include <cstddef>

namespace greenfront::search {

/// Which metric a policy looks at, and at which intervals: multiples of `every` from `delay` on.
struct PolicyWatch {
    std::size_t metric = 0;
    Direction direction = Direction::Minimise;
    std::size_t every = 1;
    std::size_t delay = 0;

    /// The interval that this trial has just reached, if the policy applies there.
    std::optional<std::size_t> interval(const Curves& curves, std::uint64_t trial) const;
};

// The early termination policies of Azure Machine Learning's sweeps, by their documentation.

/// Stops a trial whose best value is worse than the best of all trials at that interval by more than a slack:
/// a factor (best / (1 + factor) where high is good, best * (1 + factor) where low is; of values below 0 the
/// same share of their size) or an amount in the metric's unit.
class BanditPolicy : public StoppingPolicy {
public:
    BanditPolicy(PolicyWatch watch, double factor, double amount)
        : watch_(watch), factor_(factor), amount_(amount) {}
    std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const override;

private:
    double allowed(double best) const;

    PolicyWatch watch_;
    double factor_, amount_; ///< one of them is 0
};

/// Stops a trial whose best value is worse than the median of all trials' averages up to that interval.
class MedianPolicy : public StoppingPolicy {
public:
    explicit MedianPolicy(PolicyWatch watch) : watch_(watch) {}
    std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const override;

private:
    PolicyWatch watch_;
};

/// Stops a trial that is among the lowest percent of those that reached the interval, by their values there.
class TruncationPolicy : public StoppingPolicy {
public:
    TruncationPolicy(PolicyWatch watch, int percent, bool excludeFinished)
        : watch_(watch), percent_(percent), excludeFinished_(excludeFinished) {}
    std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const override;

private:
    PolicyWatch watch_;
    int percent_;
    bool excludeFinished_;
};

} // namespace greenfront::search
