// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/transform.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>

namespace greenfront::arch {
namespace {

constexpr double batchNormEpsilon = 1e-5;

[[noreturn]] void refuse(const Network& network, const std::string& reason) {
    throw Error("use", "model " + network.name, reason, "Check where the model comes from");
}

/// How many layers read each layer's output.
std::vector<int> readersOf(const Network& network) {
    std::vector<int> readers(network.layers.size(), 0);
    for (const Layer& layer : network.layers)
        for (const int input : layer.inputs)
            ++readers[static_cast<std::size_t>(input)];
    return readers;
}

/// Multiplies the convolution's (or linear layer's) output channels by what the batch norm does to them, and
/// takes its shift as bias.
void foldInto(Layer& conv, const std::string& norm, Weights& weights) {
    const auto channels = static_cast<std::size_t>(conv.output.channels);
    std::vector<float>& kernel = weights.at(conv.name + ".weight").values;
    const auto& gamma = weights.at(norm + ".weight").values;
    const auto& beta = weights.at(norm + ".bias").values;
    const auto& mean = weights.at(norm + ".running_mean").values;
    const auto& variance = weights.at(norm + ".running_var").values;
    Tensor bias{.shape = {conv.output.channels}, .values = std::vector<float>(channels, 0.0F)};
    if (conv.bias)
        bias = weights.at(conv.name + ".bias");
    const std::size_t taps = kernel.size() / channels;
    for (std::size_t c = 0; c < channels; ++c) {
        const double scale = gamma[c] / std::sqrt(variance[c] + batchNormEpsilon);
        for (std::size_t t = 0; t < taps; ++t)
            kernel[c * taps + t] = static_cast<float>(kernel[c * taps + t] * scale);
        bias.values[c] =
            static_cast<float>((static_cast<double>(bias.values[c]) - mean[c]) * scale + beta[c]);
    }
    conv.bias = true;
    weights[conv.name + ".bias"] = std::move(bias);
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
        weights.erase(norm + part);
}

} // namespace

std::map<std::string, std::vector<std::int64_t>> weightShapes(const Network& network, std::size_t index) {
    const Layer& layer = network.layers[index];
    const std::int64_t out = layer.output.channels;
    const auto in = [&]() -> std::int64_t {
        return network.layers[static_cast<std::size_t>(layer.inputs.front())].output.channels;
    };
    std::map<std::string, std::vector<std::int64_t>> shapes;
    switch (layer.op) {
    case Op::Normalise:
        shapes = {{layer.name + ".mean", {out}}, {layer.name + ".deviation", {out}}};
        break;
    case Op::Conv:
        shapes = {{layer.name + ".weight", {out, in() / layer.groups, layer.kernel, layer.kernel}}};
        break;
    case Op::BatchNorm:
        for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
            shapes[layer.name + part] = {out};
        break;
    case Op::Linear:
        shapes = {{layer.name + ".weight", {out, in()}}};
        break;
    default:
        break;
    }
    if (layer.bias && (layer.op == Op::Conv || layer.op == Op::Linear))
        shapes[layer.name + ".bias"] = {out};
    return shapes;
}

void validate(const Model& model) {
    validate(model.network);
    for (std::size_t i = 0; i < model.network.layers.size(); ++i)
        for (const auto& [name, shape] : weightShapes(model.network, i)) {
            const auto found = model.weights.find(name);
            if (found == model.weights.end())
                refuse(model.network, "it has no weights '" + name + "'");
            std::size_t count = 1;
            for (const std::int64_t size : shape)
                count *= static_cast<std::size_t>(size);
            if (found->second.shape != shape || found->second.values.size() != count)
                refuse(model.network,
                       "its weights '" + name + "' do not have the shape that the layer needs");
        }
}

Model withNormalisation(Model model, std::span<const float> mean, std::span<const float> deviation) {
    validate(model.network);
    const Shape input = model.network.input();
    const auto channels = static_cast<std::size_t>(input.channels);
    if (mean.size() != channels || deviation.size() != channels)
        refuse(model.network, "the mean and deviation are not one number for each of its " +
                                  std::to_string(channels) + " input channels");
    if (!std::ranges::all_of(mean, [](float m) { return std::isfinite(m); }) ||
        !std::ranges::all_of(deviation, [](float d) { return std::isfinite(d) && d > 0; }))
        refuse(model.network, "a mean is not finite or a deviation is not above 0");
    const std::string name = "normalise";
    auto& layers = model.network.layers;
    if (std::ranges::any_of(layers, [&](const Layer& layer) { return layer.name == name; }))
        refuse(model.network, "it normalises its input already");

    for (Layer& layer : layers)
        for (int& from : layer.inputs)
            ++from;
    layers.insert(layers.begin() + 1, {.name = name, .op = Op::Normalise, .inputs = {0}, .output = input});
    const std::vector<std::int64_t> shape{input.channels};
    model.weights[name + ".mean"] = {.shape = shape, .values = {mean.begin(), mean.end()}};
    model.weights[name + ".deviation"] = {.shape = shape, .values = {deviation.begin(), deviation.end()}};
    return model;
}

Model foldBatchNorm(Model model) {
    validate(model);
    const std::vector<int> readers = readersOf(model.network);
    std::vector<Layer> kept;
    std::vector<int> movedTo; // where each layer's output is found among those kept
    for (Layer& layer : model.network.layers) {
        const bool alone =
            !layer.inputs.empty() && readers[static_cast<std::size_t>(layer.inputs.front())] == 1;
        for (int& from : layer.inputs)
            from = movedTo[static_cast<std::size_t>(from)];
        if (layer.op == Op::BatchNorm && alone) {
            const int before = layer.inputs.front();
            Layer& conv = kept[static_cast<std::size_t>(before)];
            if (conv.op == Op::Conv || conv.op == Op::Linear) {
                foldInto(conv, layer.name, model.weights);
                movedTo.push_back(before);
                continue;
            }
        }
        movedTo.push_back(static_cast<int>(kept.size()));
        kept.push_back(std::move(layer));
    }
    model.network.layers = std::move(kept);
    return model;
}

} // namespace greenfront::arch
