// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/portfolio.h"

#include "core/search/hypervolume.h"

namespace greenfront::search {
namespace {

constexpr double reference = 1.1; ///< a little behind the worst that counts
constexpr double least = 1e-9;    ///< what is worth a trial

/// What each task has reached by the configurations chosen so far.
struct Reached {
    std::vector<Point> points;
    double volume = 0;
};

double volumeWith(const Reached& reached, const Point& added) {
    if (added.size() == 1)
        return std::max(reached.volume, reference - added[0]);
    std::vector<Point> points = reached.points;
    points.push_back(added);
    return hypervolume(points, std::vector<Direction>(added.size(), Direction::Minimise),
                       Point(added.size(), reference));
}

} // namespace

std::vector<std::size_t> greedyPortfolio(const PerformanceMatrix& matrix, std::size_t size) {
    std::vector<Reached> reached(matrix.values.size());
    std::vector<std::size_t> chosen;
    while (chosen.size() < size) {
        std::size_t best = 0;
        double most = least;
        for (std::size_t i = 0; i < matrix.configurations.size(); ++i) {
            double gain = 0;
            for (std::size_t task = 0; task < reached.size(); ++task)
                gain += volumeWith(reached[task], matrix.values[task][i]) - reached[task].volume;
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        if (most <= least)
            break;
        chosen.push_back(best);
        for (std::size_t task = 0; task < reached.size(); ++task) {
            reached[task].volume = volumeWith(reached[task], matrix.values[task][best]);
            reached[task].points.push_back(matrix.values[task][best]);
        }
    }
    return chosen;
}

} // namespace greenfront::search
