// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

#include <cstdint>
#include <string>
#include <vector>

namespace greenfront::device {

/// What is to be measured on some machine: networks whose blocks are timed one by one, and networks timed as
/// a whole, which nothing is fitted to. As JSON "greenfront-measuring-plan", version 1.
struct MeasuringPlan {
    Json space;
    std::vector<Genotype> blocks;   ///< first these
    bool adaptive = true;           ///< then more, where the regressors are wrong, while there is time
    std::vector<Genotype> networks; ///< as many as there is time for, at least 10
    Seconds limit{60};              ///< of all together; what was begun is ended
    int threads = 1;
    std::uint64_t seed = 1;
};

struct PlanOptions {
    bool blocks = true;
    std::size_t networks = 200;
    Seconds limit{60};
    std::uint64_t seed = 1;
};
/// Blocks: of the smallest, the largest and some networks between them. All networks are different.
MeasuringPlan planFor(const arch::SearchSpace& space, const PlanOptions& options);

OrderedJson toJson(const MeasuringPlan& plan);
/// Throws Error naming the subject and the key; also for a space that is none and networks not of it.
MeasuringPlan measuringPlanFromJson(const Json& json, const std::string& subject);

} // namespace greenfront::device
