// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/parameter_rows.h"

#include "core/search/parameter_space.h"
#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr int fieldHeight = 26;
enum At { NameAt, TypeAt, DistributionAt, LowAt, HighAt, StepAt, WhenAt, RemoveAt };

void setText(QLineEdit& line, const QString& text) {
    if (line.text() != text) // what is being typed keeps its cursor
        line.setText(text);
}

} // namespace

ParameterRows::ParameterRows(QWidget* parent)
    : QWidget(parent),
      empty_(quietLabel(tr("No parameters yet. Add them, read them from a file, or name them in the command "
                           "as {lr}."))),
      grid_(new QGridLayout) {
    empty_->setObjectName(QStringLiteral("newSearchNoParameters"));
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(6);
    grid_->setColumnStretch(NameAt, 3);
    for (const int column : {LowAt, HighAt, StepAt})
        grid_->setColumnStretch(column, 2);
    grid_->setColumnStretch(WhenAt, 3);
    addHeadings();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(empty_);
    layout->addLayout(grid_);
    layout->addStretch();
    show();
}

void ParameterRows::addHeadings() {
    const std::array<std::pair<At, QString>, 7> titles{{{NameAt, tr("Name")},
                                                        {TypeAt, tr("Type")},
                                                        {DistributionAt, tr("Distribution")},
                                                        {LowAt, tr("From")},
                                                        {HighAt, tr("To")},
                                                        {StepAt, tr("Step")},
                                                        {WhenAt, tr("Only where")}}};
    for (const auto& [column, title] : titles) {
        auto* heading = quietLabel(title);
        heading->setWordWrap(false);
        grid_->addWidget(heading, 0, column);
        headings_.push_back(heading);
    }
}

QComboBox* ParameterRows::addChoice(std::size_t index, const char* key, QString ParameterDraft::*field) {
    const Parameter* parameter = findParameter(search::parameterSchema(), key);
    Q_ASSERT(parameter != nullptr);
    auto* box = new QComboBox;
    name(*box, QStringLiteral("tuned%1.%2").arg(index).arg(QString::fromUtf8(key)).toUtf8().constData(),
         tr("Parameter %1, %2").arg(index + 1).arg(qt(parameter->title)), qt(parameter->help));
    for (const std::string& choice : parameter->choices)
        box->addItem(qt(choice));
    letWheelPass(*box);
    connect(box, &QComboBox::activated, this, [this, index, field, box] {
        edit(index, field, box->currentText());
        show(); // other fields belong to it
    });
    return box;
}

QLineEdit* ParameterRows::addLine(std::size_t index, const char* what, const QString& title,
                                  const QString& help, QString ParameterDraft::*field) {
    auto* line = new QLineEdit;
    name(*line, QStringLiteral("tuned%1.%2").arg(index).arg(QString::fromUtf8(what)).toUtf8().constData(),
         tr("Parameter %1, %2").arg(index + 1).arg(title), help);
    connect(line, &QLineEdit::textEdited, this,
            [this, index, field](const QString& text) { edit(index, field, text); });
    return line;
}

void ParameterRows::addRow() {
    const std::size_t index = rows_.size();
    Row row;
    row.name = addLine(index, "name", tr("Name"), tr("What the command calls it: lr for {lr}"),
                       &ParameterDraft::name);
    row.type = addChoice(index, "type", &ParameterDraft::type);
    row.distribution = addChoice(index, "distribution", &ParameterDraft::distribution);
    row.low = addLine(index, "low", tr("From"), {}, &ParameterDraft::low);
    row.high = addLine(index, "high", tr("To"), {}, &ParameterDraft::high);
    row.step =
        addLine(index, "step", tr("Step"),
                tr("Empty: every value. 0.5: only the first value and whole steps above it. round 0.5: "
                   "what was drawn is rounded to a multiple."),
                &ParameterDraft::step);
    row.values =
        addLine(index, "values", tr("Values"),
                tr("Separated by commas, as 16, 32, 64 or adam, sgd; quotation marks keep a text with "
                   "a comma together"),
                &ParameterDraft::values);
    row.values->setPlaceholderText(tr("values, separated by commas"));
    row.when =
        addLine(index, "when", tr("Only where"),
                tr("Empty: always. optimiser = sgd, adam: only where another parameter has one of these "
                   "values. layers >= 2 too; a semicolon between several."),
                &ParameterDraft::when);
    row.when->setPlaceholderText(tr("always"));
    row.problem = new QLabel;
    row.problem->setObjectName(QStringLiteral("tuned%1.problem").arg(index));
    row.problem->setWordWrap(true);
    row.problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addRemove(row, index);
    layOut(row, static_cast<int>(index));
    rows_.push_back(row);
}

void ParameterRows::addRemove(Row& row, std::size_t index) {
    row.remove = new QToolButton;
    name(*row.remove, QStringLiteral("tuned%1.remove").arg(index).toUtf8().constData(),
         tr("Remove parameter %1").arg(index + 1), tr("Remove this parameter"));
    row.remove->setText(QStringLiteral("✕"));
    row.remove->setAutoRaise(true);
    connect(row.remove, &QToolButton::clicked, this, [this, index] {
        parameters_.erase(parameters_.begin() + static_cast<std::ptrdiff_t>(index));
        show();
        emit changed();
    });
}

void ParameterRows::layOut(const Row& row, int line) {
    const int at = 1 + 2 * line; // below the headings, a line of fields and one of what is wrong
    const auto put = [&](QWidget* field, int column, int columns = 1) {
        field->setFixedHeight(fieldHeight);
        grid_->addWidget(field, at, column, 1, columns);
    };
    put(row.name, NameAt);
    put(row.type, TypeAt);
    put(row.distribution, DistributionAt);
    put(row.low, LowAt);
    put(row.high, HighAt);
    put(row.step, StepAt);
    put(row.values, DistributionAt, WhenAt - DistributionAt);
    put(row.when, WhenAt);
    row.remove->setFixedWidth(28);
    put(row.remove, RemoveAt);
    for (QLineEdit* field : {row.name, row.low, row.high, row.step, row.when})
        field->setMinimumWidth(70);
    grid_->addWidget(row.problem, at + 1, NameAt, 1, RemoveAt);
}

void ParameterRows::setParameters(std::vector<ParameterDraft> parameters) {
    parameters_ = std::move(parameters);
    show();
}

void ParameterRows::add(ParameterDraft parameter) {
    if (parameters_.size() >= most)
        return;
    parameters_.push_back(std::move(parameter));
    show();
    const Row& row = rows_[parameters_.size() - 1];
    QLineEdit* first = parameters_.back().name.isEmpty() ? row.name
                       : isList(parameters_.back())      ? row.values
                                                         : row.low;
    first->setFocus();
    emit changed();
}

void ParameterRows::edit(std::size_t index, QString ParameterDraft::*field, const QString& text) {
    if (index >= parameters_.size() || parameters_[index].*field == text)
        return;
    parameters_[index].*field = text;
    emit changed();
}

void ParameterRows::show() {
    while (rows_.size() < parameters_.size())
        addRow();
    empty_->setVisible(parameters_.empty());
    for (QLabel* heading : headings_)
        heading->setVisible(!parameters_.empty());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Row& row = rows_[i];
        const bool isThere = i < parameters_.size();
        for (QWidget* field : std::initializer_list<QWidget*>{row.name, row.type, row.when, row.remove})
            field->setVisible(isThere);
        const bool list = isThere && isList(parameters_[i]);
        for (QWidget* field : std::initializer_list<QWidget*>{row.distribution, row.low, row.high, row.step})
            field->setVisible(isThere && !list);
        row.values->setVisible(list);
        if (isThere)
            showRow(row, parameters_[i]);
        else
            row.problem->hide();
    }
}

void ParameterRows::showRow(const Row& row, const ParameterDraft& parameter) {
    setText(*row.name, parameter.name);
    row.type->setCurrentText(parameter.type);
    row.distribution->setCurrentText(parameter.distribution);
    const bool normal = isNormal(parameter);
    const bool logarithmic = parameter.distribution == QLatin1String("log-normal");
    row.low->setPlaceholderText(normal ? tr("mean") : tr("smallest"));
    row.low->setToolTip(!normal       ? tr("The smallest value")
                        : logarithmic ? tr("The mean of the logarithm")
                                      : tr("The mean of the distribution"));
    row.high->setPlaceholderText(normal ? tr("deviation") : tr("largest"));
    row.high->setToolTip(!normal       ? tr("The largest value")
                         : logarithmic ? tr("The standard deviation of the logarithm")
                                       : tr("The standard deviation of the distribution"));
    row.step->setPlaceholderText(parameter.type == QLatin1String("integer") ? QStringLiteral("1")
                                                                            : tr("none"));
    setText(*row.low, parameter.low);
    setText(*row.high, parameter.high);
    setText(*row.step, parameter.step);
    setText(*row.values, parameter.values);
    setText(*row.when, parameter.when);
}

void ParameterRows::showProblems(const std::map<std::size_t, QString>& problems) {
    for (std::size_t i = 0; i < std::min(rows_.size(), parameters_.size()); ++i) {
        const auto found = problems.find(i);
        QLabel& label = *rows_[i].problem;
        label.setText(found == problems.end() ? QString() : QStringLiteral("✗ ") + found->second);
        label.setVisible(found != problems.end());
    }
}

} // namespace greenfront::ui
