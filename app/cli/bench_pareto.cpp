// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"
#include "core/base/random.h"
#include "core/search/archive.h"
#include "core/search/expected_hypervolume.h"
#include "core/search/hypervolume.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>

namespace greenfront::cli {
namespace {

using search::Point;

/// The least of a few, as everything else that runs on the machine only adds to it.
template <class Work>
double milliseconds(const Work& work, int repeats = 7) {
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < repeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        least = std::min(least, time.count());
    }
    return least;
}

std::vector<Direction> down(std::size_t objectives) {
    return std::vector<Direction>(objectives, Direction::Minimise);
}

/// On the part of the unit sphere where all are positive, so that none dominates another.
std::vector<Point> sphere(std::size_t count, std::size_t objectives, Rng& rng) {
    std::vector<Point> points(count, Point(objectives));
    for (Point& point : points) {
        double square = 0;
        for (double& value : point) {
            value = std::abs(rng.normal());
            square += value * value;
        }
        for (double& value : point)
            value /= std::sqrt(square);
    }
    return points;
}

OrderedJson hypervolumes() {
    OrderedJson json;
    const auto add = [&json](const char* name, std::size_t count, std::size_t objectives) {
        Rng rng(1);
        const auto points = sphere(count, objectives, rng);
        const Point reference(objectives, 1.1);
        double volume = 0;
        const double time =
            milliseconds([&] { volume = search::hypervolume(points, down(objectives), reference); });
        json[name] = {{"ms", time}, {"hypervolume", volume}};
    };
    add("1000_points_2d", 1000, 2);
    add("1000_points_3d", 1000, 3);
    add("100_points_4d", 100, 4);
    add("50_points_6d", 50, 6);
    add("10_points_10d", 10, 10);
    return json;
}

/// The mean of an insertion of points of which all are kept, which is the most that there is to look at; and
/// the same by looking at each that is there, which is what the archive is for.
OrderedJson archive(std::size_t objectives, std::size_t count) {
    Rng rng(2);
    const auto points = sphere(count, objectives, rng);
    const double milli = milliseconds(
        [&] {
            search::Archive kept(down(objectives));
            for (std::size_t i = 0; i < count; ++i)
                kept.insert(points[i], i);
        },
        1);
    const double list = milliseconds(
        [&] {
            std::vector<Point> kept;
            for (const Point& point : points) {
                const auto covers = [&point](const Point& other) {
                    return std::ranges::equal(other, point, std::less_equal{});
                };
                if (std::ranges::none_of(kept, covers))
                    kept.push_back(point);
            }
        },
        1);
    const double each = 1e3 / static_cast<double>(count);
    return {{"points", count}, {"us_per_insertion", milli * each}, {"us_in_a_list", list * each}};
}

OrderedJson others() {
    Rng rng(3);
    const auto front = sphere(1000, 3, rng);
    const Point reference(3, 1.1);
    std::vector<Point> cloud(10'000, Point(3));
    for (Point& point : cloud)
        for (double& value : point)
            value = rng.uniform();
    const std::vector<Point> some(front.begin(), front.begin() + 100);
    const search::ExpectedHypervolume expected(some, down(3), reference);
    const std::vector<search::Gaussian> prediction(3, {0.5, 0.1});
    double sum = 0;
    return {{"contributions_1000_points_3d_ms",
             milliseconds([&] { sum += search::hypervolumeContributions(front, down(3), reference)[0]; }, 1)},
            {"sorting_10000_points_3d_ms",
             milliseconds([&] { sum += search::nonDominatedRanks(cloud, down(3))[0]; })},
            {"expected_improvement_100_points_3d_ms",
             milliseconds([&] { sum += expected.improvement(prediction); })},
            {"checksum", sum}};
}

} // namespace

OrderedJson benchPareto() {
    return {{"hypervolume", hypervolumes()},
            {"archive_2d", archive(2, 20'000)},
            {"archive_3d", archive(3, 20'000)},
            {"archive_5d", archive(5, 20'000)},
            {"others", others()}};
}

} // namespace greenfront::cli
