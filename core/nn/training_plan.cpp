// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/training_plan.h"

#include "core/base/error.h"

#include <optional>

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;

class Planner {
public:
    explicit Planner(const Network& network)
        : network_(network),
          vectors_(network.layers.size()),
          units_(network.layers.size(), none),
          readers_(network.layers.size()) {
        for (const Layer& layer : network.layers)
            for (const int input : layer.inputs)
                ++readers_[index(input)];
    }

    TrainingPlan plan() {
        plan_.image = network_.input();
        units_[0] = -1;
        for (std::size_t i = 1; i < network_.layers.size(); ++i)
            append(i);
        const auto& logits = vectors_.back();
        if (!logits || logits->layers.empty() || logits->layers.back().activation != Activation::None)
            refuse(network_.layers.back());
        plan_.head = logits->layers;
        return std::move(plan_);
    }

private:
    static constexpr int none = -2;

    /// Linear layers behind the mean over the pixels of a unit's output.
    struct Vector {
        int unit;
        std::vector<DenseLayer> layers;
    };

    static std::size_t index(int value) { return static_cast<std::size_t>(value); }

    [[noreturn]] static void refuse(const Layer& layer) {
        throw Error(
            "train", "network", "its layer '" + layer.name + "' stands where training cannot use it",
            "Convolutions and hidden layers need a batch norm behind them, and the last layers are the "
            "mean over the pixels and linear ones");
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
        case Op::HardSigmoid:
            return activation(layer, i);
        case Op::Add:
            return add(layer, i);
        case Op::Scale:
            return scale(layer, i);
        case Op::GlobalAveragePool:
            if (source(layer) != last())
                refuse(layer);
            vectors_[i] = Vector{last(), {}};
            return;
        case Op::Linear:
            return linear(layer, i);
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
                  .stride = layer.stride,
                  .gate = {}};
        unit.kind = depthwise                                ? ConvKind::Depthwise
                    : layer.kernel == 1 && layer.stride == 1 ? ConvKind::Pointwise
                                                             : ConvKind::Dense;
        plan_.units.push_back(std::move(unit));
    }

    void norm(const Layer& layer, std::size_t i) {
        const Op before = network_.layers[i - 1].op;
        if ((before != Op::Conv && before != Op::Linear) || layer.inputs[0] + 1 != static_cast<int>(i) ||
            readers_[i - 1] != 1)
            refuse(layer);
        plan_.units.back().norm = layer.name;
        output(i, readers_[i] > 1);
    }

    /// Only right behind the batch norm or the sum, and the only one to read it.
    void activation(const Layer& layer, std::size_t i) {
        const Activation kind = layer.op == Op::Relu        ? Activation::Relu
                                : layer.op == Op::HardSwish ? Activation::HardSwish
                                                            : Activation::HardSigmoid;
        if (vectors_[index(layer.inputs[0])]) {
            Vector& vector = vectors_[i].emplace(vectorOf(layer, 0));
            if (vector.layers.empty() || vector.layers.back().activation != Activation::None)
                refuse(layer);
            vector.layers.back().activation = kind;
            return;
        }
        const Op before = network_.layers[i - 1].op;
        const bool sum = before == Op::Add && kind == Activation::Relu;
        if ((before != Op::BatchNorm && !sum) || layer.inputs[0] + 1 != static_cast<int>(i) ||
            readers_[i - 1] != 1)
            refuse(layer);
        if (sum)
            plan_.units.back().reluAfterSum = true;
        else
            plan_.units.back().activation = kind;
        output(i, sum || readers_[i] > 1);
    }

    /// The vector that a layer alone reads.
    const Vector& vectorOf(const Layer& layer, std::size_t input) const {
        const std::size_t from = index(layer.inputs[input]);
        if (!vectors_[from] || readers_[from] != 1)
            refuse(layer);
        return *vectors_[from];
    }

    void linear(const Layer& layer, std::size_t i) {
        const std::size_t from = index(layer.inputs[0]);
        const Shape& in = network_.layers[from].output;
        if (i + 1 < network_.layers.size() && network_.layers[i + 1].op == Op::BatchNorm)
            return hidden(layer, in);
        // One pixel is its own mean.
        if (!vectors_[from] && last() >= 0 && units_[from] == last() && readers_[from] == 1)
            vectors_[from] = Vector{last(), {}};
        Vector& vector = vectors_[i].emplace(vectorOf(layer, 0));
        vector.layers.push_back({layer.name, in.size(), layer.output.size(), layer.bias});
    }

    void hidden(const Layer& layer, const Shape& in) {
        if (layer.bias)
            refuse(layer);
        plan_.units.push_back({.conv = layer.name,
                               .norm = {},
                               .input = source(layer),
                               .in = in,
                               .out = layer.output,
                               .gate = {}});
    }

    /// Squeeze and excite: the gate comes from the mean of what it scales, and nothing else reads that.
    void scale(const Layer& layer, std::size_t i) {
        const Vector& gate = vectorOf(layer, 1);
        Unit& unit = plan_.units.back();
        if (source(layer) != last() || gate.unit != last() || gate.layers.empty() || !unit.gate.empty() ||
            unit.residual != -1 || readers_[index(layer.inputs[0])] != 2 || readers_[i] != 1)
            refuse(layer);
        unit.gate = gate.layers;
        output(i, false);
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
    std::vector<std::optional<Vector>> vectors_; ///< a layer's, or none
    std::vector<int> units_;                     ///< whose output a layer's is, or none
    std::vector<int> readers_;                   ///< a layer's
};

} // namespace

TrainingPlan planTraining(const Network& network) {
    return Planner(network).plan();
}

} // namespace greenfront::nn
