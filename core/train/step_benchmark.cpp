// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_benchmark.h"

#include "core/nn/supernet_torch.h"
#include "core/train/optimiser_torch.h"
#include "core/train/sandwich_torch.h"

#include <algorithm>
#include <chrono>

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
    Sgd sgd(supernet.tensors().all, {});
    const auto batch = madeUpBatch(largest.input(), largest.classes(), batchSize);
    const auto timeStep = [&](bool channelsLast, std::uint64_t step) {
        Rng rng(2, step); // both layouts draw the same networks
        const auto start = std::chrono::steady_clock::now();
        sandwichBackward(space, supernet.tensors().all, batch, {.channelsLast = channelsLast}, rng);
        sgd.step(1e-3);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    constexpr int warmUp = 2;
    std::vector<double> channelsLast;
    std::vector<double> contiguous;
    for (int step = 0; step < warmUp + steps; ++step) {
        const double first = timeStep(true, static_cast<std::uint64_t>(step));
        const double second = timeStep(false, static_cast<std::uint64_t>(step));
        if (step >= warmUp) {
            channelsLast.push_back(first);
            contiguous.push_back(second);
        }
    }
    return {median(channelsLast), median(contiguous)};
}

} // namespace greenfront::train
