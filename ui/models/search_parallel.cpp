// SPDX-License-Identifier: GPL-3.0-or-later
// The parallel coordinates of a search: its parameters, then its objectives.
#include "core/base/text.h"
#include "ui/models/search_plots.h"
#include "ui/models/texts.h"
#include "ui/models/trial_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace greenfront::ui {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double inactive = -0.1; ///< where lines go of which the parameter is not active
constexpr std::size_t mostNamed = 8;

ParallelAxis axisOf(const search::ParameterSpace& space, std::size_t parameter) {
    const search::SpaceParameter& what = space[parameter];
    ParallelAxis axis{.title = qt(what.name)};
    const std::size_t cells = space.cells(parameter);
    if (!what.values.empty() && what.values.size() <= mostNamed) {
        for (std::size_t i = 0; i < what.values.size(); ++i)
            axis.ticks.emplace_back(space.unitOf(parameter, static_cast<double>(i)),
                                    parameterText(what.values[i]));
    } else if (cells > 0 && cells <= mostNamed) {
        for (std::size_t i = 0; i < cells; ++i) {
            const double value = space.valueOfCell(parameter, i);
            axis.ticks.emplace_back(space.unitOf(parameter, value), qt(shortText(value)));
        }
    } else {
        const bool bounded = what.distribution == search::Distribution::Uniform ||
                             what.distribution == search::Distribution::Log;
        for (const double unit : bounded ? std::array{0.0, 0.5, 1.0} : std::array{0.025, 0.5, 0.975}) {
            const double value = space.valueAt(parameter, unit);
            axis.ticks.emplace_back(unit, what.values.empty()
                                              ? qt(shortText(value))
                                              : parameterText(what.values[static_cast<std::size_t>(value)]));
        }
    }
    return axis;
}

/// Where the values of an objective lie between the lowest and the highest.
class ObjectiveScale {
public:
    ObjectiveScale(const SearchView& view, std::size_t objective, bool logarithmic)
        : objective_(objective), logarithmic_(logarithmic) {
        for (const store::TrialRow& trial : view.result.trials)
            if (const double value = valueOf(trial); std::isfinite(value)) {
                low_ = std::min(low_, value);
                high_ = std::max(high_, value);
            }
        logarithmic_ = logarithmic_ && low_ > 0;
    }

    double valueOf(const store::TrialRow& trial) const {
        const bool has = trial.result && objective_ < trial.result->objectives.size();
        return has ? trial.result->objectives[objective_] : nothing;
    }

    double place(double value) const {
        const double span = scaled(high_) - scaled(low_);
        return span > 0 ? (scaled(value) - scaled(low_)) / span : value * 0 + 0.5; // NaN stays NaN
    }

    ParallelAxis axis(const QString& title) const {
        ParallelAxis axis{.title = title};
        if (low_ > high_)
            return axis;
        const double middle = (scaled(low_) + scaled(high_)) / 2;
        axis.ticks = {{place(low_), qt(shortText(low_))}};
        if (high_ > low_) {
            axis.ticks.emplace_back(0.5, qt(shortText(logarithmic_ ? std::exp(middle) : middle)));
            axis.ticks.emplace_back(1, qt(shortText(high_)));
        }
        return axis;
    }

private:
    double scaled(double value) const { return logarithmic_ ? std::log(value) : value; }

    std::size_t objective_;
    bool logarithmic_;
    double low_ = std::numeric_limits<double>::infinity(), high_ = -low_;
};

} // namespace

ParallelData parallelPlot(const SearchView& view, const SearchChoice& choice) {
    ParallelData data;
    const search::ParameterSpace& space = *view.space;
    for (std::size_t i = 0; i < space.size(); ++i) {
        data.axes.push_back(axisOf(space, i));
        if (space.isConditional(i))
            data.axes.back().ticks.emplace_back(inactive, QStringLiteral("not active"));
    }
    std::vector<ObjectiveScale> scales;
    scales.reserve(view.objectives().size());
    for (std::size_t k = 0; k < view.objectives().size(); ++k) {
        scales.emplace_back(view, k, choice.logarithmic);
        data.axes.push_back(scales.back().axis(qt(view.objectives()[k].name)));
    }
    data.shaded = space.size() + choice.objective;
    data.bestAtTop = view.objectives().at(choice.objective).direction == Direction::Maximise;
    data.lines.reserve(view.result.trials.size());
    for (std::size_t i = 0; i < view.result.trials.size(); ++i) {
        const store::TrialRow& trial = view.result.trials[i];
        ParallelLine line{.id = static_cast<std::int64_t>(trial.number)};
        for (std::size_t k = 0; k < space.size(); ++k) {
            const double value = view.assignments[i].values[k];
            const bool none = std::isnan(value);
            line.places.push_back(!none                    ? space.unitOf(k, value)
                                  : space.isConditional(k) ? inactive
                                                           : nothing);
        }
        for (const ObjectiveScale& scale : scales)
            line.places.push_back(scale.place(scale.valueOf(trial)));
        const double place = line.places.at(data.shaded);
        if (trial.result && trial.result->outcome == store::TrialOutcome::Finished && std::isfinite(place))
            line.shade = data.bestAtTop ? 1 - place : place;
        data.lines.push_back(std::move(line));
    }
    return data;
}

} // namespace greenfront::ui
