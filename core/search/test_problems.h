// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/optimiser.h"

#include <span>
#include <string>
#include <vector>

namespace greenfront::search {

/// A function whose front is known, for benchmarks of search methods. All variables lie in [0, 1], all
/// objectives are to be low.
struct TestProblem {
    std::string name;
    std::size_t variables = 0;
    Point reference; ///< for its hypervolume
    Point (*evaluate)(std::span<const double> variables) = nullptr;
};

/// "zdt1", "zdt2", "zdt3" (Zitzler, Deb and Thiele 2000; 30 variables, reference (11, 11)) and "dtlz2" (Deb
/// et al. 2002; 3 objectives, 12 variables, reference 1.1 each).
const std::vector<TestProblem>& testProblems();
ParameterSpace spaceOf(const TestProblem& problem);
/// The objectives of so many evaluations by a method with these options.
std::vector<Point> evaluated(const TestProblem& problem, const std::string& method, std::size_t budget,
                             std::uint64_t seed, const Json& options = Json::object());

} // namespace greenfront::search
