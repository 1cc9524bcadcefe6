// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sample_models.h"

#include "tests/support/reference_network.h"

#include <stdexcept>

namespace greenfront::testing {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;

struct ConvOptions {
    int kernel = 1, stride = 1, groups = 1;
    bool bias = false;
};

/// Appends layers that read the last one; remembers where they are.
class Sketch {
public:
    Sketch(std::string name, Shape input) {
        network_.name = std::move(name);
        append("input", Op::Input, {}, input);
    }

    int conv(const std::string& name, int channels, ConvOptions options) {
        const Shape in = network_.layers.back().output;
        const Shape out{channels, (in.height + options.stride - 1) / options.stride,
                        (in.width + options.stride - 1) / options.stride};
        append(name, Op::Conv, {last()}, out);
        Layer& layer = network_.layers.back();
        layer.kernel = options.kernel;
        layer.stride = options.stride;
        layer.groups = options.groups;
        layer.bias = options.bias;
        return last();
    }
    int same(const std::string& name, Op op) {
        return append(name, op, {last()}, network_.layers.back().output);
    }
    int add(const std::string& name, int other) {
        return append(name, Op::Add, {last(), other}, network_.layers.back().output);
    }
    int scale(const std::string& name, int values) {
        return append(name, Op::Scale, {values, last()},
                      network_.layers[static_cast<std::size_t>(values)].output);
    }
    int pool(const std::string& name = "pool") {
        return append(name, Op::GlobalAveragePool, {last()}, {network_.layers.back().output.channels, 1, 1});
    }
    int linear(const std::string& name, int outputs, bool bias) {
        append(name, Op::Linear, {last()}, {outputs, 1, 1});
        network_.layers.back().bias = bias;
        return last();
    }
    Network done() && { return std::move(network_); }

private:
    int last() const { return static_cast<int>(network_.layers.size()) - 1; }
    int append(const std::string& name, Op op, std::vector<int> inputs, Shape output) {
        network_.layers.push_back({.name = name, .op = op, .inputs = std::move(inputs), .output = output});
        return last();
    }

    Network network_;
};

Network residual() {
    Sketch s("residual", {1, 16, 16});
    s.conv("stem", 8, {.kernel = 3, .stride = 2});
    s.same("stem.norm", Op::BatchNorm);
    const int entry = s.same("stem.relu", Op::Relu);
    s.conv("block.expand", 24, {});
    s.same("block.expand.norm", Op::BatchNorm);
    s.same("block.expand.swish", Op::HardSwish);
    s.conv("block.depthwise", 24, {.kernel = 5, .groups = 24});
    s.same("block.depthwise.norm", Op::BatchNorm);
    s.same("block.depthwise.swish", Op::HardSwish);
    s.conv("block.project", 8, {});
    s.same("block.project.norm", Op::BatchNorm);
    s.add("block.add", entry);
    s.pool();
    s.linear("classifier", 10, true);
    return std::move(s).done();
}

Network squeezeAndExcite() {
    Sketch s("squeeze and excite", {3, 10, 8});
    s.conv("stem", 12, {.kernel = 3});
    s.same("stem.norm", Op::BatchNorm);
    const int entry = s.same("stem.swish", Op::HardSwish);
    s.pool("se.pool");
    s.linear("se.reduce", 8, true);
    s.same("se.relu", Op::Relu);
    s.linear("se.expand", 12, true);
    s.same("se.gate", Op::HardSigmoid);
    s.scale("se.scale", entry);
    s.pool();
    s.linear("classifier", 5, true);
    return std::move(s).done();
}

/// Odd, unequal sides in colour, grouped convolution, a biased convolution in front of a batch norm, two
/// batch norms in a row, and a last linear layer without bias.
Network oddSizes() {
    Sketch s("odd sizes", {3, 11, 7});
    s.conv("stem", 6, {.kernel = 3, .stride = 2, .groups = 3, .bias = true});
    s.same("norm1", Op::BatchNorm);
    s.same("norm2", Op::BatchNorm);
    s.same("relu", Op::Relu);
    s.conv("mix", 4, {.kernel = 5, .stride = 3, .groups = 2});
    s.pool();
    s.linear("classifier", 3, false);
    return std::move(s).done();
}

/// Both the batch norm and the addition read the convolution, so that it cannot take in the batch norm.
Network sharedConvolution() {
    Sketch s("shared convolution", {2, 6, 6});
    s.same("first", Op::BatchNorm);
    const int conv = s.conv("conv", 5, {.kernel = 3});
    s.same("norm", Op::BatchNorm);
    s.add("add", conv);
    s.pool();
    const int hidden = s.linear("hidden", 5, true);
    s.same("hidden.swish", Op::HardSwish);
    s.add("hidden.add", hidden);
    s.linear("classifier", 4, true);
    return std::move(s).done();
}

/// Hidden layers with batch norm, on a vector instead of an image.
Network rowOfNumbers() {
    Sketch s("row of numbers", {9, 1, 1});
    s.linear("first", 12, false);
    s.same("first.norm", Op::BatchNorm);
    s.same("first.relu", Op::Relu);
    s.linear("second", 8, true);
    s.same("second.norm", Op::BatchNorm);
    s.same("second.swish", Op::HardSwish);
    s.linear("classifier", 4, true);
    return std::move(s).done();
}

/// Ends in an average instead of a linear layer; names that no programming language allows.
Network fullyConvolutional() {
    Sketch s("fully convolutional", {1, 9, 9});
    s.conv("1 - first \"layer\"", 7, {.kernel = 7, .stride = 2, .bias = true});
    s.same("relu;\nimport os", Op::Relu);
    s.conv("relu; import os", 5, {});
    s.pool();
    return std::move(s).done();
}

} // namespace

std::vector<std::pair<std::string, Network>> sampleNetworks() {
    std::vector<std::pair<std::string, Network>> networks;
    for (const Network& network : {residual(), squeezeAndExcite(), oddSizes(), sharedConvolution(),
                                   rowOfNumbers(), fullyConvolutional()})
        networks.emplace_back(network.name, network);
    return networks;
}

Network sampleNetwork(const std::string& name) {
    for (const auto& [known, network] : sampleNetworks())
        if (known == name)
            return network;
    throw std::logic_error("there is no sample network " + name);
}

arch::Model sampleModel(const Network& network, std::uint64_t seed) {
    Rng rng(seed);
    const auto channels = static_cast<std::size_t>(network.input().channels);
    const auto mean = randomValues(channels, 90, 140, rng);
    const auto deviation = randomValues(channels, 40, 80, rng);
    return arch::withNormalisation({.network = network, .weights = randomWeights(network, rng)}, mean,
                                   deviation);
}

} // namespace greenfront::testing
