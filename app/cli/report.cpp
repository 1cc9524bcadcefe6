// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/report.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/file.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, format, out, device, unit;
    std::int64_t study = 0, candidate = 0;
};

void report(const Options& options) {
    const auto format = formats::reportFormatFrom(options.format);
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    study::ReportOptions wanted{.device = options.device, .candidate = {}, .unit = {}};
    if (options.candidate != 0)
        wanted.candidate = CandidateId{options.candidate};
    if (!options.unit.empty())
        wanted.unit = energy::functionalUnitFrom(options.unit);
    const auto made =
        study::reportOf(workspace, chooseStudy(workspace, options.study, StudyChoice::Any), wanted);
    const std::string text = formats::writeReport(made, format);
    if (options.out.empty()) {
        std::cout << text;
        return;
    }
    writeFile(options.out, text);
    std::cerr << "Wrote " << options.out << ".\n";
}

} // namespace

void addReport(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("report", "Write a study's energy and carbon in a format that others read");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--format", options->format, "codecarbon-csv, model-card, mlco2, boamps, sci or html")
        ->required();
    command->add_option("--out", options->out, "The file to write; standard output if not given");
    command->add_option("--functional-unit", options->unit,
                        "Of the SCI score: inference, 1000-inferences or training-run; all if not given");
    command->add_option("--device", options->device,
                        "On which the model is used; all of the study's if not given");
    command->add_option("--candidate", options->candidate,
                        "The model that is used; the most accurate one if not given");
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->callback([options] { report(*options); });
}

} // namespace greenfront::cli
