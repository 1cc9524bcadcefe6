// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

/// Pagmo's answers, everything to be minimised. Apart from the test because its headers and Qt's disagree
/// about what `emit` means.
namespace greenfront::testing {

std::vector<int> pagmoRanks(const std::vector<std::vector<double>>& points);
double pagmoHypervolume(const std::vector<std::vector<double>>& points, const std::vector<double>& reference);
std::vector<double> pagmoContributions(const std::vector<std::vector<double>>& points,
                                       const std::vector<double>& reference);
std::vector<double> pagmoCrowding(const std::vector<std::vector<double>>& front);

} // namespace greenfront::testing
