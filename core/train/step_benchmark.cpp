// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_benchmark.h"

#include "core/nn/gemm.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet.h"
#include "core/train/draw.h"
#include "core/train/elastic_step.h"
#include "core/train/optimiser.h"

#include <algorithm>
#include <chrono>
#include <functional>

namespace greenfront::train {
namespace {

Batches::Batch madeUpBatch(const Shape& shape, int classes, int samples) {
    Rng rng(1);
    Batches::Batch batch;
    batch.images.resize(shape.size() * static_cast<std::size_t>(samples));
    for (float& value : batch.images)
        value = static_cast<float>(rng.normal());
    for (int i = 0; i < samples; ++i)
        batch.labels.push_back(i % classes);
    return batch;
}

Seconds median(std::vector<double> seconds) {
    const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
    std::nth_element(seconds.begin(), middle, seconds.end());
    return Seconds(*middle);
}

double secondsOf(const std::function<void()>& body) {
    const auto start = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

StepBenchmark benchmarkStep(const arch::SearchSpace& space, int batchSize, int steps) {
    const arch::Network largest = space.decode(space.largest());
    nn::Supernet supernet(largest, 1);
    const auto sgd = makeSgd(supernet.weights(), {});
    ElasticStep elastic(largest.input(), supernet.weights(), {});
    ElasticStep plain(largest.input(), supernet.weights(), {.compute = nn::plainCompute});
    const auto batch = madeUpBatch(largest.input(), largest.classes(), batchSize);
    constexpr double learningRate = 1e-3;
    constexpr int randomNetworks = 2;
    StepBenchmark result;
    const auto draw = [&](Rng rng) {
        std::vector<Genotype> genotypes = drawSandwich(space, randomNetworks, rng);
        drawResolution(space, genotypes, rng);
        return decodeAll(space, genotypes);
    };
    const auto step = [&](ElasticStep& engine, const std::vector<arch::Network>& networks) {
        engine.run(batch, {networks});
        return secondsOf([&] { sgd->step(supernet.weights(), engine.gradients(), learningRate); });
    };
    constexpr int warmUp = 2;
    std::vector<double> channelsLast;
    std::vector<double> contiguous;
    for (int i = 0; i < warmUp + steps; ++i) {
        const auto networks = draw(Rng(2, static_cast<std::uint64_t>(i)));
        double optimiser = 0;
        const double first = secondsOf([&] { optimiser = step(elastic, networks); });
        const double second = secondsOf([&] { step(plain, networks); });
        if (i < warmUp)
            continue;
        channelsLast.push_back(first);
        contiguous.push_back(second);
        for (const arch::Network& network : networks)
            result.macs += workOf(network).macs * batchSize / steps;
        result.timeSpent.add(elastic.timeSpent());
        result.optimiser += Seconds(optimiser);
        result.total += Seconds(first);
    }
    result.channelsLast = median(channelsLast);
    result.contiguous = median(contiguous);
    return result;
}

double measuredPeak() {
    constexpr std::size_t size = 768;
    constexpr int products = 8, trials = 5;
    const std::vector<float> a(size * size, 1.0F);
    const auto threads = static_cast<std::size_t>(nn::threads());
    double best = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const double seconds = secondsOf([&] {
            nn::parallel(threads, [&](std::size_t) {
                std::vector<float> c(size * size);
                const nn::MatrixView view{a.data(), size, size, size};
                for (int i = 0; i < products; ++i)
                    nn::multiply(view, view, c.data(), size, nn::Result::Overwrite);
            });
        });
        best = std::max(best, static_cast<double>(threads) * products * size * size * size / seconds);
    }
    return best;
}

} // namespace greenfront::train
