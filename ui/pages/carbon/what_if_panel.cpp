// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/what_if_panel.h"

#include "ui/models/carbon_rows.h"
#include "ui/models/texts.h"
#include "ui/pages/series_field.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/texts.h"

#include <QDateTimeEdit>
#include <QFormLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableView>
#include <QTimeZone>
#include <QVBoxLayout>

#include <array>
#include <optional>

namespace greenfront::ui {
namespace {

/// Parameters of the study that can be assumed to be different.
constexpr std::array<const char*, 5> keys{"pue", "machine_class", "inferences_a_day", "use_days",
                                          "deployed_devices"};

QDateTime dateTime(energy::Moment moment) {
    return QDateTime::fromSecsSinceEpoch(moment.time_since_epoch().count(), QTimeZone::utc());
}

QTableView* makeTable(TableModel& model) {
    auto* table = new QTableView;
    table->setModel(&model);
    setUpTable(*table);
    name(*table, "whatIfTable", WhatIfPanel::tr("Recorded, what if, and the difference"), {});
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setFocusPolicy(Qt::NoFocus);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    return table;
}

} // namespace

WhatIfPanel::WhatIfPanel(QWidget* parent)
    : QWidget(parent),
      region_(new SearchBox),
      series_(new SeriesField("whatIf")),
      start_(new QDateTimeEdit),
      reset_(
          button(tr("As recorded"), "whatIfReset", tr("Put every assumption back to what the study says"))),
      grid_(quietLabel({})),
      problem_(new QLabel),
      results_(new TableModel(whatIfColumns(), this)) {
    name(*region_, "whatIfRegion", tr("Region"),
         tr("Type a part of a country's or a cloud region's name or code. Annual averages: no hour need have "
            "had this value."));
    region_->setFixedHeight(26);
    region_->addItem(tr("As recorded"));
    for (const auto& grid : energy::knownGrids())
        region_->addItem(gridTitle(grid), qt(grid.code));
    grid_->setObjectName(QStringLiteral("whatIfGrid"));
    problem_->setObjectName(QStringLiteral("whatIfProblem"));
    problem_->setWordWrap(true);
    problem_->hide();

    auto* head = new QHBoxLayout;
    head->addWidget(headingLabel(tr("What if")), 1);
    head->addWidget(reset_);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(7);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Region"), region_);
    addHour(*form);
    addEditors(*form);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addLayout(form);
    layout->addWidget(grid_);
    layout->addWidget(problem_);
    layout->addWidget(makeTable(*results_), 1);
    connect(region_, &SearchBox::chosen, this, &WhatIfPanel::takeChange);
    connect(reset_, &QPushButton::clicked, this, &WhatIfPanel::reset);
    reset_->setEnabled(false);
}

void WhatIfPanel::addHour(QFormLayout& form) {
    name(*start_, "whatIfStart", tr("Begun at"),
         tr("The same runs, one after the other from then on: each part of them counts with the intensity of "
            "its own time"));
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    start_->setTimeZone(QTimeZone::utc());
#else
    start_->setTimeSpec(Qt::UTC);
#endif
    start_->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
    start_->setEnabled(false);
    form.addRow(tr("&Series"), series_);
    form.addRow(tr("&Begun at"), start_);
    connect(series_, &SeriesField::changed, this, &WhatIfPanel::takeSeries);
    connect(start_, &QDateTimeEdit::dateTimeChanged, this, &WhatIfPanel::takeChange);
}

void WhatIfPanel::takeSeries() {
    const auto& series = series_->series();
    start_->setEnabled(series != nullptr);
    if (series) {
        const QScopedValueRollback guard(filling_, true);
        start_->setDateTimeRange(dateTime(series->start()), dateTime(series->end()));
        start_->setDateTime(dateTime(series->start()));
    }
    takeChange();
}

bool WhatIfPanel::isSettled() const {
    return !series_->isLoading();
}

void WhatIfPanel::addEditors(QFormLayout& form) {
    for (const char* key : keys) {
        const Parameter* parameter = findParameter(study::studyParameters(), key);
        Q_ASSERT(parameter != nullptr);
        ParameterEditor editor = makeEditor(*parameter, [this] { takeChange(); });
        editor.widget->setObjectName(QStringLiteral("whatIf.") + QString::fromUtf8(key));
        editor.widget->setMinimumWidth(120);
        editor.widget->setMaximumWidth(QWIDGETSIZE_MAX);
        form.addRow(qt(parameter->title), editor.widget);
        editors_[key] = editor;
    }
}

void WhatIfPanel::setStudy(const study::Study& study) {
    const QScopedValueRollback guard(filling_, true);
    region_->setItemText(0, tr("As recorded – ") + gridTitle(study::carbonSettings(study).grid));
    for (auto& [key, editor] : editors_) {
        editor.write(study.parameters.at(key));
        recorded_[key] = editor.read();
    }
    region_->choose(0);
    reset_->setEnabled(assumptions() != study::Assumptions()); // a series stays chosen
}

study::Assumptions WhatIfPanel::assumptions() const {
    const auto number = [this](const char* key) -> std::optional<double> {
        const Json value = editors_.at(key).read();
        return value == recorded_.at(key) ? std::nullopt : std::optional(value.get<double>());
    };
    study::Assumptions assumed;
    if (recorded_.empty())
        return assumed;
    assumed.region = region_->currentData().toString().toStdString();
    assumed.pue = number("pue");
    assumed.days = number("use_days");
    assumed.deployed = number("deployed_devices");
    assumed.inferencesPerDay = number("inferences_a_day");
    const Json machine = editors_.at("machine_class").read();
    if (machine != recorded_.at("machine_class"))
        assumed.machine = machine.get<std::string>();
    if (series_->series())
        assumed.hour = study::AnotherStart{
            .series = series_->series(),
            .source = series_->source(),
            .start = energy::Moment(std::chrono::seconds(start_->dateTime().toSecsSinceEpoch()))};
    return assumed;
}

void WhatIfPanel::takeChange() {
    if (filling_)
        return;
    reset_->setEnabled(assumptions() != study::Assumptions());
    emit changed();
}

void WhatIfPanel::reset() {
    {
        const QScopedValueRollback guard(filling_, true);
        region_->choose(0);
        series_->clear();
        start_->setEnabled(false);
        for (auto& [key, editor] : editors_)
            editor.write(recorded_.at(key));
    }
    takeChange();
}

void WhatIfPanel::setView(const CarbonView& view, const study::ModelCarbon* model) {
    results_->setRows(whatIfRows(view, model));
    grid_->clear();
    if (view.assumed) {
        const auto& settings = view.assumed->settings;
        const QString runs = qt(describe(settings.grid));
        const QString use = qt(describe(settings.useGrid));
        grid_->setText(tr("Runs: %1").arg(runs));
        if (use != runs)
            grid_->setText(grid_->text() + QLatin1Char('\n') + tr("Use: %1").arg(use));
    }
    if (!view.unknown.empty())
        setProblem(tr("The runs at that hour cannot be told: %1.").arg(qt(view.unknown)));
    else if (model != nullptr && !model->assumed.unknown.empty())
        setProblem(tr("The lifecycle cannot be told: %1.").arg(qt(model->assumed.unknown)));
    else
        setProblem({});
}

void WhatIfPanel::setProblem(const QString& text) {
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
}

} // namespace greenfront::ui
