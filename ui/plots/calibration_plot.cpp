// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/calibration_plot.h"

#include "ui/models/prediction_rows.h"
#include "ui/models/texts.h"
#include "ui/plots/front_plot.h"
#include "ui/plots/styling.h"
#include "ui/plots/tickers.h"

#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace greenfront::ui {
namespace {

QCPGraph* makePoints(QCustomPlot& plot, const QString& name) {
    QCPGraph* graph = plot.addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setAdaptiveSampling(false);
    graph->setSelectable(QCP::stNone);
    graph->setName(name);
    if (name.isEmpty())
        graph->removeFromLegend();
    return graph;
}

/// A logarithmic axis shows nothing else.
bool canBeDrawn(const study::PredictionCheck& check) {
    return check.joules && check.joules->actual > 0 && check.joules->forecast.low > 0;
}

void setUpJoules(QCPAxis& axis, const QString& label) {
    Metric joules;
    joules.name = "joules";
    joules.unit = "J";
    setUpAxis(axis, joules, true);
    axis.setLabel(label);
}

} // namespace

CalibrationPlot::CalibrationPlot(QWidget* parent)
    : QWidget(parent),
      plot_(new QCustomPlot(this)),
      diagonal_(plot_->addGraph()),
      series_{makeSeries(study::beforeKind), makeSeries(study::profileKind)} {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(QStringLiteral("calibrationCanvas"));
    plot_->setAccessibleName(tr("Predicted against measured joules"));
    diagonal_->setName(tr("exact"));
    diagonal_->setSelectable(QCP::stNone);
    setUpJoules(*plot_->xAxis, tr("Measured (J)"));
    setUpJoules(*plot_->yAxis, tr("Predicted (J)"));
    showLegend(*plot_);
    plot_->legend->setFillOrder(QCPLegend::foRowsFirst);
    applyTheme();
}

CalibrationPlot::Series CalibrationPlot::makeSeries(const char* kind) {
    auto* bars = new QCPErrorBars(plot_->xAxis, plot_->yAxis); // the plot owns it
    bars->setErrorType(QCPErrorBars::etValueError);
    bars->setWhiskerWidth(5);
    bars->setSelectable(QCP::stNone);
    bars->setSymbolGap(6);
    bars->removeFromLegend();
    Series series{.kind = kind,
                  .held = makePoints(*plot_, predictionKindText(kind)),
                  .missed = makePoints(*plot_, {}),
                  .all = makePoints(*plot_, {}),
                  .bars = bars};
    bars->setDataPlottable(series.all);
    return series;
}

void CalibrationPlot::setChecks(const std::vector<study::PredictionCheck>& checks) {
    std::vector<study::PredictionCheck> drawn;
    std::ranges::copy_if(checks, std::back_inserter(drawn), canBeDrawn);
    std::ranges::sort(drawn, {}, [](const auto& check) { return check.joules->actual; });
    for (const Series& series : series_) {
        struct Points {
            QVector<double> x, y;
        };
        Points held;
        Points missed;
        Points all;
        QVector<double> below;
        QVector<double> above;
        for (const auto& check : drawn) {
            if (check.prediction.kind != series.kind)
                continue;
            const energy::Outcome& outcome = *check.joules;
            for (Points* points : {outcome.covered() ? &held : &missed, &all}) {
                points->x << outcome.actual;
                points->y << outcome.forecast.value;
            }
            below << outcome.forecast.value - outcome.forecast.low;
            above << outcome.forecast.high - outcome.forecast.value;
        }
        series.held->setData(held.x, held.y, true);
        series.missed->setData(missed.x, missed.y, true);
        series.all->setData(all.x, all.y, true);
        series.bars->setData(below, above);
    }
    fit(drawn);
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

int CalibrationPlot::points() const {
    int count = 0;
    for (const Series& series : series_)
        count += series.all->dataCount();
    return count;
}

/// The same range on both axes, so that the diagonal is one.
void CalibrationPlot::fit(const std::vector<study::PredictionCheck>& checks) {
    if (checks.empty())
        return;
    double low = checks.front().joules->actual;
    double high = low;
    for (const auto& check : checks) {
        low = std::min({low, check.joules->actual, check.joules->forecast.low});
        high = std::max({high, check.joules->actual, check.joules->forecast.high});
    }
    const QCPRange range = padded(low, high, true);
    plot_->xAxis->setRange(range);
    plot_->yAxis->setRange(range);
    diagonal_->setData({range.lower, range.upper}, {range.lower, range.upper}, true);
}

void CalibrationPlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    styleLegend(*plot_->legend, theme);
    diagonal_->setPen(QPen(theme.axis, 1.2, Qt::DashLine));
    constexpr double size = 8;
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const auto shape = i == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssSquare;
        const auto hollow = i == 0 ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssSquare;
        const QColor colour = theme.series.at(i);
        series_.at(i).held->setScatterStyle(QCPScatterStyle(shape, QPen(colour, 1.4), colour, size));
        series_.at(i).missed->setScatterStyle(
            QCPScatterStyle(hollow, QPen(colour, 1.8), theme.background, size));
        QColor pale = colour;
        pale.setAlpha(150);
        series_.at(i).bars->setPen(QPen(pale, 1.2));
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CalibrationPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

} // namespace greenfront::ui
