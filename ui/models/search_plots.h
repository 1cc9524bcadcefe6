// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/plot_data.h"
#include "ui/models/search_query.h"

#include <cstddef>
#include <vector>

namespace greenfront::ui {

/// What the plots of a search show for one of its objectives. The ids are the trials' numbers. Axes of values
/// are logarithmic if that is wanted and all values are above 0.
struct SearchChoice {
    std::size_t objective = 0;
    bool logarithmic = false;
};

/// Each trial's value and the best so far, in the order of the results.
PlotData historyPlot(const SearchView& view, const SearchChoice& choice);
/// What the joules bought: the hypervolume of several objectives, the best value of one. Without series where
/// no joules were recorded.
PlotData costPlot(const SearchView& view, const SearchChoice& choice);
/// The objective by one parameter.
PlotData slicePlot(const SearchView& view, std::size_t parameter, const SearchChoice& choice);
/// What each trial reported of SearchView::metric, step by step.
PlotData reportsPlot(const SearchView& view, bool logarithmic);
ParallelData parallelPlot(const SearchView& view, const SearchChoice& choice);
/// The most important first, in percent.
std::vector<Bar> importanceBars(const SearchView& view, const std::vector<search::Importance>& importances);
/// "loss – lower is better"
QString objectiveTitle(const search::Objective& objective);

} // namespace greenfront::ui
