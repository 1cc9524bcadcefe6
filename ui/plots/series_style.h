// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/plot_data.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

namespace greenfront::ui {

/// The same colour and shape for the same thing in all plots.
QCPScatterStyle scatterOf(SeriesRole role, const PlotTheme& theme);
QPen penOf(SeriesRole role, PlotSeries::Form form, const PlotTheme& theme);
/// Scale, ticks and label.
void setUpAxis(QCPAxis& axis, const PlotAxis& wanted);
/// Below the plot, where it hides nothing.
void putLegendBelow(QCustomPlot& plot);
/// From the best (0) to the worst (1): from light to dark on a dark ground and from dark to light on a light
/// one, so that the best stands out; evenly in lightness, so that those who see no hues see the order.
QColor shadeOf(double shade, const PlotTheme& theme);

} // namespace greenfront::ui
