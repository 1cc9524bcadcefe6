// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/study/results.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, candidate, format = "onnx", out;
    std::int64_t study = 0;
};

void exportModel(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    Control control;
    const InterruptGuard guard(control);
    const auto choice =
        study::chooseNetwork(workspace, chooseStudy(workspace, options.study), options.candidate);
    study::exportNetwork(workspace, choice, formats::formatFrom(options.format), options.out, control);
    std::cerr << "Wrote " << options.out << " and its model card.\n";
}

} // namespace

void addExport(CLI::App& app) {
    CLI::App* command = app.add_subcommand("export", "Write a network as a model file with its model card");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("CANDIDATE", options->candidate, "A candidate's number, or largest or smallest")
        ->required();
    command->add_option("--format", options->format, "onnx, torchscript or safetensors")
        ->capture_default_str();
    command->add_option("--out", options->out, "The file to write")->required();
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->callback([options] { exportModel(*options); });
}

} // namespace greenfront::cli
