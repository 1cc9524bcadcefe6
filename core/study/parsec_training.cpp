// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/parsec_training.h"

#include "core/base/error.h"
#include "core/nn/supernet.h"
#include "core/train/batches.h"
#include "core/train/recipe.h"
#include "core/train/training_options.h"

#include <algorithm>
#include <cmath>

namespace greenfront::study {
namespace {

constexpr std::size_t leastDraws = 2;
constexpr std::size_t mostDraws = 8;
constexpr double moveRate = 0.05;
constexpr double temperature = 1; ///< likelihoods as they are
constexpr double weightsAlone = 0.25;
/// Of an importance weight that is worth a backward pass.
constexpr double leastWeight = 1e-3;

const std::string weightPrefix = "weight/";
const std::string memoryPrefix = "memory/";

train::Batches::Batch validationBatch(const data::Dataset& dataset, std::size_t size, Rng& rng) {
    const auto labels = dataset.labels(data::Part::Validation);
    train::Batches::Batch batch;
    std::vector<std::size_t> indices(std::min(size, labels.size()));
    batch.labels.reserve(indices.size());
    for (std::size_t& index : indices) {
        index = rng.below(labels.size());
        batch.labels.push_back(labels[index]);
    }
    batch.images.resize(indices.size() * dataset.info().shape.size());
    dataset.copyNormalised(data::Part::Validation, indices, batch.images);
    return batch;
}

} // namespace

struct ParsecTraining::State {
    const Architectures& architectures;
    const data::Dataset& dataset;
    Json parameters;
    std::uint64_t seed;
    nn::Supernet supernet;
    train::ElasticStep elastic;
    std::unique_ptr<train::Optimiser> optimiser;
    train::Batches batches;
    nn::Gradients gradients; ///< of all architectures of a step
    search::Categoricals distribution;
    std::size_t drawn = 0;
    int epoch = 0;

    State(const Architectures& a, const data::Dataset& d, const Json& p, std::uint64_t s)
        : architectures(a),
          dataset(d),
          parameters(checked(train::supernetSchema(), p, "training")),
          seed(s),
          supernet(a.space().decode(a.space().largest()), s),
          elastic(d.info().shape, supernet.weights(), train::stepOptions(parameters)),
          optimiser(train::optimiserFor(supernet.weights(), parameters)),
          batches(d, number<std::size_t>("batch_size"),
                  parameters.at("augment").get<bool>() ? d.augmentation() : data::Augmentation{}, s),
          gradients(supernet.weights()),
          distribution(a.even()) {}

    template <class T>
    T number(const char* key) const {
        return parameters.at(key).get<T>();
    }

    std::size_t allSteps() const { return batches.count() * number<std::size_t>("epochs"); }
    double learningRate(std::size_t step) const {
        const auto warmUp =
            static_cast<std::size_t>(number<double>("warm_up") * static_cast<double>(allSteps()));
        return train::cosineLearningRate(number<double>("learning_rate"), step, warmUp, allSteps());
    }
    void addGradients(const train::Batches::Batch& batch, const arch::Network& network, double weight);
    void changeWeights(double rate);
    ParsecStep trainAlone(double rate, Rng& rng);
    ParsecStep learn(double rate, Rng& rng);
};

void ParsecTraining::State::addGradients(const train::Batches::Batch& batch, const arch::Network& network,
                                         double weight) {
    const double loss = elastic.run(batch, {{network}});
    if (!std::isfinite(loss))
        throw Error("train", "the supernet", "the loss is no longer a number", "Lower the learning rate");
    elastic.gradients().scale(weight);
    gradients.add(elastic.gradients());
}

void ParsecTraining::State::changeWeights(double rate) {
    if (const auto most = number<double>("gradient_clip"); most > 0)
        train::clipNorm(gradients, most);
    optimiser->step(supernet.weights(), gradients, rate);
    gradients.clear();
}

ParsecStep ParsecTraining::State::trainAlone(double rate, Rng& rng) {
    const arch::Network network = architectures.space().decode(architectures.draw(distribution, rng));
    const auto batch = batches.next();
    addGradients(batch, network, 1);
    changeWeights(rate);
    return {.draws = 1, .loss = elastic.lossOf(batch, network), .uncertainty = distribution.uncertainty()};
}

ParsecStep ParsecTraining::State::learn(double rate, Rng& rng) {
    const auto validation = validationBatch(dataset, number<std::size_t>("batch_size"), rng);
    const auto samples = static_cast<double>(validation.labels.size());
    ParsecStep report{.draws = search::drawsFor(distribution, leastDraws, mostDraws)};
    std::vector<Genotype> genotypes;
    std::vector<double> likelihoods; // natural logarithms, of the whole batch
    genotypes.reserve(report.draws);
    likelihoods.reserve(report.draws);
    for (std::size_t i = 0; i < report.draws; ++i) {
        genotypes.push_back(architectures.draw(distribution, rng));
        const arch::Network network = architectures.space().decode(genotypes.back());
        likelihoods.push_back(-samples * elastic.lossOf(validation, network));
    }
    const auto weights = search::importanceWeights(likelihoods, temperature);
    const auto batch = batches.next();
    std::vector<search::WeightedChoices> draws;
    draws.reserve(report.draws);
    for (std::size_t i = 0; i < report.draws; ++i) {
        draws.push_back({architectures.choicesOf(genotypes[i]), weights[i]});
        report.loss -= weights[i] * likelihoods[i] / samples;
        if (weights[i] >= leastWeight)
            addGradients(batch, architectures.space().decode(genotypes[i]), weights[i]);
    }
    if (!std::isfinite(report.loss))
        throw Error("train", "the supernet", "the loss is no longer a number", "Lower the learning rate");
    changeWeights(rate);
    distribution.move(draws, moveRate);
    report.uncertainty = distribution.uncertainty();
    return report;
}

ParsecTraining::ParsecTraining(const Architectures& architectures, const data::Dataset& dataset,
                               const Json& parameters, std::uint64_t seed)
    : state_(std::make_unique<State>(architectures, dataset, parameters, seed)) {}

ParsecTraining::~ParsecTraining() = default;

int ParsecTraining::epoch() const {
    return state_->epoch;
}
int ParsecTraining::epochs() const {
    return state_->number<int>("epochs");
}
std::size_t ParsecTraining::stepsAnEpoch() const {
    return state_->batches.count();
}
std::size_t ParsecTraining::drawn() const {
    return state_->drawn;
}
const search::Categoricals& ParsecTraining::distribution() const {
    return state_->distribution;
}

void ParsecTraining::runEpoch(Control& control, const std::function<void(const ParsecStep&)>& onStep) {
    State& s = *state_;
    s.batches.startEpoch(s.epoch);
    Rng rng(s.seed + 1, static_cast<std::uint64_t>(s.epoch));
    const std::size_t before = static_cast<std::size_t>(s.epoch) * stepsAnEpoch();
    const double alone = weightsAlone * static_cast<double>(s.allSteps());
    for (std::size_t step = 0; step < stepsAnEpoch(); ++step) {
        control.checkpoint();
        const double rate = s.learningRate(before + step);
        ParsecStep report =
            static_cast<double>(before + step) < alone ? s.trainAlone(rate, rng) : s.learn(rate, rng);
        report.step = step + 1;
        s.drawn += report.draws;
        onStep(report);
    }
    ++s.epoch;
}

std::string ParsecTraining::checkpoint() const {
    const State& s = *state_;
    arch::Weights all;
    train::addWithPrefix(all, weightPrefix, s.supernet.weights());
    train::addWithPrefix(all, memoryPrefix, s.optimiser->memory());
    Json shares = Json::array();
    for (std::size_t gene = 0; gene < s.distribution.size(); ++gene)
        shares.push_back(std::vector<double>(s.distribution[gene].begin(), s.distribution[gene].end()));
    return arch::encodeSafetensors(all, {{"epoch", std::to_string(s.epoch)},
                                         {"drawn", std::to_string(s.drawn)},
                                         {"distribution", shares.dump()}});
}

void ParsecTraining::restore(std::string_view checkpoint) {
    State& s = *state_;
    std::map<std::string, std::string> metadata;
    const arch::Weights all = arch::decodeSafetensors(checkpoint, "checkpoint", &metadata);
    s.supernet.setWeights(train::withPrefix(all, weightPrefix));
    s.optimiser->setMemory(train::withPrefix(all, memoryPrefix));
    s.epoch = std::stoi(metadata.at("epoch"));
    s.drawn = std::stoul(metadata.at("drawn"));
    s.distribution = search::Categoricals(
        Json::parse(metadata.at("distribution")).get<std::vector<std::vector<double>>>());
}

} // namespace greenfront::study
