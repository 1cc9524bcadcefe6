// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/search_plots_panel.h"

#include "ui/models/texts.h"
#include "ui/models/trial_rows.h"
#include "ui/plots/bar_plot.h"
#include "ui/plots/parallel_plot.h"
#include "ui/plots/xy_plot.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace greenfront::ui {
namespace {

QComboBox* combo(const char* objectName, const QString& accessible, const QString& tooltip) {
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    name(*box, objectName, accessible, tooltip);
    return box;
}

/// Refilled only when the choices change, so that an open list is not closed under the user.
void fill(QComboBox& box, const QStringList& wanted) {
    const QSignalBlocker quiet(box);
    QStringList now;
    for (int i = 0; i < box.count(); ++i)
        now << box.itemText(i);
    if (now == wanted)
        return;
    const QString chosen = box.currentText();
    box.clear();
    box.addItems(wanted);
    box.setCurrentIndex(std::max<int>(0, static_cast<int>(wanted.indexOf(chosen))));
}

} // namespace

SearchPlotsPanel::SearchPlotsPanel(Saver saver, QWidget* parent)
    : QWidget(parent),
      saver_(std::move(saver)),
      stack_(new QStackedWidget),
      history_(new XyPlot("searchHistory", tr("Each trial's value and the best so far"))),
      cost_(new XyPlot("searchCost", tr("What was reached by the joules spent"))),
      slice_(new XyPlot("searchSlice", tr("The objective by one parameter"))),
      reports_(new XyPlot("searchReports", tr("What trials reported while they ran"))),
      importance_(new BarPlot("searchImportance", tr("Importance of the parameters"),
                              tr("Share of the objective’s variance (%)"))),
      parallel_(new ParallelPlot("searchParallel", tr("Parameters and objectives of each trial"))),
      parameter_(combo("searchParameter", tr("Parameter"), tr("Which parameter is on the horizontal axis"))),
      metric_(combo("searchMetric", tr("Metric"), tr("Which of the metrics that trials reported"))) {
    stack_->addWidget(makeOverview());
    stack_->addWidget(
        titled(tr("Parameters and objectives"),
               tr("A line a trial, the stronger the better; trials that were stopped or failed, or "
                  "break a constraint, are grey and dashed. Click a line to select its trial."),
               parallel_, QStringLiteral("parallel")));
    stack_->addWidget(titled(tr("Slice"), tr("The objective of each trial by one of its parameters."), slice_,
                             QStringLiteral("slice"),
                             {fieldLabel(tr("&Parameter"), *parameter_), parameter_}));
    stack_->addWidget(titled(tr("Intermediate values"),
                             tr("What each trial reported while it ran; a cross is where it was stopped."),
                             reports_, QStringLiteral("intermediate"),
                             {fieldLabel(tr("&Metric"), *metric_), metric_}));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    for (XyPlot* plot : {history_, cost_, slice_, reports_}) {
        connect(plot, &XyPlot::picked, this, &SearchPlotsPanel::picked);
        connect(plot, &XyPlot::zoomChanged, this, &SearchPlotsPanel::zoomChanged);
        plot->setTips([this](qint64 id) { return view_ != nullptr ? trialText(*view_, id) : QString(); });
    }
    connect(parallel_, &ParallelPlot::picked, this, &SearchPlotsPanel::picked);
    parallel_->setTips([this](qint64 id) { return view_ != nullptr ? trialText(*view_, id) : QString(); });
    connect(parameter_, &QComboBox::currentIndexChanged, this, &SearchPlotsPanel::drawSlice);
    connect(metric_, &QComboBox::currentIndexChanged, this, &SearchPlotsPanel::metricChanged);
}

template <class Plot>
QWidget* SearchPlotsPanel::titled(const QString& title, const QString& remark, Plot* plot,
                                  const QString& file, const std::vector<QWidget*>& controls) {
    auto* save = button(tr("Save…"), "", tr("Save this plot as PNG, SVG or PDF"));
    name(*save, ("searchSave." + file.toUtf8()).constData(), tr("Save the plot: %1").arg(title),
         tr("Save this plot as PNG, SVG or PDF"));
    connect(save, &QPushButton::clicked, this,
            [this, plot, file] { saver_(file, [plot](const QString& path) { plot->save(path); }); });
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(headingLabel(title));
    head->addStretch(1);
    for (QWidget* control : controls)
        head->addWidget(control);
    head->addWidget(save);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(plot, 1);
    if (!remark.isEmpty())
        layout->addWidget(quietLabel(remark));
    return box;
}

QWidget* SearchPlotsPanel::makeOverview() {
    auto* all = new QSplitter(Qt::Horizontal);
    all->setChildrenCollapsible(false);
    all->setHandleWidth(18);
    all->addWidget(titled(tr("History"), {}, history_, QStringLiteral("history")));
    all->addWidget(titled(tr("For the energy spent"), {}, cost_, QStringLiteral("energy")));
    all->addWidget(titled(tr("Importance"), {}, importance_, QStringLiteral("importance")));
    all->setSizes({400, 400, 360});
    return all;
}

void SearchPlotsPanel::setView(const SearchView& view, const SearchChoice& choice) {
    view_ = &view;
    choice_ = choice;
    fillChoices();
    const QString noResult = tr("No trial has ended with a result yet");
    history_->setData(historyPlot(view, choice), noResult);
    cost_->setData(costPlot(view, choice), tr("No joules were recorded for these trials"));
    parallel_->setData(parallelPlot(view, choice), tr("No trial has begun yet"));
    reports_->setData(reportsPlot(view, choice.logarithmic), tr("No trial has reported anything yet"));
    drawSlice();
}

void SearchPlotsPanel::fillChoices() {
    QStringList parameters;
    for (const search::SpaceParameter& parameter : view_->space->parameters())
        parameters << qt(parameter.name);
    fill(*parameter_, parameters);
    QStringList metrics;
    for (const std::string& metric : view_->metrics)
        metrics << qt(metric);
    fill(*metric_, metrics);
    const QSignalBlocker quiet(metric_);
    metric_->setCurrentText(qt(view_->metric));
}

void SearchPlotsPanel::drawSlice() {
    const int parameter = parameter_->currentIndex();
    if (view_ != nullptr && view_->space && parameter >= 0)
        slice_->setData(slicePlot(*view_, static_cast<std::size_t>(parameter), choice_),
                        tr("No trial has ended with a result yet"));
}

void SearchPlotsPanel::setImportances(const std::vector<search::Importance>& importances) {
    if (view_ != nullptr)
        importance_->setBars(importanceBars(*view_, importances), tr("Too few trials to tell"));
}

void SearchPlotsPanel::setSelected(std::optional<std::int64_t> trial) {
    for (XyPlot* plot : {history_, cost_, slice_, reports_})
        plot->setSelected(trial);
    parallel_->setSelected(trial);
}

void SearchPlotsPanel::showSheet(int sheet) {
    stack_->setCurrentIndex(sheet);
}

void SearchPlotsPanel::resetZoom() {
    for (XyPlot* plot : {history_, cost_, slice_, reports_})
        plot->resetZoom();
}

bool SearchPlotsPanel::isZoomed() const {
    return std::ranges::any_of(std::initializer_list<const XyPlot*>{history_, cost_, slice_, reports_},
                               [](const XyPlot* plot) { return plot->isZoomed(); });
}

std::string SearchPlotsPanel::shownMetric() const {
    return metric_->currentText().toStdString();
}

} // namespace greenfront::ui
