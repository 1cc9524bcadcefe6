// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/weights.h"
#include "core/base/shape.h"

#include <map>
#include <string>
#include <torch/torch.h>

// LibTorch code: include from the .cpp files of nn, train and their like only.
namespace greenfront::nn {

using Tensors = std::map<std::string, torch::Tensor>;

torch::Tensor toTorch(const arch::Tensor& tensor);
arch::Tensor fromTorch(const torch::Tensor& tensor);
/// A batch of images, NCHW numbers, as a tensor in channels_last (or contiguous) order.
torch::Tensor imagesToTorch(std::span<const float> images, const Shape& shape, bool channelsLast = true);

} // namespace greenfront::nn
