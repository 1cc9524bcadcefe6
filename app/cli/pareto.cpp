// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/pareto.h"

#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/number_columns.h"
#include "core/search/hypervolume.h"
#include "core/search/knee.h"
#include "core/search/objective.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string file, reference;
    std::vector<std::string> objectives;
    bool json = false;
};

struct Result {
    std::vector<search::Objective> objectives;
    std::vector<search::Point> points; ///< a row each
    std::size_t without = 0;           ///< rows that lack a number
    std::vector<std::size_t> front;    ///< ascending in the first objective
    search::Point reference;
    double hypervolume = 0;
    search::Knee knee;
};

std::vector<std::string> namesOf(const std::vector<search::Objective>& objectives) {
    std::vector<std::string> names;
    names.reserve(objectives.size());
    for (const search::Objective& objective : objectives)
        names.push_back(objective.name);
    return names;
}

bool isWhole(const search::Point& point) {
    return std::ranges::none_of(point, [](double value) { return std::isnan(value); });
}

search::Point referenceFrom(const std::string& text, std::size_t objectives) {
    search::Point reference;
    for (const std::string_view part : split(text, ',')) {
        const auto value = numberIn(part);
        if (!value)
            throw Error("read", "the reference '" + text + "'", "'" + std::string(part) + "' is no number",
                        "Separate the values of the objectives by commas, as in 0,20");
        reference.push_back(*value);
    }
    if (reference.size() != objectives)
        throw Error("read", "the reference '" + text + "'",
                    "it has " + std::to_string(reference.size()) + " values for " +
                        std::to_string(objectives) + " objectives",
                    "Give one for each, in their order");
    return reference;
}

Result compute(const Options& options) {
    Result result;
    result.objectives = search::objectivesFrom(options.objectives);
    if (!options.reference.empty()) // before a large file is read
        result.reference = referenceFrom(options.reference, result.objectives.size());
    const auto names = namesOf(result.objectives);
    const auto directions = search::directionsOf(result.objectives);
    result.points = data::readNumberColumns(options.file, names);
    result.without =
        result.points.size() - static_cast<std::size_t>(std::ranges::count_if(result.points, isWhole));
    const auto knee = search::kneeOf(result.points, directions);
    if (!knee)
        throw Error("find the front of", options.file, "no row has a number for " + join(names, " and "),
                    "Check the names of the objectives");
    result.knee = *knee;
    if (result.reference.empty())
        result.reference = search::worstOf(result.points, directions);
    result.front = search::paretoFront(result.points, directions);
    result.hypervolume = search::hypervolume(result.points, directions, result.reference);
    return result;
}

std::string referenceText(const Result& result) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < result.objectives.size(); ++i)
        parts.push_back(result.objectives[i].name + " " + numberText(result.reference[i]));
    return join(parts, ", ");
}

void printText(const Result& result, bool ownReference) {
    std::vector<std::string> heading{"row"};
    for (const search::Objective& objective : result.objectives)
        heading.push_back(toText(objective));
    heading.emplace_back("knee");
    std::vector<std::vector<std::string>> table{heading};
    for (const std::size_t row : result.front) {
        std::vector<std::string> line{std::to_string(row)};
        for (const double value : result.points[row])
            line.push_back(numberText(value));
        line.emplace_back(row == result.knee.index ? "*" : "");
        table.push_back(std::move(line));
    }
    std::cout << result.front.size() << " of " << result.points.size() << " rows on the front\n";
    printTable(table);
    std::cout << "hypervolume " << numberText(result.hypervolume) << " up to " << referenceText(result)
              << (ownReference ? "" : " (the worst value of each objective)") << '\n';
    if (result.front.size() > 2 && !(result.knee.distance > 0))
        std::cout << "the front does not bulge towards the ideal, so its knee is an end of it\n";
}

void printAsJson(Result result) {
    std::ranges::sort(result.front);
    printJson({{"front", result.front},
               {"hypervolume", result.hypervolume},
               {"reference", result.reference},
               {"knee", result.knee.index}});
}

void pareto(const Options& options) {
    const Result result = compute(options);
    if (result.without > 0)
        std::cerr << result.without << " of " << result.points.size()
                  << " rows lack a number for an objective and are left out\n";
    const bool ownReference = !options.reference.empty();
    if (!ownReference && options.json)
        std::cerr << "no --reference: the worst value of each objective is taken, " << referenceText(result)
                  << '\n';
    if (options.json)
        printAsJson(result);
    else
        printText(result, ownReference);
}

} // namespace

void addPareto(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "pareto", "The Pareto front of a table of points, its hypervolume and its knee: the point furthest "
                  "from the chord between the ends of the front, each objective scaled to its range there. "
                  "Rows are numbered from 0. The hypervolume is exact, so with many points and more than "
                  "five or six objectives it takes long");
    const auto options = std::make_shared<Options>();
    command->add_option("POINTS", options->file, "A CSV file whose first line names the columns")->required();
    command
        ->add_option("--objective", options->objectives,
                     "max:COLUMN or min:COLUMN; again for each further objective")
        ->required()
        ->allow_extra_args(false);
    command->add_option(
        "--reference", options->reference,
        "Where the hypervolume ends: a value for each objective, in their order and units, as "
        "in 0,20; if not given, the worst value that each has in the table");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { pareto(*options); });
}

} // namespace greenfront::cli
