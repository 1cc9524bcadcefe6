// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

namespace greenfront::arch {

/// One stage of bottleneck blocks (He et al. 2016): 1x1 to the inner channels, 3x3, 1x1 to the width, and the
/// block's input added. The first block strides, and its input passes a 1x1 convolution.
struct ResnetStage {
    std::vector<int> depths;     ///< how many blocks
    std::vector<int> widths;     ///< output channels of every block of the stage
    std::vector<int> expansions; ///< inner channels in percent of the width, a block
    int stride = 1;
};

struct ResnetParameters {
    Shape input;
    int classes = 0;
    /// Output channels of the stem: a 3x3 convolution to half of them, a residual 3x3 that a network may
    /// leave out, and a 3x3 convolution to all of them.
    std::vector<int> stems;
    bool elasticStem = true; ///< may a network leave out the residual convolution?
    std::vector<int> stemStrides{1, 1};
    std::vector<ResnetStage> stages;
    /// Heights and widths that a network may choose from, up to the input's; empty: that alone.
    std::vector<int> resolutions;
};

/// Throws Error naming what is missing or of a wrong type.
ResnetParameters resnetFromJson(const Json& json);
/// The ResNet50 of once-for-all networks: stages of up to 4, 4, 6 and 4 blocks of which up to two are left
/// out, inner channels of 20, 25 or 35 percent, widths of 0.65, 0.8 or 1 times 256, 512, 1024 and 2048. A
/// stride stands in place of the pooling behind the stem. On images smaller than 128 pixels the first strides
/// are 1, so that the last stage still sees 4 x 4, and widths are a quarter.
ResnetParameters proposedResnet(Shape input, int classes);

/// An elastic space of bottleneck blocks, as the ResNet50 of once-for-all networks (Cai et al. 2020).
class ResnetSpace final : public SearchSpace {
public:
    explicit ResnetSpace(ResnetParameters parameters);

    const std::vector<Gene>& genes() const override { return genes_; }
    Network decode(const Genotype& genotype) const override;
    Genotype canonical(Genotype genotype) const override;
    double count() const override;
    Json toJson() const override;
    std::optional<std::size_t> resolutionGene() const override;

    const ResnetParameters& parameters() const { return parameters_; }
    // Where the genes are.
    std::size_t stemGene() const { return 0; }
    std::size_t stemBlockGene() const { return 1; }
    std::size_t depthGene(std::size_t stage) const { return firstGenes_[stage]; }
    std::size_t widthGene(std::size_t stage) const { return firstGenes_[stage] + 1; }
    std::size_t expansionGene(std::size_t stage, std::size_t block) const {
        return firstGenes_[stage] + 2 + block;
    }

private:
    int chosen(const Genotype& genotype, std::size_t gene) const {
        return genes_[gene].values[static_cast<std::size_t>(genotype[gene])];
    }

    ResnetParameters parameters_;
    std::vector<Gene> genes_;
    std::vector<std::size_t> firstGenes_; ///< of each stage, and where they end
};

} // namespace greenfront::arch
