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
    std::string path;
    bool json = false;
};

void info(const Options& options) {
    const auto dataset = data::open(options.path);
    const data::Info& info = dataset->info();
    const Shape& shape = info.shape;
    const auto samples = info.samples[0] + info.samples[1] + info.samples[2];
    if (options.json) {
        printJson({{"name", info.name},
                   {"kind", info.kind},
                   {"samples", samples},
                   {"classes", info.classes},
                   {"shape", {shape.channels, shape.height, shape.width}},
                   {"parts",
                    {{"train", info.samples[0]}, {"validation", info.samples[1]}, {"test", info.samples[2]}}},
                   {"hash", info.hash}});
        return;
    }
    std::cout << info.name << " (" << info.kind << ")\n"
              << samples << " samples: " << info.samples[0] << " to train, " << info.samples[1]
              << " for the search to validate, " << info.samples[2] << " to test\n"
              << shape.channels << (shape.channels == 1 ? " channel, " : " channels, ") << shape.height
              << " x " << shape.width << " pixels\n"
              << info.classes.size() << " classes: " << join(info.classes, ", ") << '\n'
              << "hash " << info.hash << '\n';
}

} // namespace

void addData(CLI::App& app) {
    CLI::App* data = app.add_subcommand("data", "Look at a data set");
    data->require_subcommand(1);
    CLI::App* command = data->add_subcommand("info", "What a data set holds and how it is split");
    const auto options = std::make_shared<Options>();
    command
        ->add_option("PATH", options->path,
                     "USPS text rows, IDX, CIFAR binary, a folder of images by class, or 'builtin'")
        ->required();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { info(*options); });
}

} // namespace greenfront::cli
