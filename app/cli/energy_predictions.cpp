// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/energy_predictions.h"

#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/study/predictions.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace;
    bool json = false;
};

template <class T>
OrderedJson orNull(const std::optional<T>& value) {
    return value ? OrderedJson(*value) : OrderedJson();
}

OrderedJson asJson(const study::PredictionCheck& check) {
    const store::PredictionRow& row = check.prediction;
    OrderedJson json{{"run", row.run.value},
                     {"run_kind", check.run.kind},
                     {"subject", check.run.subject},
                     {"kind", row.kind},
                     {"share", row.share},
                     {"planned", row.planned},
                     {"predicted_joules", row.joules.value},
                     {"low", row.joulesLow.value},
                     {"high", row.joulesHigh.value},
                     {"joules", OrderedJson()},
                     {"error_percent", OrderedJson()},
                     {"covered", OrderedJson()},
                     {"naive_error_percent", orNull(check.naiveErrorPercent)},
                     {"predicted_seconds", row.seconds.value},
                     {"seconds_low", row.secondsLow.value},
                     {"seconds_high", row.secondsHigh.value},
                     {"seconds", OrderedJson()},
                     {"seconds_error_percent", OrderedJson()},
                     {"seconds_covered", OrderedJson()},
                     {"method", row.method},
                     {"at", row.at}};
    if (check.joules && check.seconds) {
        json["joules"] = check.joules->actual;
        json["error_percent"] = check.joules->errorPercent();
        json["covered"] = check.joules->covered();
        json["seconds"] = check.seconds->actual;
        json["seconds_error_percent"] = check.seconds->errorPercent();
        json["seconds_covered"] = check.seconds->covered();
    }
    return json;
}

OrderedJson asJson(const study::PredictionSummary& summary) {
    return {{"runs", summary.joules.count},
            {"median_error_percent", summary.joules.medianErrorPercent},
            {"coverage", summary.joules.coverage},
            {"naive_median_error_percent", orNull(summary.naiveErrorPercent)},
            {"seconds_median_error_percent", summary.seconds.medianErrorPercent},
            {"seconds_coverage", summary.seconds.coverage}};
}

std::string signedPercent(double percent) {
    return (percent > 0 ? "+" : "") + fixedText(percent, 1) + " %";
}

void print(const std::vector<study::PredictionCheck>& checks) {
    std::vector<std::vector<std::string>> table{
        {"run", "of", "kind", "predicted", "from", "to", "was", "error", "covered", "naive error"}};
    for (const study::PredictionCheck& check : checks) {
        const store::PredictionRow& row = check.prediction;
        const std::string of =
            check.run.subject.empty() ? check.run.kind : check.run.kind + " " + check.run.subject;
        table.push_back({std::to_string(row.run.value), of, row.kind, toText(row.joules),
                         toText(row.joulesLow), toText(row.joulesHigh),
                         check.joules ? toText(Joules(check.joules->actual)) : "not as planned",
                         check.joules ? signedPercent(check.joules->errorPercent()) : "",
                         check.joules ? (check.joules->covered() ? "yes" : "no") : "",
                         check.naiveErrorPercent ? signedPercent(*check.naiveErrorPercent) : ""});
    }
    printTable(table);
    for (const study::PredictionSummary& summary : study::summariesOf(checks)) {
        std::cout << summary.kind << ": " << summary.joules.count << " runs, median error "
                  << fixedText(summary.joules.medianErrorPercent, 1) << " % of the joules and "
                  << fixedText(summary.seconds.medianErrorPercent, 1) << " % of the seconds, "
                  << fixedText(100 * summary.joules.coverage, 0) << " % of the intervals held";
        if (summary.naiveErrorPercent)
            std::cout << "; the first epoch times their number " << fixedText(*summary.naiveErrorPercent, 1)
                      << " %";
        std::cout << '\n';
    }
}

void list(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    const auto checks = study::predictionChecks(workspace);
    if (!options.json) {
        print(checks);
        return;
    }
    OrderedJson all = OrderedJson::array();
    for (const study::PredictionCheck& check : checks)
        all.push_back(asJson(check));
    OrderedJson kinds{{study::beforeKind, OrderedJson()}, {study::profileKind, OrderedJson()}};
    for (const study::PredictionSummary& summary : study::summariesOf(checks))
        kinds[summary.kind] = asJson(summary);
    printJson({{"predictions", all}, {"summary", kinds}});
}

} // namespace

void addPredictions(CLI::App& energy) {
    CLI::App* command = energy.add_subcommand(
        "predictions",
        "What each run was expected to cost beside what it did, and how far that can be trusted");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { list(*options); });
}

} // namespace greenfront::cli
