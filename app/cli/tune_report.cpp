// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tune_report.h"

#include "app/cli/output.h"
#include "core/base/text.h"

#include <algorithm>
#include <iostream>
#include <map>
#include <utility>

namespace greenfront::cli {
namespace {

OrderedJson trialJson(const store::TrialRow& trial, const std::vector<search::Objective>& objectives) {
    OrderedJson values = OrderedJson::object();
    if (trial.result && trial.result->objectives.size() == objectives.size())
        for (std::size_t i = 0; i < objectives.size(); ++i)
            values[objectives[i].name] = trial.result->objectives[i];
    return {{"number", trial.number},
            {"outcome", trial.result ? std::string(toText(trial.result->outcome)) : "interrupted"},
            {"parameters", trial.parameters},
            {"objectives", values},
            {"seconds", trial.seconds.value},
            {"joules", trial.joules.value},
            {"low", trial.low.value},
            {"high", trial.high.value},
            {"reason", trial.result ? trial.result->reason : ""}};
}

struct Totals {
    Joules joules;
    Seconds seconds;
    std::map<std::string, int> outcomes;
};

Totals totalsOf(const std::vector<store::TrialRow>& trials) {
    Totals totals;
    for (const store::TrialRow& trial : trials) {
        totals.joules += trial.joules;
        totals.seconds += trial.seconds;
        ++totals.outcomes[trial.result ? std::string(toText(trial.result->outcome)) : "interrupted"];
    }
    return totals;
}

/// Why trials failed, the most frequent reason first.
std::string failures(const std::vector<store::TrialRow>& trials) {
    std::map<std::string, int> reasons;
    for (const store::TrialRow& trial : trials)
        if (trial.result && trial.result->outcome == store::TrialOutcome::Failed)
            ++reasons[trial.result->reason];
    if (reasons.empty())
        return {};
    const auto& [reason, count] =
        *std::ranges::max_element(reasons, {}, [](const auto& entry) { return entry.second; });
    return std::to_string(count) + " failed because " + reason + "\n";
}

} // namespace

OrderedJson tuningJson(const study::TuningResult& result) {
    OrderedJson trials = OrderedJson::array();
    for (const store::TrialRow& trial : result.trials)
        trials.push_back(trialJson(trial, result.tuning.objectives));
    OrderedJson front = OrderedJson::array();
    for (const std::size_t index : result.front)
        front.push_back(result.trials[index].number);
    OrderedJson objectives = OrderedJson::array();
    for (const search::Objective& objective : result.tuning.objectives)
        objectives.push_back(toText(objective));
    OrderedJson history = nullptr;
    if (result.learnt) {
        history = result.learnt->toJson();
        history["text"] = result.learnt->text();
    }
    const Totals totals = totalsOf(result.trials);
    return {{"study", result.tuning.name},
            {"objectives", objectives},
            {"trials", trials},
            {"front", front},
            {"hypervolume", result.hypervolume},
            {"reference", result.reference},
            {"history", history},
            {"seconds", totals.seconds.value},
            {"joules", totals.joules.value}};
}

void printTuning(const study::TuningResult& result) {
    std::vector<std::string> heading{"trial"};
    for (const search::Objective& objective : result.tuning.objectives)
        heading.push_back(toText(objective));
    heading.insert(heading.end(), {"energy", "parameters"});
    std::vector<std::vector<std::string>> table{heading};
    for (const std::size_t index : result.front) {
        const store::TrialRow& trial = result.trials[index];
        std::vector<std::string> line{std::to_string(trial.number)};
        for (const double value : trial.result->objectives)
            line.push_back(shortText(value));
        line.push_back(toText(trial.joules));
        line.push_back(trial.parameters.dump());
        table.push_back(std::move(line));
    }
    const Totals totals = totalsOf(result.trials);
    std::cout << result.trials.size() << " trials:";
    for (const auto& [outcome, count] : totals.outcomes)
        std::cout << ' ' << count << ' ' << outcome;
    std::cout << '\n' << failures(result.trials);
    if (result.front.empty())
        std::cout << "no trial has a result that counts\n";
    else
        printTable(table);
    std::cout << toText(totals.joules) << " in all\n";
    if (result.learnt && !result.learnt->sources.empty())
        std::cout << result.learnt->text() << '\n';
}

} // namespace greenfront::cli
