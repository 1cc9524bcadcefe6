// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/unit_encoding.h"

#include <cmath>

namespace greenfront::search {

UnitEncoding::UnitEncoding(const ParameterSpace& space, std::vector<bool> chosen)
    : chosen_(std::move(chosen)) {
    for (std::size_t i = 0; i < space.size(); ++i)
        if (chosen_[i])
            dimensions_ += space.isCategorical(i) ? space.cells(i) : 1;
}

std::vector<double> UnitEncoding::operator()(const ParameterSpace& space,
                                             std::span<const Assignment> assignments) const {
    std::vector<double> rows;
    rows.reserve(assignments.size() * dimensions_);
    for (const Assignment& assignment : assignments)
        for (std::size_t i = 0; i < space.size(); ++i) {
            const double value = assignment.values[i];
            if (!chosen_[i])
                continue;
            if (!space.isCategorical(i)) {
                rows.push_back(std::isnan(value) ? 0.5 : space.unitOf(i, value));
                continue;
            }
            for (std::size_t category = 0; category < space.cells(i); ++category)
                rows.push_back(value == static_cast<double>(category) ? 1 : 0);
        }
    return rows;
}

} // namespace greenfront::search
