// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/search_table.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/nn/runtime.h"
#include "core/search/optimiser.h"
#include "core/study/published_search.h"
#include "core/study/specialise.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string space = "mobilenet-v3", predictor;
    std::vector<std::string> tables, most;
    std::size_t generations = 500, population = 100;
    std::uint64_t seed = 1;
    int threads = 0;
    bool json = false;
    TableOptions table;
};

/// As the once-for-all project writes a network of it: kernels, expansions, depths and the resolution. Blocks
/// beyond a depth have 0.
OrderedJson specOf(const arch::MbconvSpace& space, const Genotype& genotype) {
    OrderedJson kernels = OrderedJson::array();
    OrderedJson expansions = OrderedJson::array();
    OrderedJson depths = OrderedJson::array();
    const auto chosen = [&](std::size_t gene) {
        return space.genes()[gene].values[static_cast<std::size_t>(genotype[gene])];
    };
    const auto& stages = space.parameters().stages;
    for (std::size_t s = 1; s < stages.size(); ++s) {
        const int depth = chosen(space.depthGene(s));
        depths.push_back(depth);
        for (int b = 0; b < stages[s].depths.back(); ++b) {
            const auto block = static_cast<std::size_t>(b);
            kernels.push_back(b < depth ? chosen(space.kernelGene(s, block)) : 0);
            expansions.push_back(b < depth ? chosen(space.expansionGene(s, block)) : 0);
        }
    }
    return {{"ks", kernels}, {"e", expansions}, {"d", depths}, {"r", chosen(*space.resolutionGene())}};
}

/// The last of them counts.
Seconds latencyLimit(const std::vector<std::string>& constraints) {
    Seconds most;
    for (const std::string& constraint : constraints) {
        const study::Limit limit = study::limitFrom(constraint);
        if (limit.metric != "latency_ms")
            throw Error("search", "with --max " + constraint, "the tables tell latency_ms alone");
        most = Seconds(limit.most / 1000);
    }
    return most;
}

void search(const Options& options) {
    nn::setThreads(options.threads > 0 ? options.threads : nn::defaultThreads());
    const study::PublishedNetwork network(options.predictor, {options.tables.begin(), options.tables.end()});
    const Seconds most = latencyLimit(options.most);
    Control control;
    const InterruptGuard guard(control);
    const study::PublishedChoice choice = study::searchPublished(
        network, most, options.seed, options.generations, control, {.population = options.population});
    const OrderedJson spec = specOf(network.space(), choice.genotype);
    if (options.json) {
        printJson({{"genotype", choice.genotype},
                   {"network", spec},
                   {"accuracy", choice.accuracy},
                   {"latency_ms", choice.latency.value * 1000},
                   {"evaluations", choice.evaluations},
                   {"seconds", choice.seconds.value}});
        return;
    }
    std::cout << "accuracy    " << fixedText(choice.accuracy, 2) << " % (predicted)\n"
              << "latency     " << fixedText(choice.latency.value * 1000, 2) << " ms (sum of the table)\n"
              << "resolution  " << spec["r"].dump() << '\n'
              << "depths      " << spec["d"].dump() << '\n'
              << "kernels     " << spec["ks"].dump() << '\n'
              << "expansions  " << spec["e"].dump() << '\n'
              << choice.evaluations << " networks in " << fixedText(choice.seconds.value, 2) << " s\n";
}

void requirePublished(const Options& options) {
    for (const auto& [given, flag] :
         {std::pair(!options.predictor.empty(), "--accuracy-predictor"),
          std::pair(!options.tables.empty(), "--latency-table"), std::pair(!options.most.empty(), "--max")})
        if (!given)
            throw CLI::RequiredError(std::string(flag) + " (or --table)");
}

void addTableOptions(CLI::App& command, TableOptions& options) {
    const auto add =
        [&command, table = command.add_option("--table", options.table, "CSV file whose rows are searched")](
            const char* name, auto& value, const std::string& help) {
            return command.add_option(name, value, help)->needs(table);
        };
    add("--choices", options.choices, "Its columns to choose from, as op0,op1,op2")->delimiter(',');
    add("--objective", options.objectives, "max:COLUMN or min:COLUMN; again for each further objective")
        ->allow_extra_args(false);
    add("--constraint", options.constraints, "'COLUMN<=NUMBER' or 'COLUMN>=NUMBER'; may be repeated")
        ->allow_extra_args(false);
    add("--method", options.method, "How to search: " + join(search::optimiserNames(), ", "))
        ->capture_default_str();
    add("--budget", options.budget, "Rows that may be asked for")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    add("--out", options.out, "CSV file for the rows in the order in which they were asked for");
}

} // namespace

void addSearch(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "search",
        "Search a published once-for-all network by its accuracy predictor and latency tables, or, with "
        "--table,\n"
        "the rows of any table. A combination of choices that is not in the table is infeasible.");
    const auto options = std::make_shared<Options>();
    command->add_option("--space", options->space, "Search space")
        ->capture_default_str()
        ->check(CLI::IsMember({"mobilenet-v3"}));
    command->add_option("--accuracy-predictor", options->predictor,
                        "safetensors file with 0, 2, 4 and 6.weight and .bias (128 inputs)");
    command->add_option("--latency-table", options->tables,
                        "YAML file of the once-for-all project, one a resolution");
    command->add_option("--max", options->most, "Limit: latency_ms=25");
    addTableOptions(*command, options->table);
    command->add_option("--generations", options->generations, "Generations of the evolution")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    command->add_option("--population", options->population, "Networks in a generation")
        ->capture_default_str()
        ->check(CLI::Range(4, 100000));
    command->add_option("--seed", options->seed, "The same seed finds the same network")
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Threads; 0 takes all")
        ->capture_default_str()
        ->check(CLI::Range(0, 1024));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] {
        if (!options->table.table.empty())
            return searchTable(options->table, options->seed, options->json);
        requirePublished(*options);
        search(*options);
    });
}

} // namespace greenfront::cli
