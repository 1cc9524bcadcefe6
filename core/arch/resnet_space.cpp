// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/resnet_space.h"

#include "core/arch/network_builder.h"
#include "core/arch/space_fields.h"

#include <algorithm>
#include <cmath>

namespace greenfront::arch {
namespace {

void checkParameters(const ResnetParameters& p) {
    const auto within = [](int value, int least, int most) { return value >= least && value <= most; };
    if (!within(p.input.channels, 1, 16) || !within(p.input.height, 8, 512) ||
        !within(p.input.width, 8, 512) || !within(p.classes, 2, 10000) || p.stages.empty() ||
        p.stages.size() > 8)
        refuseSpace("its input, classes or number of stages is out of bounds (8 to 512 pixels, 2 to 10,000 "
                    "classes, 1 to 8 stages)");
    requireChoices("stems", p.stems, 8, 512);
    if (p.stemStrides.size() != 2)
        refuseSpace("stem_strides are not two numbers");
    for (const ResnetStage& stage : p.stages) {
        requireChoices("depths", stage.depths, 1, 16);
        requireChoices("widths", stage.widths, 8, 4096);
        requireChoices("expansions", stage.expansions, 1, 400);
    }
    const auto badStride = [&](int stride) { return !within(stride, 1, 2); };
    if (std::ranges::any_of(p.stemStrides, badStride) ||
        std::ranges::any_of(p.stages, badStride, &ResnetStage::stride))
        refuseSpace("a stride is neither 1 nor 2");
    requireResolutions(p.resolutions, p.input);
}

void appendStem(NetworkBuilder& builder, int width, bool block, const std::vector<int>& strides) {
    const int half = divisibleByEight(width / 2);
    builder.convolution("stem.first", half, 3, strides[0], 1, Op::Relu);
    if (block) {
        const int entry = builder.last();
        builder.convolution("stem.block", half, 3, 1, 1, Op::Relu);
        builder.addFrom(entry, "stem.add");
    }
    builder.convolution("stem.second", width, 3, strides[1], 1, Op::Relu);
}

void appendBlock(NetworkBuilder& builder, const std::string& name, int width, int expansion, int stride,
                 bool first) {
    const int inner = divisibleByEight(static_cast<int>(std::lround(width * expansion / 100.0)));
    const int entry = builder.last();
    int shortcut = entry;
    if (first) {
        builder.convolution(name + ".shortcut", width, 1, stride, 1, std::nullopt);
        shortcut = builder.last();
        builder.continueFrom(entry);
    }
    builder.convolution(name + ".reduce", inner, 1, 1, 1, Op::Relu);
    builder.convolution(name + ".convolve", inner, 3, stride, 1, Op::Relu);
    builder.convolution(name + ".expand", width, 1, 1, 1, std::nullopt);
    builder.addFrom(shortcut, name + ".add");
    builder.activate(name, Op::Relu);
}

} // namespace

ResnetSpace::ResnetSpace(ResnetParameters parameters) : parameters_(std::move(parameters)) {
    checkParameters(parameters_);
    genes_.push_back({"stem.width", parameters_.stems});
    genes_.push_back({"stem.block", parameters_.elasticStem ? std::vector{0, 1} : std::vector{1}});
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s) {
        const ResnetStage& stage = parameters_.stages[s];
        const std::string name = "stage" + std::to_string(s + 1);
        firstGenes_.push_back(genes_.size());
        genes_.push_back({name + ".depth", stage.depths});
        genes_.push_back({name + ".width", stage.widths});
        for (int b = 1; b <= stage.depths.back(); ++b)
            genes_.push_back({name + ".block" + std::to_string(b) + ".expansion", stage.expansions});
    }
    firstGenes_.push_back(genes_.size());
    if (!parameters_.resolutions.empty())
        genes_.push_back({"resolution", parameters_.resolutions});
}

std::optional<std::size_t> ResnetSpace::resolutionGene() const {
    return parameters_.resolutions.empty() ? std::nullopt : std::optional(firstGenes_.back());
}

Genotype ResnetSpace::canonical(Genotype genotype) const {
    check(genotype);
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s) {
        const auto depth = static_cast<std::size_t>(chosen(genotype, depthGene(s)));
        std::fill(genotype.begin() + static_cast<std::ptrdiff_t>(expansionGene(s, depth)),
                  genotype.begin() + static_cast<std::ptrdiff_t>(firstGenes_[s + 1]), 0);
    }
    return genotype;
}

Network ResnetSpace::decode(const Genotype& genotype) const {
    check(genotype);
    Shape input = parameters_.input;
    if (const auto gene = resolutionGene())
        input.height = input.width = chosen(genotype, *gene);
    NetworkBuilder builder("resnet", input);
    appendStem(builder, chosen(genotype, stemGene()), chosen(genotype, stemBlockGene()) != 0,
               parameters_.stemStrides);
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s)
        for (int b = 0; b < chosen(genotype, depthGene(s)); ++b) {
            builder.setPlace(static_cast<int>(s), b);
            appendBlock(builder, "stage" + std::to_string(s + 1) + ".block" + std::to_string(b + 1),
                        chosen(genotype, widthGene(s)),
                        chosen(genotype, expansionGene(s, static_cast<std::size_t>(b))),
                        b == 0 ? parameters_.stages[s].stride : 1, b == 0);
        }
    builder.setPlace(-1, -1);
    builder.pool("pool");
    builder.linear("classifier", parameters_.classes, true);
    return std::move(builder).finished();
}

double ResnetSpace::count() const {
    double total =
        static_cast<double>(genes_[stemGene()].values.size() * genes_[stemBlockGene()].values.size()) *
        std::max<double>(1, static_cast<double>(parameters_.resolutions.size()));
    for (const ResnetStage& stage : parameters_.stages) {
        double stageTotal = 0;
        for (const int depth : stage.depths)
            stageTotal += std::pow(static_cast<double>(stage.expansions.size()), depth);
        total *= stageTotal * static_cast<double>(stage.widths.size());
    }
    return total;
}

} // namespace greenfront::arch
