// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/mlp_space.h"

#include "core/arch/network_builder.h"
#include "core/arch/space_fields.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace greenfront::arch {
namespace {

constexpr int mostFeatures = 65536;

void checkParameters(const MlpParameters& p) {
    if (p.input.height != 1 || p.input.width != 1)
        refuseSpace("its input is an image of " + std::to_string(p.input.height) + " x " +
                        std::to_string(p.input.width) + " pixels, and an mlp reads rows of numbers",
                    "Choose another kind of space for images");
    if (p.input.channels < 1 || p.input.channels > mostFeatures || p.classes < 2 || p.classes > 10000)
        refuseSpace("its features or classes are out of bounds (1 to 65,536 features, 2 to 10,000 classes)");
    requireChoices("depths", p.depths, 1, 16);
    requireChoices("widths", p.widths, 1, 8192);
}

} // namespace

MlpParameters mlpFromJson(const Json& json) {
    return readingSpace([&] {
        return MlpParameters{.input = inputFrom(json),
                             .classes = json.at("classes").get<int>(),
                             .depths = json.at("depths").get<std::vector<int>>(),
                             .widths = json.at("widths").get<std::vector<int>>(),
                             .activation = activationFrom(json)};
    });
}

MlpParameters proposedMlp(Shape input, int classes) {
    const auto features = static_cast<unsigned>(std::clamp(input.channels, 1, mostFeatures));
    const int widest = std::clamp(static_cast<int>(std::bit_ceil(2 * features)), 64, 512);
    return {.input = input,
            .classes = classes,
            .depths = {1, 2, 3, 4},
            .widths = {widest / 8, widest / 4, widest / 2, widest * 3 / 4, widest}};
}

MlpSpace::MlpSpace(MlpParameters parameters) : parameters_(std::move(parameters)) {
    checkParameters(parameters_);
    genes_.push_back({"depth", parameters_.depths});
    for (int i = 1; i <= parameters_.depths.back(); ++i)
        genes_.push_back({"layer" + std::to_string(i) + ".width", parameters_.widths});
}

Genotype MlpSpace::canonical(Genotype genotype) const {
    check(genotype);
    const int depth = parameters_.depths[static_cast<std::size_t>(genotype.front())];
    std::fill(genotype.begin() + 1 + depth, genotype.end(), 0);
    return genotype;
}

Network MlpSpace::decode(const Genotype& genotype) const {
    check(genotype);
    const int depth = parameters_.depths[static_cast<std::size_t>(genotype.front())];
    NetworkBuilder builder("mlp", parameters_.input);
    for (int i = 1; i <= depth; ++i) {
        const auto choice = static_cast<std::size_t>(genotype[static_cast<std::size_t>(i)]);
        builder.setPlace(0, i - 1);
        builder.hiddenLayer("layer" + std::to_string(i), parameters_.widths[choice], parameters_.activation);
    }
    builder.setPlace(-1, -1);
    builder.linear("classifier", parameters_.classes, true);
    return std::move(builder).finished();
}

double MlpSpace::count() const {
    double total = 0;
    for (const int depth : parameters_.depths)
        total += std::pow(static_cast<double>(parameters_.widths.size()), depth);
    return total;
}

Json MlpSpace::toJson() const {
    return {{"kind", "mlp"},
            {"input", asJson(parameters_.input)},
            {"classes", parameters_.classes},
            {"depths", parameters_.depths},
            {"widths", parameters_.widths},
            {"activation", toText(parameters_.activation)}};
}

} // namespace greenfront::arch
