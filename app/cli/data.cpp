// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/data/open.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string path, label;
    bool json = false;
};

OrderedJson tableJson(const data::Table& table) {
    return {{"label", table.label},
            {"features", table.features},
            {"missing_numbers", table.missingNumbers},
            {"missing_categories", table.missingCategories},
            {"columns_left_out", table.leftOut}};
}

void print(const data::Table& table) {
    std::cout << table.features.size() << " features: " << join(table.features, ", ") << '\n'
              << "classes are in column '" << table.label << "'\n";
    if (table.missingNumbers > 0)
        std::cout << table.missingNumbers
                  << " numbers are missing: they became the median of the training part's\n";
    if (table.missingCategories > 0)
        std::cout << table.missingCategories << " texts are missing: all features of theirs are 0\n";
    if (!table.leftOut.empty())
        std::cout << "left out, because empty: " << join(table.leftOut, ", ") << '\n';
}

void info(const Options& options) {
    const auto dataset = data::open(options.path, {.label = options.label});
    const data::Info& info = dataset->info();
    const Shape& shape = info.shape;
    const auto samples = info.samples[0] + info.samples[1] + info.samples[2];
    if (options.json) {
        OrderedJson json{
            {"name", info.name},
            {"kind", info.kind},
            {"samples", samples},
            {"classes", info.classes},
            {"shape", {shape.channels, shape.height, shape.width}},
            {"parts",
             {{"train", info.samples[0]}, {"validation", info.samples[1]}, {"test", info.samples[2]}}},
            {"hash", info.hash}};
        if (info.table)
            json["table"] = tableJson(*info.table);
        printJson(json);
        return;
    }
    std::cout << info.name << " (" << info.kind << ")\n"
              << samples << " samples: " << info.samples[0] << " to train, " << info.samples[1]
              << " for the search to validate, " << info.samples[2] << " to test\n";
    if (info.table)
        print(*info.table);
    else
        std::cout << shape.channels << (shape.channels == 1 ? " channel, " : " channels, ") << shape.height
                  << " x " << shape.width << " pixels\n";
    std::cout << info.classes.size() << " classes: " << join(info.classes, ", ") << '\n'
              << "hash " << info.hash << '\n';
}

} // namespace

void addData(CLI::App& app) {
    CLI::App* data = app.add_subcommand("data", "Look at a data set");
    data->require_subcommand(1);
    CLI::App* command = data->add_subcommand("info", "What a data set holds and how it is split");
    const auto options = std::make_shared<Options>();
    command
        ->add_option(
            "PATH", options->path,
            "USPS text rows, IDX, CIFAR binary, a folder of images by class, a table (.csv, .tsv), or "
            "'builtin'")
        ->required();
    command->add_option(
        "--label", options->label,
        "Of a table: the column with the classes; label, class, target or the last by default");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { info(*options); });
}

} // namespace greenfront::cli
