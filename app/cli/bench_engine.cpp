// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"

#include "app/cli/output.h"
#include "core/base/text.h"

#include <array>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Part {
    const char* name;
    OrderedJson (*run)();
};

constexpr std::array parts{Part{"pareto", benchPareto}};

/// A line for each number, named by its way through the document.
void addLines(const std::string& path, const OrderedJson& json,
              std::vector<std::vector<std::string>>& lines) {
    if (!json.is_object()) {
        lines.push_back({path, json.is_number_float() ? shortText(json.get<double>()) : json.dump()});
        return;
    }
    for (const auto& [name, value] : json.items())
        addLines(path.empty() ? name : path + "." + name, value, lines);
}

void searchEngine(bool json) {
    OrderedJson document = OrderedJson::object();
    for (const Part& part : parts)
        document[part.name] = part.run();
    if (json) {
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
    const auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "Print one JSON document");
    command->callback([json] { searchEngine(*json); });
}

} // namespace greenfront::cli
