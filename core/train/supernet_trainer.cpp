// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/supernet_trainer.h"

#include "core/base/error.h"
#include "core/nn/channel_sorting.h"
#include "core/train/batches.h"
#include "core/train/training_options.h"

#include <algorithm>
#include <cmath>

namespace greenfront::train {
namespace {

const std::string weightPrefix = "weight/";
const std::string memoryPrefix = "memory/";
const std::string teacherPrefix = "teacher/";

} // namespace

struct SupernetTrainer::State {
    const arch::SearchSpace& space;
    Json parameters;
    std::uint64_t seed;
    Recipe recipe;
    nn::Supernet supernet;
    ElasticStep elastic;
    std::unique_ptr<Optimiser> optimiser;
    Batches batches;
    std::size_t phase = 0;
    PassWork work; ///< of the last step
    int epoch = 0;
    int epochs;
    bool endsEpoch = false;

    State(const arch::SearchSpace& s, const data::Dataset& dataset, const Json& p, std::uint64_t seed_)
        : space(s),
          parameters(checked(supernetSchema(), p, "training")),
          seed(seed_),
          recipe(s, parameters),
          supernet(s.decode(s.largest()), seed_),
          elastic(dataset.info().shape, supernet.weights(), stepOptions(parameters)),
          optimiser(optimiserFor(supernet.weights(), parameters)),
          batches(dataset, number<std::size_t>("batch_size"),
                  parameters.at("augment").get<bool>() ? dataset.augmentation() : data::Augmentation{},
                  seed_),
          epochs(number<int>("epochs")) {}

    template <class T>
    T number(const char* key) const {
        return parameters.at(key).get<T>();
    }

    std::size_t allSteps() const { return batches.count() * static_cast<std::size_t>(epochs); }
    void enterPhase(std::size_t next);
    Genotype leastOf(const Openness& open) const;
    double learningRate(std::size_t step);
    double runStep(double rate, Rng& rng);
};

/// The least choices that were open.
Genotype SupernetTrainer::State::leastOf(const Openness& open) const {
    Genotype least = space.largest();
    for (std::size_t gene = 0; gene < least.size(); ++gene)
        least[gene] -= std::min(open[gene] - 1, least[gene]);
    return least;
}

/// Weights are sorted where the next phase narrows layers, and nothing that the optimiser remembers fits them
/// any more.
void SupernetTrainer::State::enterPhase(std::size_t next) {
    if (phase == 0)
        elastic.setTeacher(supernet.weights());
    phase = next;
    if (recipe.phases()[phase].name == "expansion")
        nn::sortChannels(supernet.weights(), space, leastOf(recipe.phases()[phase - 1].open));
    optimiser->restart();
}

/// Of a step of the whole training; enters the phase that it belongs to. Each phase has a cosine of its own,
/// and the first the warm-up.
double SupernetTrainer::State::learningRate(std::size_t step) {
    const auto all = static_cast<double>(allSteps()); // may change at each step
    double start = 0;
    for (std::size_t i = 0; i < phase; ++i)
        start += recipe.phases()[i].share * all;
    const auto end = [&] { return start + recipe.phases()[phase].share * all; };
    while (phase + 1 < recipe.phases().size() && static_cast<double>(step) >= end()) {
        start = end();
        enterPhase(phase + 1);
    }
    const auto whole = [](double number) {
        return static_cast<std::size_t>(std::max(0.0, std::round(number)));
    };
    const std::size_t steps = std::max<std::size_t>(1, whole(end() - start));
    const std::size_t warmUp = phase == 0 ? static_cast<std::size_t>(number<double>("warm_up") * all) : 0;
    return cosineLearningRate(number<double>("learning_rate") * recipe.phases()[phase].rate,
                              std::min(steps - 1, step - std::min(step, whole(start))), warmUp, steps);
}

/// Returns the loss of the step's first network.
double SupernetTrainer::State::runStep(double rate, Rng& rng) {
    const Batches::Batch batch = batches.next();
    const StepPlan plan =
        recipe.plan(phase, rng, [&](const arch::Network& network) { return elastic.lossOf(batch, network); });
    work = recipe.workOf(plan);
    const double loss = elastic.run(batch, plan);
    if (!std::isfinite(loss))
        throw Error("train", "the supernet", "the loss is no longer a number", "Lower the learning rate");
    if (const auto most = number<double>("gradient_clip"); most > 0)
        clipNorm(elastic.gradients(), most);
    optimiser->step(supernet.weights(), elastic.gradients(), rate);
    return loss;
}

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
PassWork SupernetTrainer::stepWork() const {
    return state_->work;
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
        report.learningRate = s.learningRate(static_cast<std::size_t>(s.epoch) * steps + step);
        const double loss = s.runStep(report.learningRate, rng);
        report.loss += loss;
        onStep(++step, loss);
    }
    report.loss /= static_cast<double>(step);
    ++s.epoch;
    return report;
}

void SupernetTrainer::startFrom(const arch::Weights& weights) {
    constexpr const char* advice = "Start from a network of the same space and size";
    std::size_t taken = 0;
    for (auto& [name, tensor] : state_->supernet.weights())
        if (const auto found = weights.find(name); found != weights.end()) {
            if (found->second.shape != tensor.shape)
                throw Error("start from", "a trained network", "its '" + name + "' has another shape",
                            advice);
            tensor = found->second;
            ++taken;
        }
    if (taken == 0)
        throw Error("start from", "a trained network", "it has none of this space's layers", advice);
}

std::string SupernetTrainer::checkpoint() const {
    const State& s = *state_;
    arch::Weights all;
    addWithPrefix(all, weightPrefix, s.supernet.weights());
    addWithPrefix(all, memoryPrefix, s.optimiser->memory());
    addWithPrefix(all, teacherPrefix, s.elastic.teacher());
    return arch::encodeSafetensors(all,
                                   {{"epoch", std::to_string(s.epoch)}, {"phase", std::to_string(s.phase)}});
}

void SupernetTrainer::restore(std::string_view checkpoint) {
    State& s = *state_;
    std::map<std::string, std::string> metadata;
    const arch::Weights all = arch::decodeSafetensors(checkpoint, "checkpoint", &metadata);
    s.supernet.setWeights(withPrefix(all, weightPrefix));
    s.optimiser->setMemory(withPrefix(all, memoryPrefix));
    s.elastic.setTeacher(withPrefix(all, teacherPrefix));
    s.epoch = std::stoi(metadata.at("epoch"));
    s.phase = static_cast<std::size_t>(std::stoi(metadata.at("phase")));
}

arch::Weights supernetWeights(std::string_view checkpoint) {
    return withPrefix(arch::decodeSafetensors(checkpoint, "checkpoint"), weightPrefix);
}

} // namespace greenfront::train
