// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian.h"
#include "core/search/pareto.h"

namespace greenfront::search {

/// The expected improvement of a hypervolume by a point that is predicted as independent normal variables,
/// one an objective (Emmerich, Giannakoglou and Naujoks 2006). Exact in any number of objectives: what
/// depends on the points alone is done once, in O(n log n) for up to three objectives.
///
/// Per objective, E[(c - X)+] says how much of the axis below c is expected to be improved on, so a box that
/// nothing dominates yet is expected to gain the product of the differences of that at its ends. Up to three
/// objectives these boxes are summed up: strips below a staircase (Yang et al. 2019). Beyond, the same
/// function maps the points to a space where their ordinary hypervolume is what is *not* gained; that loses
/// what is smaller than about 1e-15 of the whole expected box.
class ExpectedHypervolume {
public:
    /// Points as hypervolume() takes them. Throws Error unless the reference is finite.
    ExpectedHypervolume(std::span<const Point> points, std::span<const Direction> directions,
                        Point reference);

    /// In the product of the objectives' units. Throws Error for a mean that is not finite or a deviation
    /// that is not a finite number from 0.
    double improvement(std::span<const Gaussian> prediction) const;

private:
    /// To be minimised; a side may begin at minus infinity.
    struct Box {
        Point low, high;
    };

    void cutIntoBoxes();
    void addBox(const Point& low, const Point& high);
    double ofBoxes(std::span<const Gaussian> prediction) const;
    double ofPoints(std::span<const Gaussian> prediction) const;

    std::vector<Direction> directions_;
    Point reference_;           ///< from here on everything is to be minimised
    std::vector<Point> points_; ///< that improve on the reference
    std::vector<Box> boxes_;    ///< up to three objectives
};

/// E[(c - X)+] for X normal: (c - mean) Phi(z) + deviation phi(z) with z = (c - mean) / deviation.
double expectedGapBelow(double c, const Gaussian& x);

} // namespace greenfront::search
