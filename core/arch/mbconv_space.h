// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

namespace greenfront::arch {

/// One stage of inverted residual blocks (Sandler et al. 2018); the first block strides, the others are
/// residual.
struct MbconvStage {
    std::vector<int> depths;     ///< how many blocks
    std::vector<int> widths;     ///< output channels of every block of the stage
    std::vector<int> kernels;    ///< of the depthwise convolution, a block
    std::vector<int> expansions; ///< input channels to inner channels, a block
    int stride = 1;
    bool squeeze = false; ///< squeeze and excite (Hu et al. 2018) behind the depthwise convolution
    Op activation = Op::Relu;
};

struct MbconvParameters {
    std::string kind = "mbconv-small";
    Shape input;
    int classes = 0;
    int stem = 16; ///< channels of the first 3x3 convolution
    int stemStride = 1;
    int head = 128;   ///< channels of the last 1x1 convolution
    int features = 0; ///< of a linear layer between the mean over the pixels and the classifier; 0: none
    Op activation = Op::Relu; ///< of the stem, the head and the features
    std::vector<MbconvStage> stages;
    /// Heights and widths that a network may choose from, up to the input's; empty: that alone.
    std::vector<int> resolutions;
};

/// Throws Error naming what is missing or of a wrong type.
MbconvParameters mbconvFromJson(const Json& json);
/// For images of 16 to 64 pixels.
MbconvParameters smallMbconv(Shape input, int classes);
/// MobileNetV3 as in once-for-all networks (Cai et al. 2020): about 2 x 10^19 networks. On images smaller
/// than 128 pixels the first strides are 1, so that the last stage still sees 4 x 4.
MbconvParameters mobileNetV3(Shape input, int classes, double widthMultiplier = 1);

/// An elastic space of inverted residual blocks: depth and width a stage, kernel and expansion a block, as in
/// once-for-all networks (Cai et al. 2020).
class MbconvSpace final : public SearchSpace {
public:
    explicit MbconvSpace(MbconvParameters parameters);

    const std::vector<Gene>& genes() const override { return genes_; }
    Network decode(const Genotype& genotype) const override;
    Genotype canonical(Genotype genotype) const override;
    std::vector<bool> idle(const Genotype& genotype) const override;
    double count() const override;
    Json toJson() const override;
    std::optional<std::size_t> resolutionGene() const override;

    const MbconvParameters& parameters() const { return parameters_; }
    // Where the genes are.
    std::size_t depthGene(std::size_t stage) const { return firstGenes_[stage]; }
    std::size_t widthGene(std::size_t stage) const { return firstGenes_[stage] + 1; }
    std::size_t kernelGene(std::size_t stage, std::size_t block) const {
        return firstGenes_[stage] + 2 + 2 * block;
    }
    std::size_t expansionGene(std::size_t stage, std::size_t block) const {
        return kernelGene(stage, block) + 1;
    }

private:
    MbconvParameters parameters_;
    std::vector<Gene> genes_;
    std::vector<std::size_t> firstGenes_; ///< of each stage, and where they end
};

} // namespace greenfront::arch
