// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/grid.h"
#include "core/search/pareto.h"
#include "core/study/cost.h"
#include "core/study/study.h"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

/// What a study may cost altogether, over all its runs and resumptions: joules, grams and active seconds,
/// each if it is limited.
class Budget {
public:
    explicit Budget(const Study& study);

    bool limited() const { return !limits_.empty(); }
    /// Of the limit that comes first; 0 without one. At most 1 is within the budget.
    double shareOf(const Cost& cost) const;
    /// How often `each` fits between `spent` and this share of the budget.
    double times(const Cost& spent, const Cost& each, double share) const;
    /// "the budget of 5.00 kJ": the one that comes first at this cost
    std::string nameOf(const Cost& cost) const;

private:
    struct Limit {
        double most = 0;
        double perJoule = 0, perSecond = 0;
        std::string name;
        double of(const Cost& cost) const {
            return perJoule * cost.joules.value + perSecond * cost.seconds.value;
        }
    };
    std::vector<Limit> limits_;
};

/// Watches what a search gains: the hypervolume of accuracy and cost over the last so many networks, in
/// percent of all of it, for each gram (or joule) spent on them.
class GainWatch {
public:
    explicit GainWatch(const Study& study);

    /// A point that was found earlier, at a cost that is not known any more.
    void know(const search::Point& objectives);
    void add(const search::Point& objectives, const Cost& spent);
    /// Percent a gram (or joule); nothing until there are enough networks to tell.
    std::optional<double> gain() const;
    /// Why the search should stop: its gain is below what the study asks for. Nothing if it should go on.
    std::optional<std::string> reasonToStop() const;

private:
    struct Moment {
        double hypervolume = 0, amount = 0;
    };
    double hypervolume() const;

    double least_;
    double perJoule_ = 1;
    std::string unit_;
    std::size_t window_;
    std::vector<search::Point> points_;
    std::deque<Moment> moments_;
};

} // namespace greenfront::study
