// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/channel_coupling.h"

namespace greenfront::nn {

using arch::Layer;
using arch::Network;
using arch::Op;

bool isDepthwise(const Network& network, const Layer& layer) {
    return layer.op == Op::Conv && layer.groups > 1 && layer.groups == layer.output.channels &&
           layer.groups == network.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels;
}

int ChannelCoupling::axis(const std::string& name, int width) {
    const auto [found, isNew] = axes_.emplace(name, static_cast<int>(parents_.size()));
    if (isNew) {
        parents_.push_back(found->second);
        groups_.emplace_back();
    }
    groups_[static_cast<std::size_t>(root(found->second))].widths.insert(width);
    return found->second;
}

int ChannelCoupling::root(int id) const {
    while (parents_[static_cast<std::size_t>(id)] != id)
        id = parents_[static_cast<std::size_t>(id)];
    return id;
}

void ChannelCoupling::join(int a, int b) {
    a = root(a);
    b = root(b);
    if (a == b)
        return;
    parents_[static_cast<std::size_t>(b)] = a;
    Group& all = groups_[static_cast<std::size_t>(a)];
    const Group& part = groups_[static_cast<std::size_t>(b)];
    all.widths.insert(part.widths.begin(), part.widths.end());
    all.fixed = all.fixed || part.fixed;
}

void ChannelCoupling::see(const Network& network) {
    std::vector<int> axes; // of each layer's output
    for (const Layer& layer : network.layers) {
        const int width = layer.output.channels;
        const int own = axis(layer.name, width);
        axes.push_back(own);
        if (layer.inputs.empty()) {
            fix(own);
            continue;
        }
        const auto before = static_cast<std::size_t>(layer.inputs[0]);
        const bool mixes = layer.op == Op::Linear || (layer.op == Op::Conv && !isDepthwise(network, layer));
        if (mixes) {
            const int read = axis(layer.name + inputMark, network.layers[before].output.channels);
            join(read, axes[before]);
            if (layer.groups > 1) {
                fix(read);
                fix(own);
            }
            continue;
        }
        for (const int input : layer.inputs)
            join(own, axes[static_cast<std::size_t>(input)]);
    }
    fix(axes.back());
}

} // namespace greenfront::nn
