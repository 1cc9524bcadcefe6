// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"

#include "app/cli/output.h"
#include "core/base/text.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

/// A line for each number, named by its way through the document.
void addLines(const std::string& path, const OrderedJson& json,
              std::vector<std::vector<std::string>>& lines) {
    if (!json.is_object()) {
        lines.push_back({path, json.is_number_float() ? shortText(json.get<double>()) : json.dump()});
        return;
    }
    for (const auto& [name, value] : json.items())
        addLines(path.empty() ? name : std::string(path).append(".").append(name), value, lines);
}

struct Options {
    std::string table;
    bool json = false;
};

void searchEngine(const Options& options) {
    OrderedJson document{{"cost", benchCost()}, {"pareto", benchPareto()}, {"problems", benchProblems()}};
    if (!options.table.empty())
        document["table"] = benchTable(options.table);
    if (options.json) {
        printJson(document);
        return;
    }
    std::vector<std::vector<std::string>> lines{{"what", "seen"}};
    addLines("", document, lines);
    printTable(lines);
}

} // namespace

void addBenchSearchEngine(CLI::App& bench) {
    CLI::App* command = bench.add_subcommand("search-engine", "What the engine behind every search costs");
    const auto options = std::make_shared<Options>();
    command->add_option("--table", options->table,
                        "nas-bench-macro_cifar10.json, to be searched by each method");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { searchEngine(*options); });
}

} // namespace greenfront::cli
