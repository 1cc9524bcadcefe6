// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/search/cma_es.h"
#include "core/search/evolution_optimiser.h"
#include "core/search/gp_optimiser.h"
#include "core/search/grid.h"
#include "core/search/method_options.h"
#include "core/search/nsga2_optimiser.h"
#include "core/search/parsec.h"
#include "core/search/sobol.h"
#include "core/search/tpe.h"

#include <algorithm>
#include <functional>

namespace greenfront::search {
namespace {

struct Method {
    std::string name;
    Schema schema;
    std::function<std::unique_ptr<Optimiser>(SearchSetup, const Json&)> make;
};

Parameter share(const char* key, const char* title, const char* help, double value, double most = 1) {
    return {.key = key,
            .title = title,
            .help = help,
            .kind = ParameterKind::Real,
            .defaultValue = value,
            .minimum = 0,
            .maximum = most};
}

std::size_t size(const Json& options, const char* key) {
    return options.at(key).get<std::size_t>();
}

double real(const Json& options, const char* key) {
    return options.at(key).get<double>();
}

Method tpe() {
    return {"tpe",
            {countOption("startup", "Random trials first", "Drawn from the space before anything is learnt.",
                         10, 1, 100'000),
             countOption("candidates", "Candidates", "Drawn for each trial, of which the best is taken.", 24,
                         1, 10'000),
             share("good", "Good share", "The share of trials that counts as good.", 0.1),
             countOption("most_good", "Most good trials", "With one objective.", 25, 1, 100'000)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<TpeOptimiser>(
                    std::move(setup), TpeOptions{size(options, "startup"), size(options, "candidates"),
                                                 real(options, "good"), size(options, "most_good")});
            }};
}

Method nsga2() {
    return {"nsga2",
            {countOption("population", "Population", "How many trials are parents.", 50, 2, 100'000),
             share("crossover", "Crossover", "How many children have two parents.", 0.9),
             share("mutation", "Mutation", "A parameter's chance to change; 0 for one parameter a child.", 0),
             share("crossover_index", "Crossover index", "The larger, the nearer children are to a parent.",
                   3, 1000),
             share("mutation_index", "Mutation index", "The larger, the smaller the changes.", 20, 1000)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<Nsga2Optimiser>(
                    std::move(setup),
                    Nsga2Settings{size(options, "population"), real(options, "crossover"),
                                  real(options, "mutation"), real(options, "crossover_index"),
                                  real(options, "mutation_index")});
            }};
}

Method evolution() {
    return {"evolution",
            {countOption("population", "Population", "How many of the newest trials are parents.", 50, 2,
                         100'000),
             countOption("sample", "Sample", "The best of so many is the parent.", 12, 1, 100'000)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<EvolutionOptimiser>(
                    std::move(setup),
                    EvolutionSettings{size(options, "population"), size(options, "sample")});
            }};
}

Method cmaEs() {
    return {"cma-es",
            {countOption("population", "Generation",
                         "Trials between two updates; 0 for 4 + 3 ln(parameters).", 0, 0, 100'000),
             share("width", "First step", "Share of each parameter's range.", 0.25)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<CmaEsOptimiser>(
                    std::move(setup),
                    CmaEsSettings{size(options, "population"), std::max(1e-3, real(options, "width"))});
            }};
}

Method gaussianProcess() {
    return {"gp",
            {countOption("startup", "Random trials first", "Drawn from the space before anything is learnt.",
                         10, 2, 100'000),
             countOption("candidates", "Candidates", "Looked at before the best of them are climbed from.",
                         500, 16, 100'000),
             countOption("most_trials", "Trials of a fit", "The best and the newest, where there are more.",
                         250, 10, 5000)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<GpOptimiser>(
                    std::move(setup), GpSettings{size(options, "startup"), size(options, "candidates"),
                                                 size(options, "most_trials")});
            }};
}

Method parsec() {
    const ParsecSettings usual;
    return {"parsec",
            {countOption("most", "Largest generation", "Trials before the distribution first moves.",
                         static_cast<int>(usual.most), 1, 100'000),
             countOption("least", "Smallest generation", "Trials before it moves once it is certain.",
                         static_cast<int>(usual.least), 1, 100'000),
             share("temperature", "Temperature", "The lower, the more the best of a generation counts.",
                   usual.temperature, 100),
             share("rate", "Rate", "How far the distribution moves to what a generation says.", usual.rate)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<ParsecOptimiser>(
                    std::move(setup),
                    ParsecSettings{size(options, "most"), size(options, "least"),
                                   std::max(1e-3, real(options, "temperature")), real(options, "rate")});
            }};
}

Method grid() {
    return {"grid",
            {countOption("levels", "Levels", "Values of a continuous parameter.", 5, 1, 100'000)},
            [](SearchSetup setup, const Json& options) {
                return std::make_unique<GridOptimiser>(std::move(setup), size(options, "levels"));
            }};
}

const std::vector<Method>& methods() {
    static const std::vector<Method> all{
        {"random",
         {},
         [](SearchSetup setup, const Json&) { return std::make_unique<RandomOptimiser>(std::move(setup)); }},
        {"sobol",
         {},
         [](const SearchSetup& setup, const Json&) { return std::make_unique<SobolOptimiser>(setup); }},
        grid(),
        tpe(),
        nsga2(),
        evolution(),
        cmaEs(),
        gaussianProcess(),
        parsec()};
    return all;
}

const Method& methodOf(const std::string& name) {
    const auto found = std::ranges::find(methods(), name, &Method::name);
    if (found == methods().end())
        throw Error("search", "by '" + name + "'", "there is no such method",
                    "Known are " + join(optimiserNames(), ", "));
    return *found;
}

} // namespace

const std::vector<std::string>& optimiserNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Method& method : methods())
            list.push_back(method.name);
        return list;
    }();
    return names;
}

const Schema& optimiserSchema(const std::string& method) {
    return methodOf(method).schema;
}

std::unique_ptr<Optimiser> makeOptimiser(const std::string& method, SearchSetup setup, const Json& options) {
    const Method& chosen = methodOf(method);
    return chosen.make(std::move(setup),
                       checked(chosen.schema, options, "the search method '" + method + "'"));
}

} // namespace greenfront::search
