// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// Pagmo's answers, everything to be minimised. Apart from the test because its headers and Qt's disagree
/// about what `emit` means.
namespace greenfront::testing {

std::vector<int> pagmoRanks(const std::vector<std::vector<double>>& points);
double pagmoHypervolume(const std::vector<std::vector<double>>& points, const std::vector<double>& reference);
std::vector<double> pagmoContributions(const std::vector<std::vector<double>>& points,
                                       const std::vector<double>& reference);
/// The objectives of one point; problem: "zdt1" to "zdt3" with 30 variables, "dtlz2" with 12 and 3
/// objectives.
std::vector<double> pagmoFitness(const std::string& problem, const std::vector<double>& variables);
/// All evaluations, in their order, of its NSGA-II with a population of 50 and its own settings.
std::vector<std::vector<double>> pagmoNsga2(const std::string& problem, unsigned evaluations, unsigned seed);
/// The same on functions of whole numbers from 0 to choices - 1, with as small a population as it takes.
std::vector<std::vector<double>>
pagmoNsga2(const std::function<std::vector<double>(const std::vector<double>&)>& fitness,
           std::size_t variables, int choices, std::size_t objectives, unsigned evaluations, unsigned seed);
std::vector<double> pagmoCrowding(const std::vector<std::vector<double>>& front);

} // namespace greenfront::testing
