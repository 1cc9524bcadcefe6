// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/pareto_plot.h"

#include "ui/models/texts.h"
#include "ui/plots/front_layers.h"
#include "ui/plots/front_plot.h"
#include "ui/plots/styling.h"
#include "ui/plots/tickers.h"

#include <QScopedValueRollback>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace greenfront::ui {
namespace {

constexpr double reach = 14; // pixels around the cursor in which a point is meant

} // namespace

ParetoPlot::ParetoPlot(QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)), layers_(std::make_unique<FrontLayers>(*plot_)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(QStringLiteral("paretoCanvas"));
    plot_->setAccessibleName(QStringLiteral("Pareto plot"));
    plot_->setMouseTracking(true);
    plot_->setInteractions(QCP::iRangeZoom);
    plot_->setSelectionRectMode(QCP::srmZoom);
    showLegend(*plot_);
    connect(plot_, &QCustomPlot::mousePress, this, &ParetoPlot::pressed);
    connect(plot_, &QCustomPlot::mouseRelease, this, &ParetoPlot::released);
    connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) { hover(event->pos()); });
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &ParetoPlot::resetZoom);
    for (auto* axis : {plot_->xAxis, plot_->yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (!settingRange_)
                setZoomed(true);
        });
    applyTheme();
}

ParetoPlot::~ParetoPlot() = default;

void ParetoPlot::setFront(study::Front front) {
    const bool same = front.x == front_.x && front.y == front_.y && front.device == front_.device;
    front_ = std::move(front);
    layers_->setFront(front_);
    if (!same)
        setZoomed(false);
    setUpAxes();
}

void ParetoPlot::setUpAxes() {
    const QScopedValueRollback guard(settingRange_, true);
    setUpAxis(*plot_->xAxis, front_.xMetric, logX_);
    setUpAxis(*plot_->yAxis, front_.yMetric, logY_);
    if (!zoomed_)
        fitAxes(*plot_, front_, logX_, logY_);
    refreshMarks(true);
}

void ParetoPlot::setLogarithmic(bool x, bool y) {
    logX_ = x;
    logY_ = y;
    setZoomed(false);
    setUpAxes();
}

void ParetoPlot::resetZoom() {
    setZoomed(false);
    setUpAxes();
}

void ParetoPlot::setZoomed(bool zoomed) {
    if (zoomed == zoomed_)
        return;
    zoomed_ = zoomed;
    emit zoomChanged(zoomed);
}

void ParetoPlot::setSelected(std::optional<CandidateId> candidate) {
    selected_ = candidate;
    refreshMarks(true);
}

void ParetoPlot::setIntervals(Intervals intervals) {
    intervals_ = intervals;
    refreshMarks(true);
}

const study::FrontPoint* ParetoPlot::find(std::optional<CandidateId> candidate) const {
    if (!candidate)
        return nullptr;
    const auto found = std::ranges::find(front_.points, *candidate, &study::FrontPoint::candidate);
    return found == front_.points.end() ? nullptr : &*found;
}

std::optional<QPointF> ParetoPlot::coordinates(const study::FrontPoint* point) const {
    if (point == nullptr)
        return std::nullopt;
    return QPointF(xOf(*point, front_), yOf(*point, front_));
}

void ParetoPlot::refreshMarks(bool all) {
    const auto* chosen = find(selected_);
    layers_->setMarks(coordinates(chosen), coordinates(find(hovered_)));
    if (!all) {
        layers_->replotMarks();
        return;
    }
    std::vector<const study::FrontPoint*> withBars;
    if (intervals_ == Intervals::Front)
        for (const auto& point : front_.points)
            if (point.onFront)
                withBars.push_back(&point);
    if (intervals_ == Intervals::Selected && chosen != nullptr)
        withBars.push_back(chosen);
    layers_->setIntervals(withBars, front_);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

const study::FrontPoint* ParetoPlot::nearest(const QPoint& position) const {
    const study::FrontPoint* best = nullptr;
    double bestDistance = reach * reach;
    for (const auto& point : front_.points) {
        const double dx = plot_->xAxis->coordToPixel(xOf(point, front_)) - position.x();
        const double dy = plot_->yAxis->coordToPixel(yOf(point, front_)) - position.y();
        const double distance = dx * dx + dy * dy;
        if (distance < bestDistance || (distance == bestDistance && best != nullptr && point.onFront)) {
            best = &point;
            bestDistance = distance;
        }
    }
    return best;
}

std::optional<QPoint> ParetoPlot::positionOf(CandidateId candidate) const {
    const auto at = coordinates(find(candidate));
    if (!at)
        return std::nullopt;
    const QPointF pixel(plot_->xAxis->coordToPixel(at->x()), plot_->yAxis->coordToPixel(at->y()));
    return plot_->mapTo(this, pixel.toPoint());
}

void ParetoPlot::pressed(QMouseEvent* event) {
    pressedAt_ = event->pos();
}

void ParetoPlot::released(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton ||
        (event->pos() - pressedAt_).manhattanLength() > QApplication::startDragDistance())
        return;
    const auto* point = nearest(event->pos());
    setSelected(point != nullptr ? std::optional(point->candidate) : std::nullopt);
    emit picked(point != nullptr ? point->candidate.value : 0);
}

void ParetoPlot::hover(const QPoint& position) {
    const auto* point = nearest(position);
    const auto now = point != nullptr ? std::optional(point->candidate) : std::nullopt;
    if (now == hovered_)
        return;
    hovered_ = now;
    refreshMarks(false);
    if (point != nullptr)
        QToolTip::showText(plot_->mapToGlobal(position), pointText(*point, front_), plot_);
    else
        QToolTip::hideText();
}

void ParetoPlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    styleLegend(*plot_->legend, theme);
    layers_->setTheme(theme);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ParetoPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void ParetoPlot::save(const QString& path) {
    savePlot(*plot_, path);
}

} // namespace greenfront::ui
