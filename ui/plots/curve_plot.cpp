// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_plot.h"

#include "ui/plots/curve_panes.h"
#include "ui/plots/styling.h"

#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace greenfront::ui {

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(QStringLiteral("curveCanvas"));
    plot_->setAccessibleName(QStringLiteral("Curves of the training"));
    plot_->setInteractions(QCP::iRangeZoom | QCP::iRangeDrag);
    plot_->setNoAntialiasingOnDrag(true);
    panes_ = std::make_unique<CurvePanes>(*plot_);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::resetZoom);
    connect(panes_->epochs(), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
        if (!settingRange_)
            setZoomed(true);
    });
    applyTheme();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setCurves(const Curves& curves) {
    panes_->setCurves(curves);
    fit();
}

void CurvePlot::fit() {
    if (!zoomed_) {
        const QScopedValueRollback guard(settingRange_, true);
        panes_->fit(following_);
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setFollowing(bool following) {
    following_ = following;
    setZoomed(false);
    fit();
}

void CurvePlot::setLogarithmicLoss(bool logarithmic) {
    panes_->setLogarithmicLoss(logarithmic);
    fit();
}

void CurvePlot::resetZoom() {
    setZoomed(false);
    fit();
}

void CurvePlot::setZoomed(bool zoomed) {
    if (zoomed == zoomed_)
        return;
    zoomed_ = zoomed;
    emit zoomChanged(zoomed);
}

int CurvePlot::pointsOf(const std::string& name) const {
    const QCPGraph* graph = panes_->graph(name);
    return graph == nullptr ? 0 : graph->dataCount();
}

void CurvePlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    panes_->setTheme(theme);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void CurvePlot::save(const QString& path) {
    savePlot(*plot_, path);
}

} // namespace greenfront::ui
