// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/budget.h"

#include "core/base/text.h"
#include "core/search/hypervolume.h"
#include "core/study/carbon.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::study {
namespace {

const std::vector<Direction>& directions() {
    static const std::vector<Direction> both{Direction::Maximise, Direction::Minimise};
    return both;
}

double gramsPerJoule(const Study& study) {
    const CarbonSettings settings = carbonSettings(study);
    return energy::carbonOf(Joules(1), settings.grid.value, settings.pue).value;
}

} // namespace

Budget::Budget(const Study& study) {
    const auto number = [&](const char* key) { return study.parameters.at(key).get<double>(); };
    if (const double most = number("budget_joules"); most > 0)
        limits_.push_back({most, 1, 0, "the budget of " + greenfront::toText(Joules(most))});
    if (const double most = number("budget_grams"); most > 0)
        limits_.push_back(
            {most, gramsPerJoule(study), 0, "the budget of " + greenfront::toText(GramsCO2e(most))});
    if (const double most = number("budget_seconds"); most > 0)
        limits_.push_back({most, 0, 1, "the budget of " + greenfront::toText(Seconds(most))});
}

double Budget::shareOf(const Cost& cost) const {
    double share = 0;
    for (const Limit& limit : limits_)
        share = std::max(share, limit.of(cost) / limit.most);
    return share;
}

double Budget::times(const Cost& spent, const Cost& each, double share) const {
    double fit = std::numeric_limits<double>::infinity();
    for (const Limit& limit : limits_)
        if (const double one = limit.of(each); one > 0)
            fit = std::min(fit, std::max(0.0, limit.most * share - limit.of(spent)) / one);
    return fit;
}

std::string Budget::nameOf(const Cost& cost) const {
    const auto first = std::ranges::max_element(
        limits_, {}, [&](const Limit& limit) { return limit.of(cost) / limit.most; });
    return first == limits_.end() ? "no budget" : first->name;
}

GainWatch::GainWatch(const Study& study)
    : least_(study.parameters.at("stop_gain").get<double>()),
      unit_(study.parameters.at("stop_gain_unit").get<std::string>()),
      window_(std::max<std::size_t>(8, study.parameters.at("population").get<std::size_t>() / 2)) {
    if (unit_ == "gram")
        perJoule_ = gramsPerJoule(study);
}

double GainWatch::hypervolume() const {
    // The first two networks are the smallest and the largest of the space: everything lies between them.
    constexpr double beyond = 1.1;
    const double accuracy = std::min(points_[0][0], points_[1][0]) - 1.0;
    const double cost = std::max(points_[0][1], points_[1][1]) * beyond;
    return search::hypervolume(points_, directions(), {accuracy, cost});
}

void GainWatch::know(const search::Point& objectives) {
    points_.push_back(objectives);
}

void GainWatch::add(const search::Point& objectives, const Cost& spent) {
    points_.push_back(objectives);
    if (points_.size() < 2)
        return;
    moments_.push_back({hypervolume(), spent.joules.value * perJoule_});
    if (moments_.size() > window_ + 1)
        moments_.pop_front();
}

std::optional<double> GainWatch::gain() const {
    if (moments_.size() <= window_)
        return std::nullopt;
    const double amount = moments_.back().amount - moments_.front().amount;
    const double volume = moments_.back().hypervolume;
    if (!(amount > 0) || !(volume > 0))
        return std::nullopt;
    return 100.0 * (volume - moments_.front().hypervolume) / volume / amount;
}

std::optional<std::string> GainWatch::reasonToStop() const {
    const auto now = gain();
    if (!(least_ > 0) || !now || *now >= least_)
        return std::nullopt;
    return "the last " + std::to_string(window_) + " networks gained " + fixedText(*now, 3) +
           " % of hypervolume a " + unit_ + ", and " + numberText(least_) + " % was asked for";
}

} // namespace greenfront::study
