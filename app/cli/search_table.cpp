// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/search_table.h"

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/text.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

namespace greenfront::cli {
namespace {

void write(const std::string& path, const study::TableSearchResult& result) {
    std::string text = csvLine(result.header);
    for (const CsvRow& row : result.asked)
        text += csvLine(row);
    writeFile(path, text);
}

void print(const study::TableSearch& search, const study::TableSearchResult& result) {
    std::cout << result.asked.size() << " rows asked for, " << result.missing << " of them not in the table, "
              << result.infeasible << " infeasible\n"
              << result.front.size() << " on the front, hypervolume " << numberText(result.hypervolume);
    if (result.ofTheTable > 0)
        std::cout << ", " << fixedText(100 * result.hypervolume / result.ofTheTable, 2)
                  << " % of the whole table's";
    std::cout << " (" << search.method << ", seed " << search.seed << ")\n";
}

} // namespace

void searchTable(const TableOptions& options, std::uint64_t seed, bool json) {
    const study::TableSearch search{.table = options.table,
                                    .choices = options.choices,
                                    .objectives = search::objectivesFrom(options.objectives),
                                    .constraints = search::constraintsFrom(options.constraints),
                                    .method = options.method,
                                    .budget = options.budget,
                                    .seed = seed};
    Control control;
    const InterruptGuard guard(control);
    study::TableSearchResult result = study::searchTable(search, control);
    if (!options.out.empty())
        write(options.out, result);
    if (control.cancelRequested()) {
        if (!json)
            print(search, result);
        std::cerr << "Stopped"
                  << (options.out.empty() ? "" : "; the rows asked for until then are in " + options.out)
                  << ".\n";
        throw CLI::RuntimeError(interruptedStatus);
    }
    if (!json)
        return print(search, result);
    std::ranges::sort(result.front);
    printJson({{"evaluations", result.asked.size()},
               {"missing", result.missing},
               {"infeasible", result.infeasible},
               {"front", result.front},
               {"hypervolume", result.hypervolume},
               {"hypervolume_of_the_table", result.ofTheTable},
               {"reference", result.reference}});
}

} // namespace greenfront::cli
