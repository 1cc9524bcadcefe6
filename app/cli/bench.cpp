// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/nn/runtime.h"
#include "core/train/step_benchmark.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    int batch = 64, size = 16, channels = 1, classes = 10, steps = 10, threads = 0;
    bool json = false;
};

void supernetStep(const Options& options) {
    nn::setThreads(options.threads > 0 ? options.threads : nn::defaultThreads());
    const auto space =
        arch::makeSpace(arch::defaultSpace({options.channels, options.size, options.size}, options.classes));
    const train::StepBenchmark result = train::benchmarkStep(*space, options.batch, options.steps);
    const double ratio = result.contiguous / result.channelsLast;
    if (options.json)
        printJson({{"batch", options.batch},
                   {"threads", nn::threads()},
                   {"engine", nn::libraryVersion()},
                   {"channels_last_ms", result.channelsLast.value * 1000},
                   {"contiguous_ms", result.contiguous.value * 1000},
                   {"samples_per_s", options.batch / result.channelsLast.value},
                   {"ratio", ratio}});
    else
        std::cout << "one sandwich step (largest, smallest, two random networks), batch " << options.batch
                  << ", " << nn::threads() << " threads, " << nn::libraryVersion() << '\n'
                  << "channels_last  " << fixedText(result.channelsLast.value * 1000, 1) << " ms\n"
                  << "contiguous     " << fixedText(result.contiguous.value * 1000, 1) << " ms, "
                  << fixedText(ratio, 2) << " times as long\n";
}

} // namespace

void addBench(CLI::App& app) {
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast Greenfront works on this machine");
    bench->require_subcommand(1);
    addBenchMeter(*bench);
    CLI::App* command = bench->add_subcommand(
        "supernet-step", "A training step in channels_last order and the same one in contiguous order");
    const auto options = std::make_shared<Options>();
    command->add_option("--batch", options->batch, "Samples in a step")
        ->capture_default_str()
        ->check(CLI::Range(2, 4096));
    command->add_option("--size", options->size, "Height and width, pixels")
        ->capture_default_str()
        ->check(CLI::Range(8, 256));
    command->add_option("--channels", options->channels, "Channels of an image")
        ->capture_default_str()
        ->check(CLI::Range(1, 16));
    command->add_option("--steps", options->steps, "Steps to time, after two to warm up")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    command->add_option("--threads", options->threads, "Threads; 0 takes all")
        ->capture_default_str()
        ->check(CLI::Range(0, 1024));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { supernetStep(*options); });
}

} // namespace greenfront::cli
