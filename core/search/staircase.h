// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <iterator>
#include <limits>
#include <map>

namespace greenfront::search {

/// The points of a plane that no other is at least as good as, both coordinates to be minimised: as x grows,
/// y falls. Each of n insertions takes O(log n) on average, however many points it removes.
class Staircase {
public:
    /// Is a point at least as good as (x, y)?
    bool covers(double x, double y) const {
        const auto after = steps_.upper_bound(x);
        return after != steps_.begin() && std::prev(after)->second <= y;
    }

    /// The least y of all points up to x; infinity where there is none.
    double heightAt(double x) const {
        const auto after = steps_.upper_bound(x);
        return after == steps_.begin() ? std::numeric_limits<double>::infinity() : std::prev(after)->second;
    }

    /// Adds a point that is not covered and removes those that it covers.
    void insert(double x, double y) {
        const auto first = steps_.lower_bound(x);
        auto last = first;
        while (last != steps_.end() && last->second >= y)
            ++last;
        steps_.emplace_hint(steps_.erase(first, last), x, y);
    }

    /// Inserts likewise. `visit(from, to, height)` is called for each part of the axis on which the height
    /// falls to y, with the height that it had; `end` is where the plane ends.
    template <class Visit>
    void insert(double x, double y, double end, const Visit& visit) {
        double from = x;
        double height = heightAt(x);
        for (auto step = steps_.upper_bound(x); height > y; ++step) {
            const bool isLast = step == steps_.end();
            const double to = isLast ? end : step->first;
            visit(from, to, height);
            if (isLast)
                break;
            from = to;
            height = step->second;
        }
        insert(x, y);
    }

private:
    std::map<double, double> steps_;
};

} // namespace greenfront::search
