// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/nsga2.h"
#include "core/study/phases.h"

#include <string>

namespace greenfront::study {

/// NSGA-II over the space as the study sets it up: accuracy up, cost down, from the smallest and the largest
/// network on.
search::Nsga2 makeSearch(const Study& study, const arch::SearchSpace& space);

/// The run of the search for a device, made if there is none yet. predicted: of how many networks the
/// accuracy is predicted in it; 0 where each is judged.
store::RunRow searchRun(const PhaseContext& context, const std::string& device, int predicted = 0);
/// Did predictions find what the run judged?
bool isPredicted(const store::RunRow& run);

} // namespace greenfront::study
