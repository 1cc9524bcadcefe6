// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <vector>

namespace greenfront::search {

/// Trials as numbers: a parameter's place on [0, 1], or the index of a category's value.
struct TreeSamples {
    std::size_t width = 0;      ///< parameters
    std::vector<double> places; ///< row by row
    std::vector<double> values; ///< one a row

    double place(std::size_t sample, std::size_t parameter) const {
        return places[sample * width + parameter];
    }
};

/// Grows a regression tree on the samples and tells which part of its variance over the space each
/// parameter's marginal has (Hutter, Hoos and Leyton-Brown 2014); empty where the tree is flat.
std::vector<double> varianceShares(const ParameterSpace& space, const TreeSamples& samples);

} // namespace greenfront::search
