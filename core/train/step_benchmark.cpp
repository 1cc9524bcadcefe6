// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_benchmark.h"

#include "core/nn/supernet.h"
#include "core/train/optimiser.h"
#include "core/train/plain_sandwich.h"

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

} // namespace

StepBenchmark benchmarkStep(const arch::SearchSpace& space, int batchSize, int steps) {
    const arch::Network largest = space.decode(space.largest());
    nn::Supernet supernet(largest, 1);
    Sgd sgd(supernet.weights(), {});
    Sandwich sandwich(space, supernet.weights(), {});
    const auto batch = madeUpBatch(largest.input(), largest.classes(), batchSize);
    const auto timed = [](const std::function<void()>& body) {
        const auto start = std::chrono::steady_clock::now();
        body();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    constexpr double learningRate = 1e-3;
    const auto own = [&](Rng rng) {
        sandwich.step(batch, rng);
        sgd.step(supernet.weights(), sandwich.gradients(), learningRate);
    };
    const auto plain = [&](Rng rng) {
        sgd.step(supernet.weights(), plainSandwichGradients(space, supernet.weights(), batch, {}, rng),
                 learningRate);
    };
    constexpr int warmUp = 2;
    std::vector<double> channelsLast;
    std::vector<double> contiguous;
    for (int step = 0; step < warmUp + steps; ++step) {
        const Rng rng(2, static_cast<std::uint64_t>(step)); // both draw the same networks
        const double first = timed([&] { own(rng); });
        const double second = timed([&] { plain(rng); });
        if (step >= warmUp) {
            channelsLast.push_back(first);
            contiguous.push_back(second);
        }
    }
    return {median(channelsLast), median(contiguous)};
}

} // namespace greenfront::train
