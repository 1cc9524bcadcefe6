// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/supernet.h"
#include "core/nn/tensors_torch.h"

// LibTorch code: include from the .cpp files of nn, train and their like only.
namespace greenfront::nn {

struct Supernet::Tensors {
    nn::Tensors all; ///< leaves that require gradients
};

} // namespace greenfront::nn
