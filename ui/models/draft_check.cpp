// SPDX-License-Identifier: GPL-3.0-or-later
// What checkDraft() of search_draft.h asks the core.
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/energy/grid.h"
#include "core/search/parameter_space.h"
#include "core/search/stopping_policy.h"
#include "core/search/transfer.h"
#include "core/study/trial_command.h"
#include "ui/models/search_draft.h"
#include "ui/models/texts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace greenfront::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("SearchDraft", text);
}

/// "Its bounds are reversed. Swap them."
QString sentences(const Error::Parts& parts) {
    QString text = capitalised(qt(parts.reason)) + QLatin1Char('.');
    if (!parts.advice.empty())
        text += QLatin1Char(' ') + qt(parts.advice) + QLatin1Char('.');
    return text;
}

/// Why a program cannot be started; empty where it can, or where that is not known yet.
QString programProblem(const std::string& word) {
    const QString program = qt(word);
    if (program.contains(QLatin1Char('{')))
        return {};
    const bool isPath = program.contains(QLatin1Char('/')) || program.contains(QDir::separator());
    if (!isPath)
        return QStandardPaths::findExecutable(program).isEmpty()
                   ? tr("There is no program “%1” in the folders of PATH.").arg(program)
                   : QString();
    const QFileInfo file(program);
    if (!file.isFile())
        return tr("There is no file %1.").arg(file.absoluteFilePath());
    return file.isExecutable() ? QString() : tr("%1 may not be executed.").arg(file.absoluteFilePath());
}

/// A policy as search::policyFrom() reads it.
std::string policyText(const std::string& name, const Json& options) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : options.items()) {
        std::string part = key + "=";
        part += value.is_string()         ? value.get<std::string>()
                : value.is_number_float() ? numberText(value.get<double>())
                                          : value.dump();
        parts.push_back(std::move(part));
    }
    return parts.empty() ? name : name + ":" + join(parts, ",");
}

class Checker {
public:
    Checker(const SearchDraft& draft, const std::vector<TuningEntry>& others)
        : draft_(draft), others_(others) {}

    DraftCheck run() {
        checkName();
        checkCommand();
        checkParameters();
        checkObjectives();
        checkConstraints();
        attempt("method", tr("Method"), [this] {
            tuning_.method = draft_.method;
            tuning_.methodOptions = changedOptions(
                search::optimiserSchema(search::methodBehind(draft_.method)), draft_.methodOptions);
            tuning_.historyOptions = changedOptions(search::transferSchema(), draft_.historyOptions);
        });
        checkPolicy();
        checkBudget();
        if (check_.problems.empty())
            attempt("method", tr("Method"), [this] { study::checkTuning(tuning_); });
        if (check_.problems.empty())
            check_.tuning = tuning_;
        return check_;
    }

private:
    void add(const std::string& place, const QString& where, const QString& text, bool missing = false) {
        check_.problems.push_back({place, where, text, missing});
    }

    template <class Do>
    bool attempt(const std::string& place, const QString& where, Do action) {
        try {
            action();
            return true;
        } catch (const Error& error) {
            add(place, where, sentences(error.parts()));
        }
        return false;
    }

    void checkName() {
        tuning_.name = draft_.name.trimmed().toStdString();
        const auto taken = std::ranges::find(others_, draft_.name.trimmed(), &TuningEntry::name);
        if (tuning_.name.empty())
            add("name", tr("Name"), tr("Give the search a name."), true);
        else if (taken != others_.end() && taken->trials.all > 0)
            add("name", tr("Name"), tr("There is a search of that name already. Choose another name."));
    }

    void checkCommand() {
        if (draft_.command.trimmed().isEmpty()) {
            add("command", tr("Command"), tr("Give the program that is tried, and its arguments."), true);
            return;
        }
        const bool read = attempt("command", tr("Command"), [this] {
            tuning_.command = study::commandWords(draft_.command.toStdString());
        });
        if (!read)
            return;
        for (const std::string& name : study::placeholdersOf(tuning_.command))
            if (std::ranges::none_of(draft_.parameters, [&](const ParameterDraft& parameter) {
                    return parameter.name.trimmed() == qt(name);
                }))
                check_.unnamed << qt(name);
        if (const QString problem = programProblem(tuning_.command.front()); !problem.isEmpty())
            add("command", tr("Command"), problem);
        else if (!check_.unnamed.isEmpty())
            add("command", tr("Command"),
                tr("{%1} is no parameter. Add it below, or write {{%1}} if braces are meant.")
                    .arg(check_.unnamed.front()));
    }

    QString rowTitle(std::size_t row) const {
        const QString name = draft_.parameters[row].name.trimmed();
        return name.isEmpty() ? tr("Parameter %1").arg(row + 1) : name;
    }

    void addRow(std::size_t row, const QString& text, bool missing = false) {
        add("parameters/" + std::to_string(row), rowTitle(row), text, missing);
    }

    /// Each alone, without its conditions, which hang on others.
    bool checkRow(std::size_t row) {
        const ParameterDraft& parameter = draft_.parameters[row];
        if (isIncomplete(parameter)) {
            addRow(row,
                   parameter.name.trimmed().isEmpty() ? tr("Give it a name.")
                   : isList(parameter)                ? tr("Give it values.")
                                                      : tr("Say from where to where it goes."),
                   true);
            return false;
        }
        return attempt("parameters/" + std::to_string(row), rowTitle(row), [&] {
            Json entry = parameterJson(parameter);
            Json alone = entry;
            alone.erase("when");
            const search::ParameterSpace tried({search::spaceParameterFromJson(alone, "the parameter")});
            entries_.push_back(std::move(entry));
        });
    }

    void checkParameters() {
        if (draft_.parameters.empty()) {
            add("parameters", tr("Parameters"), tr("Add what is searched."), true);
            return;
        }
        bool good = true;
        for (std::size_t row = 0; row < draft_.parameters.size(); ++row)
            good = checkRow(row) && good;
        if (!good)
            return;
        try {
            tuning_.space = {{"parameters", entries_}};
            check_.assignments = search::parameterSpaceFromJson(tuning_.space).cardinality();
        } catch (const Error& error) {
            blame(error.parts());
        }
    }

    /// The last row of the name that an error tells, else all of them.
    void blame(const Error::Parts& parts) {
        for (std::size_t row = draft_.parameters.size(); row-- > 0;)
            if (parts.subject ==
                "the parameter '" + draft_.parameters[row].name.trimmed().toStdString() + "'") {
                addRow(row, sentences(parts));
                return;
            }
        add("parameters", tr("Parameters"), sentences(parts));
    }

    void checkObjectives() {
        std::vector<std::string> texts;
        bool missing = draft_.objectives.empty();
        for (const MetricDraft& objective : draft_.objectives) {
            missing = missing || objective.metric.trimmed().isEmpty();
            texts.push_back((objective.sign + QLatin1Char(':') + objective.metric).toStdString());
        }
        if (missing)
            add("objectives", tr("Objectives"), tr("Name the metric that is to be low or high."), true);
        else
            attempt("objectives", tr("Objectives"),
                    [&] { tuning_.objectives = search::objectivesFrom(texts); });
    }

    void checkConstraints() {
        for (std::size_t i = 0; i < draft_.constraints.size(); ++i) {
            const MetricDraft& constraint = draft_.constraints[i];
            const std::string place = "constraints/" + std::to_string(i);
            const QString where = tr("Constraint %1").arg(i + 1);
            if (constraint.metric.trimmed().isEmpty() || constraint.bound.trimmed().isEmpty())
                add(place, where, tr("Name a metric and its bound, or remove the constraint."), true);
            else
                attempt(place, where, [&] {
                    tuning_.constraints.push_back(search::constraintFrom(
                        (constraint.metric + constraint.sign + constraint.bound).toStdString()));
                });
        }
    }

    void checkPolicy() {
        if (draft_.policy.empty())
            return;
        attempt("policy", tr("Stopping trials early"), [this] {
            tuning_.policy = policyText(
                draft_.policy, changedOptions(search::policySchema(draft_.policy), draft_.policyOptions));
            if (!tuning_.objectives.empty())
                search::policyFrom(tuning_.policy, tuning_.objectives);
        });
    }

    void readLimit(const char* place, const QString& where, const QString& text, double& limit) {
        if (text.trimmed().isEmpty())
            return;
        const auto value = numberIn(text.toStdString());
        if (value && *value > 0 && *value <= 1e15)
            limit = *value;
        else
            add(place, where, tr("“%1” is no number above 0.").arg(text.trimmed()));
    }

    void checkBudget() {
        study::TuningBudget& budget = tuning_.budget;
        budget.trials = draft_.trials;
        readLimit("seconds", tr("Seconds"), draft_.seconds, budget.seconds);
        readLimit("joules", tr("Joules"), draft_.joules, budget.joules);
        readLimit("grams", tr("Grams"), draft_.grams, budget.grams);
        readLimit("trialSeconds", tr("Seconds a trial"), draft_.trialSeconds, tuning_.trialSeconds);
        readLimit("pue", tr("PUE"), draft_.pue, tuning_.pue);
        attempt("pue", tr("PUE"), [this] { energy::checkedPue(tuning_.pue); });
        tuning_.jobs = draft_.jobs;
        tuning_.seed = draft_.seed;
        tuning_.region = draft_.region;
        tuning_.learns = draft_.learns;
        tuning_.metaFeatures = draft_.metaFeatures;
    }

    const SearchDraft& draft_;
    const std::vector<TuningEntry>& others_;
    study::Tuning tuning_;
    std::vector<Json> entries_;
    DraftCheck check_;
};

} // namespace

DraftCheck checkDraft(const SearchDraft& draft, const std::vector<TuningEntry>& others) {
    return Checker(draft, others).run();
}

} // namespace greenfront::ui
