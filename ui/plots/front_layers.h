// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

#include <optional>
#include <vector>

namespace greenfront::ui {

/// The plottables of a Pareto plot: the cloud of dominated points, the front as a step line with marked
/// points, intervals, and the selected and hovered point on a layer that redraws on its own.
class FrontLayers {
public:
    explicit FrontLayers(QCustomPlot& plot);

    void setFront(const study::Front& front);
    void setMarks(std::optional<QPointF> selected, std::optional<QPointF> hovered);
    /// Error bars of these points.
    void setIntervals(const std::vector<const study::FrontPoint*>& points, const study::Front& front);
    void setTheme(const PlotTheme& theme);
    void replotMarks();

private:
    QCustomPlot& plot_;
    QCPGraph *dominated_, *front_, *frontPoints_, *intervalPoints_, *selected_, *hovered_;
    QCPErrorBars *xBars_, *yBars_;
};

double xOf(const study::FrontPoint& point, const study::Front& front);
double yOf(const study::FrontPoint& point, const study::Front& front);

} // namespace greenfront::ui
