// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/formats/trial_study.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>

namespace greenfront::formats {
namespace {

constexpr double mostWork = 2e8; ///< cells looked at for conditions
constexpr std::size_t mostEvidence = 10'000, leastEvidence = 200;
constexpr std::size_t mostShown = 20;

/// One parameter in the trials that count, as the number of its value there; -1 where it has none.
struct SeenColumn {
    std::vector<int> cells;
    std::vector<Json> values;
    std::size_t present = 0;
};

bool hasOneValue(const Json& entry) {
    if (entry.contains("values"))
        return entry["values"].size() < 2;
    const auto low = entry.at("low").get<double>();
    const auto high = entry.at("high").get<double>();
    return low == high || entry.value("step", 0.0) > (high - low) * (1 + 1e-12);
}

void takeOutFixed(TrialStudy& study) {
    Json kept = Json::array();
    for (const Json& entry : study.space["parameters"]) {
        if (!hasOneValue(entry)) {
            kept.push_back(entry);
            continue;
        }
        const auto name = entry["name"].get<std::string>();
        study.fixed[name] = entry.contains("values") ? entry["values"].at(0) : entry["low"];
        for (ForeignTrial& trial : study.trials)
            trial.parameters.erase(name);
    }
    study.space["parameters"] = std::move(kept);
}

/// Finished trials tried all of their parameters, which others may have ended before.
std::vector<const ForeignTrial*> evidenceOf(const TrialStudy& study) {
    const auto parameters = static_cast<double>(study.space["parameters"].size());
    const auto most = std::clamp(static_cast<std::size_t>(mostWork / (parameters * parameters + 1)),
                                 leastEvidence, mostEvidence);
    std::vector<const ForeignTrial*> trials;
    for (const ForeignTrial& trial : study.trials)
        if ((trial.end == TrialEnd::Finished || trial.end == TrialEnd::Infeasible) && trials.size() < most)
            trials.push_back(&trial);
    return trials;
}

SeenColumn columnOf(const std::string& name, std::span<const ForeignTrial* const> trials) {
    SeenColumn column;
    std::map<Json, int> numbers;
    column.cells.reserve(trials.size());
    for (const ForeignTrial* trial : trials) {
        const auto found = trial->parameters.find(name);
        if (found == trial->parameters.end()) {
            column.cells.push_back(-1);
            continue;
        }
        const auto [place, isNew] = numbers.emplace(*found, static_cast<int>(numbers.size()));
        if (isNew)
            column.values.push_back(*found);
        column.cells.push_back(place->second);
        ++column.present;
    }
    return column;
}

/// For each value of the parent: do trials with it have the child?
enum class With { Unseen, Child, NoChild, Both };

std::vector<With> divided(const SeenColumn& parent, const SeenColumn& child) {
    std::vector<With> with(parent.values.size(), With::Unseen);
    for (std::size_t i = 0; i < parent.cells.size(); ++i) {
        const bool has = child.cells[i] >= 0;
        if (parent.cells[i] < 0) {
            if (has)
                return {};
            continue;
        }
        With& known = with[static_cast<std::size_t>(parent.cells[i])];
        const With now = has ? With::Child : With::NoChild;
        known = known == With::Unseen || known == now ? now : With::Both;
        if (known == With::Both)
            return {};
    }
    return with;
}

/// The values of a categorical; of whole numbers a bound. Nothing where the parent does not explain the
/// child.
Json explanation(const Json& parentEntry, const SeenColumn& parent, const SeenColumn& child) {
    if (parent.present <= child.present) // so that no two explain each other
        return nullptr;
    if (parent.values.size() >
        std::max<std::size_t>(2, parent.present / 2)) // values that are hardly repeated
        return nullptr;
    const std::vector<With> with = divided(parent, child);
    if (with.empty())
        return nullptr;
    if (parentEntry.contains("values")) {
        Json values = Json::array();
        for (std::size_t i = 0; i < with.size(); ++i)
            if (with[i] == With::Child)
                values.push_back(parent.values[i]);
        return values;
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double low = infinity, high = -infinity, lowWithout = infinity, highWithout = -infinity;
    for (std::size_t i = 0; i < with.size(); ++i) {
        const auto value = parent.values[i].get<double>();
        double& least = with[i] == With::Child ? low : lowWithout;
        double& most = with[i] == With::Child ? high : highWithout;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    if (low > highWithout)
        return {{"minimum", low}};
    if (high < lowWithout)
        return {{"maximum", high}};
    return nullptr;
}

std::string conditionText(const Json& condition) {
    if (condition.is_array()) {
        std::vector<std::string> values;
        for (const Json& value : condition)
            values.push_back(value.is_string() ? value.get<std::string>() : value.dump());
        return "is " + someNames(values);
    }
    const bool least = condition.contains("minimum");
    return (least ? "is at least " : "is at most ") +
           numberText(condition.at(least ? "minimum" : "maximum").get<double>());
}

bool canBeParent(const Json& entry) {
    return entry["type"] == "categorical" || entry["type"] == "integer";
}

void findConditions(TrialStudy& study) {
    const auto trials = evidenceOf(study);
    Json& entries = study.space["parameters"];
    std::vector<SeenColumn> columns;
    columns.reserve(entries.size());
    for (const Json& entry : entries)
        columns.push_back(columnOf(entry["name"].get<std::string>(), trials));
    for (std::size_t child = 0; child < entries.size(); ++child) {
        if (columns[child].present == trials.size() || columns[child].present == 0)
            continue;
        for (const bool listed : {true, false}) { // the values of a categorical say more than a bound
            for (std::size_t parent = 0; parent < entries.size(); ++parent) {
                if (entries[child].contains("when") || !canBeParent(entries[parent]) ||
                    entries[parent].contains("values") != listed)
                    continue;
                const Json condition = explanation(entries[parent], columns[parent], columns[child]);
                if (condition.is_null())
                    continue;
                const auto name = entries[parent]["name"].get<std::string>();
                entries[child]["when"] = {{name, condition}};
                study.notes.push_back("as far as the trials show, " +
                                      entries[child]["name"].get<std::string>() + " exists where " + name +
                                      " " + conditionText(condition));
            }
        }
    }
}

} // namespace

void completeSpace(TrialStudy& study) {
    takeOutFixed(study);
    findConditions(study);
}

std::string someNames(const std::vector<std::string>& names) {
    const auto shown = std::span(names).first(std::min(names.size(), mostShown));
    return join(shown, ", ") + (shown.size() < names.size() ? ", ..." : "");
}

} // namespace greenfront::formats
