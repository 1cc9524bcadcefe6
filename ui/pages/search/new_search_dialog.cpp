// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/new_search_dialog.h"

#include "core/base/error.h"
#include "core/search/azure_space.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/search/budget_panel.h"
#include "ui/pages/search/method_panel.h"
#include "ui/pages/search/metric_rows.h"
#include "ui/pages/search/parameter_rows.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTabWidget>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace greenfront::ui {

void NewSearchDialog::setDraft(const SearchDraft& draft) {
    {
        const QScopedValueRollback guard(filling_, true);
        name_->setText(draft.name);
        command_->setText(draft.command);
        command_->setCursorPosition(0);
        parameters_->setParameters(draft.parameters);
        objectives_->setMetrics(draft.objectives);
        constraints_->setMetrics(draft.constraints);
        method_->show(draft);
        budget_->show(draft);
        metaFeatures_ = draft.metaFeatures;
    }
    edited();
}

SearchDraft NewSearchDialog::draft() const {
    SearchDraft draft{.name = name_->text(),
                      .command = command_->text(),
                      .parameters = parameters_->parameters(),
                      .objectives = objectives_->metrics(),
                      .constraints = constraints_->metrics()};
    method_->read(draft);
    budget_->read(draft);
    draft.metaFeatures = metaFeatures_;
    return draft;
}

void NewSearchDialog::edited() {
    if (filling_)
        return;
    failure_.clear();
    check();
}

void NewSearchDialog::check() {
    check_ = checkDraft(draft(), session_.searches());
    showCheck();
    showState();
}

void NewSearchDialog::showCheck() {
    std::map<std::string, QString> fields;
    std::map<std::size_t, QString> parameters;
    std::map<std::size_t, QString> constraints;
    const auto numbered = [](const std::string& place, const std::string& list) {
        return place.starts_with(list + "/")
                   ? std::optional<std::size_t>(std::stoul(place.substr(list.size() + 1)))
                   : std::nullopt;
    };
    for (const DraftProblem& problem : check_.problems) {
        if (problem.missing)
            continue;
        if (const auto row = numbered(problem.place, "parameters"))
            parameters[*row] = problem.text;
        else if (const auto line = numbered(problem.place, "constraints"))
            constraints[*line] = problem.text;
        else
            fields[problem.place] = problem.text;
    }
    markProblem(*name_, tr("What the search is called in this workspace"), fields["name"]);
    markProblem(*command_, commandHelp(), fields["command"]);
    parameters_->showProblems(parameters);
    constraints_->showProblems(constraints);
    budget_->showProblems(fields);
    addNamed_->setVisible(!check_.unnamed.isEmpty());
    addNamed_->setText(check_.unnamed.size() == 1
                           ? tr("Add parameter: %1").arg(check_.unnamed.front())
                           : tr("Add parameters: %1").arg(check_.unnamed.join(QStringLiteral(", "))));
    count_->setText(assignmentsText(check_.assignments));
}

void NewSearchDialog::showState() {
    const auto& problems = check_.problems;
    auto shown = std::ranges::find(problems, false, &DraftProblem::missing); // what is wrong goes first
    if (shown == problems.end())
        shown = problems.begin();
    if (starting_)
        state_->setText(tr("Starting…"));
    else if (!failure_.isEmpty())
        state_->setText(QStringLiteral("✗ ") + failure_);
    else if (shown == problems.end())
        state_->setText(tr("Ready to start."));
    else
        state_->setText((shown->missing ? QString() : QStringLiteral("✗ ")) + shown->where +
                        QStringLiteral(": ") + shown->text);
    start_->setEnabled(!starting_ && check_.tuning.has_value());
}

void NewSearchDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    if (std::exchange(begun_, false))
        clear();
    else
        check(); // names may be taken since
}

void NewSearchDialog::clear() {
    recipes_.clear();
    setDraft({.name = freeName(QStringLiteral("tune"), session_.searches())});
    showSheet(0);
}

void NewSearchDialog::addNamed() {
    for (const QString& each : QStringList(check_.unnamed))
        parameters_->add({.name = each});
    showSheet(0);
}

void NewSearchDialog::importSpace() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Read parameters"), QString(),
                                                      tr("JSON (*.json);;All files (*)"));
    if (path.isEmpty())
        return;
    banner_->hide();
    try {
        const auto space = search::readParameterSpace(readJson(toPath(path)), path.toStdString());
        if (space.size() > ParameterRows::most)
            throw Error("show", path.toStdString(),
                        "it has " + std::to_string(space.size()) + " parameters, too many for a form",
                        "Search it with 'greenfront-cli tune --space'");
        std::vector<ParameterDraft> parameters;
        const Json json = space.toJson();
        for (const Json& entry : json.at("parameters"))
            parameters.push_back(parameterDraft(entry));
        parameters_->setParameters(std::move(parameters));
        edited();
    } catch (...) {
        banner_->report(problemOf(std::current_exception()));
    }
}

void NewSearchDialog::chooseProgram() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose the program"));
    if (path.isEmpty())
        return;
    std::vector<std::string> words{path.toStdString()};
    try {
        const auto before = study::commandWords(command_->text().toStdString());
        words.insert(words.end(), before.begin() + 1, before.end());
    } catch (const Error&) { // nothing that could be kept
    }
    command_->setText(commandText(words));
    command_->setFocus();
}

void NewSearchDialog::fillMenu() {
    fillMenu_->clear();
    const auto add = [this](const QString& text, const QString& objectName, auto take) {
        QAction* action = fillMenu_->addAction(QString(text).replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setObjectName(objectName);
        connect(action, &QAction::triggered, this, take);
    };
    for (const TuningEntry& entry : session_.searches())
        add(tr("Like the search “%1”").arg(entry.name), QStringLiteral("fillSearch.%1").arg(entry.id.value),
            [this, id = entry.id] { fillFrom(id); });
    fillMenu_->addSeparator();
    for (const StudyEntry& entry : session_.studies())
        add(tr("The recipe of the study “%1”").arg(entry.name()),
            QStringLiteral("fillRecipe.%1").arg(entry.id.value),
            [this, id = entry.id] { fillFromRecipe(id); });
    if (session_.searches().empty() && session_.studies().empty())
        fillMenu_->addAction(tr("This workspace has no studies yet"))->setEnabled(false);
}

void NewSearchDialog::fillFrom(StudyId search) {
    fillQuestion_.ask(
        session_.thread(),
        [search](store::Workspace& workspace) { return study::loadTuning(workspace, search); },
        [this](const study::Tuning& tuning) { setDraft(draftOf(tuning, session_.searches())); },
        [this](const Problem& what) { banner_->report(what); });
}

void NewSearchDialog::fillFromRecipe(StudyId study) {
    const StudyEntry* entry = findEntry(session_.studies(), study);
    if (entry == nullptr)
        return;
    banner_->hide();
    try {
        recipes_.push_back(recipeOf(entry->study, session_.path()));
        setDraft(recipeDraft(recipes_.back(), cliProgram(), session_.searches()));
    } catch (...) {
        banner_->report(problemOf(std::current_exception()));
    }
}

void NewSearchDialog::start() {
    if (!start_->isEnabled() || !check_.tuning)
        return;
    SearchOrder order{.tuning = *check_.tuning};
    for (const RecipeSearch& recipe : recipes_)
        if (std::ranges::find(order.tuning.command, fromPath(recipe.file).toStdString()) !=
            order.tuning.command.end())
            order.recipes.push_back(recipe);
    starting_ = true;
    showState();
    session_.startSearch(order, [self = QPointer(this)](const Problem& what) {
        if (self.isNull())
            return;
        self->starting_ = false;
        self->failure_ = (what.what + QLatin1Char(' ') + what.advice).trimmed();
        self->showState();
    });
}

} // namespace greenfront::ui
