// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/workload.h"

#include "core/arch/search_space.h"
#include "core/train/recipe.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::study {
namespace {

double priced(const energy::Work& work, const energy::Work& guess) {
    return std::inner_product(work.begin(), work.end(), guess.begin(), 0.0);
}

NetworkWork meanOf(const arch::SearchSpace& space) {
    constexpr int draws = 48;
    Rng rng(1);
    NetworkWork mean;
    for (int i = 0; i < draws; ++i) {
        const NetworkWork one = workOf(space.decode(space.random(rng)));
        mean.macs += one.macs / draws;
        mean.bytes += one.bytes / draws;
    }
    return mean;
}

} // namespace

NetworkWork workOf(const arch::Network& network) {
    const arch::Costs costs = arch::networkCosts(network);
    return {costs.macs, costs.activations.value};
}

Workload workloadOf(const Study& study, const std::array<std::size_t, 3>& samples) {
    const auto space = arch::makeSpace(study.space);
    const arch::Network largest = space->decode(space->largest());
    const auto train = static_cast<double>(samples[0]);
    const auto number = [&](const char* key) { return study.parameters.at(key).get<double>(); };
    Workload load;
    load.largest = workOf(largest);
    load.smallest = workOf(space->decode(space->smallest()));
    load.mean = meanOf(*space);
    load.parameters = arch::networkCosts(largest).parameters;
    load.batch = std::min(number("batch_size"), train);
    load.stepsAnEpoch = std::max(1.0, std::floor(train / std::max(1.0, load.batch)));
    load.calibrationImages = std::min(number("calibration_images"), train);
    load.validationImages = static_cast<double>(samples[1]);
    const train::PassWork step = train::Recipe(*space, study.parameters).expectedWork();
    load.step = {step.macs, step.activations.value};
    load.epochs = study.parameters.at("epochs").get<int>();
    load.evaluations = study.parameters.at("evaluations").get<int>();
    load.latencyLimit = Seconds(number("latency_limit"));
    return load;
}

energy::Work trainingWork(const Workload& load, double steps, double epochs) {
    const NetworkWork& each = load.step;
    return {steps * load.batch * each.macs, steps * load.batch * each.bytes, steps * load.parameters,
            epochs * load.judgedImages() * (load.largest.macs + load.smallest.macs),
            epochs * load.judgedImages() * (load.largest.bytes + load.smallest.bytes)};
}

energy::Work searchWork(const Workload& load, double evaluations, bool measured, bool first) {
    const double macs = evaluations * load.judgedImages() * load.mean.macs;
    const double bytes = evaluations * load.judgedImages() * load.mean.bytes;
    return {first ? macs : 0,
            first ? bytes : 0,
            first ? 0 : macs,
            first ? 0 : bytes,
            measured ? evaluations * load.latencyLimit.value : 0,
            evaluations};
}

const energy::Work& trainingGuess() {
    static const energy::Work guess{1e-10, 6e-10, 4e-9, 4e-11, 2e-10};
    return guess;
}

const energy::Work& searchGuess() {
    // A later search of a study finds about half of its networks judged already.
    static const energy::Work guess{4e-11, 2e-10, 2e-11, 1e-10, 1, 5e-3};
    return guess;
}

double guessedStep(const Workload& load, const NetworkWork& passes) {
    const energy::Work& guess = trainingGuess();
    return load.batch * (passes.macs * guess[0] + passes.bytes * guess[1]) + load.parameters * guess[2];
}

double guessedEpochEnd(const Workload& load) {
    return priced(trainingWork(load, 0, 1), trainingGuess());
}

double guessedEvaluation(const Workload& load, const NetworkWork& network, bool measured) {
    Workload one = load;
    one.mean = network;
    return priced(searchWork(one, 1, measured, true), searchGuess());
}

} // namespace greenfront::study
