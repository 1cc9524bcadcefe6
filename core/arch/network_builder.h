// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <optional>

namespace greenfront::arch {

/// Appends layers, each reading the one before unless told otherwise.
class NetworkBuilder {
public:
    NetworkBuilder(const std::string& name, Shape input);

    /// Of the layers to come; for the drawing.
    void setPlace(int stage, int block);
    /// The next layer reads this one.
    void continueFrom(int layer) { last_ = layer; }

    /// With its batch norm, "<name>.norm", and its activation.
    void convolution(const std::string& name, int channels, int kernel, int stride, int groups,
                     std::optional<Op> activation);
    /// A linear layer without bias, its batch norm and its activation.
    void hiddenLayer(const std::string& name, int outputs, Op activation);
    /// Hu et al. 2018, with a quarter of the channels between.
    void squeezeAndExcite(const std::string& name);
    /// What `layer` gives is added.
    void addFrom(int layer, const std::string& name);
    void activate(const std::string& name, Op activation);
    void pool(const std::string& name);
    void linear(const std::string& name, int outputs, bool bias);

    const Shape& current() const { return network_.layers[static_cast<std::size_t>(last_)].output; }
    int last() const { return last_; }
    Network finished() && { return std::move(network_); }

private:
    Layer& append(const std::string& name, Op op, Shape output);

    Network network_;
    int last_ = 0;
    int stage_ = -1;
    int block_ = -1;
};

/// The nearest multiple of 8 that is not more than a tenth smaller, as MobileNets round widths.
int divisibleByEight(int width);

} // namespace greenfront::arch
