// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/fused_units.h"

#include "core/base/hash.h"

namespace greenfront::device {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;

constexpr double bytesPerNumber = 4;
constexpr std::size_t none = static_cast<std::size_t>(-1);

bool joins(Op op) {
    return op == Op::BatchNorm || op == Op::Relu || op == Op::HardSwish || op == Op::HardSigmoid;
}

std::string kindOf(const Layer& layer, const Shape& input) {
    if (layer.op != Op::Conv)
        return std::string(arch::toText(layer.op));
    if (layer.groups > 1 && layer.groups == input.channels && layer.groups == layer.output.channels)
        return "depthwise";
    return layer.kernel == 1 && layer.groups == 1 ? "pointwise" : "conv";
}

FusedUnit unitOf(const Network& network, std::size_t index) {
    const Layer& layer = network.layers[index];
    const Shape& input = network.layers[static_cast<std::size_t>(layer.inputs.front())].output;
    return {.layers = {index},
            .kind = kindOf(layer, input),
            .input = input,
            .output = layer.output,
            .kernel = layer.kernel,
            .stride = layer.stride,
            .groups = layer.groups,
            .then = {}};
}

std::string text(const Shape& shape) {
    return std::to_string(shape.channels) + "x" + std::to_string(shape.height) + "x" +
           std::to_string(shape.width);
}

} // namespace

std::string FusedUnit::key() const {
    return kind + " " + text(input) + " > " + text(output) + " k" + std::to_string(kernel) + " s" +
           std::to_string(stride) + " g" + std::to_string(groups) + (then.empty() ? "" : " " + then);
}

double FusedUnit::macs() const {
    const double pixels = static_cast<double>(output.height) * output.width;
    if (kind == "linear")
        return static_cast<double>(input.channels) * output.channels;
    if (kind == "pointwise" || kind == "depthwise" || kind == "conv")
        return pixels * output.channels * input.channels / groups * kernel * kernel;
    return 0;
}

double FusedUnit::bytes() const {
    return bytesPerNumber * static_cast<double>(input.size() + output.size());
}

double FusedUnit::weightBytes() const {
    const double pixels = kind == "linear" ? 1 : static_cast<double>(output.height) * output.width;
    return pixels > 0 ? bytesPerNumber * macs() / pixels : 0;
}

std::vector<FusedUnit> fusedUnits(const Network& network) {
    std::vector<int> readers(network.layers.size(), 0);
    for (const Layer& layer : network.layers)
        for (const int input : layer.inputs)
            ++readers[static_cast<std::size_t>(input)];
    std::vector<FusedUnit> units;
    std::vector<std::size_t> unitOfLayer(network.layers.size(), none); // that a layer may still join
    for (std::size_t i = 1; i < network.layers.size(); ++i) {
        const Layer& layer = network.layers[i];
        const auto before = static_cast<std::size_t>(layer.inputs.front());
        if (joins(layer.op) && unitOfLayer[before] != none && readers[before] == 1) {
            FusedUnit& unit = units[unitOfLayer[before]];
            unit.layers.push_back(i);
            if (layer.op != Op::BatchNorm)
                unit.then += (unit.then.empty() ? "" : "+") + std::string(arch::toText(layer.op));
            unitOfLayer[i] = unitOfLayer[before];
            continue;
        }
        units.push_back(unitOf(network, i));
        if (layer.op == Op::Conv || layer.op == Op::Linear)
            unitOfLayer[i] = units.size() - 1;
    }
    return units;
}

std::string networkKey(const std::vector<FusedUnit>& units) {
    Sha256 hash;
    for (const FusedUnit& unit : units)
        hash.update(unit.key() + "\n");
    return hash.hex();
}

} // namespace greenfront::device
