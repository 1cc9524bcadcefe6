// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_panes.h"

#include "ui/models/texts.h"
#include "ui/plots/front_plot.h"
#include "ui/plots/styling.h"
#include "ui/plots/tickers.h"

#include <algorithm>
#include <cmath>

namespace greenfront::ui {
namespace {

constexpr double followedEpochs = 5;

void setTicks(QCPAxis& axis, bool prefixes, bool logarithmic) {
    axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis.setTicker(QSharedPointer<QCPAxisTicker>(new MetricTicker(prefixes, logarithmic)));
}

/// Thin and pale where a value a step makes a band, strong with dots where there is one an epoch.
void draw(QCPGraph& graph, const std::string& name, QColor colour) {
    if (name == "loss") {
        colour.setAlpha(110);
        graph.setPen(QPen(colour, 1));
        return;
    }
    const bool second = name == "accuracy_smallest";
    graph.setPen(QPen(colour, 2, second ? Qt::DashLine : Qt::SolidLine));
    graph.setScatterStyle(
        QCPScatterStyle(second ? QCPScatterStyle::ssSquare : QCPScatterStyle::ssDisc, colour, colour, 6));
}

} // namespace

CurvePanes::CurvePanes(QCustomPlot& plot) : plot_(plot) {
    plot.setAutoAddPlottableToLegend(false); // each pane has a legend of its own
    plot.plotLayout()->clear();
    panes_.push_back(makePane(0, QStringLiteral("Loss"), {"loss", "loss_epoch"}));
    panes_.push_back(makePane(1, QStringLiteral("Accuracy (%)"), {"accuracy_largest", "accuracy_smallest"}));
    panes_.push_back(makePane(2, QStringLiteral("Energy (J)"), {"joules"}));
    auto* margins = new QCPMarginGroup(&plot); // the plot owns it
    for (const auto& pane : panes_)
        pane.rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    panes_.back().rect->axis(QCPAxis::atBottom)->setLabel(QStringLiteral("Epoch"));
    plot.plotLayout()->setRowStretchFactors({3, 3, 2});
    plot.plotLayout()->setRowSpacing(4);
    tieEpochs();
}

CurvePanes::Pane CurvePanes::makePane(int row, const QString& label, const std::vector<std::string>& series) {
    Pane pane{.rect = new QCPAxisRect(&plot_), .legend = new QCPLegend, .graphs = {}}; // the layout owns both
    plot_.plotLayout()->addElement(row, 0, pane.rect);
    pane.rect->insetLayout()->addElement(pane.legend,
                                         Qt::AlignRight | (row == 0 ? Qt::AlignTop : Qt::AlignBottom));
    pane.legend->setLayer(QStringLiteral("legend"));
    QCPAxis* epochs = pane.rect->axis(QCPAxis::atBottom);
    QCPAxis* values = pane.rect->axis(QCPAxis::atLeft);
    values->setLabel(label);
    pane.rect->setRangeZoomAxes(epochs, nullptr);
    pane.rect->setRangeDragAxes(epochs, nullptr);
    setTicks(*values, row == 2, false);
    setTicks(*epochs, false, false);
    for (const auto& name : series) {
        QCPGraph* graph = plot_.addGraph(epochs, values);
        graph->setName(seriesTitle(name));
        graph->setSelectable(QCP::stNone);
        pane.graphs.emplace_back(name, graph);
    }
    return pane;
}

void CurvePanes::tieEpochs() {
    for (const auto& from : panes_)
        for (const auto& to : panes_)
            if (from.rect != to.rect)
                QObject::connect(
                    from.rect->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
                    to.rect->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::setRange));
}

QCPAxis* CurvePanes::epochs() const {
    return panes_.front().rect->axis(QCPAxis::atBottom);
}

QCPGraph* CurvePanes::graph(const std::string& name) const {
    for (const auto& pane : panes_)
        for (const auto& [series, graph] : pane.graphs)
            if (series == name)
                return graph;
    return nullptr;
}

void CurvePanes::setCurves(const Curves& curves) {
    for (auto& pane : panes_) {
        for (auto& [name, graph] : pane.graphs) {
            const Curve* curve = curves.find(name);
            if (curve == nullptr) {
                graph->data()->clear();
                if (pane.legend->hasItemWithPlottable(graph))
                    pane.legend->removeItem(pane.legend->itemWithPlottable(graph));
                continue;
            }
            graph->setData(QVector<double>(curve->epochs.begin(), curve->epochs.end()),
                           QVector<double>(curve->values.begin(), curve->values.end()), true);
            if (!pane.legend->hasItemWithPlottable(graph))
                graph->addToLegend(pane.legend);
        }
        pane.legend->setVisible(pane.legend->itemCount() > 1);
    }
}

void CurvePanes::setTheme(const PlotTheme& theme) {
    std::size_t colour = 0;
    for (auto& pane : panes_) {
        styleLegend(*pane.legend, theme);
        for (auto& [name, graph] : pane.graphs)
            draw(*graph, name,
                 name == "loss" ? theme.series[0] : theme.series[colour++ % theme.series.size()]);
    }
}

void CurvePanes::setLogarithmicLoss(bool logarithmic) {
    logarithmicLoss_ = logarithmic;
    setTicks(*panes_.front().rect->axis(QCPAxis::atLeft), false, logarithmic);
}

void CurvePanes::fitPane(Pane& pane, const QCPRange& epochs) const {
    bool any = false;
    QCPRange all;
    for (const auto& [name, graph] : pane.graphs) {
        bool found = false;
        const QCPRange one = graph->getValueRange(found, QCP::sdBoth, epochs);
        if (!found)
            continue;
        all = any ? all.expanded(one) : one;
        any = true;
    }
    const bool loss = &pane == &panes_.front();
    if (any)
        pane.rect->axis(QCPAxis::atLeft)->setRange(padded(all.lower, all.upper, loss && logarithmicLoss_));
}

void CurvePanes::fit(bool newest) {
    double last = 1;
    double first = std::numeric_limits<double>::infinity();
    for (const auto& pane : panes_)
        for (const auto& [name, graph] : pane.graphs) {
            if (graph->data()->isEmpty())
                continue;
            first = std::min(first, graph->data()->constBegin()->key);
            last = std::max(last, (graph->data()->constEnd() - 1)->key);
        }
    const double begin = newest ? std::max(last - followedEpochs, 0.0) : std::min(first, 0.0);
    const double margin = (last - begin) * 0.02;
    epochs()->setRange(begin - margin, last + margin);
    for (auto& pane : panes_)
        fitPane(pane, epochs()->range());
}

} // namespace greenfront::ui
