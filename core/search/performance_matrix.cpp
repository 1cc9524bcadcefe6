// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/performance_matrix.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace greenfront::search {
namespace {

struct Less {
    bool operator()(const Assignment& a, const Assignment& b) const {
        return std::ranges::lexicographical_compare(a.values, b.values, [](double x, double y) {
            return std::isnan(x) ? !std::isnan(y) : x < y; // what has no value comes first
        });
    }
};

/// Of several trials of one configuration the mean.
using Measured = std::map<Assignment, std::pair<Point, double>, Less>;

Measured measuredBy(const CarriedTask& task) {
    Measured measured;
    for (std::size_t i = 0; i < task.assignments.size(); ++i) {
        auto [entry, added] = measured.try_emplace(task.assignments[i], task.normalised[i], 1.0);
        if (added)
            continue;
        auto& [mean, count] = entry->second;
        ++count;
        for (std::size_t k = 0; k < mean.size(); ++k)
            mean[k] += (task.normalised[i][k] - mean[k]) / count;
    }
    return measured;
}

/// As the task would have written it down: without what it does not share.
Assignment seenBy(const CarriedTask& task, Assignment assignment) {
    for (std::size_t i = 0; i < assignment.values.size(); ++i)
        if (!task.shared[i])
            assignment.values[i] = std::numeric_limits<double>::quiet_NaN();
    return assignment;
}

std::vector<Assignment> configurationsOf(const ParameterSpace& space, std::span<const CarriedTask> tasks,
                                         std::size_t most, Rng& rng) {
    std::vector<std::vector<std::size_t>> lists;
    lists.reserve(tasks.size());
    for (const CarriedTask& task : tasks)
        lists.push_back(representativeTrials(task, most));
    std::vector<Assignment> configurations;
    std::map<Assignment, bool, Less> known;
    for (std::size_t place = 0; place < most; ++place)
        for (std::size_t task = 0; task < tasks.size() && configurations.size() < most; ++task) {
            if (place >= lists[task].size())
                continue;
            const Assignment& past = tasks[task].assignments[lists[task][place]];
            if (!known.try_emplace(past, true).second)
                continue;
            Assignment complete = past;
            space.settle(complete, rng);
            if (std::ranges::find(configurations, complete) == configurations.end())
                configurations.push_back(std::move(complete));
        }
    return configurations;
}

} // namespace

PerformanceMatrix performanceMatrix(const ParameterSpace& space, std::span<const CarriedTask> tasks,
                                    std::span<const PastSurrogate> surrogates, std::size_t most, Rng& rng) {
    PerformanceMatrix matrix{configurationsOf(space, tasks, most, rng), {}, {}};
    for (std::size_t t = 0; t < tasks.size(); ++t) {
        const auto predicted = surrogates[t].predict(space, matrix.configurations);
        const Measured measured = measuredBy(tasks[t]);
        std::vector<Point>& values = matrix.values.emplace_back();
        std::size_t& known = matrix.measured.emplace_back(0);
        values.reserve(matrix.configurations.size());
        for (std::size_t i = 0; i < matrix.configurations.size(); ++i) {
            const auto found = measured.find(seenBy(tasks[t], matrix.configurations[i]));
            if (found != measured.end()) {
                values.push_back(found->second.first);
                ++known;
                continue;
            }
            Point& point = values.emplace_back();
            for (const auto& objective : predicted)
                point.push_back(objective[i].mean);
        }
    }
    return matrix;
}

} // namespace greenfront::search
