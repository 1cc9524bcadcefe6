// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/tensors_torch.h"

namespace greenfront::nn {

torch::Tensor toTorch(const arch::Tensor& tensor) {
    torch::Tensor result = torch::empty(tensor.shape);
    std::ranges::copy(tensor.values, result.data_ptr<float>());
    return result;
}

arch::Tensor fromTorch(const torch::Tensor& tensor) {
    const torch::Tensor dense = tensor.detach().contiguous();
    const auto* data = dense.data_ptr<float>();
    return {dense.sizes().vec(), {data, data + dense.numel()}};
}

torch::Tensor imagesToTorch(std::span<const float> images, const Shape& shape, bool channelsLast) {
    const auto count = static_cast<int64_t>(images.size() / shape.size());
    torch::Tensor batch = torch::empty({count, shape.channels, shape.height, shape.width});
    std::ranges::copy(images, batch.data_ptr<float>());
    return channelsLast ? batch.contiguous(at::MemoryFormat::ChannelsLast) : batch;
}

} // namespace greenfront::nn
