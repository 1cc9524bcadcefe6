// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <span>
#include <vector>

namespace greenfront::search {

/// Kernels of a Parzen estimator over a space, one parameter's values side by side. Each is a product: of a
/// normal distribution cut off at the bounds for a number, on [0, 1] by the parameter's distribution
/// function; of one value with a little of all others for a category. A kernel in which a parameter is
/// inactive knows nothing of it and is flat there. Kernel 0 is the prior: a normal distribution in the
/// middle, as wide as the range.
///
/// A value of a parameter with steps counts by the density in the middle of its interval; kernels are at
/// least half an interval wide, which keeps that close to the exact share.
class KernelTable {
public:
    explicit KernelTable(const ParameterSpace& space);

    std::size_t size() const { return base_.size(); }
    void append(const Assignment& assignment);
    /// Keeps the first kernels only.
    void truncate(std::size_t size);
    /// Bandwidths for this many observations; computes all kernels again, but only where they would change by
    /// more than a hundredth or so.
    void adapt(std::size_t observations);

    /// log of the weighted sum of the kernels' densities at each point; one weight a kernel.
    std::vector<double> logDensities(std::span<const Assignment> points,
                                     std::span<const float> weights) const;
    /// A draw from one kernel.
    Assignment draw(std::size_t kernel, Rng& rng) const;

private:
    struct Column {
        bool categorical = false, conditional = false;
        float logSame = 0;
        std::vector<float> place; ///< on [0, 1], or the category; -1 where a category is inactive
        std::vector<float>
            scale; ///< 1 / (bandwidth sqrt 2), 0 where flat; of categories: log of another's share
        std::vector<float> norm; ///< log of the density's factor; only of conditional numbers
        std::vector<float> room; ///< smallest bandwidth; negative where inactive
    };
    struct Target;

    void compute(std::size_t kernel);
    double bandwidth(const Column& column, std::size_t kernel) const;
    double otherShare(std::size_t parameter, std::size_t kernel) const;
    std::vector<Target> targets(std::span<const Assignment> points) const;

    const ParameterSpace* space_;
    std::vector<Column> columns_;
    std::vector<float> base_; ///< sum of the factors' logs of what is always active
    int level_ = -1;
    double observations_ = 1;
    double width_ = 0.2;
};

} // namespace greenfront::search
