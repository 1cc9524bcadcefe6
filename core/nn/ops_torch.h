// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <torch/torch.h>

// LibTorch code: include from the .cpp files of nn, train and their like only.
namespace greenfront::nn {

/// Depthwise convolution, padding kernel / 2. input [N,C,H,W] in channels_last, weight [C,1,k,k].
/// Differentiable.
torch::Tensor depthwiseConv(const torch::Tensor& input, const torch::Tensor& weight, int stride);

struct BatchMoments {
    torch::Tensor mean, variance; ///< [C]; the variance is biased
};

/// Batch norm by the batch's own statistics, epsilon 1e-5, with the ReLU behind it if activate.
/// Differentiable. input [N,C,H,W] in channels_last. Returns the moments through `moments` if it is given.
torch::Tensor batchNormRelu(const torch::Tensor& input, const torch::Tensor& gamma, const torch::Tensor& beta,
                            bool activate, BatchMoments* moments = nullptr);

} // namespace greenfront::nn
