// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/nn/runtime.h"
#include "core/train/accuracy_predictor.h"
#include "core/train/step_benchmark.h"

#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::size_t networks = 100'000;
    int threads = 0;
    bool json = false;
};

/// Speed does not hang on the values.
arch::Weights madeUpPredictor() {
    constexpr std::array<std::int64_t, 5> sizes{128, 400, 400, 400, 1};
    Rng rng(1);
    arch::Weights weights;
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
        const auto count = static_cast<std::size_t>(sizes[i + 1] * sizes[i]);
        arch::Tensor weight{{sizes[i + 1], sizes[i]}, std::vector<float>(count)};
        for (float& value : weight.values)
            value = static_cast<float>(rng.normal() / std::sqrt(static_cast<double>(sizes[i])));
        const std::string name = std::to_string(2 * i);
        weights[name + ".weight"] = std::move(weight);
        weights[name + ".bias"] = {{sizes[i + 1]},
                                   std::vector<float>(static_cast<std::size_t>(sizes[i + 1]))};
    }
    return weights;
}

arch::MbconvSpace publishedSpace() {
    auto parameters = arch::mobileNetV3({3, 224, 224}, 1000);
    parameters.resolutions = {160, 176, 192, 208, 224};
    return arch::MbconvSpace(parameters);
}

void benchSearch(const Options& options) {
    nn::setThreads(options.threads > 0 ? options.threads : nn::defaultThreads());
    const arch::MbconvSpace space = publishedSpace();
    const train::AccuracyPredictor predictor(madeUpPredictor(), train::publishedLayout(space), space,
                                             "made-up predictor");
    Rng rng(2);
    std::vector<Genotype> genotypes;
    constexpr std::size_t batch = 1024;
    for (std::size_t i = 0; i < batch; ++i)
        genotypes.push_back(space.random(rng));
    const double peak = train::measuredPeak();
    predictor.predict(genotypes); // warms up
    const auto start = std::chrono::steady_clock::now();
    std::size_t done = 0;
    for (; done < options.networks; done += batch)
        predictor.predict(genotypes);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double rate = static_cast<double>(done) / seconds;
    const double share = rate * predictor.macs() / peak;
    if (options.json)
        printJson({{"threads", nn::threads()},
                   {"networks_per_s", rate},
                   {"peak_gflops", 2 * peak / 1e9},
                   {"share_of_peak", share}});
    else
        std::cout << countText(rate) << " networks/s predicted on " << nn::threads() << " threads, "
                  << fixedText(100 * share, 1) << " % of the measured peak of "
                  << fixedText(2 * peak / 1e9, 1) << " GFLOP/s\n";
}

} // namespace

void addBenchSearch(CLI::App& bench) {
    CLI::App* command = bench.add_subcommand(
        "search", "Accuracy predictions of a search: a perceptron of 128, 400, 400, 400, 1");
    const auto options = std::make_shared<Options>();
    command->add_option("--networks", options->networks, "How many to predict")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000'000));
    command->add_option("--threads", options->threads, "Threads; 0 takes all")
        ->capture_default_str()
        ->check(CLI::Range(0, 1024));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { benchSearch(*options); });
}

} // namespace greenfront::cli
