// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <vector>

namespace greenfront::search {

/// How a surrogate sees assignments: numbers on [0, 1] by their distribution, categories one-hot, what is not
/// active or has no value in the middle. Of chosen parameters only.
class UnitEncoding {
public:
    /// Of all parameters.
    explicit UnitEncoding(const ParameterSpace& space)
        : UnitEncoding(space, std::vector<bool>(space.size(), true)) {}
    /// chosen: one a parameter; at least one must be.
    UnitEncoding(const ParameterSpace& space, std::vector<bool> chosen);

    std::size_t dimensions() const { return dimensions_; }
    /// One row of dimensions() numbers an assignment. Of the same space.
    std::vector<double> operator()(const ParameterSpace& space,
                                   std::span<const Assignment> assignments) const;

private:
    std::vector<bool> chosen_;
    std::size_t dimensions_ = 0;
};

} // namespace greenfront::search
