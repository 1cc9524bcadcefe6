// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/xy_plot.h"

#include "ui/plots/front_plot.h"
#include "ui/plots/series_style.h"
#include "ui/plots/styling.h"

#include <QScopedValueRollback>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::ui {
namespace {

constexpr double reach = 14; // pixels around the cursor in which a point is meant

QCPGraph* makeMark(QCustomPlot& plot) {
    QCPGraph* graph = plot.addGraph();
    graph->setLayer(QStringLiteral("marks"));
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setSelectable(QCP::stNone);
    graph->removeFromLegend();
    return graph;
}

void setMark(QCPGraph& graph, const PlotPoint* point) {
    if (point != nullptr)
        graph.setData({point->x}, {point->y}, true);
    else
        graph.data()->clear();
}

bool sameAxes(const PlotData& a, const PlotData& b) {
    const auto same = [](const PlotAxis& first, const PlotAxis& second) {
        return first.title == second.title && first.logarithmic == second.logarithmic;
    };
    return same(a.x, b.x) && same(a.y, b.y);
}

struct Bounds {
    double low = std::numeric_limits<double>::infinity(), high = -low;

    void add(double value, bool logarithmic) {
        if (!std::isfinite(value) || (logarithmic && value <= 0))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    QCPRange range(const PlotAxis& axis) const {
        if (!axis.names.empty())
            return {axis.names.front().first - 0.5, axis.names.back().first + 0.5};
        return low <= high ? padded(low, high, axis.logarithmic) : QCPRange(axis.logarithmic ? 0.1 : 0, 1);
    }
};

} // namespace

XyPlot::XyPlot(const char* name, const QString& title, QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)) {
    setObjectName(QString::fromUtf8(name));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(objectName() + QStringLiteral("Canvas"));
    plot_->setAccessibleName(title);
    plot_->setMinimumSize(180, 120);
    plot_->setMouseTracking(true);
    plot_->setInteractions(QCP::iRangeZoom);
    plot_->setSelectionRectMode(QCP::srmZoom);
    plot_->addLayer(QStringLiteral("marks"));
    plot_->layer(QStringLiteral("marks"))->setMode(QCPLayer::lmBuffered);
    selectedMark_ = makeMark(*plot_);
    hoveredMark_ = makeMark(*plot_);
    putLegendBelow(*plot_);
    note_ = new QCPTextElement(plot_); // the layout owns it
    plot_->axisRect()->insetLayout()->addElement(note_, Qt::AlignCenter);
    connect(plot_, &QCustomPlot::mousePress, this, &XyPlot::pressed);
    connect(plot_, &QCustomPlot::mouseRelease, this, &XyPlot::released);
    connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) { hover(event->pos()); });
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &XyPlot::resetZoom);
    for (auto* axis : {plot_->xAxis, plot_->yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (!settingRange_)
                setZoomed(true);
        });
    applyTheme();
}

void XyPlot::setData(PlotData data, const QString& emptyText) {
    if (!sameAxes(data, data_))
        setZoomed(false);
    data_ = std::move(data);
    note_->setText(emptyText);
    draw();
    drawMarks();
    fit();
}

void XyPlot::draw() {
    for (auto* plottable : drawn_)
        plot_->removePlottable(plottable);
    drawn_.clear();
    bool any = false;
    for (const PlotSeries& series : data_.series) {
        any = any || !series.points.empty();
        if (!series.points.empty())
            drawSeries(series);
    }
    note_->setVisible(!any);
    plot_->legend->setVisible(plot_->legend->itemCount() > 1);
}

void XyPlot::drawSeries(const PlotSeries& series) {
    const PlotTheme theme = plotTheme(palette());
    QVector<double> x;
    QVector<double> y;
    x.reserve(static_cast<qsizetype>(series.points.size()));
    y.reserve(static_cast<qsizetype>(series.points.size()));
    for (const PlotPoint& point : series.points) {
        x << point.x;
        y << point.y;
    }
    QCPAbstractPlottable* made = nullptr;
    if (series.form == PlotSeries::Form::Lines) {
        auto* curve = new QCPCurve(plot_->xAxis, plot_->yAxis); // the plot owns it
        curve->setData(x, y);
        made = curve;
    } else {
        auto* graph = new QCPGraph(plot_->xAxis, plot_->yAxis);
        const bool steps = series.form == PlotSeries::Form::Steps;
        graph->setLineStyle(steps ? QCPGraph::lsStepLeft : QCPGraph::lsNone);
        graph->setAdaptiveSampling(false);
        if (!steps)
            graph->setScatterStyle(scatterOf(series.role, theme));
        graph->setData(x, y, steps); // steps never go back, and must stay in their order
        made = graph;
    }
    made->setPen(penOf(series.role, series.form, theme));
    made->setSelectable(QCP::stNone);
    made->setName(series.title);
    if (series.title.isEmpty())
        made->removeFromLegend();
    drawn_.push_back(made);
}

void XyPlot::fit() {
    const QScopedValueRollback guard(settingRange_, true);
    setUpAxis(*plot_->xAxis, data_.x);
    setUpAxis(*plot_->yAxis, data_.y);
    if (!zoomed_) {
        Bounds x;
        Bounds y;
        for (const PlotSeries& series : data_.series)
            for (const PlotPoint& point : series.points) {
                x.add(point.x, data_.x.logarithmic);
                y.add(point.y, data_.y.logarithmic);
            }
        plot_->xAxis->setRange(x.range(data_.x));
        plot_->yAxis->setRange(y.range(data_.y));
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void XyPlot::resetZoom() {
    setZoomed(false);
    fit();
}

void XyPlot::setZoomed(bool zoomed) {
    if (zoomed == zoomed_)
        return;
    zoomed_ = zoomed;
    emit zoomChanged(zoomed);
}

void XyPlot::setSelected(std::optional<std::int64_t> id) {
    if (selected_ == id)
        return;
    selected_ = id;
    drawMarks();
}

void XyPlot::drawMarks() {
    setMark(*selectedMark_, find(selected_));
    setMark(*hoveredMark_, find(hovered_));
    plot_->layer(QStringLiteral("marks"))->replot();
}

const PlotPoint* XyPlot::find(std::optional<std::int64_t> id) const {
    const PlotPoint* found = nullptr;
    for (const PlotSeries& series : data_.series)
        for (const PlotPoint& point : series.points)
            if (id && point.id == *id && std::isfinite(point.y))
                found = &point; // of a line its end
    return found;
}

const PlotPoint* XyPlot::nearest(const QPoint& position) const {
    const PlotPoint* best = nullptr;
    double bestDistance = reach * reach;
    for (const PlotSeries& series : data_.series)
        for (const PlotPoint& point : series.points) {
            if (point.id < 0)
                continue;
            const double dx = plot_->xAxis->coordToPixel(point.x) - position.x();
            const double dy = plot_->yAxis->coordToPixel(point.y) - position.y();
            if (dx * dx + dy * dy < bestDistance) {
                best = &point;
                bestDistance = dx * dx + dy * dy;
            }
        }
    return best;
}

std::optional<QPoint> XyPlot::positionOf(std::int64_t id) const {
    const PlotPoint* point = find(id);
    if (point == nullptr)
        return std::nullopt;
    const QPointF pixel(plot_->xAxis->coordToPixel(point->x), plot_->yAxis->coordToPixel(point->y));
    return plot_->mapTo(this, pixel.toPoint());
}

void XyPlot::pressed(QMouseEvent* event) {
    pressedAt_ = event->pos();
}

void XyPlot::released(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton ||
        (event->pos() - pressedAt_).manhattanLength() > QApplication::startDragDistance())
        return;
    const PlotPoint* point = nearest(event->pos());
    emit picked(point != nullptr ? point->id : -1);
}

void XyPlot::hover(const QPoint& position) {
    const PlotPoint* point = nearest(position);
    const auto now = point != nullptr ? std::optional(point->id) : std::nullopt;
    if (now == hovered_)
        return;
    hovered_ = now;
    drawMarks();
    if (point != nullptr && tips_)
        QToolTip::showText(plot_->mapToGlobal(position), tips_(point->id), plot_);
    else
        QToolTip::hideText();
}

void XyPlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    styleLegend(*plot_->legend, theme);
    plot_->legend->setBorderPen(Qt::NoPen);
    note_->setTextColor(theme.axis);
    using Style = QCPScatterStyle;
    selectedMark_->setScatterStyle(Style(Style::ssCircle, QPen(theme.selected, 2.4), Qt::NoBrush, 16));
    hoveredMark_->setScatterStyle(Style(Style::ssCircle, QPen(theme.text, 1.2), Qt::NoBrush, 13));
    draw();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void XyPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void XyPlot::save(const QString& path) {
    savePlot(*plot_, path);
}

} // namespace greenfront::ui
