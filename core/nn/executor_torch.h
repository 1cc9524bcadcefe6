// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/nn/ops_torch.h"
#include "core/nn/tensors_torch.h"

#include <functional>

// LibTorch code: include from the .cpp files of nn, train and their like only.
namespace greenfront::nn {

/// The part of a shared tensor that a layer of a smaller network uses: the first channels, and the centre of
/// a larger kernel multiplied by the learned matrices (Cai et al. 2020, section 3.2). What fits already is
/// returned as it is. inputChannels: of the layer's input; ignored for batch norm.
torch::Tensor elasticTensor(const Tensors& shared, const arch::Layer& layer, const std::string& suffix,
                            int inputChannels);

/// "<layer>.kernel5to3", the matrix from one kernel size to the next smaller one.
std::string kernelMatrixName(const std::string& layer, int from);

struct ExecuteOptions {
    /// Batch norm by the batch's statistics, else by its running ones.
    bool training = false;
    /// Own fused operators in channels_last; without, LibTorch's operators in contiguous order.
    bool channelsLast = true;
    /// Called with each batch norm's statistics while training.
    std::function<void(const std::string& layer, const BatchMoments&)> onMoments;
};

/// Runs a network on shared or own weights. input [N,C,H,W] in the layout of the options; returns logits
/// [N,classes].
torch::Tensor execute(const arch::Network& network, const Tensors& weights, const torch::Tensor& input,
                      const ExecuteOptions& options);

} // namespace greenfront::nn
