// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/stopping_policy.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/search/azure_policies.h"
#include "core/search/energy_policy.h"
#include "core/search/halving_policy.h"
#include "core/search/method_options.h"

#include <algorithm>
#include <functional>

namespace greenfront::search {
namespace {

using Made = std::unique_ptr<StoppingPolicy>;

struct Kind {
    std::string name;
    Schema schema;
    std::function<Made(const Json& options, std::span<const Objective> objectives)> make;
};

Parameter interval() {
    return countOption("evaluation_interval", "Every", "Applies at multiples of so many reports.", 1, 1,
                       1'000'000);
}

Schema azureSchema(Schema own) {
    own.push_back(interval());
    own.push_back(countOption("delay_evaluation", "From", "Not before so many reports.", 0, 0, 1'000'000));
    own.push_back({.key = "metric",
                   .title = "Metric",
                   .help = "Which objective it looks at; the first one if empty.",
                   .kind = ParameterKind::Text,
                   .defaultValue = ""});
    return own;
}

std::size_t size(const Json& options, const char* key) {
    return options.at(key).get<std::size_t>();
}

PolicyWatch watchOf(const Json& options, std::span<const Objective> objectives) {
    PolicyWatch watch{.every = size(options, "evaluation_interval"),
                      .delay = size(options, "delay_evaluation")};
    if (const auto metric = options.at("metric").get<std::string>(); !metric.empty()) {
        const auto found = std::ranges::find(objectives, metric, &Objective::name);
        if (found == objectives.end())
            throw Error("watch", "the metric '" + metric + "'", "it is no objective of the search",
                        "Name one of the objectives");
        watch.metric = static_cast<std::size_t>(found - objectives.begin());
    }
    watch.direction = objectives[watch.metric].direction;
    return watch;
}

Kind bandit() {
    const auto slack = [](const char* key, const char* help) {
        return Parameter{.key = key,
                         .title = key[6] == 'f' ? "Slack factor" : "Slack amount",
                         .help = help,
                         .kind = ParameterKind::Real,
                         .defaultValue = 0.0,
                         .minimum = 0};
    };
    return {"bandit",
            azureSchema({slack("slack_factor", "How far behind the best, as a share of it."),
                         slack("slack_amount", "How far behind the best, in the metric's unit.")}),
            [](const Json& options, std::span<const Objective> objectives) -> Made {
                const auto factor = options.at("slack_factor").get<double>();
                const auto amount = options.at("slack_amount").get<double>();
                if ((factor > 0) == (amount > 0))
                    throw Error("use", "the policy 'bandit'", "it takes one kind of slack",
                                "Give slack_factor or slack_amount, above 0");
                return std::make_unique<BanditPolicy>(watchOf(options, objectives), factor, amount);
            }};
}

Kind median() {
    return {"median", azureSchema({}),
            [](const Json& options, std::span<const Objective> objectives) -> Made {
                return std::make_unique<MedianPolicy>(watchOf(options, objectives));
            }};
}

Kind truncation() {
    return {"truncation",
            azureSchema(
                {countOption("truncation_percentage", "Percentage", "Of the trials are stopped.", 10, 1, 99),
                 {.key = "exclude_finished_jobs",
                  .title = "Without ended trials",
                  .help = "Compares with those that still run alone.",
                  .kind = ParameterKind::Flag,
                  .defaultValue = false}}),
            [](const Json& options, std::span<const Objective> objectives) -> Made {
                return std::make_unique<TruncationPolicy>(watchOf(options, objectives),
                                                          options.at("truncation_percentage").get<int>(),
                                                          options.at("exclude_finished_jobs").get<bool>());
            }};
}

Schema halvingSchema() {
    return {
        countOption("min_resource", "First rung", "Reports before the first comparison.", 1, 1, 1'000'000),
        countOption("reduction_factor", "Reduction factor", "One of so many goes on at each rung.", 3, 2,
                    100)};
}

Kind asha() {
    return {"asha", halvingSchema(), [](const Json& options, std::span<const Objective> objectives) -> Made {
                return std::make_unique<HalvingPolicy>(directionsOf(objectives),
                                                       size(options, "min_resource"),
                                                       size(options, "reduction_factor"));
            }};
}

Kind hyperband() {
    Schema schema = halvingSchema();
    schema.push_back(countOption("max_resource", "Reports", "That a trial makes which is never stopped.", 81,
                                 1, 100'000'000));
    return {"hyperband", schema, [](const Json& options, std::span<const Objective> objectives) -> Made {
                const std::size_t eta = size(options, "reduction_factor");
                const std::size_t least = size(options, "min_resource");
                std::size_t brackets = 1;
                for (std::size_t rung = least * eta; rung <= size(options, "max_resource"); rung *= eta)
                    ++brackets;
                return std::make_unique<HalvingPolicy>(directionsOf(objectives), least, eta, brackets);
            }};
}

Kind energy() {
    return {
        "energy",
        {interval(), countOption("min_trials", "From", "Trials that have run to their end before it applies.",
                                 5, 2, 1'000'000)},
        [](const Json& options, std::span<const Objective> objectives) -> Made {
            return std::make_unique<EnergyPolicy>(
                directionsOf(objectives), size(options, "evaluation_interval"), size(options, "min_trials"));
        }};
}

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all{bandit(), median(), truncation(), asha(), hyperband(), energy()};
    return all;
}

const Kind& kindOf(std::string_view name) {
    const auto found = std::ranges::find(kinds(), name, &Kind::name);
    if (found == kinds().end())
        throw Error("stop trials", "by '" + std::string(name) + "'", "there is no such policy",
                    "Known are " + join(policyNames(), ", "));
    return *found;
}

Json optionsFrom(const Kind& kind, std::string_view text) {
    Json options = Json::object();
    for (const std::string_view part : split(text, ',')) {
        const auto equals = part.find('=');
        const std::string key(trimmed(part.substr(0, equals)));
        const Parameter* parameter = findParameter(kind.schema, key);
        if (equals == std::string_view::npos || parameter == nullptr)
            throw Error("read", "the policy '" + kind.name + "'", "'" + std::string(part) + "' is no option",
                        "Write options as key=value, separated by commas");
        options[key] = parseValue(*parameter, trimmed(part.substr(equals + 1)));
    }
    return options;
}

} // namespace

const std::vector<std::string>& policyNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Kind& kind : kinds())
            list.push_back(kind.name);
        return list;
    }();
    return names;
}

const Schema& policySchema(std::string_view name) {
    return kindOf(name).schema;
}

Made policyFrom(std::string_view text, std::span<const Objective> objectives) {
    const auto colon = text.find(':');
    const Kind& kind = kindOf(trimmed(text.substr(0, colon)));
    const Json options =
        colon == std::string_view::npos ? Json::object() : optionsFrom(kind, text.substr(colon + 1));
    return kind.make(checked(kind.schema, options, "the policy '" + kind.name + "'"), objectives);
}

} // namespace greenfront::search
