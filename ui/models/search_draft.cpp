// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/search_draft.h"

#include "core/base/text.h"
#include "core/search/azure_space.h"
#include "core/search/stopping_policy.h"
#include "ui/models/texts.h"

#include <algorithm>
#include <utility>

namespace greenfront::ui {
namespace {

/// The name and the options of "bandit:slack_factor=0.1".
std::pair<std::string, Json> policyParts(const std::string& text) {
    const auto colon = text.find(':');
    std::string name(trimmed(std::string_view(text).substr(0, colon)));
    Json options = Json::object();
    if (colon == std::string::npos)
        return {name, options};
    const Schema& schema = search::policySchema(name);
    for (const std::string_view part : split(std::string_view(text).substr(colon + 1), ',')) {
        const auto equals = part.find('=');
        const Parameter* parameter = findParameter(schema, trimmed(part.substr(0, equals)));
        if (parameter != nullptr && equals != std::string_view::npos)
            options[parameter->key] = parseValue(*parameter, trimmed(part.substr(equals + 1)));
    }
    return {name, options};
}

QString limitText(double limit) {
    return limit > 0 ? qt(numberText(limit)) : QString();
}

QString quoted(const std::string& word) {
    QString text = qt(word);
    const bool plain = !text.isEmpty() && std::ranges::none_of(text, [](QChar c) {
        return c.isSpace() || c == QLatin1Char('\'') || c == QLatin1Char('"') || c == QLatin1Char('\\');
    });
    if (plain)
        return text;
    if (!text.contains(QLatin1Char('\'')))
        return QLatin1Char('\'') + text + QLatin1Char('\'');
    QString escaped = text;
    escaped.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
        .replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

} // namespace

QString freeName(const QString& wanted, const std::vector<TuningEntry>& others) {
    QString name = wanted;
    for (int number = 2; std::ranges::find(others, name, &TuningEntry::name) != others.end(); ++number)
        name = QStringLiteral("%1 %2").arg(wanted).arg(number);
    return name;
}

QString commandText(const std::vector<std::string>& words) {
    QStringList texts;
    for (const std::string& word : words)
        texts << quoted(word);
    return texts.join(QLatin1Char(' '));
}

Json changedOptions(const Schema& schema, const Json& values) {
    Json changed = Json::object();
    for (const Parameter& parameter : schema)
        if (values.contains(parameter.key) && values.at(parameter.key) != parameter.defaultValue)
            changed[parameter.key] = values.at(parameter.key);
    return changed;
}

SearchDraft draftOf(const study::Tuning& tuning, const std::vector<TuningEntry>& others) {
    SearchDraft draft{.name = freeName(qt(tuning.name), others), .command = commandText(tuning.command)};
    const Json space = search::readParameterSpace(tuning.space).toJson();
    for (const Json& entry : space.at("parameters"))
        draft.parameters.push_back(parameterDraft(entry));
    draft.objectives.clear();
    for (const search::Objective& objective : tuning.objectives)
        draft.objectives.push_back({.sign = objective.direction == Direction::Minimise
                                                ? QStringLiteral("min")
                                                : QStringLiteral("max"),
                                    .metric = qt(objective.name)});
    for (const search::Constraint& constraint : tuning.constraints)
        draft.constraints.push_back({.sign = constraint.atMost ? QStringLiteral("<=") : QStringLiteral(">="),
                                     .metric = qt(constraint.metric),
                                     .bound = qt(numberText(constraint.bound))});
    draft.method = tuning.method;
    draft.methodOptions = tuning.methodOptions;
    draft.learns = tuning.learns;
    draft.historyOptions = tuning.historyOptions;
    std::tie(draft.policy, draft.policyOptions) = policyParts(tuning.policy);
    draft.trials = tuning.budget.trials;
    draft.jobs = tuning.jobs;
    draft.seed = tuning.seed;
    draft.seconds = limitText(tuning.budget.seconds);
    draft.joules = limitText(tuning.budget.joules);
    draft.grams = limitText(tuning.budget.grams);
    draft.trialSeconds = limitText(tuning.trialSeconds);
    draft.region = tuning.region;
    draft.pue = tuning.pue == 1 ? QString() : qt(numberText(tuning.pue));
    draft.metaFeatures = tuning.metaFeatures;
    return draft;
}

} // namespace greenfront::ui
