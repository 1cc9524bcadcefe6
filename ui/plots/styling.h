// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

namespace greenfront::ui {

/// Background, axes, grid and legend of any plot.
void applyStyle(QCustomPlot& plot, const PlotTheme& theme);
void applyStyle(QCPAxisRect& rect, const PlotTheme& theme);
/// The range that shows all of [low, high] with a margin, on either kind of scale.
QCPRange padded(double low, double high, bool logarithmic);
/// PNG, SVG or PDF by the name's ending, all or nothing; throws Error.
void savePlot(QCustomPlot& plot, const QString& path);

} // namespace greenfront::ui
