// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predictor.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/store/workspace.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace;
    std::int64_t study = 0;
    study::PredictorWish wish;
    bool json = false;
};

void fit(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace);
    const StudyId study = chooseStudy(workspace, options.study);
    Control control;
    const InterruptGuard guard(control);
    const study::PredictorReport report =
        study::fitStudyPredictor(workspace, study, options.wish, control, progressPrinter());
    const train::PredictorQuality& quality = report.quality;
    if (options.json)
        return printJson({{"samples", quality.samples},
                          {"judged", report.judged},
                          {"rmse", quality.rmse},
                          {"rank_correlation", quality.rankCorrelation},
                          {"interval", quality.interval},
                          {"seconds", report.cost.seconds.value},
                          {"joules", report.cost.joules.value}});
    std::cout << "learnt from        " << quality.samples << " networks, " << report.judged
              << " of them judged now\n"
              << "RMSE               " << fixedText(quality.rmse, 2)
              << " points, on networks not learnt from\n"
              << "rank correlation   " << fixedText(quality.rankCorrelation, 3) << '\n'
              << "90 % are within    " << fixedText(quality.interval, 2) << " points\n"
              << "took               " << fixedText(report.cost.seconds.value, 1) << " s, "
              << toText(report.cost.joules) << '\n';
}

} // namespace

void addPredictor(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "predictor", "Learn to predict the accuracy of a trained study's networks, so that searches need not "
                     "judge each");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command
        ->add_option("--samples", options->wish.samples,
                     "Networks to learn from, those that searches have judged among them")
        ->capture_default_str()
        ->check(CLI::Range(20, 100000));
    command
        ->add_option("--rmse", options->wish.rmse,
                     "Stop as soon as predictions are this good, in points of accuracy; 0: at all samples")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 100.0));
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { fit(*options); });
}

} // namespace greenfront::cli
