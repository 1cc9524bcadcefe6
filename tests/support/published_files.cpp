// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/published_files.h"

#include "core/base/random.h"
#include "core/base/text.h"

#include <array>
#include <cmath>

namespace greenfront::testing {
namespace {

std::string number(int value) {
    return std::to_string(value);
}

std::string square(int side, int channels) {
    return number(side) + "x" + number(side) + "x" + number(channels);
}

struct Stage {
    int width, stride;
    const char *squeeze, *swish;
};

} // namespace

std::map<std::string, double> publishedTable(int resolution) {
    constexpr std::array stages{Stage{32, 2, "0", "0"}, Stage{48, 2, "1", "0"}, Stage{96, 2, "0", "1"},
                                Stage{136, 1, "1", "1"}, Stage{192, 2, "1", "1"}};
    std::map<std::string, double> table;
    const auto put = [&](const std::string& key) { table[key] = 0.001 * static_cast<double>(key.size()); };
    int side = resolution / 2;
    put("Conv-input:" + square(resolution, 3) + "-output:" + square(side, 24));
    put("expanded_conv-input:" + square(side, 24) + "-output:" + square(side, 24) +
        "-expand:24-kernel:3-stride:1-idskip:1-se:0-hs:0");
    int channels = 24;
    for (const Stage& stage : stages)
        for (int block = 0; block < 4; ++block) {
            const int stride = block == 0 ? stage.stride : 1;
            const int out = (side + stride - 1) / stride;
            for (const int kernel : {3, 5, 7})
                for (const int expansion : {3, 4, 6})
                    put("expanded_conv-input:" + square(side, channels) +
                        "-output:" + square(out, stage.width) + "-expand:" + number(channels * expansion) +
                        "-kernel:" + number(kernel) + "-stride:" + number(stride) + "-idskip:" +
                        (block == 0 ? "0" : "1") + "-se:" + stage.squeeze + "-hs:" + stage.swish);
            side = out;
            channels = stage.width;
        }
    put("Conv_1-input:" + square(side, 192) + "-output:" + square(side, 1152));
    put("AvgPool2D-input:" + square(side, 1152) + "-output:1x1x1152");
    put("Conv_2-input:1x1x1152-output:1x1x1536");
    put("Logits-input:1x1x1536-output:1000");
    return table;
}

std::string asYaml(const std::map<std::string, double>& table) {
    std::string text;
    for (const auto& [key, mean] : table)
        text += key + ":\n  count: 10\n  mean: " + numberText(mean) + "\n  std: 0.01\n";
    return text;
}

arch::Weights publishedPredictor(std::uint64_t seed) {
    constexpr std::array<std::int64_t, 5> sizes{128, 400, 400, 400, 1};
    Rng rng(seed);
    arch::Weights weights;
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
        const std::string name = std::to_string(2 * i);
        arch::Tensor weight{{sizes[i + 1], sizes[i]}, {}};
        for (std::int64_t k = 0; k < sizes[i + 1] * sizes[i]; ++k)
            weight.values.push_back(
                static_cast<float>(rng.normal() / std::sqrt(static_cast<double>(sizes[i]))));
        weights[name + ".weight"] = std::move(weight);
        weights[name + ".bias"] = {{sizes[i + 1]},
                                   std::vector<float>(static_cast<std::size_t>(sizes[i + 1]), 0.1F)};
    }
    return weights;
}

} // namespace greenfront::testing
