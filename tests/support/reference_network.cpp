// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/reference_network.h"

#include <algorithm>
#include <stdexcept>

namespace greenfront::testing {
namespace {

using arch::Layer;
using arch::Model;
using arch::Op;
using Values = std::vector<double>;

std::size_t at(const Shape& shape, int channel, int row, int column) {
    const auto size = [](int number) { return static_cast<std::size_t>(number); };
    return (size(channel) * size(shape.height) + size(row)) * size(shape.width) + size(column);
}

const std::vector<float>& weights(const Model& model, const Layer& layer, const char* part) {
    return model.weights.at(layer.name + part).values;
}

Values convolution(const Model& model, const Layer& layer, const Shape& in, const Values& x) {
    const std::vector<float>& w = weights(model, layer, ".weight");
    const int inGroup = in.channels / layer.groups;
    const int outGroup = layer.output.channels / layer.groups;
    const int pad = layer.kernel / 2;
    Values y(layer.output.size());
    for (int o = 0; o < layer.output.channels; ++o)
        for (int r = 0; r < layer.output.height; ++r)
            for (int c = 0; c < layer.output.width; ++c) {
                double sum = layer.bias ? weights(model, layer, ".bias")[static_cast<std::size_t>(o)] : 0.0;
                for (int i = 0; i < inGroup; ++i)
                    for (int kr = 0; kr < layer.kernel; ++kr)
                        for (int kc = 0; kc < layer.kernel; ++kc) {
                            const int row = r * layer.stride + kr - pad;
                            const int column = c * layer.stride + kc - pad;
                            if (row < 0 || row >= in.height || column < 0 || column >= in.width)
                                continue;
                            const int tap = ((o * inGroup + i) * layer.kernel + kr) * layer.kernel + kc;
                            sum += x[at(in, (o / outGroup) * inGroup + i, row, column)] *
                                   w[static_cast<std::size_t>(tap)];
                        }
                y[at(layer.output, o, r, c)] = sum;
            }
    return y;
}

/// y = (x - mean) / deviation * scale + shift, each a function of the channel
template <class Mean, class Deviation, class Scale, class Shift>
Values perChannel(const Shape& shape, const Values& x, Mean mean, Deviation deviation, Scale scale,
                  Shift shift) {
    Values y(x.size());
    const std::size_t pixels = x.size() / static_cast<std::size_t>(shape.channels);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t c = i / pixels;
        y[i] = (x[i] - mean(c)) / deviation(c) * scale(c) + shift(c);
    }
    return y;
}

Values normalise(const Model& model, const Layer& layer, const Values& x) {
    const auto& mean = weights(model, layer, ".mean");
    const auto& deviation = weights(model, layer, ".deviation");
    return perChannel(
        layer.output, x, [&](std::size_t c) -> double { return mean[c]; },
        [&](std::size_t c) -> double { return deviation[c]; }, [](std::size_t) { return 1.0; },
        [](std::size_t) { return 0.0; });
}

Values batchNorm(const Model& model, const Layer& layer, const Values& x) {
    const auto& mean = weights(model, layer, ".running_mean");
    const auto& variance = weights(model, layer, ".running_var");
    const auto& gamma = weights(model, layer, ".weight");
    const auto& beta = weights(model, layer, ".bias");
    return perChannel(
        layer.output, x, [&](std::size_t c) -> double { return mean[c]; },
        [&](std::size_t c) { return std::sqrt(variance[c] + 1e-5); },
        [&](std::size_t c) -> double { return gamma[c]; }, [&](std::size_t c) -> double { return beta[c]; });
}

Values globalAverage(const Shape& in, const Values& x) {
    const std::size_t pixels = x.size() / static_cast<std::size_t>(in.channels);
    Values y(static_cast<std::size_t>(in.channels), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i / pixels] += x[i] / static_cast<double>(pixels);
    return y;
}

Values linear(const Model& model, const Layer& layer, const Values& x) {
    const auto& w = weights(model, layer, ".weight");
    Values y(layer.output.size());
    for (std::size_t o = 0; o < y.size(); ++o) {
        y[o] = layer.bias ? weights(model, layer, ".bias")[o] : 0.0;
        for (std::size_t i = 0; i < x.size(); ++i)
            y[o] += w[o * x.size() + i] * x[i];
    }
    return y;
}

Values each(Values x, double (*function)(double)) {
    std::ranges::transform(x, x.begin(), function);
    return x;
}

Values run(const Model& model, const Layer& layer, const std::vector<Values>& outputs) {
    const auto from = static_cast<std::size_t>(layer.inputs.front());
    const Values& x = outputs[from];
    const Shape& in = model.network.layers[from].output;
    switch (layer.op) {
    case Op::Normalise:
        return normalise(model, layer, x);
    case Op::Conv:
        return convolution(model, layer, in, x);
    case Op::BatchNorm:
        return batchNorm(model, layer, x);
    case Op::Relu:
        return each(x, [](double v) { return std::max(v, 0.0); });
    case Op::HardSwish:
        return each(x, [](double v) { return v * std::clamp(v + 3.0, 0.0, 6.0) / 6.0; });
    case Op::HardSigmoid:
        return each(x, [](double v) { return std::clamp(v + 3.0, 0.0, 6.0) / 6.0; });
    case Op::Scale: {
        Values scaled = x;
        const Values& gate = outputs[static_cast<std::size_t>(layer.inputs.at(1))];
        for (std::size_t i = 0; i < scaled.size(); ++i)
            scaled[i] *= gate[i / (x.size() / gate.size())];
        return scaled;
    }
    case Op::Add: {
        Values sum = x;
        const Values& other = outputs[static_cast<std::size_t>(layer.inputs.at(1))];
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += other[i];
        return sum;
    }
    case Op::GlobalAveragePool:
        return globalAverage(in, x);
    case Op::Linear:
        return linear(model, layer, x);
    default:
        throw std::logic_error("the reference has no such operator");
    }
}

/// Sets a batch norm's statistics near those of what it reads, as training would, so that depth does not blow
/// up what passes through.
void settle(arch::Weights& weights, const Layer& norm, const Values& x, Rng& rng) {
    const auto channels = static_cast<std::size_t>(norm.output.channels);
    const std::size_t pixels = x.size() / channels;
    for (std::size_t c = 0; c < channels; ++c) {
        const auto values = std::span(x).subspan(c * pixels, pixels);
        double mean = 0;
        double square = 0;
        for (const double value : values) {
            mean += value / static_cast<double>(pixels);
            square += value * value / static_cast<double>(pixels);
        }
        weights[norm.name + ".running_mean"].values[c] = static_cast<float>(mean + rng.uniform(-0.2, 0.2));
        weights[norm.name + ".running_var"].values[c] =
            static_cast<float>((square - mean * mean) * rng.uniform(0.8, 1.5) + 0.05);
    }
}

} // namespace

std::vector<std::vector<double>> referenceOutputs(const Model& model, std::span<const float> sample) {
    if (sample.size() != model.network.input().size())
        throw std::logic_error("the sample does not have the input's size");
    std::vector<Values> outputs{Values(sample.begin(), sample.end())};
    for (std::size_t i = 1; i < model.network.layers.size(); ++i)
        outputs.push_back(run(model, model.network.layers[i], outputs));
    return outputs;
}

std::vector<double> referenceLogits(const Model& model, std::span<const float> sample) {
    return referenceOutputs(model, sample).back();
}

std::vector<float> randomValues(std::size_t count, double low, double high, Rng& rng) {
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(rng.uniform(low, high));
    return values;
}

arch::Weights randomWeights(const arch::Network& network, Rng& rng) {
    Model model{network, {}};
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        for (const auto& [name, shape] : arch::weightShapes(network, i)) {
            std::size_t count = 1;
            for (const std::int64_t size : shape)
                count *= static_cast<std::size_t>(size);
            const bool scale = shape.size() == 1 && name.ends_with(".weight");
            // Uniform in +-sqrt(6 / fan-in) keeps the variance through a ReLU (He et al. 2015).
            const double fanIn = static_cast<double>(count) / static_cast<double>(shape.front());
            const double bound = shape.size() > 1 ? std::sqrt(6.0 / fanIn) : 0.5;
            model.weights[name] = {.shape = shape,
                                   .values = scale ? randomValues(count, 0.5, 1.5, rng)
                                                   : randomValues(count, -bound, bound, rng)};
        }
    const auto sample = randomValues(network.input().size(), -1.7, 1.7, rng); // of variance 1
    std::vector<Values> outputs{Values(sample.begin(), sample.end())};
    for (std::size_t i = 1; i < network.layers.size(); ++i) {
        const Layer& layer = network.layers[i];
        if (layer.op == Op::BatchNorm)
            settle(model.weights, layer, outputs[static_cast<std::size_t>(layer.inputs.front())], rng);
        outputs.push_back(run(model, layer, outputs));
    }
    return model.weights;
}

} // namespace greenfront::testing
