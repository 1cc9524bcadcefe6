// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

namespace greenfront::arch {

struct MlpParameters {
    Shape input; ///< [features, 1, 1]
    int classes = 0;
    std::vector<int> depths; ///< how many hidden layers
    std::vector<int> widths; ///< of a hidden layer
    Op activation = Op::Relu;
};

/// Throws Error naming what is missing or of a wrong type.
MlpParameters mlpFromJson(const Json& json);
/// Up to four hidden layers, the widest about twice as wide as there are features.
MlpParameters proposedMlp(Shape input, int classes);

/// Hidden layers one behind the other, for rows of numbers: how many there are, and the width of each. A
/// hidden layer is linear, with batch norm (which a model that is exported has folded into it) and an
/// activation.
class MlpSpace final : public SearchSpace {
public:
    explicit MlpSpace(MlpParameters parameters);

    const std::vector<Gene>& genes() const override { return genes_; }
    Network decode(const Genotype& genotype) const override;
    Genotype canonical(Genotype genotype) const override;
    double count() const override;
    Json toJson() const override;

    const MlpParameters& parameters() const { return parameters_; }

private:
    MlpParameters parameters_;
    std::vector<Gene> genes_; ///< the depth, then the width of each layer
};

} // namespace greenfront::arch
