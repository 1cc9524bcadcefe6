// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/training_plan.h"

#include "core/base/error.h"

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;

class Planner {
public:
    explicit Planner(const Network& network)
        : network_(network), units_(network.layers.size(), none), readers_(network.layers.size()) {
        for (const Layer& layer : network.layers)
            for (const int input : layer.inputs)
                ++readers_[index(input)];
    }

    TrainingPlan plan() {
        plan_.image = network_.input();
        units_[0] = -1;
        for (std::size_t i = 1; i < network_.layers.size(); ++i)
            append(i);
        if (plan_.classifier.empty())
            refuse(network_.layers.back());
        return std::move(plan_);
    }

private:
    static constexpr int none = -2;

    static std::size_t index(int value) { return static_cast<std::size_t>(value); }

    [[noreturn]] static void refuse(const Layer& layer) {
        throw Error("train", "network", "its layer '" + layer.name + "' stands where training cannot use it",
                    "Convolutions need a batch norm behind them, and the last layers are the mean over the "
                    "pixels and a linear one");
    }

    /// The unit whose output a layer reads.
    int source(const Layer& layer, std::size_t input = 0) const {
        const int unit = units_[index(layer.inputs[input])];
        if (unit == none)
            refuse(layer);
        return unit;
    }

    void append(std::size_t i) {
        const Layer& layer = network_.layers[i];
        switch (layer.op) {
        case Op::Conv:
            return convolution(layer);
        case Op::BatchNorm:
            return norm(layer, i);
        case Op::Relu:
        case Op::HardSwish:
            return activation(layer, i);
        case Op::Add:
            return add(layer, i);
        case Op::GlobalAveragePool:
            if (source(layer) != last())
                refuse(layer);
            return;
        case Op::Linear:
            if (i + 1 != network_.layers.size() || !layer.bias ||
                network_.layers[i - 1].op != Op::GlobalAveragePool)
                refuse(layer);
            plan_.classifier = layer.name;
            plan_.classes = layer.output.channels;
            return;
        case Op::Input:
        case Op::Normalise:
            refuse(layer);
        }
    }

    void convolution(const Layer& layer) {
        const Layer& before = network_.layers[index(layer.inputs[0])];
        const bool depthwise = layer.groups > 1 && layer.groups == before.output.channels &&
                               layer.groups == layer.output.channels && layer.kernel <= 9;
        if (layer.bias || (layer.groups > 1 && !depthwise))
            refuse(layer);
        Unit unit{.conv = layer.name,
                  .norm = {},
                  .input = source(layer),
                  .in = before.output,
                  .out = layer.output,
                  .kernel = layer.kernel,
                  .stride = layer.stride};
        unit.kind = depthwise                                ? ConvKind::Depthwise
                    : layer.kernel == 1 && layer.stride == 1 ? ConvKind::Pointwise
                                                             : ConvKind::Dense;
        plan_.units.push_back(std::move(unit));
    }

    void norm(const Layer& layer, std::size_t i) {
        if (network_.layers[i - 1].op != Op::Conv || layer.inputs[0] + 1 != static_cast<int>(i) ||
            readers_[i - 1] != 1)
            refuse(layer);
        plan_.units.back().norm = layer.name;
        output(i, readers_[i] > 1);
    }

    /// Only right behind the batch norm, and the only one to read it.
    void activation(const Layer& layer, std::size_t i) {
        if (network_.layers[i - 1].op != Op::BatchNorm || layer.inputs[0] + 1 != static_cast<int>(i) ||
            readers_[i - 1] != 1)
            refuse(layer);
        plan_.units.back().activation = layer.op == Op::Relu ? Activation::Relu : Activation::HardSwish;
        output(i, readers_[i] > 1);
    }

    void add(const Layer& layer, std::size_t i) {
        const int first = source(layer, 0);
        const int second = source(layer, 1);
        if (first != last() || second < 0 || second == first || readers_[index(layer.inputs[0])] != 1 ||
            plan_.units.back().residual != -1)
            refuse(layer);
        plan_.units.back().residual = second;
        plan_.units[index(second)].stored = true;
        output(i, true);
    }

    void output(std::size_t layer, bool stored) {
        units_[layer] = last();
        plan_.units.back().stored = stored;
    }

    int last() const { return static_cast<int>(plan_.units.size()) - 1; }

    const Network& network_;
    TrainingPlan plan_;
    std::vector<int> units_;   ///< whose output a layer's is, or none
    std::vector<int> readers_; ///< a layer's
};

} // namespace

TrainingPlan planTraining(const Network& network) {
    return Planner(network).plan();
}

} // namespace greenfront::nn
