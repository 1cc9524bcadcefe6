// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/hypervolume.h"
#include "core/study/tune.h"
#include "core/study/tuning_history.h"

#include <algorithm>

namespace greenfront::study {

TuningResult resultOf(store::Workspace& workspace, StudyId id) {
    TuningResult result{.tuning = loadTuning(workspace, id),
                        .trials = store::trialsOf(workspace, id),
                        .learnt = findTransferRecord(workspace, id)};
    const auto directions = search::directionsOf(result.tuning.objectives);
    std::vector<search::Point> points;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < result.trials.size(); ++i)
        if (const auto& end = result.trials[i].result; end && end->outcome == store::TrialOutcome::Finished) {
            places.push_back(i);
            points.push_back(end->objectives);
        }
    for (const std::size_t index : search::paretoFront(points, directions))
        result.front.push_back(places[index]);
    if (result.front.empty())
        return result;
    if (directions.front() == Direction::Maximise)
        std::ranges::reverse(result.front);
    result.reference = search::worstOf(points, directions);
    result.hypervolume = search::hypervolume(points, directions, result.reference);
    return result;
}

} // namespace greenfront::study
