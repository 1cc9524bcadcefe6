// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/series_style.h"

#include "ui/plots/tickers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace greenfront::ui {
namespace {

QColor faded(QColor colour, int alpha) {
    colour.setAlpha(alpha);
    return colour;
}

QColor colourOf(SeriesRole role, const PlotTheme& theme) {
    switch (role) {
    case SeriesRole::Finished:
        return theme.series[0];
    case SeriesRole::Stopped:
        return theme.series[1];
    case SeriesRole::Running:
        return theme.series[3];
    case SeriesRole::Infeasible:
    case SeriesRole::Failed:
        return theme.dominated;
    case SeriesRole::Front:
    case SeriesRole::Best:
        return theme.front;
    }
    return theme.text;
}

bool isDark(const PlotTheme& theme) {
    return theme.background.lightness() < 128;
}

} // namespace

QCPScatterStyle scatterOf(SeriesRole role, const PlotTheme& theme) {
    using Style = QCPScatterStyle;
    const QColor colour = colourOf(role, theme);
    switch (role) {
    case SeriesRole::Finished:
        return {Style::ssDisc, QPen(faded(colour, 200), 1), faded(colour, 200), 6};
    case SeriesRole::Front:
    case SeriesRole::Best:
        return {Style::ssDiamond, QPen(theme.background, 0.8), colour, 11};
    case SeriesRole::Infeasible:
        return {Style::ssCircle, QPen(colour, 1.3), Qt::NoBrush, 7};
    case SeriesRole::Stopped:
        return {Style::ssCross, QPen(colour, 1.6), Qt::NoBrush, 6};
    case SeriesRole::Failed:
        return {Style::ssPlus, QPen(colour, 1.4), Qt::NoBrush, 7};
    case SeriesRole::Running:
        return {Style::ssTriangle, QPen(colour, 1.4), Qt::NoBrush, 7};
    }
    return {};
}

QPen penOf(SeriesRole role, PlotSeries::Form form, const PlotTheme& theme) {
    const QColor colour = colourOf(role, theme);
    if (form == PlotSeries::Form::Steps)
        return {colour, 2.2};
    switch (role) {
    case SeriesRole::Stopped:
        return {faded(colour, 170), 1.2, Qt::DashLine};
    case SeriesRole::Failed:
    case SeriesRole::Infeasible:
        return {faded(colour, 170), 1.1, Qt::DotLine};
    case SeriesRole::Front:
    case SeriesRole::Best:
        return {colour, 2.2};
    default:
        return {faded(colour, 150), 1.2};
    }
}

void setUpAxis(QCPAxis& axis, const PlotAxis& wanted) {
    axis.setLabel(wanted.title);
    axis.setScaleType(wanted.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (wanted.names.empty()) {
        axis.setTicker(QSharedPointer<QCPAxisTicker>(
            new MetricTicker(wanted.prefixes, wanted.logarithmic, wanted.whole)));
        return;
    }
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const auto& [place, name] : wanted.names)
        ticker->addTick(place, name);
    axis.setTicker(ticker);
}

void putLegendBelow(QCustomPlot& plot) {
    plot.plotLayout()->addElement(1, 0, plot.legend); // the layout owns it from now on
    plot.legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot.legend->setWrap(6);
    plot.plotLayout()->setRowStretchFactor(1, 0.001);
    plot.plotLayout()->setRowSpacing(0);
    plot.legend->setMargins(QMargins(8, 0, 8, 4));
    plot.legend->setColumnSpacing(14);
}

QColor shadeOf(double shade, const PlotTheme& theme) {
    // From a strong blue-green over blue to grey: what is bad recedes into the ground.
    static constexpr std::array<std::array<double, 3>, 3> light{
        {{0, 84, 66}, {38, 120, 178}, {186, 196, 208}}};
    static constexpr std::array<std::array<double, 3>, 3> dark{
        {{120, 240, 190}, {64, 140, 200}, {66, 78, 92}}};
    const auto& stops = isDark(theme) ? dark : light;
    const double place = std::clamp(shade, 0.0, 1.0) * 2;
    const auto first = static_cast<std::size_t>(std::min(place, 1.0));
    const double part = place - static_cast<double>(first);
    const auto mixed = [&](std::size_t channel) {
        return static_cast<int>(
            std::lround(stops[first].at(channel) * (1 - part) + stops[first + 1].at(channel) * part));
    };
    return {mixed(0), mixed(1), mixed(2)};
}

} // namespace greenfront::ui
