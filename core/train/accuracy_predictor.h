// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/mbconv_space.h"
#include "core/arch/weights.h"

#include <span>
#include <vector>

namespace greenfront::train {

/// Which input of a predictor stands for which choice: input firsts[gene] + choice is 1, and all others are
/// 0. Idle genes set none.
struct FeatureLayout {
    static constexpr int none = -1; ///< the predictor does not see this gene

    std::vector<int> firsts; ///< [gene]
    std::size_t inputs = 0;
};

/// As the once-for-all project has it for MobileNetV3: 20 x 3 kernels, 20 x 3 expansions, then 8 resolutions,
/// 112 + 16 i. Throws Error for a space that is not of this form.
FeatureLayout publishedLayout(const arch::MbconvSpace& space);
/// An input for each value of each gene of any space.
FeatureLayout fullLayout(const arch::SearchSpace& space);
/// The inputs that a canonical genotype sets to 1.
std::vector<std::size_t> featuresOf(const Genotype& genotype, const FeatureLayout& layout,
                                    const arch::SearchSpace& space);

/// Predicts a network's accuracy from its choices: a perceptron with ReLU between its layers (Cai et al.
/// 2020).
class AccuracyPredictor {
public:
    /// Weights "0.weight" [inner, inputs], "0.bias", "2.weight", ... "6.bias" [1]. Throws Error naming the
    /// subject and the tensor that is missing or does not fit the layout.
    AccuracyPredictor(const arch::Weights& weights, FeatureLayout layout, const arch::SearchSpace& space,
                      const std::string& subject);

    /// What the last layer gives for each canonical genotype, in order; on nn::threads() threads.
    std::vector<float> predict(std::span<const Genotype> genotypes) const;
    /// Multiply-accumulates of one prediction, the first layer counted as dense.
    double macs() const;

private:
    struct Dense {
        std::size_t in, out;
        std::vector<float> weight, bias; ///< the first layer's weight [in][out], the others' [out][in]
    };
    void predictPart(std::span<const Genotype> genotypes, float* out) const;
    void sumFeatures(const Genotype& genotype, float* sums) const;

    FeatureLayout layout_;
    const arch::SearchSpace& space_;
    std::vector<Dense> layers_;
};

} // namespace greenfront::train
