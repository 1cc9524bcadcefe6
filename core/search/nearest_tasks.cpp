// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nearest_tasks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenfront::search {
namespace {

double deviationOf(std::span<const CarriedTask> tasks, const std::string& name, double own) {
    std::vector<double> values{own};
    for (const CarriedTask& task : tasks)
        if (const auto found = task.metaFeatures.find(name); found != task.metaFeatures.end())
            values.push_back(found->second);
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values)
        mean += value / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) / count * (value - mean);
    return squares > 0 ? std::sqrt(squares) : 1;
}

} // namespace

std::vector<std::size_t> nearestTasks(std::span<const CarriedTask> tasks, const MetaFeatures& features) {
    std::vector<double> sums(tasks.size(), 0.0);
    std::vector<int> counts(tasks.size(), 0);
    for (const auto& [name, own] : features) {
        const double deviation = deviationOf(tasks, name, own);
        for (std::size_t i = 0; i < tasks.size(); ++i)
            if (const auto found = tasks[i].metaFeatures.find(name); found != tasks[i].metaFeatures.end()) {
                sums[i] += std::abs(found->second - own) / deviation;
                ++counts[i];
            }
    }
    const auto distance = [&](std::size_t i) {
        return counts[i] > 0 ? sums[i] / counts[i] : std::numeric_limits<double>::infinity();
    };
    std::vector<std::size_t> order(tasks.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, distance);
    return order;
}

bool areComparable(std::span<const CarriedTask> tasks, const MetaFeatures& features) {
    return std::ranges::any_of(tasks, [&](const CarriedTask& task) {
        return std::ranges::any_of(
            features, [&](const auto& feature) { return task.metaFeatures.contains(feature.first); });
    });
}

} // namespace greenfront::search
