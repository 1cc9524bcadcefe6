// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/predictions_panel.h"

#include "ui/plots/calibration_plot.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/fact_card.h"
#include "ui/widgets/texts.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace greenfront::ui {
namespace {

/// A heading over a view, as everywhere on the carbon page.
QWidget* titled(const QString& title, const QString& remark, QWidget* view) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(headingLabel(title));
    layout->addWidget(view, 1);
    layout->addWidget(quietLabel(remark));
    return box;
}

} // namespace

PredictionsPanel::PredictionsPanel(QWidget* parent)
    : QWidget(parent),
      rows_(new TableModel(predictionColumns(), this)),
      sorted_(new QSortFilterProxyModel(this)),
      plot_(new CalibrationPlot),
      stack_(new QStackedWidget) {
    stack_->addWidget(new EmptyState(
        tr("No predictions yet"),
        tr("The first study teaches what this machine costs. From the second one on each run is predicted "
           "before it starts, and a longer training once more from its first 2 %. What was predicted is "
           "compared here with what happened.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
}

QWidget* PredictionsPanel::makeContent() {
    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    for (const char* each : {"factBefore", "factProfile"}) {
        auto* card = new FactCard;
        card->setObjectName(QString::fromUtf8(each));
        facts_.push_back(card);
        cards->addWidget(card, 1);
    }
    auto* both = new QSplitter(Qt::Horizontal);
    both->setChildrenCollapsible(false);
    both->addWidget(makeTable());
    both->addWidget(makePlot());
    both->setStretchFactor(0, 1);
    both->setSizes({850, 380});
    both->setHandleWidth(20);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(cards);
    layout->addWidget(both, 1);
    return content;
}

QWidget* PredictionsPanel::makeTable() {
    sorted_->setSourceModel(rows_);
    sorted_->setSortRole(TableModel::sortRole);
    auto* table = new QTableView;
    table->setModel(sorted_);
    setUpTable(*table);
    name(*table, "predictionsTable", tr("Predictions beside what happened"), {});
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    return titled(tr("Every run that was predicted"),
                  tr("Of all studies of this workspace, the newest first. Naive is the first epoch’s joules "
                     "times the number of epochs."),
                  table);
}

QWidget* PredictionsPanel::makePlot() {
    plot_->setObjectName(QStringLiteral("calibrationPlot"));
    plot_->setMinimumWidth(260);
    return titled(tr("Predicted against measured"),
                  tr("Bars are 95 % intervals; what was outside of its interval is hollow."), plot_);
}

void PredictionsPanel::setView(const PredictionsView& view) {
    stack_->setCurrentIndex(view.checks.empty() ? 0 : 1);
    rows_->setRows(predictionRows(view));
    plot_->setChecks(view.checks);
    const auto facts = predictionFacts(view.summaries);
    for (std::size_t i = 0; i < facts_.size(); ++i)
        facts_[i]->setFact(facts.at(i).title, facts.at(i).value, facts.at(i).detail, facts.at(i).help);
}

} // namespace greenfront::ui
