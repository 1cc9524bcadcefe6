// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/knee.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

std::vector<std::size_t> finiteFront(std::span<const Point> points, std::span<const Direction> directions) {
    auto front = paretoFront(points, directions);
    std::erase_if(front, [&](std::size_t index) {
        return !std::ranges::all_of(points[index], [](double value) { return std::isfinite(value); });
    });
    return front;
}

} // namespace

std::optional<Knee> kneeOf(std::span<const Point> points, std::span<const Direction> directions) {
    const auto front = finiteFront(points, directions);
    if (front.empty())
        return std::nullopt;
    std::vector<double> sums(front.size(), 0.0); ///< of what each is worse than the ideal
    std::size_t varying = 0;
    for (std::size_t i = 0; i < directions.size(); ++i) {
        const auto value = [&](std::size_t index) { return points[index][i]; };
        const double low = value(*std::ranges::min_element(front, {}, value));
        const double high = value(*std::ranges::max_element(front, {}, value));
        const double range = high - low;
        if (!(range > 0) || !std::isfinite(range))
            continue;
        ++varying;
        const double best = directions[i] == Direction::Minimise ? low : high;
        for (std::size_t place = 0; place < front.size(); ++place)
            sums[place] += std::abs(value(front[place]) - best) / range;
    }
    const auto least = std::ranges::min_element(sums);
    const std::size_t index = front[static_cast<std::size_t>(least - sums.begin())];
    if (varying == 0)
        return Knee{index, 0};
    return Knee{index, (1 - *least) / std::sqrt(static_cast<double>(varying))};
}

} // namespace greenfront::search
