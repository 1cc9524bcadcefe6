// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/network_builder.h"

#include <algorithm>

namespace greenfront::arch {

NetworkBuilder::NetworkBuilder(const std::string& name, Shape input) {
    network_.name = name;
    network_.layers.push_back({.name = "input", .op = Op::Input, .inputs = {}, .output = input});
}

void NetworkBuilder::setPlace(int stage, int block) {
    stage_ = stage;
    block_ = block;
}

void NetworkBuilder::convolution(const std::string& name, int channels, int kernel, int stride, int groups,
                                 std::optional<Op> activation) {
    const Shape in = current();
    const Shape out{channels, (in.height + stride - 1) / stride, (in.width + stride - 1) / stride};
    Layer& conv = append(name, Op::Conv, out);
    conv.kernel = kernel;
    conv.stride = stride;
    conv.groups = groups;
    append(name + ".norm", Op::BatchNorm, out);
    if (activation)
        activate(name, *activation);
}

void NetworkBuilder::hiddenLayer(const std::string& name, int outputs, Op activation) {
    linear(name, outputs, false);
    append(name + ".norm", Op::BatchNorm, current());
    activate(name, activation);
}

void NetworkBuilder::squeezeAndExcite(const std::string& name) {
    const int entry = last();
    const Shape shape = current();
    pool(name + ".pool");
    linear(name + ".reduce", divisibleByEight(shape.channels / 4), true);
    activate(name + ".reduce", Op::Relu);
    linear(name + ".expand", shape.channels, true);
    activate(name + ".expand", Op::HardSigmoid);
    const int gate = last();
    append(name + ".scale", Op::Scale, shape).inputs = {entry, gate};
}

void NetworkBuilder::addFrom(int layer, const std::string& name) {
    append(name, Op::Add, current()).inputs.push_back(layer);
}

void NetworkBuilder::activate(const std::string& name, Op activation) {
    const std::string suffix = activation == Op::HardSwish     ? ".swish"
                               : activation == Op::HardSigmoid ? ".sigmoid"
                                                               : ".relu";
    append(name + suffix, activation, current());
}

void NetworkBuilder::pool(const std::string& name) {
    append(name, Op::GlobalAveragePool, {current().channels, 1, 1});
}

void NetworkBuilder::linear(const std::string& name, int outputs, bool bias) {
    append(name, Op::Linear, {outputs, 1, 1}).bias = bias;
}

Layer& NetworkBuilder::append(const std::string& name, Op op, Shape output) {
    network_.layers.push_back(
        {.name = name, .op = op, .inputs = {last_}, .output = output, .stage = stage_, .block = block_});
    last_ = static_cast<int>(network_.layers.size()) - 1;
    return network_.layers.back();
}

int divisibleByEight(int width) {
    const int rounded = std::max(8, (width + 4) / 8 * 8);
    return rounded * 10 < width * 9 ? rounded + 8 : rounded;
}

} // namespace greenfront::arch
