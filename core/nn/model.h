// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/transform.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace greenfront::nn {

/// A model ready to run in LibTorch. Running it is safe from several threads.
class Model {
public:
    explicit Model(const arch::Model& model);
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;
    ~Model();

    const arch::Network& network() const { return network_; }
    /// images: NCHW numbers, whole images of network().input(). Returns [images][classes].
    std::vector<float> logits(std::span<const float> images) const;
    /// Runs one prepared random image; for measuring, without conversions. after: called behind each layer.
    void inferOnce(const std::function<void(std::size_t layer)>& after = {}) const;

private:
    struct Tensors;
    arch::Network network_;
    std::unique_ptr<Tensors> tensors_;
};

} // namespace greenfront::nn
