// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/nn/tensors_torch.h"

#include <functional>

// LibTorch code: include from the .cpp files of nn, train and their like only.
namespace greenfront::nn {

using AfterLayer = std::function<void(std::size_t layer, const torch::Tensor& output)>;

enum class Mode {
    Inference, ///< batch norm by its running statistics; input in channels_last
    Training   ///< batch norm by the batch's statistics, LibTorch's operators alone, differentiable
};

/// Runs a network by LibTorch on its own weights or, in the plain way, on shared ones: parts are views, and
/// smaller kernels come from the learned matrices (Cai et al. 2020, section 3.2). input [N,C,H,W]; returns
/// logits [N,classes]. after: called behind each layer with what it gave.
torch::Tensor execute(const arch::Network& network, const Tensors& weights, const torch::Tensor& input,
                      Mode mode, const AfterLayer& after = {});

} // namespace greenfront::nn
