// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_peer.h"
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
    std::string space = "mbconv-small", python;
    int batch = 64, resolution = 16, channels = 0, classes = 10, steps = 10, threads = 0;
    bool noPeer = false, json = false;
};

struct Result {
    train::StepBenchmark step;
    double peak = 0; ///< multiply-accumulates a second
    std::optional<Peer> peer;

    /// A step multiplies three times as much as its forward passes: the gradients by inputs and by weights.
    double shareOfPeak() const { return 3 * step.macs / step.channelsLast.value / peak; }
};

struct Share {
    std::string name;
    double share;
};

/// Where the time of all threads went.
std::vector<Share> sharesOf(const train::StepBenchmark& step) {
    const double all = step.total.value * nn::threads();
    std::vector<Share> shares;
    double rest = 1;
    const auto add = [&](std::string_view name, double seconds) {
        shares.push_back({std::string(name), seconds / all});
        rest -= seconds / all;
    };
    for (std::size_t i = 0; i + 1 < nn::workKindNames.size(); ++i)
        add(nn::workKindNames[i], step.timeSpent.of(static_cast<nn::WorkKind>(i)).value);
    add("optimiser", step.optimiser.value * nn::threads()); // one thread works, the others wait
    shares.push_back({"rest, waiting", rest});
    return shares;
}

void print(const Options& options, const Result& result) {
    const auto line = [&](const std::string& name, Seconds step) {
        std::cout << name << fixedText(step.value * 1000, 1) << " ms, "
                  << fixedText(options.batch / step.value, 1) << " samples/s";
        if (step != result.step.channelsLast)
            std::cout << ", " << fixedText(step / result.step.channelsLast, 2) << " times as long";
        std::cout << '\n';
    };
    std::cout << "one sandwich step (largest, smallest, two random networks) of " << options.space << ", "
              << options.resolution << " pixels, batch " << options.batch << ", " << nn::threads()
              << " threads\n";
    line("Greenfront (channels last)     ", result.step.channelsLast);
    line(nn::libraryVersion() + " (contiguous)   ", result.step.contiguous);
    if (result.peer)
        line("Python, torch " + result.peer->torch + "  ", result.peer->step);
    else
        std::cout << "no peer in Python: none with PyTorch was found, or --no-peer was given\n";
    std::cout << fixedText(100 * result.shareOfPeak(), 1) << " % of the measured peak of "
              << fixedText(2 * result.peak / 1e9, 1) << " GFLOP/s\n";
    for (const Share& share : sharesOf(result.step))
        std::cout << "  " << fixedText(100 * share.share, 1) << " % " << share.name << '\n';
}

OrderedJson asJson(const Options& options, const Result& result) {
    const train::StepBenchmark& step = result.step;
    OrderedJson json{{"space", options.space},
                     {"resolution", options.resolution},
                     {"batch", options.batch},
                     {"threads", nn::threads()},
                     {"engine", nn::libraryVersion()},
                     {"channels_last_ms", step.channelsLast.value * 1000},
                     {"contiguous_ms", step.contiguous.value * 1000},
                     {"samples_per_s", options.batch / step.channelsLast.value},
                     {"ratio", step.contiguous / step.channelsLast},
                     {"peak_gflops", 2 * result.peak / 1e9},
                     {"share_of_peak", result.shareOfPeak()},
                     {"time", OrderedJson::object()},
                     {"peer", OrderedJson()}};
    for (const Share& share : sharesOf(step))
        json["time"][share.name] = share.share;
    if (result.peer)
        json["peer"] = {{"torch", result.peer->torch},
                        {"ms", result.peer->step.value * 1000},
                        {"samples_per_s", options.batch / result.peer->step.value},
                        {"ratio", result.peer->step / step.channelsLast}};
    return json;
}

void supernetStep(const Options& options) {
    nn::setThreads(options.threads > 0 ? options.threads : nn::defaultThreads());
    const int channels = options.channels > 0 ? options.channels : options.space == "mbconv-small" ? 1 : 3;
    Shape input{channels, options.resolution, options.resolution};
    if (options.space == "mlp")
        input = {static_cast<int>(input.size()), 1, 1};
    const Json description = arch::proposedSpace(options.space, input, options.classes);
    Result result;
    result.peak = train::measuredPeak();
    result.step = train::benchmarkStep(*arch::makeSpace(description), options.batch, options.steps);
    if (const auto python = options.noPeer ? std::nullopt : findPython(options.python))
        result.peer = runPeer(*python, description, options.batch, options.steps, nn::threads());
    if (options.json)
        printJson(asJson(options, result));
    else
        print(options, result);
}

} // namespace

void addBenchStep(CLI::App& bench) {
    CLI::App* command = bench.add_subcommand(
        "supernet-step", "A training step, the same one in contiguous order, and the same one in Python");
    const auto options = std::make_shared<Options>();
    command->add_option("--space", options->space, "Kind of search space")
        ->capture_default_str()
        ->check(CLI::IsMember(arch::spaceKinds()));
    command->add_option("--batch", options->batch, "Samples in a step")
        ->capture_default_str()
        ->check(CLI::Range(2, 4096));
    command->add_option("--resolution,--size", options->resolution, "Height and width, pixels")
        ->capture_default_str()
        ->check(CLI::Range(8, 512));
    command
        ->add_option("--channels", options->channels,
                     "Channels of an image; 0: 1 for mbconv-small, 3 for others")
        ->check(CLI::Range(0, 16));
    command->add_option("--steps", options->steps, "Steps to time, after two to warm up")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    command->add_option("--threads", options->threads, "Threads; 0 takes all")
        ->capture_default_str()
        ->check(CLI::Range(0, 1024));
    command->add_option("--python", options->python,
                        "Python with PyTorch for the peer (default: python3, then /usr/bin/python3)");
    command->add_flag("--no-peer", options->noPeer, "Leave out the peer in Python");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { supernetStep(*options); });
}

} // namespace greenfront::cli
