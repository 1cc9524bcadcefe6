// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/bar_plot.h"

#include "ui/plots/series_style.h"
#include "ui/plots/styling.h"

#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {

BarPlot::BarPlot(const char* name, const QString& title, const QString& axis, QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)) {
    setObjectName(QString::fromUtf8(name));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(objectName() + QStringLiteral("Canvas"));
    plot_->setAccessibleName(title);
    plot_->setMinimumSize(180, 120);
    bars_ = new QCPBars(plot_->yAxis, plot_->xAxis); // the plot owns both
    bars_->setWidth(0.56);
    bars_->setSelectable(QCP::stNone);
    intervals_ = new QCPErrorBars(plot_->yAxis, plot_->xAxis);
    intervals_->setDataPlottable(bars_);
    intervals_->setErrorType(QCPErrorBars::etValueError);
    intervals_->setWhiskerWidth(7);
    intervals_->setSymbolGap(0);
    intervals_->setSelectable(QCP::stNone);
    note_ = new QCPTextElement(plot_); // the layout owns it
    plot_->axisRect()->insetLayout()->addElement(note_, Qt::AlignCenter);
    setUpAxis(*plot_->xAxis, {.title = axis});
    applyTheme();
}

void BarPlot::setBars(std::vector<Bar> bars, const QString& emptyText) {
    shown_ = std::move(bars);
    PlotAxis names;
    QVector<double> keys;
    QVector<double> values;
    QVector<double> below;
    QVector<double> above;
    double highest = 1e-9;
    for (std::size_t i = shown_.size(); i-- > 0;) { // by rising keys, as the intervals are taken by place
        const Bar& bar = shown_[i];
        keys << -static_cast<double>(i);
        values << bar.value;
        below << bar.value - bar.low;
        above << bar.high - bar.value;
        names.names.emplace_back(keys.back(), bar.title);
        highest = std::max(highest, bar.high);
    }
    bars_->setData(keys, values);
    intervals_->setData(below, above);
    setUpAxis(*plot_->yAxis, names);
    plot_->yAxis->setVisible(!shown_.empty());
    plot_->yAxis->setRange(-static_cast<double>(shown_.size()) + 0.4, 0.6);
    plot_->xAxis->setRange(0, shown_.empty() ? 100 : highest * 1.05);
    note_->setText(emptyText);
    note_->setVisible(shown_.empty());
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void BarPlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    plot_->yAxis->grid()->setVisible(false);
    QColor fill = theme.series[0];
    fill.setAlpha(190);
    bars_->setPen(Qt::NoPen);
    bars_->setBrush(fill);
    intervals_->setPen(QPen(theme.text, 1.3));
    note_->setTextColor(theme.axis);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void BarPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void BarPlot::save(const QString& path) {
    savePlot(*plot_, path);
}

} // namespace greenfront::ui
