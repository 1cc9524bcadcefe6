// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/weights.h"
#include "core/nn/gradients.h"

#include <string>
#include <vector>

namespace greenfront::nn {

/// "<layer>.kernel5to3", the matrix from one kernel size to the next smaller one.
std::string kernelMatrixName(const std::string& layer, int from);

/// The depthwise weights of the first channels at a kernel size: the centre of the shared ones, passed
/// through the learned matrices one size at a time (Cai et al. 2020, section 3.2).
class ElasticKernel {
public:
    ElasticKernel(const arch::Weights& shared, const std::string& layer, int channels, int kernel);

    /// [channels][1][kernel][kernel]
    arch::Tensor weight() const;
    /// [kernel * kernel][channels], as the depthwise kernels read them
    const std::vector<float>& taps() const { return taps_; }
    /// The same, turned by half a turn: convolving with them takes a gradient back where the stride is 1.
    std::vector<float> turnedTaps() const;

    /// Adds what a gradient of the taps means for the shared weights and the matrices.
    void backward(const std::vector<float>& gradTaps, Gradients& gradients) const;

private:
    const arch::Weights& shared_;
    std::string layer_;
    std::size_t channels_;
    std::vector<int> sizes_;                  ///< from the shared kernel's down to the wanted one
    std::vector<std::vector<float>> centres_; ///< before each matrix, [channels][size * size]
    std::vector<float> taps_;
};

} // namespace greenfront::nn
