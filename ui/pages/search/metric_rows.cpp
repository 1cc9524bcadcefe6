// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/metric_rows.h"

#include "core/study/tune.h"
#include "ui/widgets/controls.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr int fieldHeight = 26;

QString metricHelp() {
    return MetricRows::tr("A metric that the program prints, as loss of {\"loss\": 0.41}; energy_j, seconds "
                          "and grams are measured by Greenfront");
}

/// What is measured whatever the program prints.
void offerMeasured(QComboBox& box) {
    const std::array<std::pair<const char*, QString>, 3> measured{
        {{study::energyMetric, MetricRows::tr("Joules that the trial took")},
         {study::secondsMetric, MetricRows::tr("How long the trial took")},
         {study::gramsMetric,
          MetricRows::tr("Grams of CO2e for those joules, by the region of the budget")}}};
    for (const auto& [metric, help] : measured) {
        box.addItem(QString::fromUtf8(metric));
        box.setItemData(box.count() - 1, help, Qt::ToolTipRole);
    }
}

} // namespace

MetricRows::MetricRows(Kind kind, QWidget* parent) : QWidget(parent), kind_(kind), grid_(new QGridLayout) {
    const bool objectives = kind == Kind::Objective;
    auto* add = objectives ? button(tr("Add objective"), "newSearchAddObjective",
                                    tr("Another metric that is to be low or high"))
                           : button(tr("Add constraint"), "newSearchAddConstraint",
                                    tr("A bound that a trial's metric has to keep"));
    add->setAutoDefault(false); // Enter in a field must not press it
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(6);
    grid_->setColumnStretch(objectives ? 1 : 0, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(grid_);
    layout->addWidget(add, 0, Qt::AlignLeft);
    layout->addStretch();
    connect(add, &QPushButton::clicked, this, [this, objectives] {
        metrics_.push_back({.sign = objectives ? QStringLiteral("min") : QStringLiteral("<=")});
        show();
        rows_[metrics_.size() - 1].metric->setFocus();
        emit changed();
    });
}

QString MetricRows::objectName(std::size_t index, const char* what) const {
    return QStringLiteral("%1%2.%3")
        .arg(kind_ == Kind::Objective ? QStringLiteral("objective") : QStringLiteral("constraint"))
        .arg(index)
        .arg(QString::fromUtf8(what));
}

void MetricRows::setMetrics(std::vector<MetricDraft> metrics) {
    metrics_ = std::move(metrics);
    show();
}

void MetricRows::edit(std::size_t index, QString MetricDraft::*field, const QString& text) {
    if (index >= metrics_.size() || metrics_[index].*field == text)
        return;
    metrics_[index].*field = text;
    emit changed();
}

void MetricRows::addRow() {
    const std::size_t index = rows_.size();
    const bool objective = kind_ == Kind::Objective;
    Row row{.sign = new QComboBox, .metric = new QComboBox, .remove = new QToolButton};
    const auto called = [&](const char* what) { return objectName(index, what).toUtf8(); };
    name(*row.sign, called("sign").constData(),
         objective ? tr("Direction %1").arg(index + 1) : tr("Comparison %1").arg(index + 1),
         objective ? tr("Which way is better")
                   : tr("Whether the metric may at most or must at least be so much"));
    if (objective) {
        row.sign->addItem(tr("Minimise"), QStringLiteral("min"));
        row.sign->addItem(tr("Maximise"), QStringLiteral("max"));
    } else {
        row.sign->addItem(QStringLiteral("≤"), QStringLiteral("<="));
        row.sign->addItem(QStringLiteral("≥"), QStringLiteral(">="));
        row.bound = new QLineEdit;
        name(*row.bound, called("bound").constData(), tr("Bound %1").arg(index + 1),
             tr("The number that the metric is compared with"));
        row.bound->setPlaceholderText(tr("number"));
        connect(row.bound, &QLineEdit::textEdited, this,
                [this, index](const QString& text) { edit(index, &MetricDraft::bound, text); });
    }
    name(*row.metric, called("metric").constData(), tr("Metric %1").arg(index + 1), metricHelp());
    row.metric->setEditable(true);
    row.metric->setInsertPolicy(QComboBox::NoInsert);
    row.metric->setCompleter(nullptr); // what is typed is not to become what is offered
    offerMeasured(*row.metric);
    row.metric->lineEdit()->setPlaceholderText(tr("metric, as loss"));
    row.metric->lineEdit()->setObjectName(QString::fromUtf8(called("metricText")));
    name(*row.remove, called("remove").constData(), tr("Remove line %1").arg(index + 1),
         tr("Remove this line"));
    row.remove->setText(QStringLiteral("✕"));
    row.remove->setAutoRaise(true);
    for (QComboBox* box : {row.sign, row.metric})
        letWheelPass(*box);
    connect(row.sign, &QComboBox::activated, this, [this, index, sign = row.sign] {
        edit(index, &MetricDraft::sign, sign->currentData().toString());
    });
    connect(row.metric, &QComboBox::editTextChanged, this,
            [this, index](const QString& text) { edit(index, &MetricDraft::metric, text); });
    connect(row.remove, &QToolButton::clicked, this, [this, index] {
        metrics_.erase(metrics_.begin() + static_cast<std::ptrdiff_t>(index));
        show();
        emit changed();
    });
    layOut(row, static_cast<int>(index));
    rows_.push_back(row);
}

void MetricRows::layOut(const Row& row, int line) {
    std::vector<QWidget*> fields{row.sign, row.metric};
    if (kind_ == Kind::Constraint)
        fields = {row.metric, row.sign, row.bound};
    int column = 0;
    for (QWidget* field : fields) {
        field->setFixedHeight(fieldHeight);
        grid_->addWidget(field, line, column++);
    }
    if (row.bound != nullptr)
        row.bound->setFixedWidth(110);
    row.metric->setMinimumWidth(150);
    row.remove->setFixedSize(28, fieldHeight);
    grid_->addWidget(row.remove, line, column);
}

void MetricRows::show() {
    while (rows_.size() < metrics_.size())
        addRow();
    for (std::size_t i = 0; i < rows_.size(); ++i)
        showRow(rows_[i], i);
}

void MetricRows::showRow(const Row& row, std::size_t index) {
    const bool isThere = index < metrics_.size();
    for (QWidget* field : std::initializer_list<QWidget*>{row.sign, row.metric, row.bound, row.remove})
        if (field != nullptr)
            field->setVisible(isThere);
    if (!isThere)
        return;
    const MetricDraft metric = metrics_[index]; // a copy: setting a field tells of it
    row.sign->setCurrentIndex(row.sign->findData(metric.sign));
    if (row.metric->currentText() != metric.metric)
        row.metric->setEditText(metric.metric);
    if (row.bound != nullptr && row.bound->text() != metric.bound)
        row.bound->setText(metric.bound);
    row.remove->setEnabled(kind_ == Kind::Constraint || metrics_.size() > 1);
}

void MetricRows::showProblems(const std::map<std::size_t, QString>& problems) {
    for (std::size_t i = 0; i < std::min(rows_.size(), metrics_.size()); ++i) {
        const auto found = problems.find(i);
        const QString problem = found == problems.end() ? QString() : found->second;
        markProblem(*rows_[i].metric, metricHelp(), rows_[i].bound == nullptr ? problem : QString());
        if (rows_[i].bound != nullptr)
            markProblem(*rows_[i].bound, tr("The number that the metric is compared with"), problem);
    }
}

} // namespace greenfront::ui
