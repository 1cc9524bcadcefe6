// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/lookup_table.h"

#include <algorithm>

namespace greenfront::device {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;

std::string text(const Shape& shape) {
    return std::to_string(shape.height) + "x" + std::to_string(shape.width) + "x" +
           std::to_string(shape.channels);
}

std::string inOut(const Network& network, const Layer& layer) {
    const Layer& before = network.layers[static_cast<std::size_t>(layer.inputs.front())];
    return "-input:" + text(before.output) + "-output:" + text(layer.output);
}

/// Of the layers first to behind the last of an inverted residual block.
std::string blockKey(const Network& network, std::size_t first, std::size_t end) {
    const std::span<const Layer> layers(network.layers.data() + first, end - first);
    const auto has = [&](Op op) { return std::ranges::find(layers, op, &Layer::op) != layers.end(); };
    const auto depthwise = std::ranges::find_if(
        layers, [](const Layer& layer) { return layer.op == Op::Conv && layer.groups > 1; });
    if (depthwise == layers.end())
        return "block without a depthwise convolution '" + layers.front().name + "'";
    const Layer& before = network.layers[static_cast<std::size_t>(layers.front().inputs.front())];
    const auto flag = [](bool value) { return std::string(value ? "1" : "0"); };
    return "expanded_conv-input:" + text(before.output) + "-output:" + text(layers.back().output) +
           "-expand:" + std::to_string(depthwise->groups) + "-kernel:" + std::to_string(depthwise->kernel) +
           "-stride:" + std::to_string(depthwise->stride) + "-idskip:" + flag(has(Op::Add)) +
           "-se:" + flag(has(Op::Scale)) + "-hs:" + flag(has(Op::HardSwish));
}

} // namespace

std::vector<std::string> publishedKeys(const Network& network) {
    const auto& layers = network.layers;
    const auto linears = std::ranges::count(layers, Op::Linear, &Layer::op);
    std::ptrdiff_t linear = 0;
    bool stem = true;
    std::vector<std::string> keys;
    for (std::size_t i = 1; i < layers.size();) {
        const Layer& layer = layers[i];
        std::size_t end = i + 1;
        if (layer.stage >= 0) {
            while (end < layers.size() && layers[end].stage == layer.stage &&
                   layers[end].block == layer.block)
                ++end;
            linear +=
                std::ranges::count(layers.begin() + static_cast<std::ptrdiff_t>(i),
                                   layers.begin() + static_cast<std::ptrdiff_t>(end), Op::Linear, &Layer::op);
            keys.push_back(blockKey(network, i, end));
        } else if (layer.op == Op::Conv) {
            keys.push_back((stem ? "Conv" : "Conv_1") + inOut(network, layer));
            stem = false;
        } else if (layer.op == Op::GlobalAveragePool) {
            keys.push_back("AvgPool2D" + inOut(network, layer));
        } else if (layer.op == Op::Linear) {
            const bool last = ++linear == linears;
            const Shape& in = layers[static_cast<std::size_t>(layer.inputs.front())].output;
            keys.push_back(last ? "Logits-input:" + text(in) +
                                      "-output:" + std::to_string(layer.output.channels)
                                : "Conv_2" + inOut(network, layer));
        }
        i = end;
    }
    return keys;
}

} // namespace greenfront::device
