// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

namespace greenfront::ui {

/// What the explorer's plot and the picture written without a window have in common.
void showLegend(QCustomPlot& plot);
void styleLegend(QCPLegend& legend, const PlotTheme& theme);
/// Shows all points with a margin.
void fitAxes(QCustomPlot& plot, const study::Front& front, bool logX, bool logY);
/// A point in a few lines, as rich text: its number and all its metrics, the two axes first.
QString pointText(const study::FrontPoint& point, const study::Front& front);

} // namespace greenfront::ui
