// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/tuning.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/energy/grid.h"
#include "core/search/azure_space.h"
#include "core/search/stopping_policy.h"
#include "core/search/transfer.h"
#include "core/store/studies.h"
#include "core/store/trials.h"
#include "core/study/trial_command.h"
#include "core/study/tuning_history.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace greenfront::study {
namespace {

constexpr const char* formatName = "greenfront-tuning";
constexpr int formatVersion = 1;
constexpr std::size_t mostJobs = 256;

template <class Items>
std::vector<std::string> texts(const Items& items) {
    std::vector<std::string> list;
    list.reserve(items.size());
    for (const auto& item : items)
        list.push_back(toText(item));
    return list;
}

Json whatItIs(const Tuning& tuning) {
    return {{"space", search::readParameterSpace(tuning.space).toJson()},
            {"objectives", texts(tuning.objectives)},
            {"constraints", texts(tuning.constraints)},
            {"command", tuning.command},
            {"method", tuning.method},
            {"method_options", tuning.methodOptions},
            {"seed", tuning.seed},
            {"learns", tuning.learns},
            {"history_options", tuning.historyOptions},
            {"meta_features", tuning.metaFeatures}};
}

void requireSame(const Tuning& stored, const Tuning& wanted) {
    search::readParameterSpace(wanted.space).requireSame(search::readParameterSpace(stored.space).toJson());
    const Json was = whatItIs(stored);
    const Json is = whatItIs(wanted);
    const bool imported = stored.command.empty(); // goes on with whatever program and method are chosen now
    for (const auto& [key, value] : was.items())
        if (is.at(key) != value && (!imported || key == "objectives"))
            throw Error("go on with", "'" + stored.name + "'",
                        "its " + key + " was " + value.dump() + " and is now " + is.at(key).dump(),
                        "Leave it as it was, or begin another study with --name");
}

/// A row of its own, or that of one of the same name that has never got going.
StudyId freshStudy(store::Workspace& workspace, const Tuning& tuning) {
    for (const store::StudyRow& row : store::allStudies(workspace, store::tuningKind))
        if (row.name == tuning.name) {
            if (!store::trialsOf(workspace, row.id).empty())
                throw Error("begin", "'" + tuning.name + "'",
                            workspace.path().string() + " has a study of that name already",
                            "Go on with it by --resume, or choose another with --name");
            store::setStudyConfig(workspace, row.id, toJson(tuning));
            return row.id;
        }
    const std::string command = join(tuning.command, " ");
    const std::string hash = "program-" + sha256(std::as_bytes(std::span(command)));
    store::putData(workspace, {.hash = hash,
                               .name = command,
                               .kind = "program",
                               .info = Json::object(),
                               .source = {{"command", tuning.command}}});
    return store::addStudy(workspace, tuning.name, hash, toJson(tuning), store::tuningKind);
}

} // namespace

void setBudget(TuningBudget& budget, std::string_view text) {
    const auto equals = text.find('=');
    const auto name = trimmed(text.substr(0, equals));
    const double value = equals == std::string_view::npos ? 0 : numberIn(text.substr(equals + 1)).value_or(0);
    const bool known = name == "trials" || name == "seconds" || name == "joules" || name == "grams";
    if (!known || value <= 0 || value > 1e15)
        throw Error("read", "the budget '" + std::string(text) + "'",
                    known ? "it is no number above 0" : "it limits nothing that is known",
                    "Write trials=, seconds=, joules= or grams= and a number");
    if (name == "trials")
        budget.trials = static_cast<std::size_t>(std::ceil(value));
    else
        (name == "seconds" ? budget.seconds : name == "joules" ? budget.joules : budget.grams) = value;
}

OrderedJson toJson(const TuningBudget& budget) {
    return {{"trials", budget.trials},
            {"seconds", budget.seconds},
            {"joules", budget.joules},
            {"grams", budget.grams}};
}

OrderedJson toJson(const Tuning& tuning) {
    return {{"format", formatName},
            {"version", formatVersion},
            {"name", tuning.name},
            {"command", tuning.command},
            {"objectives", texts(tuning.objectives)},
            {"constraints", texts(tuning.constraints)},
            {"method", tuning.method},
            {"method_options", tuning.methodOptions},
            {"seed", tuning.seed},
            {"learns", tuning.learns},
            {"history_options", tuning.historyOptions},
            {"meta_features", tuning.metaFeatures},
            {"policy", tuning.policy},
            {"budget", toJson(tuning.budget)},
            {"trial_seconds", tuning.trialSeconds},
            {"jobs", tuning.jobs},
            {"region", tuning.region},
            {"pue", tuning.pue},
            {"space", tuning.space}};
}

Tuning tuningFromJson(const Json& json, const std::string& subject) {
    if (!json.is_object() || json.value("format", "") != formatName)
        throw Error("read", subject, "it is no study of parameters", "Make one with 'greenfront-cli tune'");
    if (json.value("version", 0) != formatVersion)
        throw Error("read", subject, "it was made by another version of Greenfront", "Update Greenfront");
    Tuning tuning;
    try {
        tuning.name = json.at("name").get<std::string>();
        tuning.space = json.at("space");
        tuning.objectives = search::objectivesFrom(json.at("objectives").get<std::vector<std::string>>());
        tuning.constraints = search::constraintsFrom(json.value("constraints", std::vector<std::string>()));
        tuning.command = json.value("command", std::vector<std::string>());
        tuning.method = json.value("method", tuning.method);
        tuning.methodOptions = json.value("method_options", Json::object());
        tuning.seed = json.value("seed", tuning.seed);
        tuning.policy = json.value("policy", "");
        const Json budget = json.value("budget", Json::object());
        tuning.budget = {budget.value("trials", tuning.budget.trials), budget.value("seconds", 0.0),
                         budget.value("joules", 0.0), budget.value("grams", 0.0)};
        tuning.learns = json.value("learns", tuning.learns);
        tuning.historyOptions = json.value("history_options", Json::object());
        tuning.metaFeatures = json.value("meta_features", search::MetaFeatures());
        tuning.trialSeconds = json.value("trial_seconds", 0.0);
        tuning.jobs = json.value("jobs", tuning.jobs);
        tuning.region = json.value("region", "");
        tuning.pue = json.value("pue", 1.0);
    } catch (const Json::exception& error) {
        throw Error("read", subject, error.what());
    }
    return tuning;
}

std::vector<std::string> commandWords(std::string_view text) {
    std::vector<std::string> words;
    bool inWord = false;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (quote == 0 && blank) {
            inWord = false;
            continue;
        }
        if (!inWord)
            words.emplace_back();
        inWord = true;
        if (quote != 0 && c == quote)
            quote = 0;
        else if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == '\\' && quote != '\'' && i + 1 < text.size())
            words.back() += text[++i];
        else
            words.back() += c;
    }
    if (quote != 0)
        throw Error("read", "the command", std::string("the quote ") + quote + " is never closed");
    if (words.empty() || words.front().empty())
        throw Error("read", "the command", "it is empty", "Name a program and its arguments");
    return words;
}

void checkTuning(const Tuning& tuning) {
    const auto space = search::readParameterSpace(tuning.space);
    checkCommand(tuning.command, space);
    search::makeTransferred(tuning.method, {space, search::directionsOf(tuning.objectives), tuning.seed},
                            tuning.methodOptions, {.metaFeatures = tuning.metaFeatures},
                            tuning.historyOptions);
    if (!tuning.policy.empty())
        search::policyFrom(tuning.policy, tuning.objectives);
    if (!tuning.region.empty())
        energy::gridOf(tuning.region);
    energy::checkedPue(tuning.pue);
    if (tuning.jobs < 1 || tuning.jobs > mostJobs)
        throw Error("run", std::to_string(tuning.jobs) + " trials at the same time", "that is out of range",
                    "Choose 1 to " + std::to_string(mostJobs));
}

std::uint64_t nextSeed(store::Workspace& workspace) {
    return store::allStudies(workspace, store::tuningKind).size() + 1;
}

StudyId putTuning(store::Workspace& workspace, const Tuning& tuning,
                  std::span<const std::filesystem::path> others) {
    checkTuning(tuning);
    const search::History history = pastOf(tuning, workspace, others);
    store::Transaction transaction(workspace);
    const StudyId id = freshStudy(workspace, tuning);
    putHistory(workspace, id, history);
    transaction.commit();
    return id;
}

StudyId findTuning(store::Workspace& workspace, const std::string& name) {
    const auto all = store::allStudies(workspace, store::tuningKind);
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const store::StudyRow& row) {
        return name.empty() || row.name == name;
    });
    if (found != all.rend())
        return found->id;
    throw Error("go on with", name.empty() ? "a study of parameters" : "'" + name + "'",
                workspace.path().string() + " has none" + (name.empty() ? "" : " of that name"),
                "Begin it without --resume");
}

Tuning loadTuning(store::Workspace& workspace, StudyId id) {
    const auto row = store::findStudy(workspace, id);
    const std::string subject = "study " + std::to_string(id.value);
    if (!row)
        throw Error("open", subject, "the workspace has no such study");
    Tuning tuning = tuningFromJson(row->config, subject);
    tuning.name = row->name;
    return tuning;
}

void changeTuning(store::Workspace& workspace, StudyId id, const Tuning& tuning) {
    checkTuning(tuning);
    requireSame(loadTuning(workspace, id), tuning);
    store::setStudyConfig(workspace, id, toJson(tuning));
}

} // namespace greenfront::study
