// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/front_layers.h"

#include <algorithm>

namespace greenfront::ui {
namespace {

constexpr double frontSize = 9, dominatedSize = 6, selectedSize = 16, hoveredSize = 13;

QCPGraph* makeGraph(QCustomPlot& plot, const char* layer, const QString& name, QCPGraph::LineStyle line) {
    QCPGraph* graph = plot.addGraph();
    graph->setLayer(QString::fromUtf8(layer));
    graph->setLineStyle(line);
    graph->setSelectable(QCP::stNone);
    graph->setName(name);
    if (name.isEmpty())
        graph->removeFromLegend();
    return graph;
}

QCPErrorBars* makeBars(QCustomPlot& plot, QCPGraph* points, QCPErrorBars::ErrorType type) {
    auto* bars = new QCPErrorBars(plot.xAxis, plot.yAxis); // the plot owns it
    bars->setDataPlottable(points);
    bars->setErrorType(type);
    bars->setWhiskerWidth(6);
    bars->setSelectable(QCP::stNone);
    bars->setLayer(QStringLiteral("intervals"));
    bars->removeFromLegend();
    return bars;
}

void setPoint(QCPGraph& graph, const std::optional<QPointF>& point) {
    if (point)
        graph.setData({point->x()}, {point->y()}, true);
    else
        graph.data()->clear();
}

struct Bars {
    QVector<double> below, above;

    void add(const Metric& metric) {
        below << std::max(0.0, metric.value - metric.low.value_or(metric.value));
        above << std::max(0.0, metric.high.value_or(metric.value) - metric.value);
    }
};

} // namespace

double xOf(const study::FrontPoint& point, const study::Front& front) {
    return point.metrics.at(front.x).value;
}
double yOf(const study::FrontPoint& point, const study::Front& front) {
    return point.metrics.at(front.y).value;
}

FrontLayers::FrontLayers(QCustomPlot& plot) : plot_(plot) {
    plot.addLayer(QStringLiteral("intervals"), plot.layer(QStringLiteral("main")));
    plot.addLayer(QStringLiteral("front"), plot.layer(QStringLiteral("intervals")));
    plot.addLayer(QStringLiteral("marks"), plot.layer(QStringLiteral("front")));
    plot.layer(QStringLiteral("marks"))->setMode(QCPLayer::lmBuffered);
    dominated_ = makeGraph(plot, "main", QStringLiteral("dominated"), QCPGraph::lsNone);
    intervalPoints_ = makeGraph(plot, "intervals", {}, QCPGraph::lsNone);
    front_ = makeGraph(plot, "front", {}, QCPGraph::lsStepLeft);
    frontPoints_ = makeGraph(plot, "front", QStringLiteral("on the front"), QCPGraph::lsNone);
    frontPoints_->setAdaptiveSampling(false);
    selected_ = makeGraph(plot, "marks", {}, QCPGraph::lsNone);
    hovered_ = makeGraph(plot, "marks", {}, QCPGraph::lsNone);
    xBars_ = makeBars(plot, intervalPoints_, QCPErrorBars::etKeyError);
    yBars_ = makeBars(plot, intervalPoints_, QCPErrorBars::etValueError);
}

void FrontLayers::setFront(const study::Front& front) {
    struct Points {
        QVector<double> x, y;
    };
    Points onFront;
    Points dominated;
    for (const auto& point : front.points) {
        Points& points = point.onFront ? onFront : dominated;
        points.x << xOf(point, front);
        points.y << yOf(point, front);
    }
    dominated_->setData(dominated.x, dominated.y, true);
    frontPoints_->setData(onFront.x, onFront.y, true);
    // What a point reaches holds towards worse x until the next point improves on it.
    front_->setLineStyle(front.xMetric.direction == Direction::Minimise ? QCPGraph::lsStepLeft
                                                                        : QCPGraph::lsStepRight);
    front_->setData(onFront.x, onFront.y, true);
}

void FrontLayers::setIntervals(const std::vector<const study::FrontPoint*>& points,
                               const study::Front& front) {
    QVector<double> x, y;
    Bars xBars, yBars;
    for (const auto* point : points) {
        x << xOf(*point, front);
        y << yOf(*point, front);
        xBars.add(point->metrics.at(front.x));
        yBars.add(point->metrics.at(front.y));
    }
    intervalPoints_->setData(x, y, true);
    xBars_->setData(xBars.below, xBars.above);
    yBars_->setData(yBars.below, yBars.above);
}

void FrontLayers::setMarks(std::optional<QPointF> selected, std::optional<QPointF> hovered) {
    setPoint(*selected_, selected);
    setPoint(*hovered_, hovered);
}

void FrontLayers::replotMarks() {
    plot_.layer(QStringLiteral("marks"))->replot();
}

void FrontLayers::setTheme(const PlotTheme& theme) {
    QColor dim = theme.dominated;
    dim.setAlpha(150);
    QColor line = theme.front;
    line.setAlpha(170);
    dominated_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(dim, 1.2), Qt::NoBrush, dominatedSize));
    front_->setPen(QPen(line, 1.6));
    frontPoints_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.background, 0.8), theme.front, frontSize + 2));
    selected_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.selected, 2.4), Qt::NoBrush, selectedSize));
    hovered_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.text, 1.2), Qt::NoBrush, hoveredSize));
    for (auto* bars : {xBars_, yBars_})
        bars->setPen(QPen(theme.selected, 1.2));
}

} // namespace greenfront::ui
