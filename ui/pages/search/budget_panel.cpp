// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/budget_panel.h"

#include "core/energy/grid.h"
#include "ui/models/carbon_rows.h"
#include "ui/models/search_draft.h"
#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/search_box.h"
#include "ui/widgets/texts.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {
namespace {

Parameter whole(const char* key, const char* title, const char* help, double least, double most) {
    return {.key = key,
            .title = title,
            .help = help,
            .kind = ParameterKind::Integer,
            .defaultValue = 1,
            .minimum = least,
            .maximum = most};
}

Parameter text(const char* key, const char* title, const char* help) {
    return {.key = key, .title = title, .help = help, .kind = ParameterKind::Text, .defaultValue = ""};
}

} // namespace

BudgetPanel::BudgetPanel(QWidget* parent) : QWidget(parent), region_(new SearchBox) {
    const QString limitless = tr("without limit");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    QGridLayout& budget = addGroup(*column, tr("Budget"));
    addField(budget, whole("trials", "&Trials", "How many are begun at most.", 1, 1e8));
    addField(budget, text("seconds", "Sec&onds", "Ends before it is exceeded, over all resumptions."),
             limitless);
    addField(budget, text("joules", "&Joules", "Of all trials, as Greenfront counts them."), limitless);
    addField(budget, text("grams", "Grams of &CO2e", "For these joules, by the region below."), limitless);
    column->addSpacing(12);
    QGridLayout& trials = addGroup(*column, tr("Trials"));
    addField(trials, whole("jobs", "At the same t&ime", "How many run beside each other.", 1, 256));
    addField(trials, text("trialSeconds", "Seconds a t&rial", "After which a trial is ended and has failed."),
             limitless);
    addField(trials,
             whole("seed", "S&eed", "The same seed asks for the same trials.", 0, 9007199254740992.0));
    column->addSpacing(12);
    QGridLayout& carbon = addGroup(*column, tr("Carbon"));
    addRegion(carbon);
    addField(
        carbon,
        text("pue", "P&UE",
             "Power usage effectiveness of the data centre: what it draws for each joule of its computers."),
        QStringLiteral("1"));
    column->addStretch();
}

QGridLayout& BudgetPanel::addGroup(QVBoxLayout& column, const QString& title) {
    column.addWidget(headingLabel(title));
    auto* grid = new QGridLayout; // as that of SchemaForm
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, 190);
    grid->setColumnMinimumWidth(1, 210);
    grid->setColumnStretch(2, 1);
    column.addLayout(grid);
    return *grid;
}

void BudgetPanel::addRow(QGridLayout& grid, const QString& title, QWidget& field, const QString& help) {
    const int row = grid.rowCount();
    grid.addWidget(fieldLabel(title, field), row, 0);
    grid.addWidget(&field, row, 1);
    grid.addWidget(quietLabel(help), row, 2);
}

void BudgetPanel::addField(QGridLayout& grid, const Parameter& parameter, const QString& empty) {
    ParameterEditor editor = makeEditor(parameter, [this] { emit changed(); });
    const QString title = qt(parameter.title);
    QString plain = title;
    name(*editor.widget, ("newSearch." + parameter.key).c_str(), plain.remove(QLatin1Char('&')),
         qt(parameter.help));
    if (auto* line = qobject_cast<QLineEdit*>(editor.widget))
        line->setPlaceholderText(empty);
    addRow(grid, title, *editor.widget, qt(parameter.help));
    helps_[parameter.key] = qt(parameter.help);
    fields_[parameter.key] = std::move(editor);
}

void BudgetPanel::addRegion(QGridLayout& grid) {
    const QString help = tr("Whose grid turns joules into grams: annual averages.");
    name(*region_, "newSearch.region", tr("Region"),
         tr("Type a part of a country's or a cloud region's name or code"));
    region_->setFixedSize(210, 26);
    region_->addItem(tr("World average"), QString());
    for (const auto& known : energy::knownGrids())
        region_->addItem(gridTitle(known), qt(known.code));
    connect(region_, &SearchBox::chosen, this, &BudgetPanel::changed);
    addRow(grid, tr("Re&gion"), *region_, help);
}

void BudgetPanel::show(const SearchDraft& draft) {
    const QSignalBlocker quiet(this);
    const auto put = [this](const char* key, const Json& value) { fields_.at(key).write(value); };
    put("trials", draft.trials);
    put("jobs", draft.jobs);
    put("seed", draft.seed);
    put("seconds", draft.seconds.toStdString());
    put("joules", draft.joules.toStdString());
    put("grams", draft.grams.toStdString());
    put("trialSeconds", draft.trialSeconds.toStdString());
    put("pue", draft.pue.toStdString());
    const energy::GridIntensity* grid = energy::findGrid(draft.region); // it may be called by its name
    region_->choose(grid != nullptr ? std::max(0, region_->findData(qt(grid->code))) : 0);
}

void BudgetPanel::read(SearchDraft& draft) const {
    const auto number = [this](const char* key) { return fields_.at(key).read().get<std::uint64_t>(); };
    const auto textOf = [this](const char* key) { return qt(fields_.at(key).read().get<std::string>()); };
    draft.trials = number("trials");
    draft.jobs = number("jobs");
    draft.seed = number("seed");
    draft.seconds = textOf("seconds");
    draft.joules = textOf("joules");
    draft.grams = textOf("grams");
    draft.trialSeconds = textOf("trialSeconds");
    draft.pue = textOf("pue");
    draft.region = region_->currentData().toString().toStdString();
}

void BudgetPanel::showProblems(const std::map<std::string, QString>& problems) {
    for (const auto& [key, editor] : fields_) {
        const auto found = problems.find(key);
        markProblem(*editor.widget, helps_.at(key), found == problems.end() ? QString() : found->second);
    }
}

} // namespace greenfront::ui
