// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/front_plot.h"

#include "ui/models/texts.h"
#include "ui/plots/front_layers.h"
#include "ui/plots/styling.h"

#include <algorithm>
#include <limits>

namespace greenfront::ui {
namespace {

QString line(const Metric& metric, bool strong) {
    const QString interval = intervalText(metric);
    const QString value = strong ? QStringLiteral("<b>%1</b>").arg(valueText(metric)) : valueText(metric);
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td><td>&nbsp;&nbsp;%3</td></tr>")
        .arg(metricTitle(metric.name).toHtmlEscaped(), value,
             interval.isEmpty() ? qt(std::string(toText(metric.provenance))) : interval);
}

} // namespace

void showLegend(QCustomPlot& plot) {
    plot.legend->setVisible(true);
    plot.legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot.axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignRight);
}

void styleLegend(QCPLegend& legend, const PlotTheme& theme) {
    QColor fill = theme.background;
    fill.setAlpha(220);
    legend.setBrush(fill);
    legend.setBorderPen(QPen(theme.grid, 1));
    legend.setTextColor(theme.text);
}

void fitAxes(QCustomPlot& plot, const study::Front& front, bool logX, bool logY) {
    if (front.points.empty())
        return;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double lowX = infinite, highX = -infinite, lowY = infinite, highY = -infinite;
    for (const auto& point : front.points) {
        lowX = std::min(lowX, xOf(point, front));
        highX = std::max(highX, xOf(point, front));
        lowY = std::min(lowY, yOf(point, front));
        highY = std::max(highY, yOf(point, front));
    }
    plot.xAxis->setRange(padded(lowX, highX, logX));
    plot.yAxis->setRange(padded(lowY, highY, logY));
}

QString pointText(const study::FrontPoint& point, const study::Front& front) {
    QString text = QStringLiteral("<b>Candidate %1</b>%2<table>")
                       .arg(QString::number(point.candidate.value),
                            point.onFront ? QStringLiteral(" – on the front") : QString());
    text += line(point.metrics.at(front.y), true);
    text += line(point.metrics.at(front.x), true);
    for (const auto& [name, metric] : point.metrics)
        if (name != front.x && name != front.y)
            text += line(metric, false);
    return text + QStringLiteral("</table>");
}

} // namespace greenfront::ui
