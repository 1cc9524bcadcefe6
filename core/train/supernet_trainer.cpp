// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/supernet_trainer.h"

#include "core/base/error.h"
#include "core/train/batches.h"
#include "core/train/optimiser.h"
#include "core/train/sandwich.h"

#include <algorithm>
#include <cmath>

namespace greenfront::train {
namespace {

const std::string weightPrefix = "weight/";
const std::string momentumPrefix = "momentum/";

/// Those whose names begin with the prefix, without it.
arch::Weights withPrefix(const arch::Weights& all, const std::string& prefix) {
    arch::Weights some;
    for (const auto& [name, tensor] : all)
        if (name.starts_with(prefix))
            some.emplace(name.substr(prefix.size()), tensor);
    return some;
}

} // namespace

const Schema& supernetSchema() {
    static const Schema schema{
        {.key = "epochs",
         .title = "Epochs",
         .help = "How often training goes through all training samples.",
         .kind = ParameterKind::Integer,
         .defaultValue = 20,
         .minimum = 1,
         .maximum = 10000,
         .unit = "",
         .choices = {}},
        {.key = "batch_size",
         .title = "Batch size",
         .help = "Samples in one step.",
         .kind = ParameterKind::Integer,
         .defaultValue = 64,
         .minimum = 2,
         .maximum = 65536,
         .unit = "samples",
         .choices = {}},
        {.key = "learning_rate",
         .title = "Learning rate",
         .help = "The highest one, reached after the warm-up; it then falls along a cosine.",
         .kind = ParameterKind::Real,
         .defaultValue = 0.1,
         .minimum = 1e-6,
         .maximum = 10,
         .unit = "",
         .choices = {}},
        {.key = "random_networks",
         .title = "Random networks a step",
         .help = "Trained in each step beside the largest and the smallest network.",
         .kind = ParameterKind::Integer,
         .defaultValue = 2,
         .minimum = 0,
         .maximum = 16,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "weight_decay",
         .title = "Weight decay",
         .help = "On the weights of convolutions and the classifier; batch norm and biases have none.",
         .kind = ParameterKind::Real,
         .defaultValue = 5e-4,
         .minimum = 0,
         .maximum = 1,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "label_smoothing",
         .title = "Label smoothing",
         .help = "Share of the target that is spread over all classes.",
         .kind = ParameterKind::Real,
         .defaultValue = 0.1,
         .minimum = 0,
         .maximum = 0.9,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "warm_up",
         .title = "Warm-up",
         .help = "Share of the training in which the learning rate rises.",
         .kind = ParameterKind::Real,
         .defaultValue = 0.05,
         .minimum = 0,
         .maximum = 0.5,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "augment",
         .title = "Augmentation",
         .help = "Shift, turn, scale, mirror or crop training samples, as suits the data.",
         .kind = ParameterKind::Flag,
         .defaultValue = true,
         .minimum = {},
         .maximum = {},
         .unit = "",
         .choices = {},
         .advanced = true}};
    return schema;
}

struct SupernetTrainer::State {
    const arch::SearchSpace& space;
    Json parameters;
    std::uint64_t seed;
    nn::Supernet supernet;
    Sandwich sandwich;
    Sgd sgd;
    Batches batches;
    int epoch = 0;
    int epochs;
    bool endsEpoch = false;

    State(const arch::SearchSpace& s, const data::Dataset& dataset, const Json& p, std::uint64_t seed_)
        : space(s),
          parameters(checked(supernetSchema(), p, "training")),
          seed(seed_),
          supernet(s.decode(s.largest()), seed_),
          sandwich(s, supernet.weights(),
                   {.randomNetworks = parameters.at("random_networks").get<int>(),
                    .labelSmoothing = parameters.at("label_smoothing").get<double>()}),
          sgd(supernet.weights(), {.weightDecay = parameters.at("weight_decay").get<double>()}),
          batches(dataset, parameters.at("batch_size").get<std::size_t>(),
                  parameters.at("augment").get<bool>() ? dataset.augmentation() : data::Augmentation{},
                  seed_),
          epochs(parameters.at("epochs").get<int>()) {}
};

SupernetTrainer::SupernetTrainer(const arch::SearchSpace& space, const data::Dataset& dataset,
                                 const Json& parameters, std::uint64_t seed)
    : state_(std::make_unique<State>(space, dataset, parameters, seed)) {}

SupernetTrainer::~SupernetTrainer() = default;

int SupernetTrainer::epoch() const {
    return state_->epoch;
}
int SupernetTrainer::epochs() const {
    return state_->epochs;
}
void SupernetTrainer::setEpochs(int epochs) {
    state_->epochs = std::max({1, epochs, state_->epoch});
}
void SupernetTrainer::endEpoch() {
    state_->endsEpoch = true;
}
double SupernetTrainer::stepMacs() const {
    return state_->sandwich.macs();
}
Bytes SupernetTrainer::stepBytes() const {
    return state_->sandwich.activations();
}
std::size_t SupernetTrainer::stepsAnEpoch() const {
    return state_->batches.count();
}
const nn::Supernet& SupernetTrainer::supernet() const {
    return state_->supernet;
}

EpochReport SupernetTrainer::runEpoch(Control& control,
                                      const std::function<void(std::size_t, double)>& onStep) {
    State& s = *state_;
    const std::size_t steps = stepsAnEpoch();
    s.batches.startEpoch(s.epoch);
    Rng rng(s.seed + 1, static_cast<std::uint64_t>(s.epoch));
    EpochReport report{.epoch = s.epoch + 1};
    s.endsEpoch = false;
    std::size_t step = 0;
    while (step < steps && !s.endsEpoch) {
        control.checkpoint();
        const std::size_t allSteps = steps * static_cast<std::size_t>(s.epochs); // may change at each step
        const auto warmUp = static_cast<std::size_t>(s.parameters.at("warm_up").get<double>() *
                                                     static_cast<double>(allSteps));
        const Batches::Batch batch = s.batches.next();
        const std::size_t globalStep = static_cast<std::size_t>(s.epoch) * steps + step;
        report.learningRate =
            cosineLearningRate(s.parameters.at("learning_rate").get<double>(), globalStep, warmUp, allSteps);
        const double loss = s.sandwich.step(batch, rng);
        if (!std::isfinite(loss))
            throw Error("train", "the supernet", "the loss is no longer a number", "Lower the learning rate");
        s.sgd.step(s.supernet.weights(), s.sandwich.gradients(), report.learningRate);
        report.loss += loss;
        onStep(++step, loss);
    }
    report.loss /= static_cast<double>(step);
    ++s.epoch;
    return report;
}

std::string SupernetTrainer::checkpoint() const {
    arch::Weights weights;
    for (const auto& [name, tensor] : state_->supernet.weights())
        weights.emplace(weightPrefix + name, tensor);
    for (const auto& [name, tensor] : state_->sgd.momentum())
        weights.emplace(momentumPrefix + name, tensor);
    return arch::encodeSafetensors(weights, {{"epoch", std::to_string(state_->epoch)}});
}

void SupernetTrainer::restore(std::string_view checkpoint) {
    std::map<std::string, std::string> metadata;
    const arch::Weights all = arch::decodeSafetensors(checkpoint, "checkpoint", &metadata);
    state_->supernet.setWeights(withPrefix(all, weightPrefix));
    state_->sgd.setMomentum(withPrefix(all, momentumPrefix));
    state_->epoch = std::stoi(metadata.at("epoch"));
}

arch::Weights supernetWeights(std::string_view checkpoint) {
    return withPrefix(arch::decodeSafetensors(checkpoint, "checkpoint"), weightPrefix);
}

} // namespace greenfront::train
