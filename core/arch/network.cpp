// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/network.h"

#include "core/base/error.h"

#include <algorithm>
#include <optional>
#include <set>

namespace greenfront::arch {
namespace {

constexpr double bytesPerNumber = 4.0;

Bytes outputBytes(const Layer& layer) {
    return Bytes(static_cast<double>(layer.output.size()) * bytesPerNumber);
}

const Shape& inputShape(const Network& network, const Layer& layer) {
    return network.layers[static_cast<std::size_t>(layer.inputs.front())].output;
}

int strided(int size, int stride) {
    return (size + stride - 1) / stride;
}

std::size_t inputsOf(Op op) {
    return op == Op::Input ? 0 : op == Op::Add || op == Op::Scale ? 2 : 1;
}

/// What the output must be; a default Shape where any that validate() accepts is possible only by the layer
/// itself.
Shape expectedOutput(const Network& network, const Layer& layer) {
    const Shape& in = inputShape(network, layer);
    switch (layer.op) {
    case Op::Conv:
        return {layer.output.channels, strided(in.height, layer.stride), strided(in.width, layer.stride)};
    case Op::GlobalAveragePool:
        return {in.channels, 1, 1};
    case Op::Linear:
        return {layer.output.channels, 1, 1};
    default:
        return in;
    }
}

[[noreturn]] void refuse(const Network& network, const Layer& layer, const std::string& reason) {
    throw Error("use", "network " + network.name, "layer '" + layer.name + "' " + reason,
                "Check where the network comes from");
}

void validateLayer(const Network& network, std::size_t index) {
    const Layer& layer = network.layers[index];
    if ((layer.op == Op::Input) != (index == 0))
        refuse(network, layer, "is an input elsewhere than at the start");
    if (layer.inputs.size() != inputsOf(layer.op))
        refuse(network, layer, "has a wrong number of inputs");
    if (layer.output.channels < 1 || layer.output.height < 1 || layer.output.width < 1)
        refuse(network, layer, "has an empty output");
    for (const int input : layer.inputs)
        if (input < 0 || static_cast<std::size_t>(input) >= index)
            refuse(network, layer, "reads a layer that does not come before it");
    if (layer.op == Op::Input)
        return;
    const Shape& in = inputShape(network, layer);
    if (layer.op == Op::Conv &&
        (layer.kernel < 1 || layer.kernel % 2 == 0 || layer.stride < 1 || layer.groups < 1 ||
         in.channels % layer.groups != 0 || layer.output.channels % layer.groups != 0))
        refuse(network, layer, "has a kernel, stride or groups that do not fit");
    if (layer.op == Op::Linear && (in.height != 1 || in.width != 1))
        refuse(network, layer, "reads an image where it needs a vector");
    if (layer.output != expectedOutput(network, layer))
        refuse(network, layer, "has an output shape that does not follow from its input");
    if (layer.op == Op::Add && network.layers[static_cast<std::size_t>(layer.inputs[1])].output != in)
        refuse(network, layer, "adds two different shapes");
    if (layer.op == Op::Scale &&
        network.layers[static_cast<std::size_t>(layer.inputs[1])].output != Shape{in.channels, 1, 1})
        refuse(network, layer, "is scaled by something else than one number a channel");
}

/// The last layer that reads each layer's output.
std::vector<std::size_t> lastReaders(const Network& network) {
    std::vector<std::size_t> last(network.layers.size());
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        last[i] = i;
        for (const int input : network.layers[i].inputs)
            last[static_cast<std::size_t>(input)] = i;
    }
    return last;
}

/// What works number by number writes over an input that nothing reads later, as runtimes do.
std::optional<std::size_t> overwritten(const Network& network, std::size_t index,
                                       const std::vector<std::size_t>& last) {
    const Layer& layer = network.layers[index];
    if (layer.op == Op::Input || layer.op == Op::Conv || layer.op == Op::Linear)
        return std::nullopt;
    for (const int input : layer.inputs) {
        const auto before = static_cast<std::size_t>(input);
        if (last[before] == index && network.layers[before].output == layer.output)
            return before;
    }
    return std::nullopt;
}

Bytes peakMemory(const Network& network) {
    const auto last = lastReaders(network);
    Bytes live;
    Bytes peak;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const auto reused = overwritten(network, i, last);
        if (!reused)
            live += outputBytes(network.layers[i]);
        peak = std::max(peak, live);
        for (std::size_t j = 0; j <= i; ++j)
            if (last[j] == i && j != reused)
                live = live - outputBytes(network.layers[j]);
    }
    return peak;
}

} // namespace

Costs layerCosts(const Network& network, std::size_t index) {
    const Layer& layer = network.layers[index];
    Costs costs;
    costs.activations = outputBytes(layer);
    costs.peakMemory = costs.activations;
    for (const int input : layer.inputs)
        costs.peakMemory += outputBytes(network.layers[static_cast<std::size_t>(input)]);
    if (layer.inputs.empty())
        return costs;
    const double out = layer.output.channels;
    const double in = inputShape(network, layer).channels;
    const double pixels = static_cast<double>(layer.output.height) * layer.output.width;
    double statistics = 0;
    if (layer.op == Op::Conv || layer.op == Op::Linear) {
        const double taps = layer.op == Op::Conv ? in / layer.groups * layer.kernel * layer.kernel : in;
        costs.parameters = out * taps + (layer.bias ? out : 0.0);
        costs.macs = out * taps * pixels;
    } else if (layer.op == Op::BatchNorm) {
        costs.parameters = 2 * out;
        statistics = 2 * out;
        costs.macs = out * pixels;
    }
    costs.weights = Bytes((costs.parameters + statistics) * bytesPerNumber);
    return costs;
}

Costs networkCosts(const Network& network) {
    Costs total;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const Costs costs = layerCosts(network, i);
        total.parameters += costs.parameters;
        // Batch norm folds into its convolution before a model runs, so its multiplications are not counted.
        total.macs += network.layers[i].op == Op::BatchNorm ? 0.0 : costs.macs;
        total.weights += costs.weights;
        total.activations += costs.activations;
    }
    total.peakMemory = peakMemory(network);
    return total;
}

void validate(const Network& network) {
    if (network.layers.size() < 2)
        throw Error("use", "network " + network.name, "it has no layers",
                    "Check where the network comes from");
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        validateLayer(network, i);
        if (!names.insert(network.layers[i].name).second)
            refuse(network, network.layers[i], "has the name of an earlier one");
    }
}

} // namespace greenfront::arch
