// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/mbconv_space.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace greenfront::arch {
namespace {

/// Appends layers, each reading the one before unless told otherwise.
class Builder {
public:
    Builder(const std::string& name, Shape input) {
        network_.name = name;
        network_.layers.push_back({.name = "input", .op = Op::Input, .inputs = {}, .output = input});
    }

    void setPlace(int stage, int block) {
        stage_ = stage;
        block_ = block;
    }

    void convolution(const std::string& name, int channels, int kernel, int stride, int groups,
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

    void squeezeAndExcite(const std::string& name) {
        const int entry = last();
        const Shape shape = current();
        append(name + ".pool", Op::GlobalAveragePool, {shape.channels, 1, 1});
        linear(name + ".reduce", divisibleByEight(shape.channels / 4), true);
        activate(name + ".reduce", Op::Relu);
        linear(name + ".expand", shape.channels, true);
        activate(name + ".expand", Op::HardSigmoid);
        append(name + ".scale", Op::Scale, shape).inputs = {entry, last()};
    }

    void addFrom(int layer, const std::string& name) {
        append(name, Op::Add, current()).inputs.push_back(layer);
    }

    Network classifier(int features, Op activation, int classes) && {
        append("pool", Op::GlobalAveragePool, {current().channels, 1, 1});
        if (features > 0) {
            linear("features", features, false);
            activate("features", activation);
        }
        linear("classifier", classes, true);
        return std::move(network_);
    }

    Shape current() const { return network_.layers.back().output; }
    int last() const { return static_cast<int>(network_.layers.size()) - 1; }

private:
    void activate(const std::string& name, Op activation) {
        const std::string suffix = activation == Op::HardSwish     ? ".swish"
                                   : activation == Op::HardSigmoid ? ".sigmoid"
                                                                   : ".relu";
        append(name + suffix, activation, current());
    }

    void linear(const std::string& name, int outputs, bool bias) {
        append(name, Op::Linear, {outputs, 1, 1}).bias = bias;
    }

    Layer& append(const std::string& name, Op op, Shape output) {
        network_.layers.push_back(
            {.name = name, .op = op, .inputs = {last()}, .output = output, .stage = stage_, .block = block_});
        return network_.layers.back();
    }

    Network network_;
    int stage_ = -1;
    int block_ = -1;
};

void appendBlock(Builder& builder, const std::string& name, const MbconvStage& stage, int width, int kernel,
                 int expansion, int stride) {
    const Shape in = builder.current();
    const int entry = builder.last();
    const int inner = in.channels * expansion;
    if (expansion > 1)
        builder.convolution(name + ".expand", inner, 1, 1, 1, stage.activation);
    builder.convolution(name + ".depthwise", inner, kernel, stride, inner, stage.activation);
    if (stage.squeeze)
        builder.squeezeAndExcite(name + ".squeeze");
    builder.convolution(name + ".project", width, 1, 1, 1, std::nullopt);
    if (stride == 1 && in.channels == width)
        builder.addFrom(entry, name + ".add");
}

void requireChoices(const std::string& what, const std::vector<int>& values, int least, int most) {
    if (values.empty() || values.size() > 16 || !std::ranges::is_sorted(values, std::less_equal<>()) ||
        values.front() < least || values.back() > most)
        throw Error("make", "search space",
                    what + " are not up to 16 ascending numbers from " + std::to_string(least) + " to " +
                        std::to_string(most),
                    "Edit \"space\" in the study");
}

void checkParameters(const MbconvParameters& p) {
    const auto within = [](int value, int least, int most) { return value >= least && value <= most; };
    if (!within(p.input.channels, 1, 16) || !within(p.input.height, 8, 512) ||
        !within(p.input.width, 8, 512) || !within(p.classes, 2, 10000) || !within(p.stem, 1, 256) ||
        !within(p.stemStride, 1, 2) || !within(p.head, 1, 4096) || !within(p.features, 0, 8192) ||
        p.stages.empty() || p.stages.size() > 8)
        throw Error("make", "search space",
                    "its input, classes, stem, head, features or number of stages is out of bounds (8 to 512 "
                    "pixels, 2 to "
                    "10,000 classes, 1 to 8 stages)",
                    "Edit \"space\" in the study");
    for (const MbconvStage& stage : p.stages) {
        requireChoices("depths", stage.depths, 1, 8);
        requireChoices("widths", stage.widths, 1, 1024);
        requireChoices("kernels", stage.kernels, 1, 9);
        requireChoices("expansions", stage.expansions, 1, 12);
        if (std::ranges::any_of(stage.kernels, [](int kernel) { return kernel % 2 == 0; }))
            throw Error("make", "search space", "a kernel is even", "Use 3, 5 or 7");
        if (!within(stage.stride, 1, 2))
            throw Error("make", "search space", "a stride is neither 1 nor 2", "Edit \"space\" in the study");
    }
    if (p.resolutions.empty())
        return;
    requireChoices("resolutions", p.resolutions, 8, 512);
    if (p.resolutions.back() != p.input.height || p.resolutions.back() != p.input.width)
        throw Error("make", "search space",
                    "the largest of its resolutions is not the " + std::to_string(p.input.height) + " x " +
                        std::to_string(p.input.width) + " pixels of its input",
                    "Choose from smaller ones, up to the size of the images");
}

} // namespace

MbconvSpace::MbconvSpace(MbconvParameters parameters) : parameters_(std::move(parameters)) {
    checkParameters(parameters_);
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s) {
        const MbconvStage& stage = parameters_.stages[s];
        const std::string name = "stage" + std::to_string(s + 1);
        firstGenes_.push_back(genes_.size());
        genes_.push_back({name + ".depth", stage.depths});
        genes_.push_back({name + ".width", stage.widths});
        for (int b = 0; b < stage.depths.back(); ++b) {
            const std::string block = name + ".block" + std::to_string(b + 1);
            genes_.push_back({block + ".kernel", stage.kernels});
            genes_.push_back({block + ".expansion", stage.expansions});
        }
    }
    firstGenes_.push_back(genes_.size());
    if (!parameters_.resolutions.empty())
        genes_.push_back({"resolution", parameters_.resolutions});
}

std::optional<std::size_t> MbconvSpace::resolutionGene() const {
    return parameters_.resolutions.empty() ? std::nullopt : std::optional(firstGenes_.back());
}

std::vector<bool> MbconvSpace::idle(const Genotype& genotype) const {
    std::vector<bool> idle(genotype.size());
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s) {
        const auto choice = static_cast<std::size_t>(genotype[depthGene(s)]);
        const auto depth = static_cast<std::size_t>(parameters_.stages[s].depths[choice]);
        std::fill(idle.begin() + static_cast<std::ptrdiff_t>(kernelGene(s, depth)),
                  idle.begin() + static_cast<std::ptrdiff_t>(firstGenes_[s + 1]), true);
    }
    return idle;
}

Genotype MbconvSpace::canonical(Genotype genotype) const {
    check(genotype);
    const std::vector<bool> unused = idle(genotype);
    for (std::size_t gene = 0; gene < genotype.size(); ++gene)
        if (unused[gene])
            genotype[gene] = 0;
    return genotype;
}

Network MbconvSpace::decode(const Genotype& genotype) const {
    check(genotype);
    const auto chosen = [&](std::size_t gene) {
        return genes_[gene].values[static_cast<std::size_t>(genotype[gene])];
    };
    Shape input = parameters_.input;
    if (const auto gene = resolutionGene())
        input.height = input.width = chosen(*gene);
    Builder builder(parameters_.kind, input);
    builder.convolution("stem", parameters_.stem, 3, parameters_.stemStride, 1, parameters_.activation);
    for (std::size_t s = 0; s < parameters_.stages.size(); ++s) {
        for (int b = 0; b < chosen(depthGene(s)); ++b) {
            const auto block = static_cast<std::size_t>(b);
            builder.setPlace(static_cast<int>(s), b);
            appendBlock(builder, "stage" + std::to_string(s + 1) + ".block" + std::to_string(b + 1),
                        parameters_.stages[s], chosen(widthGene(s)), chosen(kernelGene(s, block)),
                        chosen(expansionGene(s, block)), b == 0 ? parameters_.stages[s].stride : 1);
        }
    }
    builder.setPlace(-1, -1);
    builder.convolution("head", parameters_.head, 1, 1, 1, parameters_.activation);
    return std::move(builder).classifier(parameters_.features, parameters_.activation, parameters_.classes);
}

double MbconvSpace::count() const {
    double total = std::max<double>(1, static_cast<double>(parameters_.resolutions.size()));
    for (const MbconvStage& stage : parameters_.stages) {
        const auto perBlock = static_cast<double>(stage.kernels.size() * stage.expansions.size());
        double stageTotal = 0;
        for (const int depth : stage.depths)
            stageTotal += std::pow(perBlock, depth);
        total *= stageTotal * static_cast<double>(stage.widths.size());
    }
    return total;
}

} // namespace greenfront::arch
