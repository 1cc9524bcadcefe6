// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/runnable.h"

#include "core/base/random.h"
#include "core/nn/model.h"

#include <cmath>
#include <memory>

namespace greenfront::device {
namespace {

/// So small that nothing grows without bounds, and so large that nothing vanishes into denormal numbers,
/// which some processors compute more slowly (He et al. 2015).
arch::Tensor randomTensor(const std::string& name, const std::vector<std::int64_t>& shape, Rng& rng) {
    arch::Tensor tensor{.shape = shape, .values = {}};
    std::size_t count = 1;
    for (const std::int64_t size : shape)
        count *= static_cast<std::size_t>(size);
    if (shape.size() < 2) {
        const bool one = name.ends_with(".weight") || name.ends_with(".running_var");
        tensor.values.assign(count, one ? 1.0F : 0.01F);
        return tensor;
    }
    const double bound = std::sqrt(6.0 * static_cast<double>(shape[0]) / static_cast<double>(count));
    tensor.values.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        tensor.values.push_back(static_cast<float>(rng.uniform(-bound, bound)));
    return tensor;
}

arch::Model randomModel(const arch::Network& network) {
    Rng rng(1);
    arch::Model model{network, {}};
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        for (const auto& [name, shape] : arch::weightShapes(network, i))
            model.weights.emplace(name, randomTensor(name, shape, rng));
    const auto channels = static_cast<std::size_t>(network.input().channels);
    return arch::withNormalisation(arch::foldBatchNorm(std::move(model)), std::vector<float>(channels, 0.1F),
                                   std::vector<float>(channels, 1.1F));
}

} // namespace

Prepare libTorch() {
    return [](const arch::Network& network) {
        const auto model = std::make_shared<nn::Model>(randomModel(network));
        return Runnable{model->network(), [model](const auto& after) { model->inferOnce(after); }};
    };
}

} // namespace greenfront::device
