// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/tuning.h"
#include "ui/models/parameter_draft.h"
#include "ui/models/search_query.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace greenfront::ui {

/// An objective ("min" loss) or a constraint (latency "<=" 5) as it stands in a form.
struct MetricDraft {
    QString sign{}, metric{};
    QString bound{}; ///< of a constraint

    bool operator==(const MetricDraft&) const = default;
};

/// A search of parameters as it stands in a form: fields that are typed are texts.
struct SearchDraft {
    QString name{}, command{};
    std::vector<ParameterDraft> parameters{};
    std::vector<MetricDraft> objectives{{.sign = QStringLiteral("min")}};
    std::vector<MetricDraft> constraints{};
    std::string method = study::Tuning().method;
    Json methodOptions = Json::object(); ///< those that differ from their defaults, as the next ones
    bool learns = true;
    Json historyOptions = Json::object();
    std::string policy{}; ///< empty for none
    Json policyOptions = Json::object();
    std::uint64_t trials = study::TuningBudget().trials, jobs = 1, seed = 1;
    QString seconds{}, joules{}, grams{}; ///< empty is without limit, as the next one
    QString trialSeconds{};
    std::string region{}; ///< the world's average if empty
    QString pue{};
    search::MetaFeatures metaFeatures{};
};

/// Why the form is no search yet.
struct DraftProblem {
    std::string place; ///< the field: "name", "command", "parameters", "parameters/2", "seconds", ...
    QString where;     ///< the same for a person
    QString text;
    bool missing = false; ///< nothing is wrong, but something is still to be given
};

struct DraftCheck {
    std::vector<DraftProblem> problems{};  ///< in the order of the form
    std::optional<study::Tuning> tuning{}; ///< nothing while there is a problem
    std::optional<double> assignments{};   ///< of the parameters, infinite where there is no end of them
    QStringList unnamed{};                 ///< what the command names and is no parameter yet
};

/// Everything that the core would refuse, told by its own checks, and names that are taken by `others`.
DraftCheck checkDraft(const SearchDraft& draft, const std::vector<TuningEntry>& others);

/// The same search again, under a name that none of the others has.
SearchDraft draftOf(const study::Tuning& tuning, const std::vector<TuningEntry>& others);
/// "tune", or "tune 2", ...: what none of the others is called.
QString freeName(const QString& wanted, const std::vector<TuningEntry>& others);
/// As study::commandWords() reads it.
QString commandText(const std::vector<std::string>& words);
/// What is not at its default.
Json changedOptions(const Schema& schema, const Json& values);

} // namespace greenfront::ui
